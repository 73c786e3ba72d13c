"""The parts of pages, and the page that shows them all to staff."""

import re

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.urls import reverse

from tests.factories import UserFactory

ADDRESS = "/admin/komponenter/"


class SmallForm(forms.Form):
    name = forms.CharField(label="Namn", help_text="Som i klasslistan.")
    note = forms.CharField(label="Anteckning", required=False)
    day = forms.DateField(label="Datum", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label="Typ", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    count = forms.IntegerField(label="Antal")


def test_the_component_page_shows_every_part_to_staff(client, municipality):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    page = client.get(ADDRESS).content.decode()
    assert "<h1>Komponenter</h1>" in page
    for part in ("callout", "figures", "lines", "legend", "stations", "segments", "chips", "stepper", "save-bar"):
        assert f'class="{part}' in page, part
    assert "style=" not in page


def test_the_component_page_is_closed_to_others(client, coordinator):
    anonymous = client.get(ADDRESS)
    client.force_login(coordinator)
    signed_in = client.get(ADDRESS)
    assert (anonymous.status_code, anonymous.url) == (302, f"/konto/logga-in/?next={ADDRESS}")
    assert signed_in.status_code in (302, 403)


def test_ids_on_the_component_page_are_unique(client, municipality):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    ids = re.findall(r'\sid="([^"]+)"', client.get(ADDRESS).content.decode())
    assert len(ids) == len(set(ids))


def test_a_field_has_its_label_help_and_error_tied_to_it():
    html = SmallForm({})["name"].as_field_group()
    assert '<label for="id_name">Namn</label>' in html.replace("\n", "")
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext">Som i klasslistan.' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_only_optional_fields_are_marked():
    form = SmallForm()
    assert ["valfritt" in form[name].as_field_group() for name in ("name", "note")] == [False, True]


def test_a_form_may_be_quiet_about_optional_fields():
    form = SmallForm()
    form.quiet_optional = True
    assert "valfritt" not in form["note"].as_field_group()


def test_a_native_date_has_room_for_the_day_in_words():
    assert 'data-day-words="id_day"' in SmallForm()["day"].as_field_group()


def test_radios_stand_in_a_fieldset_with_a_legend():
    html = render_to_string("components/segments.html", {"field": SmallForm()["kind"]})
    assert re.findall(r"<(fieldset|legend|input|label)\b", html) == [
        "fieldset", "legend", "input", "label", "input", "label"
    ]  # fmt: skip


def test_a_stepper_without_a_script_is_a_number_field():
    html = render_to_string(
        "components/stepper.html", {"field": SmallForm()["count"], "fill_from": SmallForm()["name"]}
    )
    assert html.count(" hidden>") == 3
    assert 'type="number"' in html
    assert html.count('tabindex="-1" aria-hidden="true" hidden') == 2
    assert "aria-label" not in html


def test_the_error_summary_links_to_the_fields():
    html = render_to_string("components/error_summary.html", {"form": SmallForm({"name": "x", "count": 1})})
    assert 'role="alert"' in html
    assert "2 saker behöver rättas" in html
    assert re.findall(r'href="#(\w+)"', html) == ["id_day", "id_kind"]


def test_a_form_without_errors_has_no_summary():
    assert render_to_string("components/error_summary.html", {"form": SmallForm()}).strip() == ""


@pytest.mark.parametrize(("extra_tags", "has_undo"), [("/skolor/almskolan/rapport/7/angra/", True), ("", False)])
def test_a_message_with_a_path_can_be_undone(rf, extra_tags, has_undo):
    message = Message(constants.SUCCESS, "3B är sparat.", extra_tags)
    html = render_to_string("components/messages.html", {"messages": [message]}, request=None)
    assert (f'<form method="post" action="{extra_tags}">' in html) is has_undo
    assert ("Ångra" in html) is has_undo


def test_the_shell_names_the_places_of_the_signed_in(client, municipality):
    page = client.get(reverse("account_login")).content.decode()
    assert '<a class="skip-link" href="#innehall">Gå direkt till innehåll</a>' in page
    assert "<h1>Logga in</h1>" in page
    for words in ("Stöd och hjälp", "Tillgänglighetsredogörelse", "Om kakor", "Så behandlar vi personuppgifter"):
        assert words in page
    assert 'class="tabbar"' not in page


def test_demo_accounts_are_offered_only_in_a_demo(client, municipality, settings):
    settings.DEMO = False
    assert "Prova som" not in client.get(reverse("account_login")).content.decode()
