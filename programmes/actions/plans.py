"""Lays the year's plan: which sessions a class is to have, and by when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes.actions.locks import outside_closed_periods, require_open_plan
from programmes.models import Participation, PlannedSession, ProgrammeTarget, SchoolClass
from programmes.models.terms import last_day_of_month


class ReportedSessionError(Exception):
    """A session that has been reported keeps its place in the plan."""


@dataclass
class PlanChangedError(Exception):
    """Somebody else has changed these rows of the plan meanwhile; nothing was changed now."""

    rows: list[PlannedSession] = field(default_factory=list)


@dataclass(frozen=True)
class Planned:
    """What came of planning a session: the new rows, and the rows that stood there already and were left alone."""

    added: list[PlannedSession]
    kept: list[PlannedSession]


@transaction.atomic
def plan_base_sessions(*, classes: Iterable[SchoolClass]) -> int:
    """Give classes of schools that run the programme its base sessions, due at the end of their months.

    Idempotent; returns how many were added. Classes outside the municipality's grades, and those that have ended, get
    none, and nothing is planned in a closed period. The number of queries does not depend on the number of classes.
    """
    classes = [school_class for school_class in classes if school_class.end_date is None]
    base = list(Session.objects.on_offer().filter(kind=SessionKind.BASE))
    participations: dict[tuple[int, int], list[Participation]] = {}
    school_ids = {school_class.school_id for school_class in classes}
    for participation in Participation.objects.active().filter(school__in=school_ids):
        participations.setdefault((participation.school_id, participation.programme_id), []).append(participation)
    spans = {
        (target.municipality_id, target.programme_id): (target.lowest_grade, target.highest_grade)
        for target in ProgrammeTarget.objects.all()
    }
    wanted = [
        PlannedSession(
            school_class=school_class,
            session=session,
            due_date=last_day_of_month(school_class.start_year, session.month or 6),
        )
        for school_class in classes
        for session in base
        if _is_for(school_class, session, participations, spans)
    ]
    return len(_lay(outside_closed_periods(wanted)).added)


def _is_for(
    school_class: SchoolClass,
    session: Session,
    participations: dict[tuple[int, int], list[Participation]],
    spans: dict[tuple[int, int], tuple[int, int]],
) -> bool:
    lowest, highest = spans.get(
        (school_class.school.municipality_id, session.programme_id), (session.lowest_grade, session.highest_grade)
    )
    lowest, highest = max(lowest, session.lowest_grade), min(highest, session.highest_grade)
    first_day, last_day = date(school_class.start_year, 7, 1), date(school_class.start_year + 1, 6, 30)
    return (school_class.lowest_grade <= highest and school_class.highest_grade >= lowest) and any(
        row.start_date <= last_day and (row.end_date is None or row.end_date >= first_day)
        for row in participations.get((school_class.school_id, session.programme_id), [])
    )


def plan_session(*, classes: Iterable[SchoolClass], session: Session, due_date: date) -> Planned:
    """Put a session on the lines of classes; where it stands already, its date is left as somebody set it."""
    return lay_plan(
        rows=[PlannedSession(school_class=school_class, session=session, due_date=due_date) for school_class in classes]
    )


@transaction.atomic
def lay_plan(*, rows: Sequence[PlannedSession]) -> Planned:
    """Put sessions on lines, those that stand there already left alone; as many queries for thirty as for one.

    The classes are locked first: of two who plan at once, the second sees what the first has planned. In a closed
    period nothing can be planned: PlanClosedError.
    """
    require_open_plan((row.school_class, row.session, row.due_date) for row in rows)
    return _lay(rows)


def _lay(rows: Sequence[PlannedSession]) -> Planned:
    class_ids = {row.school_class_id for row in rows}
    list(SchoolClass.objects.select_for_update().filter(pk__in=class_ids).order_by("pk").values_list("pk"))
    found = PlannedSession.objects.filter(
        school_class__in=class_ids, session__in={row.session_id for row in rows}
    ).select_related("school_class", "session")
    existing = {(row.school_class_id, row.session_id): row for row in found}
    fresh = [row for row in rows if (row.school_class_id, row.session_id) not in existing]
    kept = [
        existing[row.school_class_id, row.session_id]
        for row in rows
        if (row.school_class_id, row.session_id) in existing
    ]
    return Planned(added=PlannedSession.objects.bulk_create(fresh, batch_size=500), kept=kept)


@transaction.atomic
def reschedule_sessions(*, seen: Mapping[int, date], due_date: date) -> list[PlannedSession]:
    """Move planned sessions to another due date, all of them or none.

    `seen` says for each row which date the person saw there: when somebody has set another since, it is refused.
    So is a date in or out of a closed period: PlanClosedError.
    """
    rows = _unreported(seen)
    changed = [row for row in rows if row.due_date != seen[row.pk]]
    if changed:
        raise PlanChangedError(changed)
    require_open_plan((row.school_class, row.session, day) for row in rows for day in (row.due_date, due_date))
    for row in rows:
        row.due_date = due_date
    PlannedSession.objects.bulk_update(rows, ["due_date"])
    return rows


@transaction.atomic
def unplan_sessions(*, ids: Iterable[int]) -> int:
    """Take additional sessions off their classes' lines; what has been reported stays, and refuses all of it.

    So does a closed period: PlanClosedError.
    """
    rows = _unreported(ids)
    require_open_plan((row.school_class, row.session, row.due_date) for row in rows)
    PlannedSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _unreported(ids: Iterable[int]) -> list[PlannedSession]:
    """The rows, locked; refused when one of them has been reported."""
    found = PlannedSession.objects.select_for_update(of=("self",)).filter(pk__in=list(ids)).order_by("pk")
    rows = list(found.select_related("school_class", "session").prefetch_related("deliveries"))
    reported = PlannedSession.objects.filter(pk__in=[row.pk for row in rows], not_held__isnull=False)
    if any(row.deliveries.all() for row in rows) or reported.exists():
        raise ReportedSessionError
    return rows
