"""The year wheel as a drawing: a school year in a circle, from 1 July at the top and clockwise, in numbers for SVG."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import cos, pi, sin

from django.utils.dates import MONTHS_3

from programmes.enums import DateKind
from programmes.models import Period
from programmes.reports.calendars import Calendar, Dated

CENTRE = 360
MONTH_EDGES, MONTH_NAMES = (268, 300), 284
TERM, BREAK_NAMES, BASE, TERTIAL, TERTIAL_NAMES = 244, 208, 160, 118, 100
TRACKS = (314, 329, 344)  # where meetings of the same week stand outside each other
TODAY = (92, 352)
LONG_BREAK = 4  # days: shorter ones are drawn, and named in the list
MARKS = {
    DateKind.STAFF: "staff",
    DateKind.PARENTS: "parents",
    DateKind.SUPERVISION: "supervision",
    DateKind.COURSE: "course",
    DateKind.CHECK_ROUND: "round",
}


@dataclass(frozen=True)
class Text:
    """A word at a place."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Mark:
    """A meeting on the rim."""

    x: float
    y: float
    kind: str


@dataclass
class Wheel:
    """Everything that is drawn; paths are the `d` of an SVG path."""

    ticks: list[tuple[float, float, float, float]] = field(default_factory=list)
    months: list[Text] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    breaks: list[str] = field(default_factory=list)
    break_names: list[Text] = field(default_factory=list)
    base_months: list[str] = field(default_factory=list)
    base_numbers: list[Text] = field(default_factory=list)
    tertials: list[str] = field(default_factory=list)
    tertial_names: list[Text] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    today: tuple[float, float, float, float] | None = None


def wheel_of(calendar: Calendar, meetings: Iterable[Dated], *, today: date) -> Wheel:
    """Lay out a school year. Meetings of a week stand outside each other; more than three share the last place."""
    year = Period.school_year(calendar.start_year)
    wheel = Wheel(
        terms=[_arc(row, TERM, year) for row in calendar.terms],
        breaks=[_arc(row, TERM, year) for row in calendar.breaks],
        base_months=[_arc(row, BASE, year) for row in calendar.base_months],
        tertials=[_arc(row, TERTIAL, year, gap=1) for row in calendar.tertials if _overlaps(row, year)],
    )
    _months(wheel, year)
    long = [row for row in calendar.breaks if (row.last_day - row.first_day).days >= LONG_BREAK]
    wheel.break_names = [_word(row.title, _middle(row, year), BREAK_NAMES) for row in long]
    wheel.base_numbers = [
        _word(str(number), _middle(row, year), BASE) for number, row in enumerate(calendar.base_months, start=1)
    ]
    wheel.tertial_names = [
        _word(row.key.partition("-")[0], _middle(row, year), TERTIAL_NAMES)
        for row in calendar.tertials
        if _overlaps(row, year)
    ]
    _place(wheel, meetings, year)
    if year.first_day <= today <= year.last_day:
        angle = _angle(today, year, half=True)
        wheel.today = (*_point(angle, TODAY[0]), *_point(angle, TODAY[1]))
    return wheel


def _months(wheel: Wheel, year: Period) -> None:
    for number in range(12):
        month = (6 + number) % 12 + 1
        first = date(year.first_day.year + (month < 7), month, 1)
        start = _angle(first, year)
        wheel.ticks.append((*_point(start, MONTH_EDGES[0]), *_point(start, MONTH_EDGES[1])))
        wheel.months.append(_word(str(MONTHS_3[month]), start + pi / 12, MONTH_NAMES))


def _place(wheel: Wheel, meetings: Iterable[Dated], year: Period) -> None:
    taken: dict[tuple[int, int], int] = {}
    for row in meetings:
        if row.kind not in MARKS or not year.first_day <= row.first_day <= year.last_day:
            continue
        week = row.first_day.isocalendar()[:2]
        track = taken.get(week, 0)
        taken[week] = track + 1
        x, y = _point(_angle(row.first_day, year, half=True), TRACKS[min(track, len(TRACKS) - 1)])
        wheel.marks.append(Mark(x, y, MARKS[row.kind]))
    drawn = {mark.kind for mark in wheel.marks}
    wheel.kinds = [kind for kind in MARKS.values() if kind in drawn]


def _angle(day: date, year: Period, *, half: bool = False) -> float:
    """Where a day begins (or its middle), clockwise from the top."""
    days = (year.last_day - year.first_day).days + 1
    return 2 * pi * ((day - year.first_day).days + half / 2) / days


def _middle(row: Dated, year: Period) -> float:
    first, last = max(row.first_day, year.first_day), min(row.last_day, year.last_day)
    return (_angle(first, year) + _angle(last, year)) / 2


def _overlaps(row: Dated, year: Period) -> bool:
    return row.first_day <= year.last_day and row.last_day >= year.first_day


def _point(angle: float, radius: float) -> tuple[float, float]:
    return round(CENTRE + radius * sin(angle), 1), round(CENTRE - radius * cos(angle), 1)


def _word(words: str, angle: float, radius: float) -> Text:
    return Text(*_point(angle, radius), words)


def _arc(row: Dated, radius: float, year: Period, *, gap: float = 0) -> str:
    """From the beginning of the first day to the end of the last, within the year; `gap` in degrees at both ends."""
    first, last = max(row.first_day, year.first_day), min(row.last_day, year.last_day)
    one_day = _angle(last, year, half=True) - _angle(last, year)
    start, end = _angle(first, year) + gap * pi / 180, _angle(last, year) + 2 * one_day - gap * pi / 180
    large = int(end - start > pi)
    (x1, y1), (x2, y2) = _point(start, radius), _point(end, radius)
    return f"M{x1} {y1} A{radius} {radius} 0 {large} 1 {x2} {y2}"
