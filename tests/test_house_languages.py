"""Whoever reads the public site in a language that ships meets no half-translated button."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation.template import templatize

from cms.enums import Audience, FooterPage, SearchKind

ROOT = Path(__file__).resolve().parent.parent
CMS, CURRICULUM = ROOT / "cms" / "templates", ROOT / "curriculum" / "templates" / "curriculum"
# What somebody without an account may meet of a page in another language; the rest is for who is inside, in Swedish.
SHELL = [
    *(CMS / f"{name}.html" for name in ("base", "403", "404")),
    *(CMS / "components" / f"{name}.html" for name in ("breadcrumbs", "contact", "empty", "footer", "header", "pager")),
    *(CMS / "cms" / f"{name}.html" for name in ("_body", "_contacts", "_home_news", "_lede", "_news_row", "_page")),
    *(CMS / "cms" / f"{name}_page.html" for name in ("home", "news", "news_index", "standard", "support")),
    *sorted((CMS / "cms" / "blocks").glob("*.html")),
    *(CURRICULUM / f"{name}.html" for name in ("_home_programmes", "_search_group", "programme_index_page", "search")),
    CURRICULUM / "programme_page.html",
    ROOT / "programmes" / "templates" / "programmes" / "coming_groups" / "_way_in.html",
]
LABELS = [*Audience, *FooterPage, *SearchKind]
CALL = re.compile(
    r"""\b(n|p)?gettext\(u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:, u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))?"""
)
SHIPPED = [code for code in settings.SPOKEN_LANGUAGES if code not in {"sv", "en"}]


def texts_of_the_shell():
    """The texts of those templates, as (context, text), the way that Django collects them."""
    texts = set()
    for path in SHELL:
        for kind, first, second in CALL.findall(templatize(path.read_text())):
            first, second = (eval(part) if part else None for part in (first, second))  # noqa: S307 -- our own templates
            texts.add((first, second) if kind == "p" else (None, first))
    return texts


def catalogue_of(language):
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


def test_arabic_is_the_language_that_ships_beside_english():
    assert SHIPPED == ["ar"]


@pytest.mark.parametrize("language", SHIPPED)
def test_what_the_public_reads_is_complete(language):
    written = {(entry.msgctxt, entry.msgid) for entry in catalogue_of(language).translated_entries()}

    assert texts_of_the_shell() - written == set(), f"Write these in locale/{language}, and run `make messages`."


@pytest.mark.parametrize("language", SHIPPED)
def test_no_label_that_the_public_reads_is_left_in_swedish(language):
    with translation.override("sv"):
        swedish = [str(choice.label) for choice in LABELS]
    with translation.override(language):
        spoken = [str(choice.label) for choice in LABELS]

    assert [ours for ours, theirs in zip(swedish, spoken, strict=True) if ours == theirs] == []


@pytest.mark.parametrize("language", SHIPPED)
def test_catalogue_holds_nothing_that_no_longer_exists(language):
    labels = {label for choice in LABELS for label in _originals(choice)}
    written = {(entry.msgctxt, entry.msgid) for entry in catalogue_of(language)}

    assert written - texts_of_the_shell() - labels == set()


def _originals(choice):
    """The English of a label, in both ways that it may be kept."""
    with translation.override("en"):
        return {(None, str(choice.label)), ("search", str(choice.label))}


@pytest.mark.parametrize("language", SHIPPED)
def test_places_for_values_are_kept(language):
    place = re.compile(r"%\(\w+\)[a-z]")
    lost = [
        entry.msgid
        for entry in catalogue_of(language)
        for text in (list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr])
        if set(place.findall(text)) - set(place.findall(entry.msgid))
    ]

    assert lost == []


@pytest.mark.parametrize("folder", [*SHIPPED, *(f"names/{code}" for code in ("fit", "kmr", "prs", "so", "syr", "ti"))])
def test_compiled_catalogue_is_the_written_one(folder):
    path = ROOT / "locale" / folder / "LC_MESSAGES" / "django.po"
    written, compiled = polib.pofile(str(path)), polib.mofile(str(path.with_suffix(".mo")))

    def content(entries):
        return {
            (one.msgctxt, one.msgid): one.msgstr or tuple(one.msgstr_plural.values()) for one in entries if one.msgid
        }

    assert content(written) == content(compiled), "Run `make messages`."
