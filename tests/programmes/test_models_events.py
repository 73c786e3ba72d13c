"""The event log stands: neither the product nor a query takes back what was written."""

import pytest
from django.db import IntegrityError, connection, transaction

from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.models import Deletion, Event
from programmes.models.events import AppendOnlyError


@pytest.fixture
def event(municipality, coordinator):
    return log_event(kind=EventKind.SIGNED_IN, actor=coordinator, municipality=municipality)


def test_event_is_neither_saved_again_nor_deleted(event):
    event.kind = EventKind.SIGNED_OUT

    for forbidden in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(kind="x")):
        with pytest.raises(AppendOnlyError):
            forbidden()

    assert list(Event.objects.values_list("kind", flat=True)) == ["signed_in"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM programmes_event",
        "UPDATE programmes_event SET kind = 'signed_out'",
        "UPDATE programmes_event SET actor_id = NULL",
    ],
)
def test_database_refuses_what_goes_round_the_product(event, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert list(Event.objects.values_list("kind", "actor")) == [("signed_in", event.actor_id)]


def test_open_deletion_lets_rows_and_persons_go_and_nothing_be_rewritten(event):
    with transaction.atomic(), connection.cursor() as cursor:
        Deletion.objects.create(decision="KS 2026/1")
        cursor.execute("UPDATE programmes_event SET actor_id = NULL")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("UPDATE programmes_event SET kind = 'signed_out'")
        cursor.execute("DELETE FROM programmes_event")

    assert list(Event.objects.all()) == []


def test_person_of_the_log_is_not_deleted_away(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        event.actor.delete()
