"""The event log on the screen and as files: who may read it, how it is narrowed, and what it never shows."""

import csv
import io
import re
from datetime import UTC, datetime

import openpyxl
import pytest
from django.urls import reverse

from programmes.actions.events import log_event
from programmes.enums import EventKind, Role
from programmes.models import Event
from tests.factories import MembershipFactory, MunicipalityFactory, SchoolFactory, UserFactory

PAGE, XLSX, CSV = "programmes:event_log", "programmes:event_log_xlsx", "programmes:event_log_csv"


def person(role, **place):
    user = UserFactory()
    MembershipFactory(user=user, role=role, **place)
    return user


@pytest.fixture
def officer(municipality):
    user = UserFactory(email="ombud@ekbacka.example", first_name="Karin", last_name="Ombud")
    MembershipFactory(user=user, role=Role.DATA_PROTECTION, municipality=municipality)
    return user


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def events(municipality, school, coordinator, leader):
    """Three of the municipality's, and one of another municipality that must not be seen."""
    elsewhere = MunicipalityFactory(name="Granby kommun", code="9902")
    made = [
        Event(kind=EventKind.SIGNED_IN, actor=coordinator, municipality=municipality),
        Event(kind=EventKind.SECURE_BASE_SEEN, actor=leader, municipality=municipality, school=school),
        Event(kind=EventKind.ROLE_GIVEN, actor=coordinator, person=leader, municipality=municipality),
        Event(kind=EventKind.EXPORTED, actor=person(Role.CENTRE_OLDER, municipality=elsewhere), municipality=elsewhere),
    ]
    for day, event in zip((20, 21, 22, 22), made, strict=True):
        event.at = datetime(2026, 11, day, 12, tzinfo=UTC)
    made[1].about = {"class": "3B"}
    made[2].about = {"role": "leader"}
    Event.objects.bulk_create(made)


def sentences(response):
    """What is read in the list, a row a line."""
    rows = re.findall(r"<li><time.*?</li>", response.text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_log_tells_the_latest_first_under_its_day(as_officer, events):
    response = as_officer.get(reverse(PAGE))

    assert sentences(response) == [
        "13.00 coordinator@ekbacka.example gav leader@ekbacka.example rollen passledare",
        "13.00 leader@ekbacka.example såg trygg bas-listan för klass 3B Almskolan",
        "13.00 coordinator@ekbacka.example loggade in",
    ]
    assert re.findall(r"<h2 id=\"d\d+\">(.*?)</h2>", response.text) == [
        "Söndag 22 november 2026",
        "Lördag 21 november 2026",
        "Fredag 20 november 2026",
    ]


@pytest.mark.parametrize(
    ("choice", "kinds"),
    [
        ({"handelse": "signed_in"}, ["signed_in"]),
        ({"skola": "almskolan"}, ["secure_base_seen"]),
        ({"fran": "2026-11-21", "till": "2026-11-21"}, ["secure_base_seen"]),
        ({"fran": "2026-11-22"}, ["role_given"]),
        ({"till": "2026-11-20"}, ["signed_in"]),
        ({"handelse": "deleted"}, []),
    ],
)
def test_log_is_narrowed(as_officer, events, choice, kinds):
    response = as_officer.get(reverse(PAGE), choice)

    assert [event.kind for event in response.context["page"]] == kinds


def test_person_finds_what_they_did_and_what_was_done_to_them(as_officer, officer, events, leader):
    response = as_officer.get(reverse(PAGE), {"person": leader.pk})

    assert [event.kind for event in response.context["page"]] == ["role_given", "secure_base_seen"]
    looked_up = Event.objects.get(kind=EventKind.LOG_READ)
    assert (looked_up.actor, looked_up.person, looked_up.about) == (officer, leader, {"selection": "en person"})


@pytest.mark.parametrize(
    ("choice", "reason"),
    [
        ({"handelse": "x"}, "Det finns ingen sådan händelse."),
        ({"person": "999999"}, "Personen finns inte i loggen."),
        ({"skola": "granskolan"}, "Det finns ingen sådan skola."),
        ({"fran": "i går"}, "Skriv datumet som 2027-03-03 eller 3 mars 2027."),
        ({"fran": "2026-11-22", "till": "2026-11-21"}, "Sista dagen är före den första."),
    ],
)
def test_bad_choice_is_told_and_shows_nothing(as_officer, events, choice, reason):
    SchoolFactory(municipality=MunicipalityFactory(code="9903"), slug="granskolan")

    page, file = as_officer.get(reverse(PAGE), choice), as_officer.get(reverse(CSV), choice)

    assert sentences(page) == []
    assert (page.status_code, reason in page.text, file.status_code, reason in file.text) == (200, True, 400, True)


@pytest.mark.parametrize("route", [PAGE, XLSX, CSV])
def test_log_is_open_to_the_officer_and_the_administrator_alone(client, municipality, school, officer, events, route):
    elsewhere = MunicipalityFactory(code="9904")
    people = {
        **{role: person(role, school=school) for role in (Role.LEADER, Role.COORDINATOR, Role.SUPERVISOR)},
        **{
            role: person(role, municipality=municipality)
            for role in (Role.CENTRE_YOUNGER, Role.CENTRE_OLDER, Role.EDITOR, Role.EVALUATOR, Role.ADMINISTRATOR)
        },
        Role.DATA_PROTECTION: officer,
        "officer elsewhere": person(Role.DATA_PROTECTION, municipality=elsewhere),
        "nobody": UserFactory(),
    }
    answers = {}
    for name, user in people.items():
        client.force_login(user)
        response = client.get(reverse(route))
        b"".join(response)
        answers[name] = response.status_code

    assert {name for name, status in answers.items() if status == 200} == {Role.DATA_PROTECTION, Role.ADMINISTRATOR}
    assert {status for name, status in answers.items()} == {200, 403}


def test_files_hold_what_the_page_shows_and_are_logged(as_officer, officer, events):
    content = b"".join(as_officer.get(reverse(CSV), {"skola": "almskolan"}).streaming_content)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))

    assert rows == [
        {
            "Tid": "2026-11-21 13:00:00",
            "Händelse": "trygg bas-lista visad",
            "Av": "leader@ekbacka.example",
            "Vad som hände": "såg trygg bas-listan för klass 3B",
            "Gäller": "",
            "Skola": "Almskolan",
            "Uppgifter": '{"class": "3B"}',
        }
    ]
    logged = Event.objects.get(kind=EventKind.EXPORTED, actor=officer)
    assert (logged.about["what"], logged.about["selection"]) == ("event_log", "Almskolan")


def test_workbook_holds_every_event_of_the_municipality(as_officer, events):
    content = b"".join(as_officer.get(reverse(XLSX)).streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(content))

    assert [row[1].value for row in book["Händelser"].iter_rows(min_row=2)] == [
        "roll given",
        "trygg bas-lista visad",
        "inloggning",
    ]
    assert book.worksheets[0]["A1"].value == "Logg, Ekbacka kommun"


def test_formula_in_a_name_stays_text(as_officer, municipality):
    user = UserFactory(first_name="=1+1", last_name="<script>alert(1)</script>")
    log_event(kind=EventKind.SIGNED_IN, actor=user, municipality=municipality)

    page = as_officer.get(reverse(PAGE))
    content = b"".join(as_officer.get(reverse(CSV)).streaming_content).decode("utf-8-sig")

    assert "<script>alert" not in page.text
    assert content.splitlines()[1].split(";")[2] == "'=1+1 <script>alert(1)</script>"


@pytest.mark.parametrize("count", [1, 3, 130])
def test_questions_do_not_grow_with_the_events(as_officer, municipality, school, query_count, count):
    people = [person(Role.LEADER, school=school) for _ in range(min(count, 30))]
    Event.objects.bulk_create(
        Event(
            kind=EventKind.ROLE_GIVEN,
            actor=people[n % len(people)],
            person=people[(n + 1) % len(people)],
            municipality=municipality,
            school=school,
        )
        for n in range(count)
    )

    with query_count(10):
        assert as_officer.get(reverse(PAGE)).status_code == 200


def test_pages_keep_what_was_chosen(as_officer, municipality, coordinator):
    Event.objects.bulk_create(
        Event(kind=EventKind.SIGNED_IN, actor=coordinator, municipality=municipality) for _ in range(120)
    )

    response = as_officer.get(reverse(PAGE), {"handelse": "signed_in", "sida": "2"})

    assert re.findall(r'rel="(prev|next)" href="(.*?)"', response.text) == [
        ("prev", "?handelse=signed_in&amp;sida=1"),
        ("next", "?handelse=signed_in&amp;sida=3"),
    ]
