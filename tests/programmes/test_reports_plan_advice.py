"""Advice on a plan: what it says, and when it keeps quiet."""

from datetime import date

import pytest

from programmes.enums import PlanAdvice
from programmes.models import Break
from programmes.reports.plan_advice import advice_for
from programmes.reports.year import year_of
from tests.factories import DeliveryFactory, PlannedSessionFactory, SessionFactory

AUTUMN_BREAK = Break(name="Höstlov", first_day=date(2026, 10, 26), last_day=date(2026, 10, 30))


@pytest.fixture
def plan(school_class):
    def plan(code, due_date, *, is_sensitive=False):
        session = SessionFactory(code=code, title=f"Pass {code}", kind="additional", is_sensitive=is_sensitive)
        return PlannedSessionFactory(school_class=school_class, session=session, due_date=due_date)

    return plan


def told(school_class, school_year, today, *, target=0, staff_dates=None, breaks=(AUTUMN_BREAK,)):
    line = year_of([school_class], today=today).classes[0]
    found = advice_for(line, target=target, school_year=school_year, breaks=breaks, staff_dates=staff_dates)
    return [(advice.kind, [session.code for session in advice.sessions]) for advice in found]


def test_plan_short_of_the_target_says_how_many_are_missing(school_class, school_year, today, plan):
    plan("T-T03", date(2027, 2, 28))
    line = year_of([school_class], today=today).classes[0]

    assert [advice.missing for advice in advice_for(line, target=8, school_year=school_year)] == [7]
    assert advice_for(line, target=1, school_year=school_year) == []


def test_two_days_of_the_same_week_are_told(school_class, school_year, today, plan):
    """A third in the week after is not, and the end of a month lies in no week."""
    plan("T-T01", date(2027, 2, 22))
    plan("T-T02", date(2027, 2, 26))
    plan("T-T03", date(2027, 2, 28))
    plan("T-T04", date(2027, 3, 1))

    assert told(school_class, school_year, today) == [(PlanAdvice.SAME_WEEK, ["T-T01", "T-T02"])]


@pytest.mark.parametrize(
    ("due_date", "kind"),
    [
        (date(2026, 10, 28), PlanAdvice.IN_BREAK),
        (date(2026, 12, 21), PlanAdvice.OUTSIDE_TERM),
        (date(2027, 6, 30), None),
        (date(2026, 7, 31), PlanAdvice.OUTSIDE_TERM),
        (date(2026, 10, 31), None),
        (date(2026, 12, 31), None),
        (date(2027, 2, 27), PlanAdvice.WEEKEND),
        (date(2027, 2, 25), None),
    ],
)
def test_day_without_lessons_is_told(school_class, school_year, today, plan, due_date, kind):
    plan("T-T03", due_date)

    assert told(school_class, school_year, today) == ([(kind, ["T-T03"])] if kind else [])


@pytest.mark.parametrize(
    ("staff_date", "is_told"),
    [(None, True), (date(2027, 2, 1), False), (date(2027, 2, 25), False), (date(2027, 3, 1), True)],
)
def test_sensitive_theme_wants_its_staff_session_first(school_class, school_year, today, plan, staff_date, is_told):
    plan("T-T03", date(2027, 2, 25), is_sensitive=True)
    plan("T-T04", date(2027, 3, 31))

    found = told(school_class, school_year, today, staff_dates={"T-T03": staff_date})

    assert found == ([(PlanAdvice.BEFORE_STAFF, ["T-T03"])] if is_told else [])


def test_nothing_is_said_of_what_has_been_held(school_class, school_year, today, plan):
    DeliveryFactory(planned_session=plan("T-T03", date(2026, 10, 28), is_sensitive=True), date=date(2026, 10, 20))

    assert told(school_class, school_year, today, staff_dates={}) == []


def test_without_a_calendar_nothing_is_said_of_days(school_class, today, plan):
    plan("T-T03", date(2026, 7, 15))

    assert told(school_class, None, today, breaks=()) == []
