"""What a class's plan ought to be looked at for: advice that helps the coordinator, and stops nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from programmes.enums import PlanAdvice
from programmes.models import Break, Period, SchoolYear
from programmes.models.terms import is_last_of_month
from programmes.reports.year import ClassYear, YearSession

SATURDAY = 6


@dataclass(frozen=True)
class Advice:
    """One piece of advice: which sessions it is about, how many are missing, or which break they lie in."""

    kind: PlanAdvice
    sessions: tuple[YearSession, ...] = ()
    missing: int = 0
    break_name: str = ""


def advice_for(
    line: ClassYear,
    *,
    target: int,
    school_year: SchoolYear | None,
    breaks: Iterable[Break] = (),
    staff_dates: Mapping[str, date | None] | None = None,
) -> list[Advice]:
    """What to look at in one class's plan, the most general first.

    Only sessions that can still be moved are spoken of. A due date on the last day of a month stands for the month:
    it lies in no week, and outside the terms only when the whole month does. `staff_dates` says for each theme (the
    code of its pupil session) when the school's staff have, or had, their session on it; None for never. Without
    `staff_dates`, or without a calendar, nothing is said of that.
    """
    still_open = [session for session in line.sessions if session.is_open and session.due_date]
    found: list[Advice] = []
    if len(line.sessions) < target:
        found.append(Advice(PlanAdvice.SHORT, missing=target - len(line.sessions)))
    found += _same_week(still_open)
    if staff_dates is not None:
        found += _before_staff(still_open, staff_dates)
    if school_year is not None:
        found += [
            advice
            for session in still_open
            for advice in _outside_lessons(session, school_year=school_year, breaks=list(breaks))
        ]
    return found


def _same_week(sessions: list[YearSession]) -> list[Advice]:
    dated = sorted(
        (session for session in sessions if session.due_date and not is_last_of_month(session.due_date)),
        key=lambda session: (session.due_date, session.code),
    )
    return [
        Advice(PlanAdvice.SAME_WEEK, sessions=pair)
        for pair in pairwise(dated)
        if len({session.due_date.isocalendar()[:2] for session in pair if session.due_date}) == 1
    ]


def _before_staff(sessions: list[YearSession], staff_dates: Mapping[str, date | None]) -> list[Advice]:
    return [
        Advice(PlanAdvice.BEFORE_STAFF, sessions=(session,))
        for session in sessions
        if session.is_sensitive and not _is_before(staff_dates.get(session.code), session.due_date)
    ]


def _is_before(staff_date: date | None, due_date: date | None) -> bool:
    return staff_date is not None and due_date is not None and staff_date <= due_date


def _outside_lessons(session: YearSession, *, school_year: SchoolYear, breaks: list[Break]) -> list[Advice]:
    day = session.due_date
    if day is None:
        return []
    first = Period.month_of(day).first_day if is_last_of_month(day) else day
    terms = (
        (school_year.autumn_first_day, school_year.autumn_last_day),
        (school_year.spring_first_day, school_year.spring_last_day),
    )
    around = next((row for row in breaks if row.first_day <= first and day <= row.last_day), None)
    if around:
        return [Advice(PlanAdvice.IN_BREAK, sessions=(session,), break_name=around.name)]
    if not any(first <= last_day and day >= first_day for first_day, last_day in terms):
        return [Advice(PlanAdvice.OUTSIDE_TERM, sessions=(session,))]
    if first == day and day.isoweekday() >= SATURDAY:
        return [Advice(PlanAdvice.WEEKEND, sessions=(session,))]
    return []
