"""The chain in figures, of every school at once, and the themes where it ran backwards."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, QuerySet, Subquery

from programmes.models import PlannedSession, School, StaffMeeting
from programmes.models.terms import Period


@dataclass(frozen=True)
class ChainFigures:
    """Pupil sessions held, and those of them whose staff session came on an earlier day or the same."""

    held: int = 0
    prepared: int = 0

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when no pupil session was held."""
        return self.prepared / self.held if self.held else None


@dataclass(frozen=True)
class SchoolChain:
    """A school where pupil sessions were held, and how many of them the staff had had first."""

    school: School
    figures: ChainFigures


@dataclass(frozen=True)
class BackwardsTheme:
    """A theme that classes of a school had before its staff. `staff_date`: when the staff first had it; None: never."""

    school: School
    title: str
    sessions: int
    held: int
    first_date: date
    staff_date: date | None


@dataclass(frozen=True)
class Chains:
    """The chain of a period: school by school, and the themes that ran backwards."""

    schools: list[SchoolChain]
    backwards: list[BackwardsTheme]

    @property
    def total(self) -> ChainFigures:
        return ChainFigures(
            held=sum(row.figures.held for row in self.schools),
            prepared=sum(row.figures.prepared for row in self.schools),
        )


def chain_by_school(schools: QuerySet[School], *, period: Period, day: date) -> Chains:
    """The chain of some schools in a period, to and including a day, in 2 questions.

    Pupil sessions without a staff session of their own are left out, and so is a school where none was held.
    Source: measures, "chain".
    """
    counted = _counted(schools, period, day)
    rows = schools.filter(pk__in={row["school_class__school"] for row in counted})
    found = list(rows.select_related("area", "municipality").order_by("sort_key", "pk"))
    by_school: dict[int, list[dict[str, Any]]] = {}
    for row in counted:
        by_school.setdefault(row["school_class__school"], []).append(row)
    return Chains(
        schools=[SchoolChain(school, _figures(by_school[school.pk])) for school in found],
        backwards=[theme for school in found for theme in _backwards(school, by_school[school.pk])],
    )


def _counted(schools: QuerySet[School], period: Period, day: date) -> list[dict[str, Any]]:
    """The pupil sessions held, by school, theme and whether the staff had had it."""
    of_theme = StaffMeeting.objects.filter(
        school=OuterRef("school_class__school"), theme__prepares=OuterRef("session"), is_held=True
    )
    before = of_theme.filter(date__lte=OuterRef("first_date"))
    first = of_theme.filter(date__lte=day).order_by("date").values("date")[:1]
    shape = ("school_class__school", "session__order", "session__code", "session__title", "is_prepared", "staff_date")
    return list(
        PlannedSession.objects.filter(school_class__school__in=schools.order_by().values("pk"))
        .with_first_date()
        .filter(first_date__range=(period.first_day, min(period.last_day, day)), session__prepared_by__isnull=False)
        .annotate(is_prepared=Exists(before), staff_date=Subquery(first))
        .order_by()
        .values(*shape)
        .annotate(number=Count("pk"), earliest=Min("first_date"))
        .order_by("session__order", "session__code")
    )


def _figures(rows: list[dict[str, Any]]) -> ChainFigures:
    return ChainFigures(
        held=sum(row["number"] for row in rows), prepared=sum(row["number"] for row in rows if row["is_prepared"])
    )


def _backwards(school: School, rows: list[dict[str, Any]]) -> list[BackwardsTheme]:
    held: dict[str, int] = {}
    for row in rows:
        held[row["session__code"]] = held.get(row["session__code"], 0) + row["number"]
    return [
        BackwardsTheme(
            school=school,
            title=row["session__title"],
            sessions=row["number"],
            held=held[row["session__code"]],
            first_date=row["earliest"],
            staff_date=row["staff_date"],
        )
        for row in rows
        if not row["is_prepared"]
    ]
