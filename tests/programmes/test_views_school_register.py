"""Every school with every programme: where it stands, why, whom to ask; and what the centre changes."""

from datetime import date

import pytest
from django.urls import reverse

from programmes.enums import Role
from programmes.models import Event, Participation, PlannedSession
from programmes.reports.school_register import history_of
from tests.factories import (
    ClassFactory,
    MembershipFactory,
    MunicipalityFactory,
    SchoolFactory,
    SessionFactory,
    UserFactory,
    programme,
)

PAGE = "/oversikt/skolor/"
ALMSKOLAN = "/oversikt/skolor/almskolan/"


@pytest.fixture
def as_centre(client, centre):
    client.force_login(centre)
    return client


def change(client, **typed):
    return client.post(
        ALMSKOLAN, {"programme": "taget", "day": "2026-11-22", "reason": "Ny ledning", **typed}, follow=True
    )


def rows():
    fields = ("status", "start_date", "end_date", "reason", "end_reason")
    return list(Participation.objects.order_by("start_date").values_list(*fields))


def told():
    return [(line.day.isoformat(), line.status, line.reason) for line in history_of(Participation.objects.all())]


def test_all_schools_are_in_one_view_with_status_year_and_contacts(as_centre, municipality, school):
    karin = UserFactory(first_name="Karin", last_name="Ek")
    MembershipFactory(user=karin, role=Role.COORDINATOR, school=school)
    MembershipFactory(role=Role.LEADER, school=school, end_date=date(2026, 11, 1), user__first_name="Gammal")
    SchoolFactory(municipality=municipality, name="Björkskolan", participation=False)
    SchoolFactory(municipality=MunicipalityFactory(code="9902"), name="Granskolan")

    page = as_centre.get(PAGE).text

    assert [name for name in ("Almskolan", "Björkskolan", "Granskolan") if name in page] == ["Almskolan", "Björkskolan"]
    assert "sedan 2020/21" in page
    assert ("Karin Ek" in page, "Gammal" in page) == (True, False)


def test_schools_are_filtered_by_status(as_centre, municipality, school):
    SchoolFactory(municipality=municipality, name="Björkskolan", participation=False)

    page = as_centre.get(PAGE, {"program": "taget", "status": "outside"}).text

    assert ("Björkskolan" in page, ">Almskolan<" in page) == (True, False)
    assert "Ingen skola stämmer" in as_centre.get(PAGE, {"status": "paused"}).text


def test_school_pauses_resumes_and_ends_with_reasons(as_centre, school):
    change(as_centre, status="paused", day="2026-12-01")
    change(as_centre, status="active", day="2027-01-11", reason="Nya passledare")
    page = change(as_centre, status="ended", day="2027-06-10", reason="Skolan slås ihop")

    assert "Taget på Almskolan är ändrat." in page.text
    assert rows() == [
        ("active", date(2020, 8, 1), date(2026, 11, 30), "", ""),
        ("paused", date(2026, 12, 1), date(2027, 1, 10), "Ny ledning", ""),
        ("active", date(2027, 1, 11), date(2027, 6, 10), "Nya passledare", "Skolan slås ihop"),
    ]
    assert told() == [
        ("2027-06-10", "ended", "Skolan slås ihop"),
        ("2027-01-11", "active", "Nya passledare"),
        ("2026-12-01", "paused", "Ny ledning"),
        ("2020-08-01", "active", ""),
    ]
    assert [event.about["status"] for event in Event.objects.order_by("pk")] == ["paused", "active", "ended"]


def test_school_that_begins_gets_its_base_sessions(as_centre, school):
    Participation.objects.all().delete()
    SessionFactory(code="T-B1")
    school_class = ClassFactory(school=school)

    change(as_centre, status="active", day="2026-08-01")

    assert [row.due_date for row in PlannedSession.objects.filter(school_class=school_class)] == [date(2026, 9, 30)]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"status": "active", "day": "2019-08-01"}, "Något har redan börjat efter den dagen."),
        ({"status": ""}, "Välj vad som händer."),
        ({"status": "paused", "day": ""}, "Fyll i från vilken dag."),
        ({"status": "paused", "reason": ""}, "Skriv med några ord varför."),
        ({"status": "paused", "reason": "20121212-1212 slutar"}, "personnummer"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_changed(as_centre, school, typed, message):
    page = change(as_centre, **typed)

    assert message in page.text
    assert rows() == [("active", date(2020, 8, 1), None, "", "")]


def test_school_without_the_programme_cannot_pause(as_centre, school):
    Participation.objects.all().delete()

    assert "Den behöver börja först" in change(as_centre, status="paused").text


def test_centre_changes_the_own_programmes_only(client, municipality, school):
    programme("mvp")
    older = UserFactory()
    MembershipFactory(user=older, role=Role.CENTRE_OLDER, municipality=municipality)
    client.force_login(older)

    page = client.post(
        ALMSKOLAN, {"programme": "taget", "status": "paused", "day": "2026-11-22", "reason": "Nej"}, follow=True
    )

    assert page.status_code == 200
    assert rows() == [("active", date(2020, 8, 1), None, "", "")]


def test_school_of_another_municipality_is_not_found(as_centre):
    SchoolFactory(municipality=MunicipalityFactory(code="9902"), slug="granskolan")

    assert as_centre.get(reverse("programmes:school_programmes", args=["granskolan"])).status_code == 404


def test_address_of_a_contact_with_protected_identity_is_not_shown(as_centre, school):
    person = MembershipFactory(role=Role.COORDINATOR, school=school).user
    person.first_name, person.email, person.alias = "Zefyrina", "zefyrina@ekbacka.example", "Kollega 7"
    person.save()

    page = as_centre.get(f"/oversikt/skolor/{school.slug}/").text

    assert ("Kollega 7" in page, "zefyrina" in page.casefold()) == (True, False)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_register_asks_the_same_number_of_questions(as_centre, municipality, query_count, count):
    for _number in range(count):
        MembershipFactory(role=Role.COORDINATOR, school=SchoolFactory(municipality=municipality))
    as_centre.get(PAGE)

    with query_count(12):
        as_centre.get(PAGE)
