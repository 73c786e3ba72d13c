"""What has become of a session on a day: every row of the table of states, at its edges."""

from datetime import date, timedelta

import pytest

from curriculum.enums import SessionKind
from programmes.enums import NotHeldReason, ParticipationStatus, SessionState
from programmes.models import NotHeld, Participation, PlannedSession
from tests.factories import DeliveryFactory, PlannedSessionFactory, SchoolFactory, SessionFactory, programme

DUE = date(2026, 9, 30)


def state_of(planned_session, on):
    row = PlannedSession.objects.with_state(on=on).get(pk=planned_session.pk)
    return row.state, row.reason


@pytest.fixture
def planned(school_class):
    return PlannedSessionFactory(school_class=school_class, due_date=DUE)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 7, 1), SessionState.PLANNED),
        (date(2026, 8, 31), SessionState.PLANNED),
        (date(2026, 9, 1), SessionState.DUE_NOW),
        (date(2026, 9, 29), SessionState.DUE_NOW),
        (DUE, SessionState.DUE_NOW),
        (date(2026, 10, 1), SessionState.NOT_REPORTED),
        (date(2027, 6, 30), SessionState.NOT_REPORTED),
    ],
)
def test_state_follows_the_days_when_nothing_is_reported(planned, on, state):
    assert state_of(planned, on) == (state, "")


@pytest.mark.parametrize(
    ("due", "on", "state"),
    [
        (date(2026, 9, 10), date(2026, 9, 1), SessionState.DUE_NOW),
        (date(2026, 9, 10), date(2026, 9, 10), SessionState.DUE_NOW),
        (date(2026, 9, 10), date(2026, 9, 11), SessionState.NOT_REPORTED),
        (date(2026, 10, 1), date(2026, 9, 30), SessionState.PLANNED),
        (date(2026, 10, 1), date(2026, 10, 1), SessionState.DUE_NOW),
        (date(2026, 12, 31), date(2026, 11, 30), SessionState.PLANNED),
        (date(2026, 12, 31), date(2026, 12, 31), SessionState.DUE_NOW),
        (date(2026, 12, 31), date(2027, 1, 1), SessionState.NOT_REPORTED),
        (date(2027, 9, 30), date(2026, 9, 30), SessionState.PLANNED),
    ],
)
def test_due_now_lasts_from_the_first_of_the_month_to_the_due_date(school_class, due, on, state):
    assert state_of(PlannedSessionFactory(school_class=school_class, due_date=due), on) == (state, "")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 10, 4), (SessionState.NOT_HELD, NotHeldReason.MOVED)),
        (date(2026, 10, 5), (SessionState.HELD, "")),
        (date(2026, 10, 6), (SessionState.HELD, "")),
    ],
)
def test_delivery_after_the_day_is_moved_to_later_until_it_is_held(planned, on, expected):
    DeliveryFactory(planned_session=planned, date=date(2026, 10, 5))
    assert state_of(planned, on) == expected


def test_delivery_after_the_day_is_moved_even_before_the_due_date(planned):
    DeliveryFactory(planned_session=planned, date=date(2026, 9, 20))
    assert state_of(planned, date(2026, 9, 10)) == (SessionState.NOT_HELD, NotHeldReason.MOVED)


def test_not_held_keeps_its_reason_before_and_after_the_due_date(planned):
    NotHeld.objects.create(planned_session=planned, reason=NotHeldReason.ILLNESS)
    for on in (date(2026, 8, 20), DUE, date(2026, 10, 1)):
        assert state_of(planned, on) == (SessionState.NOT_HELD, NotHeldReason.ILLNESS)


def test_delivery_wins_over_not_held_from_its_day_on(planned):
    NotHeld.objects.create(planned_session=planned, reason=NotHeldReason.ILLNESS)
    DeliveryFactory(planned_session=planned, date=date(2026, 10, 5))
    assert state_of(planned, date(2026, 10, 4)) == (SessionState.NOT_HELD, NotHeldReason.ILLNESS)
    assert state_of(planned, date(2026, 10, 5)) == (SessionState.HELD, "")


def test_first_date_is_that_of_the_group_that_came_first(planned):
    DeliveryFactory(planned_session=planned, group=1, date=date(2026, 10, 5))
    DeliveryFactory(planned_session=planned, group=2, date=date(2026, 9, 29))
    row = PlannedSession.objects.with_state(on=DUE).get()
    assert (row.state, row.first_date) == (SessionState.HELD, date(2026, 9, 29))


@pytest.mark.parametrize("on", [date(2026, 9, 15), DUE, date(2026, 12, 31)])
def test_unplanned_session_is_never_due(school_class, on):
    unplanned = PlannedSessionFactory(school_class=school_class, due_date=None)
    assert state_of(unplanned, on) == (SessionState.NOT_PLANNED, "")


def test_unplanned_session_is_held_from_its_day_on_and_not_planned_before(school_class):
    unplanned = PlannedSessionFactory(school_class=school_class, due_date=None)
    DeliveryFactory(planned_session=unplanned, date=date(2027, 1, 20))
    assert state_of(unplanned, date(2026, 12, 31)) == (SessionState.NOT_PLANNED, "")
    assert state_of(unplanned, date(2027, 1, 20)) == (SessionState.HELD, "")


@pytest.mark.parametrize(
    ("left_on", "state"),
    [(DUE - timedelta(days=1), SessionState.PLANNED), (DUE, SessionState.NOT_REPORTED)],
)
def test_school_that_left_before_the_due_date_owes_nothing(planned, left_on, state):
    Participation.objects.update(end_date=left_on)
    assert state_of(planned, date(2026, 11, 1)) == (state, "")


@pytest.mark.parametrize(
    ("joined_on", "state"),
    [(DUE + timedelta(days=1), SessionState.PLANNED), (DUE, SessionState.NOT_REPORTED)],
)
def test_school_that_joined_after_the_due_date_owes_nothing(planned, joined_on, state):
    Participation.objects.update(start_date=joined_on)
    assert state_of(planned, date(2026, 11, 1)) == (state, "")


def test_paused_school_owes_nothing_and_keeps_what_it_held(planned, school_class):
    Participation.objects.update(end_date=date(2026, 8, 31))
    Participation.objects.create(
        school=school_class.school,
        programme=programme(),
        status=ParticipationStatus.PAUSED,
        start_date=date(2026, 9, 1),
        end_date=date(2026, 11, 30),
    )
    held = PlannedSessionFactory(
        school_class=school_class, session=SessionFactory(code="T-T01", kind=SessionKind.ADDITIONAL), due_date=DUE
    )
    DeliveryFactory(planned_session=held, date=date(2026, 9, 3))
    assert state_of(planned, date(2026, 11, 1)) == (SessionState.PLANNED, "")
    assert state_of(held, date(2026, 11, 1)) == (SessionState.HELD, "")


def test_another_programme_or_school_does_not_make_a_session_expected(planned, school_class):
    Participation.objects.all().delete()
    SchoolFactory(municipality=school_class.school.municipality)
    Participation.objects.create(school=school_class.school, programme=programme("mvp"), start_date=date(2020, 8, 1))
    assert PlannedSession.objects.with_state(on=DUE).get().is_participating is False


def test_planned_leaves_out_what_nobody_planned(planned, school_class):
    PlannedSessionFactory(
        school_class=school_class, session=SessionFactory(code="T-T01", kind=SessionKind.ADDITIONAL), due_date=None
    )
    assert list(PlannedSession.objects.planned()) == [planned]
