"""Words, contacts and scenarios in the admin: an editor meets those of the own site and of every site."""

from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.models import HomePage, SupportContact, Word
from curriculum.models import Scenario
from programmes.enums import Role
from tests.factories import MembershipFactory, MunicipalityFactory, UserFactory

KINDS = ("word", "supportcontact", "scenario")


def contact(site, name):
    return SupportContact.objects.create(
        site=site, name=name, phone="112", hours="dygnet runt", checked_date=date(2026, 11, 1)
    )


def scenario(site, name):
    return Scenario.objects.create(
        site=site, code=f"X-{name[:3].upper()}", title=name, text="Något händer.", questions=[("question", "Vad?")]
    )


def word(site, name):
    return Word.objects.create(site=site, term=name, explanation="Det betyder något.")


WRITE = {"word": word, "supportcontact": contact, "scenario": scenario}


@pytest.fixture
def editors(municipality, settings):
    """An editor of each of two municipalities, each with a site of its own."""
    settings.WAGTAILSEARCH_BACKENDS = {"default": {**settings.WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
    people = []
    for number, place in enumerate((municipality, MunicipalityFactory(name="Granby kommun", code="9902"))):
        home = HomePage(title="Start", slug=f"start-{number}", heading="Start", intro="Start", support_prompt="Vem?")
        Page.get_first_root_node().add_child(instance=home)
        place.site.root_page = home
        place.site.save()
        people.append(MembershipFactory(role=Role.EDITOR, municipality=place).user)
    return people


def listed(client, user, kind, names):
    client.force_login(user)
    room = "curriculum" if kind == "scenario" else "cms"
    text = client.get(reverse(f"wagtailsnippets_{room}_{kind}:list")).text
    return [name for name in names if name in text]


def address(row, act):
    return reverse(f"wagtailsnippets_{row._meta.label_lower.replace('.', '_')}:{act}", args=[row.pk])


@pytest.mark.parametrize("kind", KINDS)
def test_editor_meets_the_texts_of_the_own_site_and_of_every_site(client, municipality, editors, kind):
    rows = {name: WRITE[kind](site, name) for name, site in (("Ekans", municipality.site), ("Allas", None))}
    ours, theirs = editors

    assert listed(client, ours, kind, rows) == ["Ekans", "Allas"]
    assert listed(client, theirs, kind, rows) == ["Allas"]
    assert listed(client, UserFactory(is_superuser=True), kind, rows) == ["Ekans", "Allas"]
    statuses = {}
    for user in editors:
        client.force_login(user)
        statuses[user] = [
            client.get(address(row, act)).status_code for row in rows.values() for act in ("edit", "delete")
        ]
    assert statuses == {ours: [200, 200, 200, 200], theirs: [404, 404, 200, 200]}


@pytest.mark.parametrize("kind", KINDS)
def test_text_of_another_site_is_neither_changed_nor_deleted(client, municipality, editors, kind):
    row = WRITE[kind](municipality.site, "Ekans")
    client.force_login(editors[1])

    assert [client.post(address(row, act)).status_code for act in ("edit", "delete")] == [404, 404]
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_text_is_given_to_the_own_site_or_to_every_site(client, municipality, editors, kind):
    row = WRITE[kind](None, "Allas")
    client.force_login(editors[1])
    form = client.get(address(row, "edit")).context["form"]

    assert [site.root_page.slug for site in form.fields["site"].queryset] == ["start-1"]
