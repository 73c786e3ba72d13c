"""What the staff of every school have done in a period: staff sessions, APT, and how many of the staff were there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from curriculum.models import Programme
from programmes.enums import StaffMeetingKind
from programmes.models import Municipality, ProgrammeTarget, School, StaffMeeting
from programmes.models.terms import Period
from programmes.reports.coverage_rows import cut_off, schools_running
from programmes.reports.staff import StaffFigures

PROGRAMME = "taget"


@dataclass(frozen=True)
class SchoolStaff:
    """A school's staff sessions and APT. A target is 0 for a shorter period than a school year, and for a school that
    did not run the programme in it."""

    school: School
    sessions: StaffFigures
    workplace_meetings: StaffFigures

    @property
    def is_at_target(self) -> bool:
        return self.sessions.held >= self.sessions.target


@dataclass(frozen=True)
class StaffReport:
    """Every school that ran the programme in the period, and those whose staff met all the same."""

    schools: Sequence[SchoolStaff]

    @property
    def sessions(self) -> StaffFigures:
        return _together(row.sessions for row in self.schools)

    @property
    def workplace_meetings(self) -> StaffFigures:
        return _together(row.workplace_meetings for row in self.schools)


def staff_by_school(
    schools: QuerySet[School], *, municipality: Municipality, period: Period, today: date
) -> StaffReport:
    """The staff's figures, school by school, in 5 questions. Targets are for school years; a shorter period has none.

    A staff session held twice on the same theme counts twice: what is asked for is a number of occasions.
    """
    counted = _counted(schools, period, cut_off(period, today=today))
    programme = Programme.objects.filter(code=PROGRAMME).first()
    running: set[int] = set()
    if programme:
        runs = schools_running(schools, programme=programme, period=period, today=today)
        running = set(runs.order_by().values_list("pk", flat=True))
    target = _target(municipality) if period.is_school_year else None
    found = schools.filter(pk__in=running | {school for school, _kind in counted})
    return StaffReport(
        [
            SchoolStaff(
                school,
                _with_target(
                    counted.get((school.pk, StaffMeetingKind.STAFF_SESSION)),
                    target.staff_sessions_per_year if target and school.pk in running else 0,
                ),
                _with_target(
                    counted.get((school.pk, StaffMeetingKind.WORKPLACE_MEETING)),
                    target.workplace_meetings_per_year if target and school.pk in running else 0,
                ),
            )
            for school in found.select_related("area", "municipality").order_by("sort_key", "pk")
        ]
    )


def _target(municipality: Municipality) -> ProgrammeTarget:
    found = ProgrammeTarget.objects.filter(municipality=municipality, programme__code=PROGRAMME).first()
    return found or ProgrammeTarget()


def _counted(schools: QuerySet[School], period: Period, day: date) -> dict[tuple[int, str], StaffFigures]:
    held = Q(is_held=True, date__lte=day)
    told = held & Q(present__isnull=False, total__isnull=False)
    rows = (
        StaffMeeting.objects.filter(
            school__in=schools.order_by().values("pk"),
            kind__in=(StaffMeetingKind.STAFF_SESSION, StaffMeetingKind.WORKPLACE_MEETING),
        )
        .in_period(period)
        .order_by()
        .values_list("school", "kind")
        # Named apart from the columns: an annotation of a column's name would hide it from the next one.
        .annotate(
            _held=Count("pk", filter=held),
            _all=Count("pk"),
            _present=Sum("present", filter=told),
            _total=Sum("total", filter=told),
        )
    )
    return {
        (school, kind): StaffFigures(held=done, planned=number - done, present=present or 0, total=total or 0)
        for school, kind, done, number, present, total in rows
    }


def _with_target(figures: StaffFigures | None, target: int) -> StaffFigures:
    return replace(figures or StaffFigures(), target=target)


def _together(figures: Iterable[StaffFigures]) -> StaffFigures:
    rows = list(figures)
    return StaffFigures(
        **{name: sum(getattr(row, name) for row in rows) for name in ("held", "planned", "target", "present", "total")}
    )
