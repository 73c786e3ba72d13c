"""Ekbacka's school calendar: terms, breaks and lesson days of any school year, as in Stockholm county."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from programmes.models.terms import easter_day

FRIDAY = 5


@dataclass(frozen=True)
class BreakDays:
    """A named span of days without lessons."""

    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Calendar:
    """One school year: its terms are two spans of weekdays, less the breaks and the public holidays."""

    start_year: int

    @cached_property
    def autumn(self) -> tuple[date, date]:
        return _weekday_from(date(self.start_year, 8, 18)), _weekday_until(date(self.start_year, 12, 20))

    @cached_property
    def spring(self) -> tuple[date, date]:
        year = self.start_year + 1
        return _weekday_from(date(year, 1, 9)), _weekday_until(date(year, 6, 12))

    @cached_property
    def breaks(self) -> list[BreakDays]:
        """The breaks in order. Days that fall on a weekend are left out: there are no lessons to miss."""
        year = self.start_year + 1
        easter = easter_day(year)
        ascension = easter + timedelta(days=39)
        spans = [
            BreakDays("Höstlov", *_week(self.start_year, 44)),
            BreakDays("Jullov", self.autumn[1] + timedelta(days=1), self.spring[0] - timedelta(days=1)),
            BreakDays("Sportlov", *_week(year, 9)),
            BreakDays("Påsklov", easter - timedelta(days=2), easter + timedelta(days=5)),
            BreakDays("Första maj", date(year, 5, 1), date(year, 5, 1)),
            BreakDays("Kristi himmelsfärd", ascension, ascension + timedelta(days=1)),
            BreakDays("Sveriges nationaldag", date(year, 6, 6), date(year, 6, 6)),
        ]
        return sorted((span for span in spans if _has_weekday(span)), key=lambda span: span.first_day)

    @cached_property
    def lesson_days(self) -> list[date]:
        """Every day with lessons, in order."""
        return [
            day
            for first, last in (self.autumn, self.spring)
            for day in _days(first, last)
            if day.isoweekday() <= FRIDAY and not any(span.first_day <= day <= span.last_day for span in self.breaks)
        ]

    def lesson_days_between(self, first_day: date, last_day: date) -> list[date]:
        """The lesson days of a span, its ends included; empty in a break."""
        return self.lesson_days[bisect_left(self.lesson_days, first_day) : bisect_right(self.lesson_days, last_day)]

    def lesson_day_until(self, day: date) -> date:
        """The day itself, or the last lesson day before it; the year's first when there is none."""
        return self.lesson_days[max(bisect_right(self.lesson_days, day) - 1, 0)]

    def lesson_weeks(self) -> list[date]:
        """The Mondays of the weeks that have at least three lesson days, in order."""
        mondays = sorted({day - timedelta(days=day.weekday()) for day in self.lesson_days})
        return [monday for monday in mondays if len(self.lesson_days_between(monday, monday + timedelta(days=4))) >= 3]

    def day(self, month: int, number: int) -> date:
        """A day of this school year, by its month and number."""
        return date(self.start_year if month >= 7 else self.start_year + 1, month, number)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _week(year: int, number: int) -> tuple[date, date]:
    return date.fromisocalendar(year, number, 1), date.fromisocalendar(year, number, FRIDAY)


def _weekday_from(day: date) -> date:
    return day if day.isoweekday() <= FRIDAY else day + timedelta(days=8 - day.isoweekday())


def _weekday_until(day: date) -> date:
    return day if day.isoweekday() <= FRIDAY else day - timedelta(days=day.isoweekday() - FRIDAY)


def _has_weekday(span: BreakDays) -> bool:
    return any(day.isoweekday() <= FRIDAY for day in _days(span.first_day, span.last_day))
