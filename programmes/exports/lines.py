"""Each class's school year as a line with stations: what is drawn, the same on the page and in documents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.templatetags.line import Line, Stop
from programmes.enums import SessionState
from programmes.exports.tables import Text
from programmes.exports.words import part_words
from programmes.reports.year import ClassYear, YearSession

SIGNS = {
    SessionState.HELD: "held",
    SessionState.PLANNED: "planned",
    SessionState.DUE_NOW: "due",
    SessionState.NOT_REPORTED: "missing",
    SessionState.NOT_HELD: "cancelled",
}


@dataclass(frozen=True)
class LineRow:
    """A class with its line, and how far it has come in words."""

    name: str
    words: str
    line: Line

    @property
    def told(self) -> str:
        """The line for those who do not see it: each station by its own name."""
        stops = "; ".join(stop.name for stop in sorted(self.line.stops, key=lambda stop: stop.position))
        return _("%(name)s: %(words)s.") % {"name": self.name, "words": stops or _("nothing planned")}


@dataclass(frozen=True)
class Lines:
    """The lines of some classes, with the months above them; `caption` says what they show."""

    caption: Text
    rows: Sequence[LineRow]
    scale: Sequence[tuple[float, str]]
    programme: str

    def in_words(self, rows: Iterable[LineRow] | None = None) -> str:
        return " ".join([f"{self.caption}.", *(row.told for row in rows or self.rows)])


def class_lines(
    classes: Iterable[ClassYear], *, caption: Text, start_year: int, programme: str, today: date, majors: bool = True
) -> Lines:
    """The lines of a school year; `majors` says whether base sessions are drawn as large stations."""
    rows = [
        LineRow(
            name=line.school_class.name,
            words=part_words(line.held, line.expected),
            line=Line(
                stops=[
                    Stop(
                        position=position_of(session.day, start_year),
                        sign=SIGNS[session.state],
                        name=_station_name(session),
                        is_major=majors and session.is_base,
                    )
                    for session in line.sessions
                    if session.day
                ],
                progress=position_of(today, start_year),
                programme=programme,
                name=line.school_class.name,
            ),
        )
        for line in classes
    ]
    return Lines(caption, rows, month_scale(start_year), programme)


def _station_name(session: YearSession) -> str:
    return f"{session.title}: {session.state.label}"


def month_scale(start_year: int) -> list[tuple[float, str]]:
    """The months from August to June, as (where the middle stands, 0..1; the month in three letters)."""
    months = [(start_year, month) for month in range(8, 13)] + [(start_year + 1, month) for month in range(1, 7)]
    days = [date(year, month, 15) for year, month in months]
    return [(position_of(day, start_year), date_format(day, "M").rstrip(".").lower()[:3]) for day in days]


def position_of(day: date, start_year: int) -> float:
    """Where a day stands on a line from 1 August to 30 June, from 0 to 1."""
    first, last = date(start_year, 8, 1), date(start_year + 1, 6, 30)
    return min(1.0, max(0.0, (day - first).days / (last - first).days))
