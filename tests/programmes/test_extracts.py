"""What is stored about people: the public list made of the rules, and the extract about one member of staff."""

import json

import pytest
import yaml
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.actions.events import log_event
from programmes.enums import EventKind, Role
from programmes.exports.privacy_words import HEADINGS, kept_in_words
from programmes.imports.retention import read_decisions, read_policy
from programmes.models import Delivery, Event
from tests.factories import DeliveryFactory, MembershipFactory, MunicipalityFactory, PlannedSessionFactory, UserFactory

OWN, FILE = "programmes:own_extract", "programmes:own_extract_file"


@pytest.fixture
def person(coordinator, school_class, municipality):
    """A coordinator who reported one session with a note; somebody else reported another."""
    coordinator.first_name, coordinator.last_name = "Karin", "Lind"
    coordinator.save()
    mine = DeliveryFactory(
        planned_session=PlannedSessionFactory(school_class=school_class), reported_by=coordinator, note="Min anteckning"
    )
    other = UserFactory(first_name="Någon", last_name="Annan")
    DeliveryFactory(
        planned_session=PlannedSessionFactory(session__code="T-T01"), reported_by=other, note="Annans anteckning"
    )
    log_event(kind=EventKind.SIGNED_IN, actor=coordinator, municipality=municipality)
    log_event(kind=EventKind.SIGNED_IN, actor=other, municipality=municipality)
    assert Delivery.objects.get(pk=mine.pk).note == "Min anteckning"
    return coordinator


def test_person_sees_what_is_stored_with_numbers(client, person):
    client.force_login(person)

    stored = {row.model: row.count for row in client.get(reverse(OWN)).context["stored"]}

    assert stored["programmes.Delivery"] == 1
    assert stored["programmes.Membership"] == 1
    assert stored["programmes.Event"] == 1


def test_file_holds_the_own_rows_and_nobody_elses(client, person):
    client.force_login(person)

    response = client.get(reverse(FILE))
    extract = json.loads(response.content)
    told = response.content.decode()

    assert response.headers["Content-Disposition"] == 'attachment; filename="registerutdrag.json"'
    assert extract["person"]["Förnamn"] == "Karin"
    assert [row["vad"] for row in extract["logg"]] == ["loggade in"]
    assert "Min anteckning" in told
    assert [word for word in ("Annans anteckning", "Annan", "Någon", "pbkdf2", "md5$") if word in told] == []


def test_extract_of_somebody_is_logged_and_names_both(client, municipality, person):
    officer = UserFactory()
    MembershipFactory(user=officer, role=Role.DATA_PROTECTION, municipality=municipality)
    client.force_login(officer)

    client.get(reverse("programmes:person_extract", args=[person.pk]))

    event = Event.objects.get(kind=EventKind.PERSON_EXTRACTED)
    assert (event.actor, event.person) == (officer, person)


def test_person_of_another_municipality_is_not_found(client, municipality):
    officer, elsewhere = UserFactory(), UserFactory()
    MembershipFactory(user=officer, role=Role.DATA_PROTECTION, municipality=municipality)
    MembershipFactory(user=elsewhere, role=Role.EDITOR, municipality=MunicipalityFactory(code="9902"))
    client.force_login(officer)

    assert client.get(reverse("programmes:person_extract", args=[elsewhere.pk])).status_code == 404


# The public list


def test_every_decision_has_its_words():
    decisions = yaml.safe_load(django_settings.RETENTION_FILE.read_text())["decisions"]

    assert set(decisions) - set(HEADINGS) == set()


def test_list_tells_what_is_decided_and_what_is_not(db, settings, tmp_path):
    path = tmp_path / "beslut.yaml"
    path.write_text("account: {days: 365, reference: KS 2026/117}")
    settings.RETENTION_DECISIONS = str(path)

    times = {row.heading: row.time for row in kept_in_words(read_decisions(), read_policy())}

    assert times["Konton för personal"] == "365 dagar efter att sista rollen tog slut, enligt beslut KS 2026/117."
    assert times["Loggen: vem som har gjort vad"] == "Kommunen har inte beslutat än: det finns kvar tills dess."
    assert times["Inloggningar och tekniska spår"] == "14 dagar efter senaste användning, av sig självt."


def test_rows_of_a_person_do_not_make_more_questions(client, coordinator):
    """The number follows the registers, of which there is one more now and then; never the rows."""
    client.force_login(coordinator)
    numbers = []
    for rows in (1, 30):
        Event.objects.bulk_create(Event(kind=EventKind.SIGNED_IN, actor=coordinator) for _ in range(rows))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(OWN))
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]
