"""The chain: the staff meet a theme first, then the pupils do in each class. Where it runs backwards, it is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Min, Q

from curriculum.models import Session
from programmes.enums import SessionState
from programmes.models import School, StaffMeeting
from programmes.models.terms import Period
from programmes.reports.year import YearSession


@dataclass
class ThemeChain:
    """One theme at one school in a school year: the staff session, and the pupil sessions of every class."""

    theme: Session
    first_held: date | None = None
    this_year: list[StaffMeeting] = field(default_factory=list)
    sessions: list[YearSession] = field(default_factory=list)

    @property
    def held(self) -> list[YearSession]:
        return [session for session in self.sessions if session.state == SessionState.HELD]

    @property
    def staff_date(self) -> date | None:
        """The day that the pupils' sessions are held against: when the staff first had the theme, in any school year,
        or else when they will."""
        return self.first_held or min((meeting.date for meeting in self.this_year), default=None)

    @property
    def shown(self) -> StaffMeeting | None:
        """The staff session of this school year: the first one held, or else the next."""
        return min(self.this_year, key=lambda meeting: (not meeting.is_held, meeting.date), default=None)

    @property
    def backwards(self) -> list[YearSession]:
        """Pupil sessions that were held before the staff's, or without one."""
        first = self.first_held or date.max
        return [session for session in self.held if session.first_date and session.first_date < first]

    @property
    def too_early(self) -> list[YearSession]:
        """Pupil sessions that are due before the staff's session, or while none is planned."""
        return [
            session
            for session in self.sessions
            if session.is_open and session.due_date and not (self.staff_date and self.staff_date <= session.due_date)
        ]


def chain_of(
    sessions: Iterable[YearSession], *, school: School, themes: Mapping[str, Session], period: Period, today: date
) -> list[ThemeChain]:
    """The themes that a school's classes have in a school year, with the staff session of each, in 1 query.

    `themes` are pupil sessions by code, in the order to show them. A theme without a pupil session stands there
    when the staff have it.
    """
    chains = {code: ThemeChain(theme) for code, theme in themes.items()}
    for session in sessions:
        if session.code in chains:
            chains[session.code].sessions.append(session)
    meetings = StaffMeeting.objects.filter(school=school, theme__prepares__isnull=False)
    meetings = meetings.filter(Q(is_held=True, date__lte=today) | Q(date__range=(period.first_day, period.last_day)))
    for meeting in meetings.select_related("theme__prepares").in_order():
        chain = chains.get(meeting.theme.prepares.code)
        if chain is None:
            continue
        if meeting.is_held and meeting.date <= today:
            chain.first_held = chain.first_held or meeting.date
        if period.first_day <= meeting.date <= period.last_day:
            chain.this_year.append(meeting)
    return [chain for chain in chains.values() if chain.sessions or chain.this_year]


def staff_dates(*, school: School, today: date) -> dict[str, date]:
    """For each theme (the code of its pupil session) the day when the staff first had it, or will have it.

    A day that has passed without being reported as held does not count. In 1 query.
    """
    rows = StaffMeeting.objects.filter(school=school, theme__prepares__isnull=False)
    rows = rows.filter(Q(is_held=True) | Q(date__gte=today))
    return dict(rows.values_list("theme__prepares__code").annotate(first=Min("date")))
