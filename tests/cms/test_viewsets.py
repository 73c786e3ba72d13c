"""Contacts and words in the admin: found, filtered, and asked after when they grow old."""

from datetime import date

import pytest
from django.urls import reverse

from cms.models import SupportContact, Word
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def contacts():
    for name, checked in (("Ny", date(2026, 10, 1)), ("Gammal", date(2026, 1, 1)), ("Äldst", date(2025, 1, 1))):
        SupportContact.objects.create(name=name, phone="112", hours="dygnet runt", checked_date=checked)


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


def test_first_page_reminds_of_contacts_that_nobody_checked_lately(editor, contacts):
    page = editor.get(reverse("wagtailadmin_home")).text
    panel = page.partition('id="contacts-to-check"')[2].partition("</section>")[0]

    assert "Kontakter att kontrollera" in panel
    assert [name for name in ("Äldst", "Gammal", "Ny") if f">{name}</a>" in panel] == ["Äldst", "Gammal"]
    assert "senast kontrollerad 1 januari 2026" in panel


def test_first_page_says_nothing_when_all_are_checked(editor, contacts, settings):
    settings.CONTACT_CHECK_DAYS = 5000

    assert "contacts-to-check" not in editor.get(reverse("wagtailadmin_home")).text


def test_list_of_contacts_can_be_narrowed_to_those_to_check(editor, contacts):
    address = reverse(SupportContact.snippet_viewset.get_url_name("list"))
    names = [row.name for row in editor.get(f"{address}?to_check=ja").context["object_list"]]

    assert sorted(names) == ["Gammal", "Äldst"]
    assert len(editor.get(address).context["object_list"]) == 3


def test_contact_without_hours_is_refused(editor):
    address = reverse(SupportContact.snippet_viewset.get_url_name("add"))
    response = editor.post(address, {"name": "Ny", "hours": "", "audience": "child", "checked_date": "2026-11-01"})

    assert "hours" in response.context["form"].errors
    assert SupportContact.objects.count() == 0


def test_word_is_changed_once_and_refuses_what_is_no_text(editor):
    address = reverse(Word.snippet_viewset.get_url_name("add"))
    editor.post(address, {"term": "norm", "forms": "normen, normer", "explanation": "En oskriven regel.", "site": ""})
    refused = editor.post(address, {"term": "x", "forms": "", "explanation": "Lorem ipsum dolor", "site": ""})

    assert [(word.term, word.spellings) for word in Word.objects.all()] == [("norm", ["norm", "normen", "normer"])]
    assert "explanation" in refused.context["form"].errors
