"""Who has not reported what was due in a period, whom that concerns, and when they were last reminded.

Definition: planned sessions of one programme, due in the period and before today, with nothing reported, at schools
that ran the programme on the due date. The due date itself is not late: that session may still be held.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from curriculum.models import Programme
from programmes.enums import Role, SessionState
from programmes.models import Membership, Period, Reminder, School, SchoolClass
from programmes.models.mentors import PROGRAMME as MVP
from programmes.models.sessions import PlannedSessionQuerySet
from programmes.reports.waiting import WaitingRow


@dataclass(frozen=True)
class Missing:
    """What a school (or one class of it) has not reported, who can report it, and the last reminder of it."""

    school: School
    school_class: SchoolClass | None
    rows: Sequence[WaitingRow]
    people: Sequence[User]
    reminded: Reminder | None

    @property
    def count(self) -> int:
        return sum(row.count for row in self.rows)

    @property
    def oldest(self) -> date | None:
        return min((row.day for row in self.rows if row.day), default=None)

    @property
    def key(self) -> str:
        """What the form calls it."""
        return f"k{self.school_class.pk}" if self.school_class else f"s{self.school.pk}"

    def was_reminded(self, *, on: date) -> bool:
        return self.reminded is not None and self.reminded.sent_date == on


def missing_in(
    planned_sessions: PlannedSessionQuerySet, *, programme: Programme, period: Period, by_class: bool, today: date
) -> list[Missing]:
    """What is missing, by school or by class, in the schools' order; `planned_sessions` are those that the asker sees.

    A school's people are its coordinators (in MVP its supervisors too), or the leaders of the classes where it has
    none; a class's people are its leaders. In 5 questions, whatever the number of schools.
    """
    rows = planned_sessions.filter(
        session__programme=programme, due_date__range=(period.first_day, min(period.last_day, today))
    ).with_state(on=today)
    rows = rows.filter(state=SessionState.NOT_REPORTED).select_related("session", "school_class__school")
    rows = rows.order_by("school_class__school__sort_key", "school_class__sort_key", "due_date", "pk")
    found: dict[int, list[WaitingRow]] = defaultdict(list)
    places: dict[int, tuple[School, SchoolClass | None]] = {}
    classes: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        school_class = row.school_class
        place = school_class.pk if by_class else school_class.school_id
        places[place] = (school_class.school, school_class if by_class else None)
        classes[place].add(school_class.pk)
        found[place].append(WaitingRow(row.session.title, row.due_date, classes=(school_class.name,)))
    schools = {school.pk for school, _school_class in places.values()}
    people = _people(schools, today=today)
    reminded = _last_reminders(schools, programme=programme, by_class=by_class)
    return [
        Missing(
            school=school,
            school_class=school_class,
            rows=by_session(found[place]),
            people=_whom(people[school.pk], classes[place], programme=programme, by_class=by_class),
            reminded=reminded.get(place),
        )
        for place, (school, school_class) in places.items()
    ]


def by_session(rows: Iterable[WaitingRow]) -> list[WaitingRow]:
    """One row for each session and due date, with the classes that it waits in."""
    together: dict[tuple[str, date | None], list[WaitingRow]] = defaultdict(list)
    for row in rows:
        together[row.title, row.day].append(row)
    return [
        WaitingRow(
            title, day, count=len(found), classes=tuple(row.classes[0] for row in found), programme=found[0].programme
        )
        for (title, day), found in together.items()
    ]


def _people(schools: Iterable[int], *, today: date) -> dict[int, list[Membership]]:
    """The roles at each school that can report, with the classes of the leaders."""
    rows = Membership.objects.active(on=today).filter(
        school__in=schools, user__is_active=True, role__in=[Role.LEADER, Role.COORDINATOR, Role.SUPERVISOR]
    )
    people: dict[int, list[Membership]] = defaultdict(list)
    ordered = rows.order_by("user__last_name", "user__first_name", "user__email", "pk")
    for row in ordered.select_related("user").prefetch_related("classes"):
        people[row.school_id].append(row)
    return people


def _whom(memberships: Iterable[Membership], classes: set[int], *, programme: Programme, by_class: bool) -> list[User]:
    rows = list(memberships)
    contacts = (Role.COORDINATOR, Role.SUPERVISOR) if programme.code == MVP else (Role.COORDINATOR,)
    chosen = [] if by_class else [row.user for row in rows if row.role in contacts]
    leaders = [
        row.user for row in rows if row.role == Role.LEADER and classes & {taught.pk for taught in row.classes.all()}
    ]
    return list(dict.fromkeys(chosen or leaders))


def _last_reminders(schools: Iterable[int], *, programme: Programme, by_class: bool) -> dict[int, Reminder]:
    rows = Reminder.objects.filter(school__in=schools, programme=programme, school_class__isnull=not by_class)
    latest = rows.select_related("sent_by").order_by("sent_date", "pk")
    return {row.school_class_id or row.school_id: row for row in latest}
