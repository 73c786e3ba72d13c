"""Reads the days of a log as schools write them: `12/9`, `2026-09-12`, `6 oktober`, `v. 38`."""

import re
from datetime import date, datetime, timedelta

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _

from programmes.enums import DatePrecision
from programmes.imports.cells import BadCell, CellValue, as_text
from programmes.imports.values import CellError
from programmes.models import Period
from programmes.models.terms import parse_day, start_year_of

FRIDAY = 5
SCHOOL_YEARS = range(2000, 2101)
_WEEK = re.compile(r"(?:(\d{4})[\s-]*)?(?:vecka|v|w)\.?\s*(\d{1,2})(?:[\s,/-]+(\d{4}))?", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:den|mån|tis|ons|tors|fre|lör|sön)(?:dag(?:en)?)?\.?\s+(?:den\s+)?", re.IGNORECASE)
_IN_WORDS = re.compile(r"(\d{1,2})[.:e]*[\s-]+([^\W\d]+)\.?(?:[\s-]+(\d{4}|\d{2}))?")
_CLOCK = re.compile(r"\s+(?:kl\.?\s*)?\d{1,2}[.:]\d{2}(?::\d{2})?$")


def year_of_sheet(name: str) -> int | None:
    """The school year that a sheet is named after (`HT 26`, `VT 2027`, `2026/27`), where it is."""
    try:
        return start_year_of(Period.parse(name).first_day)
    except ValueError:
        return None


def read_day(value: CellValue, *, start_year: int) -> tuple[date, DatePrecision]:
    """A day, or a week as its Friday; a day or week without a year is the one of the school year `start_year`.

    CellError where nothing stands, and for what is no day of a school year. Source of the week's Friday: the
    project's own rule, so that a session of a week counts as held by the end of that week.
    """
    day, precision = _read(value, start_year=start_year)
    if day.year not in SCHOOL_YEARS:
        raise CellError(_unreadable())
    return day, precision


def _read(value: CellValue, *, start_year: int) -> tuple[date, DatePrecision]:
    if isinstance(value, BadCell):
        raise CellError
    if isinstance(value, datetime):
        return value.date(), DatePrecision.DAY
    if isinstance(value, date):
        return value, DatePrecision.DAY
    text = _CLOCK.sub("", _WEEKDAY.sub("", as_text(value).strip()))
    if not text:
        raise CellError(_("The date is missing."))
    try:
        if match := _WEEK.fullmatch(text):
            return _friday(int(match[2]), match[1] or match[3], start_year), DatePrecision.WEEK
        return _day(text, start_year), DatePrecision.DAY
    except ValueError:
        raise CellError(_unreadable()) from None


def _unreadable() -> str:
    return _("The date cannot be read. Write it as 2026-09-12, 12/9 or v. 38.")


def _friday(week: int, year: str | None, start_year: int) -> date:
    if year:
        return date.fromisocalendar(int(year), week, FRIDAY)
    period = Period.school_year(start_year)
    for candidate in (start_year, start_year + 1):
        try:
            friday = date.fromisocalendar(candidate, week, FRIDAY)
        except ValueError:  # most years have no week 53
            continue
        if period.first_day <= friday <= period.last_day + timedelta(days=1):
            return min(friday, period.last_day)
    raise ValueError(f"No such week in the school year: {week}")


def _day(text: str, start_year: int) -> date:
    match = _IN_WORDS.fullmatch(text)
    if match is None:
        return parse_day(text, start_year=start_year)
    month = _month(match[2])
    if match[3]:
        year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
    else:
        year = start_year if start_year_of(date(start_year, month, 1)) == start_year else start_year + 1
    return date(year, month, int(match[1]))


def _month(word: str) -> int:
    for number in range(1, 13):
        if word.casefold() in {str(names[number]).casefold().rstrip(".") for names in (MONTHS, MONTHS_3)}:
            return number
    raise ValueError(f"No month: {word!r}")
