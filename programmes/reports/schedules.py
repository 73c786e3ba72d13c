"""Which days a cohort meets: sessions and supervision in alternate weeks, past breaks and public holidays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from programmes.models import Break, Period, SchoolYear
from programmes.models.terms import is_public_holiday, start_year_of

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Schedule:
    """The days of the sessions, and those of supervision between them; `is_whole` when there was room for all."""

    sessions: list[date]
    supervisions: list[date]
    is_whole: bool


def alternate_weeks(
    first_day: date, *, number: int, school_year: SchoolYear | None, breaks: Iterable[Break] = ()
) -> Schedule:
    """Lay `number` sessions on the weekday of the first one, every second week with lessons; supervision in the others.

    A week whose day lies in a break, outside the terms or on a public holiday is left out, and the order goes on after
    it. Without a calendar the school year itself is the limit. What has no room is not laid.
    """
    closed = [(row.first_day, row.last_day) for row in breaks]
    last_day = school_year.spring_last_day if school_year else Period.school_year(start_year_of(first_day)).last_day
    days: list[date] = []
    day = first_day
    while day <= last_day and len(days) < 2 * number - 1:
        if _has_lessons(day, school_year, closed):
            days.append(day)
        day += WEEK
    return Schedule(sessions=days[::2], supervisions=days[1::2], is_whole=len(days) == 2 * number - 1)


def latest_start(
    day: date, *, number: int, school_year: SchoolYear | None, breaks: Iterable[Break] = ()
) -> date | None:
    """The last day before `day`, on the same weekday, from which there is room for all sessions; None when never."""
    rows = list(breaks)
    first_day = school_year.autumn_first_day if school_year else Period.school_year(start_year_of(day)).first_day
    while (day := day - WEEK) >= first_day:
        if alternate_weeks(day, number=number, school_year=school_year, breaks=rows).is_whole:
            return day
    return None


def _has_lessons(day: date, school_year: SchoolYear | None, closed: list[tuple[date, date]]) -> bool:
    if is_public_holiday(day) or any(first <= day <= last for first, last in closed):
        return False
    if school_year is None:
        return True
    in_autumn = school_year.autumn_first_day <= day <= school_year.autumn_last_day
    return in_autumn or school_year.spring_first_day <= day <= school_year.spring_last_day
