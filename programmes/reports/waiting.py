"""What waits to be reported at some schools, read at once for everybody who is told about it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, TaskState

from programmes.enums import CENTRE_ROLES, Role, SessionState, StaffMeetingKind
from programmes.models import (
    CheckRound,
    Letter,
    ListedPupil,
    Membership,
    Municipality,
    ParentGroupMeeting,
    ParentMeeting,
    PlannedSession,
    School,
    StaffMeeting,
    Supervision,
)
from programmes.models.mentors import PROGRAMME as MVP
from programmes.models.terms import start_year_of
from programmes.reports.secure_bases import live_figures


@dataclass(frozen=True)
class WaitingRow:
    """Something that waits: what it is, by or on which day (None: no day), and how many it stands for."""

    title: str
    day: date | None = None
    count: int = 1
    classes: tuple[str, ...] = ()
    kind: str = ""
    programme: str = ""
    class_pk: int | None = None
    is_late: bool = False
    writers: frozenset[int | None] = frozenset()


Rows = defaultdict[int, list[WaitingRow]]


def _rows() -> Rows:
    return defaultdict(list)


@dataclass
class Waiting:
    """What waits, by school (or by municipality: `own_parents`, `pages`, `letters`); `listed` are classes with a list
    of pupils for trygg bas."""

    schools: dict[int, School]
    sessions: Rows = field(default_factory=_rows)
    staff: Rows = field(default_factory=_rows)
    parents: Rows = field(default_factory=_rows)
    supervisions: Rows = field(default_factory=_rows)
    rounds: Rows = field(default_factory=_rows)
    coming: Rows = field(default_factory=_rows)
    coming_supervision: Rows = field(default_factory=_rows)
    own_parents: Rows = field(default_factory=_rows)
    pages: Rows = field(default_factory=_rows)
    letters: Rows = field(default_factory=_rows)
    listed: set[int] = field(default_factory=set)


def what_waits(memberships: Sequence[Membership], *, today: date, until: date) -> Waiting:
    """Read what waits today where some people have roles, and what comes until a day; in at most 15 questions."""
    everywhere = {row.municipality_id for row in memberships if row.role in CENTRE_ROLES}
    named = {row.school_id for row in memberships if row.school_id}
    schools = School.objects.filter(Q(pk__in=named) | Q(municipality__in=everywhere)).in_order()
    waiting = Waiting({school.pk: school for school in schools})
    _sessions(waiting, today=today)
    _staff(waiting, named, today=today, until=until)
    _parents(waiting, named, everywhere, today=today, until=until)
    _supervision(waiting, named, today=today, until=until)
    _rounds(waiting, named, today=today)
    _pages(waiting, {row.municipality_id or 0 for row in memberships if row.role == Role.EDITOR})
    _letters(waiting, {row.municipality_id for row in memberships if row.municipality_id})
    return waiting


def _sessions(waiting: Waiting, *, today: date) -> None:
    rows = PlannedSession.objects.filter(
        school_class__school__in=waiting.schools, school_class__start_year=start_year_of(today)
    ).with_state(on=today)
    rows = rows.filter(state__in=[SessionState.NOT_REPORTED, SessionState.DUE_NOW])
    rows = rows.select_related("session__programme", "school_class")
    for row in rows.order_by("due_date", "session__order", "school_class__sort_key", "pk"):
        waiting.sessions[row.school_class.school_id].append(
            WaitingRow(
                row.session.title,
                row.due_date,
                classes=(row.school_class.name,),
                programme=row.session.programme.code,
                class_pk=row.school_class_id,
                is_late=row.state == SessionState.NOT_REPORTED,
            )
        )


def _staff(waiting: Waiting, schools: Iterable[int], *, today: date, until: date) -> None:
    """Meetings of this school year whose day has passed without a word, and those of this week."""
    meetings = StaffMeeting.objects.filter(school__in=schools, is_held=False, date__lte=until)
    meetings = meetings.filter(date__gte=date(start_year_of(today), 7, 1)).select_related("theme__prepares")
    for meeting in meetings.in_order():
        row = WaitingRow(meeting.subject, meeting.date, kind=str(StaffMeetingKind(meeting.kind).label))
        rows = waiting.staff if meeting.date < today else waiting.coming
        rows[meeting.school_id].append(row)


def _parents(
    waiting: Waiting, schools: Iterable[int], municipalities: Iterable[int | None], *, today: date, until: date
) -> None:
    """Meetings that have passed without being counted: a school's, and those of the municipality's own groups."""
    meetings = ParentGroupMeeting.objects.filter(parents__isnull=True, group__is_cancelled=False, date__lte=until)
    meetings = meetings.filter(date__gte=date(start_year_of(today), 7, 1))
    meetings = meetings.filter(
        Q(group__school__in=schools) | Q(group__school__isnull=True, group__municipality__in=municipalities)
    )
    for meeting in meetings.select_related("group").order_by("date", "pk"):
        group = meeting.group
        row = WaitingRow(str(group), meeting.date, kind=str(meeting.number))
        if group.school_id is None:
            if meeting.date < today:
                waiting.own_parents[group.municipality_id].append(row)
        else:
            rows = waiting.parents if meeting.date < today else waiting.coming
            rows[group.school_id].append(row)
    single = ParentMeeting.objects.filter(school__in=schools, parents__isnull=True, date__lte=until)
    for alone in single.filter(date__gte=date(start_year_of(today), 7, 1)).in_order():
        rows = waiting.parents if alone.date < today else waiting.coming
        rows[alone.school_id].append(WaitingRow(alone.theme, alone.date))


def _supervision(waiting: Waiting, schools: Iterable[int], *, today: date, until: date) -> None:
    rows = Supervision.objects.filter(cohort__school__in=schools, minutes__isnull=True, date__lte=until)
    rows = rows.filter(cohort__start_year=start_year_of(today)).select_related("cohort")
    for row in rows.order_by("date", "pk"):
        where = waiting.supervisions if row.date < today else waiting.coming_supervision
        where[row.cohort.school_id].append(WaitingRow(row.cohort.name, row.date, programme=MVP))


def _rounds(waiting: Waiting, schools: Iterable[int], *, today: date) -> None:
    """Open check rounds with the number of pupils at the school who have no adult: never who, or in which class."""
    open_rounds = list(CheckRound.objects.filter(school__in=schools, closed_date__isnull=True))
    start_year = start_year_of(today)
    figures = live_figures(open_rounds, start_year=start_year, today=today)
    for row in open_rounds:
        uncovered = figures[row.pk].uncovered if row.pk in figures else 0
        waiting.rounds[row.school_id].append(WaitingRow(row.label, row.due_date, count=uncovered))
    listed = ListedPupil.objects.filter(school_class__school__in=schools, school_class__start_year=start_year)
    waiting.listed = set(listed.values_list("school_class", flat=True).distinct())


def _pages(waiting: Waiting, municipalities: Iterable[int]) -> None:
    """Pages that wait for a second reader, by the site that they stand on, each with who wrote and who sent it."""
    roots = dict(Municipality.objects.filter(pk__in=municipalities).values_list("site__root_page__path", "pk"))
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type__app_label="wagtailcore",
        workflow_state__base_content_type__model="page",
    )
    facts = {
        int(state.workflow_state.object_id): (
            timezone.localtime(state.started_at).date(),
            frozenset({state.revision.user_id, state.workflow_state.requested_by_id}),
        )
        for state in states.select_related("workflow_state", "revision")
        if roots
    }
    for page in Page.objects.filter(pk__in=facts).order_by("path"):
        since, writers = facts[page.pk]
        row = WaitingRow(page.get_admin_display_title(), since, writers=writers)
        for path, municipality in roots.items():
            if page.path.startswith(path):
                waiting.pages[municipality].append(row)


def _letters(waiting: Waiting, municipalities: Iterable[int]) -> None:
    for municipality in (
        Letter.objects.in_trouble().filter(municipality__in=municipalities).values_list("municipality", flat=True)
    ):
        rows = waiting.letters[municipality]
        rows[:] = [WaitingRow("", count=rows[0].count + 1 if rows else 1)]
