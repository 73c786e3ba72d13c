"""The languages that the public site may be read in: those a municipality has chosen, by their codes.

Swedish comes first, and is what everything is written in. Any language that Django knows can be added, and the ones
below, which are spoken in Swedish municipalities and which it does not know.
"""

from collections.abc import Iterable
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

SOURCE = "sv"
LOCALE = Path(__file__).resolve().parent.parent / "locale"
# An empty catalogue for each stands in `locale/names`: without one, Django takes the code for a slip of the pen.
UNKNOWN = {
    "so": {"name": "Somali", "name_local": "Soomaali", "bidi": False},
    "syr": {"name": "Syriac", "name_local": "ܣܘܪܝܝܐ", "bidi": True},
    "ti": {"name": "Tigrinya", "name_local": "ትግርኛ", "bidi": False},
    "prs": {"name": "Dari", "name_local": "دری", "bidi": True},
    "kmr": {"name": "Kurmanji", "name_local": "Kurmancî", "bidi": False},
    "fit": {"name": "Meänkieli", "name_local": "meänkieli", "bidi": False},
}
# How editors read their names; Django's own are in its catalogue.
NAMES = [_("Somali"), _("Syriac"), _("Tigrinya"), _("Dari"), _("Kurmanji"), _("Meänkieli")]


def make_known() -> list[str]:
    """Tell Django the languages that it lacks; the codes of those written from right to left."""
    LANG_INFO.update({code: {"code": code, **about} for code, about in UNKNOWN.items()})
    return [code for code, about in UNKNOWN.items() if about["bidi"]]


def chosen_languages(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Swedish and the chosen ones, each with its name; a code that means nothing stops the start."""
    wanted = [code.strip().lower() for code in codes if code.strip()]
    unknown = [code for code in wanted if "name" not in LANG_INFO.get(code, {})]
    if unknown:
        raise ImproperlyConfigured(f"CONTENT_LANGUAGES: no known language: {', '.join(unknown)}")
    return [(code, _(LANG_INFO[code]["name"])) for code in dict.fromkeys([SOURCE, *wanted])]


def spoken_languages(codes: Iterable[str]) -> list[str]:
    """Of the chosen languages, those that the header, the buttons and the footer are translated into.

    English is what they are written in; the others have a catalogue. In the rest they speak Swedish, and say so.
    """
    return [code for code in codes if code == "en" or (LOCALE / code / "LC_MESSAGES" / "django.mo").exists()]
