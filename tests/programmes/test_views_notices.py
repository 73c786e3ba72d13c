from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cms.models import CrisisNotice, SiteSettings, SupportContact
from programmes.enums import EventKind, Role
from programmes.models import Event
from tests.factories import CohortFactory, MembershipFactory, UserFactory

PAGE = "/oversikt/krisnotis/"
NOTICE = {
    "heading": "Brand vid Almskolan",
    "text": "Skolan är stängd i dag. Ingen är skadad.",
    "last_date": "2026-11-24",
}


@pytest.fixture
def editor(municipality):
    user = UserFactory(email="editor@ekbacka.example", first_name="Eva", last_name="Ek")
    MembershipFactory(user=user, role=Role.EDITOR, municipality=municipality)
    return user


@pytest.fixture
def contact(municipality):
    return SupportContact.objects.create(
        name="Jourhavande kurator", phone="08-465 004 11", hours="dygnet runt", checked_date=date(2026, 11, 2)
    )


@pytest.fixture
def write(client, editor, contact):
    """The editor writes the notice, changed by what is given; the answer."""

    def write(**changes):
        client.force_login(editor)
        return client.post(PAGE, NOTICE | {"contacts": [contact.pk]} | changes)

    return write


@pytest.fixture
def published(client, write, centre):
    write()
    notice = CrisisNotice.objects.get()
    client.force_login(centre)
    client.post(f"{PAGE}{notice.pk}/publicera/")
    client.logout()
    return notice


def shown_on(client, address):
    return NOTICE["heading"] in client.get(address).text


def test_written_notice_waits_and_nobody_sees_it(client, write, municipality):
    response = write()

    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert "Ring någon av dem" in client.get(PAGE).text
    client.logout()
    assert not shown_on(client, "/roller/")


@pytest.mark.parametrize("address", ["/roller/", "/konto/logga-in/", "/mentor/", "/sok/", "/finns/inte/"])
def test_published_notice_stands_on_every_page_with_its_number(client, published, address):
    text = client.get(address).text

    assert (NOTICE["heading"] in text, 'href="tel:0846500411"' in text, "24 november" in text) == (True, True, True)


def test_mentor_inside_sees_the_notice(client, published, school):
    CohortFactory(school=school, door_code="ALMS-2345")
    client.post("/mentor/", {"kod": "ALMS-2345"})

    assert shown_on(client, "/mentor/")


@pytest.mark.parametrize(("day", "is_shown"), [(date(2026, 11, 24), True), (date(2026, 11, 25), False)])
def test_notice_disappears_by_itself_after_its_last_day(client, published, monkeypatch, day, is_shown):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: day)

    assert shown_on(client, "/roller/") is is_shown


def test_notice_costs_no_question_until_it_is_shown(client, municipality, published, query_count):
    CrisisNotice.objects.update(last_date=date(2026, 11, 1))
    with query_count(5):
        client.get("/finns/inte/")

    CrisisNotice.objects.update(last_date=date(2026, 11, 24))
    with query_count(6):
        client.get("/finns/inte/")


def test_writer_cannot_publish_the_own_notice(client, write, centre, contact):
    client.force_login(centre)
    client.post(PAGE, NOTICE)
    notice = CrisisNotice.objects.get()

    assert "Publicera notisen" not in client.get(PAGE).text
    assert client.post(f"{PAGE}{notice.pk}/publicera/").status_code == 403
    assert not shown_on(client, "/roller/")


def test_editor_cannot_publish_what_the_centre_wrote(client, editor, centre):
    client.force_login(centre)
    client.post(PAGE, NOTICE)
    notice = CrisisNotice.objects.get()
    client.force_login(editor)

    assert client.post(f"{PAGE}{notice.pk}/publicera/").status_code == 403


def test_database_refuses_the_same_person_twice(write, editor):
    write()

    with pytest.raises(IntegrityError), transaction.atomic():
        CrisisNotice.objects.update(published_by=editor)


def test_another_municipality_neither_sees_nor_publishes(client, write, stranger):
    write()
    notice = CrisisNotice.objects.get()
    elsewhere = stranger.memberships.get().school.municipality
    MembershipFactory(user=stranger, role=Role.CENTRE_YOUNGER, municipality=elsewhere)
    client.force_login(stranger)

    host = elsewhere.site.hostname
    assert NOTICE["heading"] not in client.get(PAGE, headers={"host": host}).text
    assert client.post(f"{PAGE}{notice.pk}/publicera/", headers={"host": host}).status_code == 404
    assert client.post(f"{PAGE}{notice.pk}/ta-bort/", headers={"host": host}).status_code == 404


def test_notice_is_taken_down_at_once(client, published, editor):
    client.force_login(editor)
    client.post(f"{PAGE}{published.pk}/ta-bort/")

    assert not shown_on(client, "/roller/")
    assert SiteSettings.objects.get(site=published.site).crisis_notice is None


def test_new_notice_takes_the_place_of_the_one_shown(client, published, write, centre):
    write(heading="Skolan är öppen igen")
    second = CrisisNotice.objects.get(published_at=None)
    client.force_login(centre)
    client.post(f"{PAGE}{second.pk}/publicera/")

    text = client.get("/roller/").text
    assert (NOTICE["heading"] in text, "Skolan är öppen igen" in text) == (False, True)


def test_notice_taken_back_cannot_be_published(client, write, centre):
    write()
    notice = CrisisNotice.objects.get()
    client.post(f"{PAGE}{notice.pk}/ta-bort/")
    client.force_login(centre)
    response = client.post(f"{PAGE}{notice.pk}/publicera/", follow=True)

    assert "väntar inte längre" in response.text
    assert not shown_on(client, "/roller/")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"heading": ""}, "heading"),
        ({"text": "Ring 20100101-1234 nu"}, "text"),
        ({"text": "Lorem ipsum"}, "text"),
        ({"last_date": "2026-11-21"}, "last_date"),
        ({"last_date": "2026-12-23"}, "last_date"),
        ({"last_date": "i morgon"}, "last_date"),
        ({"contacts": ["999999"]}, "contacts"),
    ],
)
def test_bad_notice_is_refused_and_keeps_what_was_typed(write, changes, field):
    response = write(**changes)

    assert list(response.context["form"].errors) == [field]
    assert CrisisNotice.objects.count() == 0
    assert NOTICE["heading"] in response.text or field == "heading"


def test_each_hand_is_logged(client, published, editor, centre):
    client.force_login(editor)
    client.post(f"{PAGE}{published.pk}/ta-bort/")

    kinds = [EventKind.NOTICE_WRITTEN, EventKind.NOTICE_PUBLISHED, EventKind.NOTICE_ENDED]
    logged = Event.objects.filter(kind__in=kinds).order_by("pk")
    assert [(event.kind, event.actor) for event in logged] == list(zip(kinds, [editor, centre, editor], strict=True))
    assert logged[1].about == {"heading": NOTICE["heading"], "until": "2026-11-24"}
