"""Recording what became of sessions."""

from datetime import date
from uuid import uuid4

import pytest

from programmes.actions.sessions import (
    AlreadyHeldError,
    DeliveryReport,
    Leader,
    NotHeldReport,
    ReportConflictError,
    remove_report,
    report_deliveries,
    report_not_held,
    undo_report,
)
from programmes.models import Delivery, DeliveryLeader, Event, NotHeld, PlannedSession
from tests.factories import ClassFactory, PlannedSessionFactory, SessionFactory, UserFactory

TEACHER = Leader("teacher", "school", True)
POLICE = Leader("guest", "police", None)


@pytest.fixture
def planned(school_class):
    return PlannedSessionFactory(school_class=school_class)


def report(planned, *, present=20, group=0, leaders=(TEACHER,), seen=None):
    return DeliveryReport(
        school_class=planned.school_class,
        session=planned.session,
        group=group,
        values={"date": date(2026, 9, 15), "group_size": 21, "present": present},
        leaders=leaders,
        seen=seen,
    )


def seen_now(planned):
    """The report that a person would have in front of them now, as (id, version)."""
    entry = planned.deliveries.first() or planned.not_held
    return entry.pk, entry.version


def test_delivery_is_recorded_with_its_leaders_and_reporter(planned, coordinator):
    changes = report_deliveries(reports=[report(planned, leaders=(TEACHER, POLICE))], user=coordinator, client_id=None)

    delivery = Delivery.objects.get()
    assert [change.kind for change in changes] == ["created"]
    assert (delivery.present, delivery.group_size, delivery.reported_by) == (20, 21, coordinator)
    assert sorted(delivery.leaders.values_list("role", "organisation", "is_trained")) == [
        ("guest", "police", None),
        ("teacher", "school", True),
    ]


def test_report_sent_twice_is_recorded_once(planned, coordinator):
    client_id = uuid4()

    report_deliveries(reports=[report(planned)], user=coordinator, client_id=client_id)
    again = report_deliveries(reports=[report(planned)], user=coordinator, client_id=client_id)

    assert [change.kind for change in again] == ["unchanged"]
    assert Delivery.objects.get().version == 1


def test_same_form_filled_in_again_corrects(planned, coordinator):
    client_id = uuid4()

    report_deliveries(reports=[report(planned)], user=coordinator, client_id=client_id)
    report_deliveries(reports=[report(planned, present=19)], user=coordinator, client_id=client_id)

    assert Delivery.objects.get().present == 19


def test_second_person_reporting_unawares_is_a_conflict_and_saves_nothing(planned, coordinator):
    report_deliveries(reports=[report(planned)], user=coordinator, client_id=uuid4())
    other_class = PlannedSessionFactory(school_class=ClassFactory(school=planned.school_class.school, name="3C"))

    with pytest.raises(ReportConflictError) as conflict:
        report_deliveries(
            reports=[report(other_class), report(planned, present=12)], user=UserFactory(), client_id=uuid4()
        )

    assert conflict.value.existing == [Delivery.objects.get()]
    assert Delivery.objects.get().present == 20


def test_second_group_is_another_delivery(planned, coordinator):
    report_deliveries(reports=[report(planned, group=1)], user=coordinator, client_id=None)
    report_deliveries(reports=[report(planned, group=2)], user=coordinator, client_id=None)

    assert list(Delivery.objects.order_by("group").values_list("group", flat=True)) == [1, 2]


def test_correction_keeps_the_old_value_and_knows_who_corrected(planned, coordinator, leader):
    report_deliveries(reports=[report(planned)], user=coordinator, client_id=None)
    report_deliveries(reports=[report(planned, present=15, seen=seen_now(planned))], user=leader, client_id=None)

    versions = Delivery.objects.get().history.order_by("history_id")
    assert [(version.present, version.history_user) for version in versions] == [(20, coordinator), (15, leader)]
    assert Delivery.objects.get().reported_by == coordinator


def test_unplanned_session_gets_a_row_without_due_date(school_class, coordinator):
    session = SessionFactory(code="T-T04", title="Grupptryck", kind="additional")
    row = PlannedSession(school_class=school_class, session=session)

    report_deliveries(reports=[report(row)], user=coordinator, client_id=None)

    assert PlannedSession.objects.get().due_date is None


def test_undo_of_a_first_report_leaves_nothing_behind(school_class, coordinator):
    row = PlannedSession(school_class=school_class, session=SessionFactory())
    [change] = report_deliveries(reports=[report(row)], user=coordinator, client_id=None)

    assert undo_report(steps=[("created", Delivery, change.entry.pk, 1)], user=coordinator)

    assert (Delivery.objects.count(), DeliveryLeader.objects.count(), PlannedSession.objects.count()) == (0, 0, 0)


def test_undo_of_a_correction_restores_values_and_leaders(planned, coordinator):
    report_deliveries(reports=[report(planned, leaders=(TEACHER, POLICE))], user=coordinator, client_id=None)
    [change] = report_deliveries(
        reports=[report(planned, present=3, leaders=(), seen=seen_now(planned))], user=coordinator, client_id=None
    )

    assert undo_report(steps=[("corrected", Delivery, change.entry.pk, 2)], user=coordinator)

    delivery = Delivery.objects.get()
    assert (delivery.present, delivery.version) == (20, 3)
    assert sorted(delivery.leaders.values_list("role", flat=True)) == ["guest", "teacher"]


def test_undo_after_somebody_elses_correction_is_refused(planned, coordinator):
    [change] = report_deliveries(reports=[report(planned)], user=coordinator, client_id=None)
    report_deliveries(reports=[report(planned, present=9, seen=seen_now(planned))], user=UserFactory(), client_id=None)

    assert not undo_report(steps=[("created", Delivery, change.entry.pk, 1)], user=coordinator)
    assert Delivery.objects.get().present == 9


def test_undo_is_all_or_nothing(planned, coordinator):
    other = PlannedSessionFactory(school_class=ClassFactory(school=planned.school_class.school, name="3C"))
    changes = report_deliveries(reports=[report(planned), report(other)], user=coordinator, client_id=None)
    report_deliveries(reports=[report(planned, present=9, seen=seen_now(planned))], user=UserFactory(), client_id=None)

    undone = undo_report(steps=[("created", Delivery, change.entry.pk, 1) for change in changes], user=coordinator)

    assert (undone, Delivery.objects.count()) == (False, 2)


def not_held(planned, *, reason="illness", seen=None):
    return NotHeldReport(school_class=planned.school_class, session=planned.session, reason=reason, seen=seen)


def test_not_held_is_recorded_and_corrected(planned, coordinator):
    report_not_held(reports=[not_held(planned)], user=coordinator, client_id=None)
    correction = not_held(planned, reason="no_room", seen=seen_now(planned))
    report_not_held(reports=[correction], user=coordinator, client_id=None)

    entry = NotHeld.objects.get()
    assert (entry.reason, entry.version) == ("no_room", 2)
    assert [version.reason for version in entry.history.order_by("history_id")] == ["illness", "no_room"]


def test_not_held_is_refused_where_the_session_was_held(planned, coordinator):
    report_deliveries(reports=[report(planned)], user=coordinator, client_id=None)

    with pytest.raises(AlreadyHeldError):
        report_not_held(reports=[not_held(planned)], user=coordinator, client_id=None)


def test_two_people_giving_different_reasons_is_a_conflict(planned, coordinator):
    report_not_held(reports=[not_held(planned)], user=coordinator, client_id=None)

    with pytest.raises(ReportConflictError):
        report_not_held(reports=[not_held(planned, reason="other")], user=UserFactory(), client_id=None)


def test_removed_report_leaves_the_plan_and_its_history(planned, coordinator):
    report_deliveries(reports=[report(planned)], user=coordinator, client_id=None)

    remove_report(entry=Delivery.objects.get(), user=coordinator)

    assert list(PlannedSession.objects.all()) == [planned]
    assert Delivery.history.filter(history_type="-").count() == 1


def test_removed_report_is_logged_with_what_it_said(planned, coordinator):
    report_deliveries(reports=[report(planned)], user=coordinator, client_id=None)

    remove_report(entry=Delivery.objects.get(), user=coordinator)

    event = Event.objects.get()
    assert (event.kind, event.actor, event.school) == ("report_removed", coordinator, planned.school_class.school)
    assert event.about == {"class": "3B", "session": "Normer och dess konsekvenser", "day": "2026-09-15"}
