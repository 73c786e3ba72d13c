"""The figures that follow up measures of the action plan: in the measure's own area, in a period and a year before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from programmes.enums import MeasureFigure
from programmes.models import Measure
from programmes.models.terms import Period
from programmes.reports.coverage import CoverageFigures, CoverageReport, total_of
from programmes.reports.person_hours import PersonHours
from programmes.reports.school_work import SchoolWork, together

EVERYWHERE = None


@dataclass(frozen=True)
class Counted:
    """A figure: how many, and of how many where it is a share. Rates are made of sums; no denominator gives None."""

    count: float
    of: int | None = None

    @property
    def is_share(self) -> bool:
        return self.of is not None

    @property
    def share(self) -> float | None:
        return self.count / self.of if self.of else None


@dataclass(frozen=True)
class PeriodFigures:
    """All that measures may be followed up with, of one period; schools by the number of their area."""

    coverage: Mapping[str, CoverageReport]
    work: Mapping[int, SchoolWork]
    hours: PersonHours
    areas: Mapping[int, int | None]

    def of(self, figure: str, area: int | None) -> Counted:
        """The figure in an area, or in the whole municipality (None). KeyError for a figure that there is not."""
        return _FIGURES[MeasureFigure(figure)](self, area)

    def sessions(self, programme: str, area: int | None) -> CoverageFigures:
        report = self.coverage.get(programme)
        rows = report.schools if report else []
        return total_of(row for row in rows if area in (EVERYWHERE, row.school.area_id))

    def work_in(self, area: int | None) -> SchoolWork:
        return together(row for pk, row in self.work.items() if area in (EVERYWHERE, self.areas.get(pk)))

    def hours_in(self, area: int | None) -> float:
        return PersonHours([row for row in self.hours.rows if area in (EVERYWHERE, row.area)]).hours


@dataclass(frozen=True)
class FollowedUp:
    """A measure with its figure now and in the same period a year before; None where no figure follows it."""

    measure: Measure
    now: Counted | None
    before: Counted | None


def followed_up(measures: Sequence[Measure], *, now: PeriodFigures, before: PeriodFigures) -> list[FollowedUp]:
    """The measures in their order, each with its figure where one is chosen."""
    return [
        FollowedUp(
            row,
            now=now.of(row.figure, row.area_id) if row.figure else None,
            before=before.of(row.figure, row.area_id) if row.figure else None,
        )
        for row in measures
    ]


def year_before(period: Period) -> Period:
    """The same term, school year or tertial a year earlier."""
    return Period.current(period.kind, today=a_year_before(period.first_day))


def a_year_before(day: date) -> date:
    """The same day a year before; of 29 February, the day before."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def _held(programme: str) -> Callable[[PeriodFigures, int | None], Counted]:
    def counted(figures: PeriodFigures, area: int | None) -> Counted:
        total = figures.sessions(programme, area)
        return Counted(total.held_of_expected, total.expected)

    return counted


def _base(figures: PeriodFigures, area: int | None) -> Counted:
    total = figures.sessions("taget", area)
    return Counted(total.classes_with_all_base, total.classes_with_expected_base)


_FIGURES: Mapping[MeasureFigure, Callable[[PeriodFigures, int | None], Counted]] = {
    MeasureFigure.TAGET: _held("taget"),
    MeasureFigure.BASE: _base,
    MeasureFigure.MVP: _held("mvp"),
    MeasureFigure.STAFF_SESSIONS: lambda figures, area: Counted(figures.work_in(area).staff_sessions),
    MeasureFigure.PARENTS: lambda figures, area: Counted(figures.work_in(area).parents_started),
    MeasureFigure.COURSES: lambda figures, area: Counted(figures.work_in(area).course_participants),
    MeasureFigure.HOURS: lambda figures, area: Counted(figures.hours_in(area)),
}
