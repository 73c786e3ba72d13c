"""What schools did in a period besides the pupils' sessions: staff, parents and courses, in head-counts."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from programmes.enums import StaffMeetingKind
from programmes.models import CourseAttendance, Municipality, ParentGroup, ParentMeeting, School, StaffMeeting
from programmes.models.terms import Period
from programmes.reports.coverage_rows import cut_off
from programmes.reports.parent_groups import figures_of, started_in

OWN = 0  # the key of the municipality's own parent groups, which belong to no school


@dataclass(frozen=True)
class SchoolWork:
    """Counts that may be added. Held up to the day counted to; `present` and `staff` are sums over the staff sessions
    where both were counted. Parents at two meetings, and participants of two courses, count twice."""

    staff_sessions: int = 0
    workplace_meetings: int = 0
    trainings: int = 0
    present: int = 0
    staff: int = 0
    parent_meetings: int = 0
    parents_at_meetings: int = 0
    groups_started: int = 0
    parents_started: int = 0
    course_occasions: int = 0
    course_participants: int = 0

    def __add__(self, other: "SchoolWork") -> "SchoolWork":
        return SchoolWork(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(SchoolWork)))

    @property
    def share_present(self) -> float | None:
        return self.present / self.staff if self.staff else None

    @property
    def is_nothing(self) -> bool:
        return self == SchoolWork()


def school_work(
    *, schools: QuerySet[School], period: Period, today: date, own_of: Municipality | None = None
) -> dict[int, SchoolWork]:
    """The work of each school by its number (a school without any is left out), in 5 questions to the database.

    With `own_of` also the groups of the municipality itself, under OWN.
    """
    days = (period.first_day, cut_off(period, today=today))
    pks = schools.order_by().values("pk")
    found: dict[int, SchoolWork] = {}

    def add(school: int | None, **counts: int) -> None:
        found[school or OWN] = found.get(school or OWN, SchoolWork()) + SchoolWork(**counts)

    for school, kind, held, present, staff in _staff_meetings(pks, days):
        if kind == StaffMeetingKind.STAFF_SESSION:
            add(school, staff_sessions=held, present=present or 0, staff=staff or 0)
        elif kind == StaffMeetingKind.WORKPLACE_MEETING:
            add(school, workplace_meetings=held)
        else:
            add(school, trainings=held)
    meetings = ParentMeeting.objects.filter(school__in=pks, date__range=days, parents__isnull=False).order_by()
    for school, number, parents in meetings.values_list("school").annotate(number=Count("pk"), sum=Sum("parents")):
        add(school, parent_meetings=number, parents_at_meetings=parents)
    whose = Q(school__in=pks) | Q(school__isnull=True, municipality=own_of) if own_of else Q(school__in=pks)
    groups = ParentGroup.objects.filter(whose).meeting_in(period).with_meetings()
    for group in started_in(groups, period=Period(period.code, period.label, *days)):
        add(group.school_id, groups_started=1, parents_started=figures_of(group).started or 0)
    attended = CourseAttendance.objects.filter(school__in=pks, occasion__date__range=days, participants__gt=0)
    for school, occasions, people in (
        attended.order_by().values_list("school").annotate(number=Count("occasion"), sum=Sum("participants"))
    ):
        add(school, course_occasions=occasions, course_participants=people)
    return found


def _staff_meetings(
    schools: QuerySet[School, Any], days: tuple[date, date]
) -> Iterable[tuple[int, str, int, int | None, int | None]]:
    counted = Q(present__isnull=False, total__isnull=False)
    rows = StaffMeeting.objects.held().filter(school__in=schools, date__range=days).order_by()
    return (
        rows.values("school", "kind")
        .annotate(held=Count("pk"), came=Sum(F("present"), filter=counted), all_staff=Sum(F("total"), filter=counted))
        .values_list("school", "kind", "held", "came", "all_staff")
    )


def together(rows: Iterable[SchoolWork]) -> SchoolWork:
    """The work of several schools as one."""
    return sum(rows, start=SchoolWork())
