"""The dates of a school year: what the calendar says for everybody, and what happens where a person belongs.

Counts and names only what the product shows the same person on its pages; never a pupil, and no head-count.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from accounts.models import User
from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes import rules
from programmes.enums import DateKind, MentorMeetingKind, StaffMeetingKind, UnitKind
from programmes.models import (
    Break,
    CheckRound,
    CourseOccasion,
    MentorMeeting,
    Municipality,
    ParentGroupMeeting,
    ParentMeeting,
    Participation,
    Period,
    PlannedSession,
    School,
    SchoolYear,
    StaffMeeting,
    Supervision,
)
from programmes.models.terms import last_day_of_month

AUTUMN, SPRING = "autumn", "spring"
FOUR_MONTHS = (
    (2, 0),
    (3, 0),
    (1, 1),
    (2, 1),
)  # the tertials that a school year touches: number, and years after its start


@dataclass(frozen=True)
class Dated:
    """Something on a day, or from a day to a day; `key` stays when it is moved. `more` are classes, or a kind."""

    kind: DateKind
    key: str
    title: str
    first_day: date
    last_day: date
    more: tuple[str, ...] = ()
    school: School | None = None

    @property
    def is_span(self) -> bool:
        return self.first_day != self.last_day


@dataclass(frozen=True)
class Calendar:
    """A school year: its two terms (none where nobody has set them up), its breaks, base months and tertials."""

    start_year: int
    terms: list[Dated]
    breaks: list[Dated]
    base_months: list[Dated]
    tertials: list[Dated]

    @property
    def is_set_up(self) -> bool:
        return bool(self.terms)


def calendar_of(municipality: Municipality, *, start_year: int) -> Calendar:
    """What is the same for everybody in a municipality, in 3 questions."""
    year = SchoolYear.objects.filter(municipality=municipality, start_year=start_year).first()
    breaks = Break.objects.filter(school_year=year).order_by("first_day", "pk") if year else Break.objects.none()
    return Calendar(
        start_year=start_year,
        terms=[
            Dated(DateKind.TERM, f"termin-{start_year}-{AUTUMN}", AUTUMN, year.autumn_first_day, year.autumn_last_day),
            Dated(DateKind.TERM, f"termin-{start_year}-{SPRING}", SPRING, year.spring_first_day, year.spring_last_day),
        ]
        if year
        else [],
        breaks=[Dated(DateKind.BREAK, f"lov-{row.pk}", row.name, row.first_day, row.last_day) for row in breaks],
        base_months=_base_months(municipality, start_year),
        tertials=[_tertial(number, start_year + later) for number, later in FOUR_MONTHS],
    )


def _base_months(municipality: Municipality, start_year: int) -> list[Dated]:
    """The months of the base sessions of the programmes that some school of the municipality runs in the year."""
    year = Period.school_year(start_year)
    running = Participation.objects.active().filter(school__municipality=municipality, start_date__lte=year.last_day)
    running = running.filter(Q(end_date__isnull=True) | Q(end_date__gte=year.first_day))
    sessions = Session.objects.on_offer().filter(kind=SessionKind.BASE, programme__in=running.values("programme"))
    rows = []
    for session in sessions.in_order():
        last = last_day_of_month(start_year, session.month or 12)
        rows.append(
            Dated(DateKind.BASE_MONTH, f"baspass-{start_year}-{session.code}", session.title, last.replace(day=1), last)
        )
    return sorted(rows, key=lambda row: row.first_day)


def _tertial(number: int, year: int) -> Dated:
    period = Period.tertial(number, year)
    return Dated(DateKind.TERTIAL, period.code, period.label, period.first_day, period.last_day)


@dataclass(frozen=True)
class Places:
    """Where a person sees which meetings: at schools, and the municipality's own groups and courses."""

    staff: list[School]
    parents: list[School]
    mentors: list[School]
    rounds: list[School]
    own_groups: bool
    courses: list[str]


def places_of(user: User, municipality: Municipality, schools: Iterable[School], *, today: date) -> Places:
    """What a person may read of some schools and of the municipality, asked of the same rules as the pages."""
    schools = list(schools)
    is_centre = rules.can_read_overview(user, municipality, on=today)
    works_at_a_school = any(row.school_id for row in rules.memberships_in(user, municipality, on=today))
    school_courses = [UnitKind.SCHOOL.value] if works_at_a_school else []
    return Places(
        staff=[school for school in schools if rules.can_read_staff_meetings(user, school, on=today)],
        parents=[school for school in schools if rules.can_read_parent_groups(user, school, on=today)],
        mentors=[school for school in schools if rules.can_read_cohorts(user, school, on=today)],
        rounds=[school for school in schools if rules.can_see_secure_bases(user, school, on=today)],
        own_groups=is_centre,
        courses=[kind.value for kind in UnitKind] if is_centre else school_courses,
    )


def meetings_of(places: Places, municipality: Municipality, *, period: Period) -> list[Dated]:
    """The meetings of a period at the places that a person sees, in order of day; in at most 7 questions."""
    days = (period.first_day, period.last_day)
    rows = [*_staff(places.staff, days), *_parents(places, municipality, days), *_mentors(places.mentors, days)]
    occasions = CourseOccasion.objects.filter(
        course__municipality=municipality, course__unit_kind__in=places.courses, date__range=days
    )
    rows += [
        Dated(DateKind.COURSE, f"kurs-{row.pk}", row.course.name, row.date, row.date)
        for row in occasions.select_related("course")
    ]
    rounds = CheckRound.objects.filter(school__in=places.rounds, closed_date__isnull=True, due_date__range=days)
    rows += [
        Dated(DateKind.CHECK_ROUND, f"avstamning-{row.pk}", row.label, row.due_date, row.due_date, school=row.school)
        for row in rounds.select_related("school")
        if row.due_date
    ]
    return sorted(rows, key=lambda row: (row.first_day, list(DateKind).index(row.kind), row.key))


def _staff(schools: list[School], days: tuple[date, date]) -> list[Dated]:
    meetings = StaffMeeting.objects.filter(school__in=schools, date__range=days)
    return [
        Dated(
            DateKind.STAFF,
            f"personal-{row.pk}",
            row.subject,
            row.date,
            row.date,
            (str(StaffMeetingKind(row.kind).label),),
            row.school,
        )
        for row in meetings.select_related("theme__prepares", "school")
    ]


def _parents(places: Places, municipality: Municipality, days: tuple[date, date]) -> list[Dated]:
    own = Q(group__school__isnull=True, group__municipality=municipality) if places.own_groups else Q(pk__in=[])
    groups = ParentGroupMeeting.objects.filter(
        Q(group__school__in=places.parents) | own, group__is_cancelled=False, date__range=days
    )
    single = ParentMeeting.objects.filter(school__in=places.parents, date__range=days)
    return [
        *(
            Dated(
                DateKind.PARENTS,
                f"grupptraff-{row.pk}",
                str(row.group),
                row.date,
                row.date,
                (str(row.number),),
                row.group.school,
            )
            for row in groups.select_related("group__school")
        ),
        *(
            Dated(DateKind.PARENTS, f"foraldratraff-{row.pk}", row.theme, row.date, row.date, school=row.school)
            for row in single.select_related("school")
        ),
    ]


def _mentors(schools: list[School], days: tuple[date, date]) -> list[Dated]:
    """Supervision, and the trainings and gatherings of the mentors."""
    rows = Supervision.objects.filter(cohort__school__in=schools, date__range=days)
    meetings = MentorMeeting.objects.filter(cohort__school__in=schools, date__range=days)
    return [
        *(
            Dated(
                DateKind.SUPERVISION,
                f"handledning-{row.pk}",
                row.cohort.name,
                row.date,
                row.date,
                school=row.cohort.school,
            )
            for row in rows.select_related("cohort__school")
        ),
        *(
            Dated(
                DateKind.SUPERVISION,
                f"mentorstraff-{row.pk}",
                row.cohort.name,
                row.date,
                row.date,
                (str(MentorMeetingKind(row.kind).label),),
                row.cohort.school,
            )
            for row in meetings.select_related("cohort__school")
        ),
    ]


def sessions_due(planned_sessions: QuerySet[PlannedSession], *, period: Period) -> list[Dated]:
    """The days by which sessions are to be held, one for each session, day and school, with its classes. 1 question."""
    together: dict[tuple[School, Session, date], list[str]] = defaultdict(list)
    rows = planned_sessions.filter(due_date__range=(period.first_day, period.last_day))
    rows = rows.select_related("session", "school_class__school")
    for row in rows.order_by("due_date", "school_class__sort_key", "pk"):
        if row.due_date:
            together[row.school_class.school, row.session, row.due_date].append(row.school_class.name)
    return [
        Dated(DateKind.SESSION, f"pass-{school.pk}-{session.code}-{day}", session.title, day, day, tuple(names), school)
        for (school, session, day), names in together.items()
    ]


def own_schools(user: User, municipality: Municipality, *, today: date) -> list[School]:
    """The schools that a person works at; the centre's calendar would drown in every school's meetings."""
    mine = [row.school_id for row in rules.memberships_in(user, municipality, on=today) if row.school_id]
    return list(School.objects.filter(pk__in=mine).select_related("municipality").in_order())


def dates_of_person(user: User, municipality: Municipality, *, today: date) -> list[Dated]:
    """What a person's own calendar shows: from a month ago to a year ahead, by the rights that the person has today.

    Nothing at all when no role is left. A leader's own classes, a coordinator's school, the centre's own meetings.
    """
    if not rules.memberships_in(user, municipality, on=today):
        return []
    period = Period("feed", "", today - timedelta(days=31), today + timedelta(days=366))
    schools = own_schools(user, municipality, today=today)
    places = places_of(user, municipality, schools, today=today)
    sessions = PlannedSession.objects.visible_to(user, on=today).filter(school_class__school__in=schools)
    shared = [row for start_year in period.start_years for row in shared_dates(municipality, start_year=start_year)]
    rows = [*shared, *meetings_of(places, municipality, period=period), *sessions_due(sessions, period=period)]
    return [row for row in rows if row.last_day >= period.first_day and row.first_day <= period.last_day]


def shared_dates(municipality: Municipality, *, start_year: int) -> list[Dated]:
    """Terms, breaks and base months of a school year, which are no secret to anybody."""
    calendar = calendar_of(municipality, start_year=start_year)
    return [*calendar.terms, *calendar.breaks, *calendar.base_months]
