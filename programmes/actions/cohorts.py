"""Sets up a cohort with its groups and days, moves its days, and removes it; each change is logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from accounts.models import User
from curriculum.models import Session
from programmes.actions.events import log_event
from programmes.actions.locks import require_open_plan
from programmes.enums import EventKind
from programmes.models import (
    Delivery,
    MenteeGroup,
    Mentor,
    MentorCohort,
    NotHeld,
    PlannedSession,
    SchoolClass,
    Supervision,
    Survey,
)

OUT_OF_THE_WAY = timedelta(days=20000)


class CohortChangedError(Exception):
    """Somebody else has changed the cohort since the form was opened; nothing was saved."""


class ReportedError(Exception):
    """Something has been reported, so it stays; nothing was removed."""


@dataclass(frozen=True)
class NewGroup:
    """A mentee group to be: its name, its head-count (None: not known), and the class that it comes from."""

    name: str
    enrolled: int | None
    home_class: SchoolClass


def groups_of(classes: Sequence[SchoolClass], *, school_id: int, in_halves: bool) -> list[NewGroup]:
    """The groups that classes make, whole or in halves; a class of another school bears its school's name as well."""
    groups = []
    for row in classes:
        name = row.name if row.school_id == school_id else f"{row.name} {row.school.name}"[:30].strip()
        if not in_halves:
            groups.append(NewGroup(name, row.enrolled, row))
            continue
        larger = None if row.enrolled is None else (row.enrolled + 1) // 2
        smaller = None if larger is None or row.enrolled is None else row.enrolled - larger
        groups += [NewGroup(f"{name} grupp 1", larger, row), NewGroup(f"{name} grupp 2", smaller, row)]
    return groups


@transaction.atomic
def set_up_cohort(
    *,
    cohort: MentorCohort,
    aliases: Sequence[str],
    groups: Sequence[NewGroup],
    sessions: Mapping[Session, date],
    supervisions: Sequence[date],
    chosen_date: date,
    by: User | None,
) -> MentorCohort:
    """Save a cohort with everything in it: groups with their sessions, mentors dealt to them in order, supervision.

    The mentors of a group lead in pairs, in order; an odd one joins the last pair. Without groups the mentors wait for
    one: groups come later, with the days of the sessions. A day in a closed period is refused: PlanClosedError.
    """
    cohort.save()
    rows = [add_group(cohort=cohort, group=group, sessions=sessions) for group in groups]
    Mentor.objects.bulk_create(
        Mentor(cohort=cohort, alias=alias, group_id=row.pk if row else None, pair=pair, chosen_date=chosen_date)
        for alias, row, pair in _deal(aliases, rows)
    )
    Supervision.objects.bulk_create(Supervision(cohort=cohort, date=day) for day in supervisions)
    log_cohort(EventKind.COHORT_SET_UP, cohort, by, mentors=len(aliases), groups=len(rows))
    return cohort


def _deal(aliases: Sequence[str], groups: Sequence[MenteeGroup]) -> list[tuple[str, MenteeGroup | None, int | None]]:
    """Deal the mentors to the groups in order, as evenly as can be, each with a pair; without groups they wait."""
    hands: list[list[str]] = [[] for _group in groups]
    for index, alias in enumerate(aliases if groups else ()):
        hands[index * len(groups) // len(aliases)].append(alias)
    if not groups:
        return [(alias, None, None) for alias in aliases]
    return [
        (alias, group, pair_of(place, len(hand)))
        for group, hand in zip(groups, hands, strict=True)
        for place, alias in enumerate(hand)
    ]


def pair_of(place: int, mentors: int) -> int:
    """Which pair the mentor at a place leads with: two and two, and an odd last one makes three."""
    return min(place // 2, max(mentors // 2 - 1, 0)) + 1


def add_group(*, cohort: MentorCohort, group: NewGroup, sessions: Mapping[Session, date]) -> MenteeGroup:
    """A mentee group with its planned sessions; whoever calls has taken the cohort.

    Nothing is planned in a closed period: PlanClosedError.
    """
    home = group.home_class
    row = MenteeGroup(
        cohort=cohort,
        school_id=cohort.school_id,
        start_year=cohort.start_year,
        name=group.name,
        enrolled=group.enrolled,
        lowest_grade=home.lowest_grade,
        highest_grade=home.highest_grade,
        home_class=home,
    )
    row.save()
    require_open_plan((row, session, day) for session, day in sessions.items())
    PlannedSession.objects.bulk_create(
        PlannedSession(school_class_id=row.pk, session=session, due_date=day) for session, day in sessions.items()
    )
    return row


def take_cohort(*, cohort: MentorCohort, seen: int, by: User | None, what: str) -> None:
    """Say that the cohort is changed, in a transaction; CohortChangedError when somebody else came before."""
    taken = MentorCohort.objects.filter(pk=cohort.pk, version=seen).update(version=F("version") + 1)
    if not taken:
        raise CohortChangedError
    cohort.version = seen + 1
    log_cohort(EventKind.COHORT_CHANGED, cohort, by, what=what)


def log_cohort(kind: EventKind, cohort: MentorCohort, by: User | None, **about: object) -> None:
    """Write down what was done to a cohort; None as `by` is a program that sets up invented ones, not written down."""
    if by is None:
        return
    school = cohort.school
    log_event(
        kind=kind,
        actor=by,
        municipality=school.municipality,
        school=school,
        about={"cohort": cohort.name, **about},
    )


@transaction.atomic
def move_cohort_days(
    *, cohort: MentorCohort, sessions: Mapping[int, date], supervisions: Mapping[int, date], seen: int, by: User
) -> MentorCohort:
    """Give sessions (by the number of the session) and supervision (by its own) other days, for every group at once.

    No session moves in or out of a closed period: PlanClosedError.
    """
    take_cohort(cohort=cohort, seen=seen, by=by, what="days")
    planned = PlannedSession.objects.filter(school_class__cohort=cohort)
    _require_open_days(planned, sessions)
    for session, day in sessions.items():
        planned.filter(session=session).exclude(due_date=day).update(due_date=day)
    moved = [row for row in cohort.supervisions.select_for_update() if row.date != supervisions.get(row.pk, row.date)]
    # Out of the way first: two days that change places would meet on the way.
    for row in moved:
        cohort.supervisions.filter(pk=row.pk).update(date=row.date - OUT_OF_THE_WAY)
    for row in moved:
        cohort.supervisions.filter(pk=row.pk).update(date=supervisions[row.pk])
    return cohort


def _require_open_days(planned: QuerySet[PlannedSession], sessions: Mapping[int, date]) -> None:
    rows = planned.filter(session__in=sessions).select_related("school_class", "session")
    moved = [row for row in rows if row.due_date != sessions[row.session_id]]
    require_open_plan(
        (row.school_class, row.session, day) for row in moved for day in (row.due_date, sessions[row.session_id])
    )


def remove_plan(planned: QuerySet[PlannedSession]) -> None:
    """Take groups' sessions off the plan; PlanClosedError when one of them is due in a closed period."""
    rows = planned.select_related("school_class", "session")
    require_open_plan((row.school_class, row.session, row.due_date) for row in rows)
    planned.delete()


@transaction.atomic
def remove_cohort(*, cohort: MentorCohort, by: User) -> None:
    """Remove a cohort with its groups, mentors and supervision.

    ReportedError when a session of it is reported, or its pupils or mentors have been asked.
    """
    groups = MenteeGroup.objects.filter(cohort=cohort)
    if is_reported(groups) or Survey.objects.filter(cohort=cohort).exists():
        raise ReportedError
    remove_plan(PlannedSession.objects.filter(school_class__in=groups.values("pk")))
    log_cohort(EventKind.COHORT_REMOVED, cohort, by)
    cohort.mentors.update(group=None)
    groups.delete()
    cohort.delete()


def is_reported(groups: QuerySet[MenteeGroup]) -> bool:
    """Whether any session of some groups is reported as held or not held, or their pupils have been asked."""
    planned = PlannedSession.objects.filter(school_class__in=groups.values("pk"))
    return (
        Delivery.objects.filter(planned_session__in=planned).exists()
        or NotHeld.objects.filter(planned_session__in=planned).exists()
        or Survey.objects.filter(school_class__in=groups.values("pk")).exists()
    )
