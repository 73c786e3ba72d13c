"""Lays the year's plan: which sessions a class is to have, and by when."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes.models import Participation, PlannedSession, ProgrammeTarget, SchoolClass
from programmes.models.terms import last_day_of_month


class ReportedSessionError(Exception):
    """A session that has been reported cannot leave the plan."""


def plan_base_sessions(*, classes: Iterable[SchoolClass]) -> int:
    """Give classes of schools that run the programme its base sessions, due at the end of their months.

    Idempotent; returns how many were added. Classes outside the municipality's grades get none. The number of
    queries does not depend on the number of classes.
    """
    classes = list(classes)
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
    existing = set(
        PlannedSession.objects.filter(school_class__in=classes, session__in=base).values_list(
            "school_class_id", "session_id"
        )
    )
    fresh = [row for row in wanted if (row.school_class_id, row.session_id) not in existing]
    PlannedSession.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    return len(fresh)


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


@transaction.atomic
def plan_session(*, classes: Iterable[SchoolClass], session: Session, due_date: date) -> int:
    """Put a session on the lines of classes, or move its due date where it stands already; returns how many."""
    count = 0
    for school_class in classes:
        PlannedSession.objects.update_or_create(
            school_class=school_class, session=session, defaults={"due_date": due_date}
        )
        count += 1
    return count


@transaction.atomic
def unplan_session(*, planned_session: PlannedSession) -> None:
    """Take an additional session off a class's line; what has been reported stays, and refuses this."""
    row = PlannedSession.objects.select_for_update().get(pk=planned_session.pk)
    if row.deliveries.exists() or hasattr(row, "not_held"):
        raise ReportedSessionError
    row.delete()
