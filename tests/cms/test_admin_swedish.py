"""The editors' pages speak Swedish: what Wagtail has not translated, we have."""

import re
from pathlib import Path

import polib
import pytest
import wagtail
import wagtail_localize
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from tests.factories import UserFactory

OURS = settings.BASE_DIR / "locale" / "wagtail" / "sv" / "LC_MESSAGES"
# Parts of Wagtail that are not installed here.
ABSENT = {"search_promotions", "simple_translation", "styleguide", "table_block", "typed_table_block", "locales"}
NAMES = re.compile(r"%\((\w+)\)")


def translated(path):
    entries = polib.pofile(str(path)).translated_entries() if path.exists() else []
    return {(entry.msgctxt, entry.msgid) for entry in entries}


def test_nothing_in_the_admin_is_left_in_english():
    roots = [Path(wagtail.__file__).parent, Path(wagtail_localize.__file__).parent]
    missing = []
    for english in sorted(path for root in roots for path in root.rglob("locale/en/LC_MESSAGES/*.po")):
        # The translators' editor reads its scripts' words from its own catalogue alone.
        if english.match("wagtail_localize/locale/en/LC_MESSAGES/djangojs.po"):
            continue
        swedish = english.parents[2] / "sv" / "LC_MESSAGES" / english.name
        if english.parents[3].name not in ABSENT:
            known = translated(swedish) | translated(OURS / english.name)
            every = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(english))}
            missing += [f"{english.name}: {words}" for _context, words in sorted(every - known, key=str)]

    assert missing == []


@pytest.mark.parametrize("name", ["django.po", "djangojs.po"])
def test_our_words_name_only_what_the_english_names(name):
    for entry in polib.pofile(str(OURS / name)):
        assert not entry.fuzzy
        for words in [entry.msgstr, *entry.msgstr_plural.values()]:
            known = NAMES.findall(entry.msgid) + NAMES.findall(entry.msgid_plural)
            assert set(NAMES.findall(words)) <= set(known), entry.msgid


def test_our_words_win_over_those_of_wagtail():
    with override("sv"):
        assert gettext("Submit to %(workflow_name)s") % {"workflow_name": "granskning"} == "Skicka till granskning"
        assert gettext("Saving will overwrite a newer version.") == "Sparar du skrivs en nyare version över."


def test_scripts_of_the_admin_get_their_words_in_swedish(client, db):
    client.force_login(UserFactory(is_superuser=True))
    words = client.get(reverse("wagtailadmin_javascript_catalog")).text

    assert '"Changes have been autosaved.": "Det du har skrivit \\u00e4r sparat."' in words


@pytest.mark.django_db
def test_list_of_sites_has_swedish_headings(client, municipality):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    page = client.get(reverse("wagtailsites:index")).text
    assert [word for word in ("Webbplatsens namn", "Startsida") if word not in page] == []
    assert [word for word in ("Site name", "Root page") if word in page] == []
