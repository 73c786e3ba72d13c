"""What became of each session of a programme at each school: how many classes planned it, held it, and why not."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When

from curriculum.models import Programme, Session
from programmes.enums import SessionState
from programmes.models import SchoolClass
from programmes.models.terms import Period
from programmes.reports.coverage_rows import cut_off, is_expected, sessions_of_period


@dataclass
class Outcome:
    """One session at one school in a period, in numbers of classes.

    `planned` are due on some day of the whole period; expected is held, not held and not reported together (measures:
    coverage). `besides` were first held in the period without being expected in it: unplanned, or due another time.
    """

    school_id: int
    session: Session
    planned: int = 0
    held: int = 0
    not_held: int = 0
    not_reported: int = 0
    besides: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def expected(self) -> int:
        return self.held + self.not_held + self.not_reported


@dataclass(frozen=True)
class Outcomes:
    """Some sessions' outcomes together."""

    rows: list[Outcome]

    @property
    def planned(self) -> int:
        return sum(row.planned for row in self.rows)

    @property
    def expected(self) -> int:
        return sum(row.expected for row in self.rows)

    @property
    def held(self) -> int:
        return sum(row.held for row in self.rows)

    @property
    def not_held(self) -> int:
        return sum(row.not_held for row in self.rows)

    @property
    def not_reported(self) -> int:
        return sum(row.not_reported for row in self.rows)

    @property
    def besides(self) -> int:
        return sum(row.besides for row in self.rows)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why sessions were not held, the most common first."""
        together = sum((row.reasons for row in self.rows), Counter[str]())
        return sorted(together.items(), key=lambda pair: (-pair[1], pair[0]))

    def of_school(self, school_id: int) -> "Outcomes":
        return Outcomes([row for row in self.rows if row.school_id == school_id])


def session_outcomes(classes: QuerySet[SchoolClass], *, programme: Programme, period: Period, today: date) -> Outcomes:
    """Every session of a programme at every school, in the order of the programme, in 2 questions to the database."""
    day = cut_off(period, today=today)
    sessions = {row.pk: row for row in Session.objects.filter(programme=programme)}
    shape = ("school_class__school", "session", "state", "reason", "is_due", "is_by_day", "is_first_held")
    rows = (
        sessions_of_period(classes, programme=programme, period=period, today=today)
        .order_by()
        .annotate(
            is_due=_flag(Q(due_date__range=(period.first_day, period.last_day), is_participating=True)),
            is_by_day=_flag(Q(due_date__range=(period.first_day, day), is_participating=True)),
            is_first_held=_flag(Q(first_date__range=(period.first_day, day))),
        )
        .values(*shape)
        .annotate(number=Count("pk"))
        .values_list(*shape, "number")
    )
    found: dict[tuple[int, int], Outcome] = {}
    for school, session, state, reason, is_due, is_by_day, is_first_held, number in rows:
        outcome = found.setdefault((school, session), Outcome(school, sessions[session]))
        outcome.planned += number if is_due else 0
        if is_by_day:
            _count(outcome, state, reason, number)
        elif is_first_held:
            outcome.besides += number
    ordered = sorted(found.values(), key=lambda row: (row.session.order, row.session.code, row.school_id))
    return Outcomes(ordered)


def by_session(outcomes: Iterable[Outcome]) -> list[tuple[Session, Outcomes]]:
    """The same, session by session."""
    groups: dict[int, list[Outcome]] = {}
    for row in outcomes:
        groups.setdefault(row.session.pk, []).append(row)
    return [(rows[0].session, Outcomes(rows)) for rows in groups.values()]


def _count(outcome: Outcome, state: str, reason: str, number: int) -> None:
    if state == SessionState.HELD:
        outcome.held += number
    elif state == SessionState.NOT_HELD:
        outcome.not_held += number
        outcome.reasons[reason] += number
    else:
        outcome.not_reported += number


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


@dataclass(frozen=True)
class SessionRow:
    """One session of one class in a period, as it stands on the day counted to."""

    school_class: SchoolClass
    session: Session
    due_date: date | None
    first_date: date | None
    state: SessionState
    reason: str
    is_expected: bool

    @property
    def is_missing(self) -> bool:
        """Expected, and nothing is reported: the due date itself included."""
        return self.is_expected and self.state not in (SessionState.HELD, SessionState.NOT_HELD)

    @property
    def is_not_held(self) -> bool:
        return self.is_expected and self.state == SessionState.NOT_HELD

    @property
    def remains(self) -> bool:
        """Planned in the period, due after the day counted to, and neither held nor reported as not held."""
        return not self.is_expected and self.state in (SessionState.PLANNED, SessionState.DUE_NOW)


def session_rows(
    classes: QuerySet[SchoolClass], *, programme: Programme, period: Period, today: date
) -> list[SessionRow]:
    """Every session of some classes in a period, class by class in the order of the due dates, in 1 question."""
    day = cut_off(period, today=today)
    rows = (
        sessions_of_period(classes, programme=programme, period=period, today=today)
        .select_related("session", "school_class__school__municipality", "school_class__school__area")
        .order_by("school_class__school__sort_key", "school_class__sort_key", "due_date", "session__order", "pk")
    )
    return [
        SessionRow(
            school_class=row.school_class,
            session=row.session,
            due_date=row.due_date if row.is_participating else None,
            first_date=row.first_date if row.state == SessionState.HELD else None,
            state=SessionState(row.state),
            reason=row.reason,
            is_expected=is_expected(row.due_date, runs=row.is_participating, period=period, day=day),
        )
        for row in rows
    ]
