"""Every school at a glance: where it stands with a programme, who coordinates it, and how far the year has come."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from curriculum.models import Programme
from programmes.enums import ParticipationStatus, ProgrammeStatus, Role
from programmes.models import Membership, Participation, School, SchoolClass
from programmes.models.terms import Period, school_year_label, start_year_of
from programmes.reports.coverage import CoverageFigures, CoverageReport, coverage_report


@dataclass(frozen=True)
class SchoolOverview:
    """One school: its status today, the school year it began (empty: never), its coordinators, its year so far."""

    school: School
    status: ProgrammeStatus
    began: str
    coordinators: list[User]
    figures: CoverageFigures


@dataclass(frozen=True)
class Overview:
    """All schools of a municipality, and the coverage of the school year that they add up to."""

    schools: list[SchoolOverview]
    coverage: CoverageReport

    @property
    def by_status(self) -> list[tuple[ProgrammeStatus, int]]:
        counts = Counter(row.status for row in self.schools)
        return [(status, counts[status]) for status in ProgrammeStatus if counts[status]]


def overview_of(
    *,
    schools: QuerySet[School],
    classes: QuerySet[SchoolClass],
    programme: Programme,
    period: Period,
    today: date,
) -> Overview:
    """Every school that the asker may see, also those outside the programme, in at most 8 questions."""
    coverage = coverage_report(schools=schools, classes=classes, programme=programme, period=period, today=today)
    figures = {row.school.pk: row.figures for row in coverage.schools}
    participations: dict[int, list[Participation]] = {}
    rows = Participation.objects.filter(programme=programme, school__in=schools.order_by().values("pk"))
    for participation in rows.order_by("start_date"):
        participations.setdefault(participation.school_id, []).append(participation)
    coordinators = _coordinators(schools, today=today)
    return Overview(
        schools=[
            SchoolOverview(
                school=school,
                status=status_of(participations.get(school.pk, []), today=today),
                began=_began(participations.get(school.pk, [])),
                coordinators=coordinators.get(school.pk, []),
                figures=figures.get(school.pk, CoverageFigures()),
            )
            for school in schools.select_related("area").order_by("sort_key", "pk")
        ],
        coverage=coverage,
    )


def status_of(participations: Iterable[Participation], *, today: date) -> ProgrammeStatus:
    """Where a school stands with a programme on a day, from its rows of that programme."""
    rows = list(participations)
    for row in rows:
        if row.start_date <= today and (row.end_date is None or row.end_date >= today):
            is_active = row.status == ParticipationStatus.ACTIVE
            return ProgrammeStatus.ACTIVE if is_active else ProgrammeStatus.PAUSED
    if any(row.start_date > today for row in rows):
        return ProgrammeStatus.PLANNED
    return ProgrammeStatus.ENDED if rows else ProgrammeStatus.OUTSIDE


def _began(participations: list[Participation]) -> str:
    return school_year_label(start_year_of(participations[0].start_date)) if participations else ""


def _coordinators(schools: QuerySet[School], *, today: date) -> dict[int, list[User]]:
    memberships = Membership.objects.active(on=today).filter(
        role=Role.COORDINATOR, school__in=schools.order_by().values("pk"), user__is_active=True
    )
    people: dict[int, list[User]] = {}
    for membership in memberships.select_related("user").order_by("user__last_name", "user__first_name", "user__email"):
        people.setdefault(membership.school_id, []).append(membership.user)
    return people
