"""A school's year: each class's line, what needs doing, and how far it has come."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from curriculum.enums import SessionKind
from programmes.enums import SessionState
from programmes.models import PlannedSession, ProgrammeTarget, SchoolClass

TAUGHT_BY_STAFF = (SessionKind.BASE, SessionKind.ADDITIONAL)


@dataclass(frozen=True)
class YearSession:
    """One session of one class, on the day that was asked for."""

    pk: int
    school_class: SchoolClass
    code: str
    title: str
    label: str
    is_base: bool
    due_date: date | None
    first_date: date | None
    state: SessionState
    is_expected: bool
    is_sensitive: bool = False

    @property
    def is_open(self) -> bool:
        """Neither held nor reported as not held: it can still be moved or taken away."""
        return self.state not in (SessionState.HELD, SessionState.NOT_HELD)

    @property
    def day(self) -> date | None:
        """Where it stands on the line: its due date, or the day it was held when nobody had planned it."""
        return self.due_date or self.first_date


@dataclass
class ClassYear:
    """One class's line; the counts are of sessions due by the day that was asked for."""

    school_class: SchoolClass
    sessions: list[YearSession] = field(default_factory=list)

    @property
    def expected(self) -> int:
        return sum(session.is_expected for session in self.sessions)

    @property
    def held(self) -> int:
        return sum(session.is_expected and session.state == SessionState.HELD for session in self.sessions)

    @property
    def planned(self) -> int:
        return sum(session.due_date is not None for session in self.sessions)

    @property
    def to_report(self) -> int:
        return sum(session.state == SessionState.NOT_REPORTED for session in self.sessions)


@dataclass
class SchoolYearReport:
    """All classes' lines, and what they have in common; `outside` are classes of grades that the target is not for."""

    classes: list[ClassYear]
    outside: list[SchoolClass] = field(default_factory=list)

    @property
    def sessions(self) -> list[YearSession]:
        return [session for line in self.classes for session in line.sessions]

    @property
    def not_reported(self) -> list[YearSession]:
        """What needs a person: overdue with nothing reported, the oldest first."""
        rows = [session for session in self.sessions if session.state == SessionState.NOT_REPORTED]
        return sorted(rows, key=lambda session: (session.due_date or date.max, session.school_class.sort_key))

    @property
    def due_now(self) -> list[YearSession]:
        return [session for session in self.sessions if session.state == SessionState.DUE_NOW]

    @property
    def expected(self) -> int:
        return sum(line.expected for line in self.classes)

    @property
    def held(self) -> int:
        return sum(line.held for line in self.classes)

    @property
    def waiting(self) -> int:
        """Expected, with nothing reported: the due date itself included."""
        return self.expected - self.held - self.not_held

    @property
    def not_held(self) -> int:
        return sum(session.is_expected and session.state == SessionState.NOT_HELD for session in self.sessions)


def year_of(
    classes: Iterable[SchoolClass],
    *,
    today: date,
    target: ProgrammeTarget | None = None,
    kinds: Collection[SessionKind] = TAUGHT_BY_STAFF,
) -> SchoolYearReport:
    """The year of some classes as it stands today, in one query beside that of the classes.

    Expected: due today or before, while the school runs the programme (measures: "expected"). Missing due date:
    held without being planned, never expected. With a target, classes outside its grades stand apart unless they
    have sessions all the same.
    """
    lines = {school_class.pk: ClassYear(school_class) for school_class in classes}
    rows = (
        PlannedSession.objects.filter(school_class__in=lines, session__kind__in=kinds)
        .with_state(on=today)
        .exclude(state=SessionState.NOT_PLANNED)
        .select_related("session")
        .order_by("session__order")
    )
    for row in rows:
        line = lines[row.school_class_id]
        line.sessions.append(
            YearSession(
                pk=row.pk,
                school_class=line.school_class,
                code=row.session.code,
                title=row.session.title,
                label=row.session.label,
                is_base=row.session.kind == SessionKind.BASE,
                due_date=row.due_date,
                first_date=row.first_date,
                state=SessionState(row.state),
                is_expected=bool(row.due_date and row.due_date <= today and row.is_participating),
                is_sensitive=row.session.is_sensitive,
            )
        )
    for line in lines.values():
        line.sessions.sort(key=lambda session: (session.day or date.max, session.code))
    outside = [line for line in lines.values() if target and not line.sessions and not target.is_for(line.school_class)]
    return SchoolYearReport(
        classes=[line for line in lines.values() if line not in outside],
        outside=[line.school_class for line in outside],
    )
