"""Sets up a cohort, and keeps its days, its mentors and their supervision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from curriculum.models import Session
from programmes.models import MenteeGroup, Mentor, MentorCohort, PlannedSession, SchoolClass, Supervision

OUT_OF_THE_WAY = timedelta(days=20000)


@dataclass(frozen=True)
class NewGroup:
    """A mentee group to be: its name, its head-count (None: not known), and the class that it comes from."""

    name: str
    enrolled: int | None
    home_class: SchoolClass


@dataclass(frozen=True)
class MentorRow:
    """What is said of a mentor: the group, how far the mentor has come, and why the mentor has left (empty: not)."""

    alias: str
    group: SchoolClass | None
    step: int
    left: str = ""


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
) -> MentorCohort:
    """Save a cohort with everything in it: groups with their sessions, mentors dealt to them in order, supervision."""
    cohort.save()
    rows = [_group(cohort, group) for group in groups]
    for row in rows:
        row.save()
    PlannedSession.objects.bulk_create(
        PlannedSession(school_class_id=row.pk, session=session, due_date=day)
        for row in rows
        for session, day in sessions.items()
    )
    Mentor.objects.bulk_create(
        Mentor(cohort=cohort, alias=alias, group=rows[index * len(rows) // len(aliases)])
        for index, alias in enumerate(aliases)
    )
    Supervision.objects.bulk_create(Supervision(cohort=cohort, date=day) for day in supervisions)
    return cohort


def _group(cohort: MentorCohort, group: NewGroup) -> MenteeGroup:
    home = group.home_class
    return MenteeGroup(
        cohort=cohort,
        school_id=cohort.school_id,
        start_year=cohort.start_year,
        name=group.name,
        enrolled=group.enrolled,
        lowest_grade=home.lowest_grade,
        highest_grade=home.highest_grade,
        home_class=home,
    )


@transaction.atomic
def move_cohort_days(
    *, cohort: MentorCohort, sessions: Mapping[int, date], supervisions: Mapping[int, date]
) -> MentorCohort:
    """Give sessions (by the number of the session) and supervision (by its own) other days, for every group at once."""
    planned = PlannedSession.objects.filter(school_class__cohort=cohort)
    for session, day in sessions.items():
        planned.filter(session=session).exclude(due_date=day).update(due_date=day)
    moved = [row for row in cohort.supervisions.select_for_update() if row.date != supervisions.get(row.pk, row.date)]
    # Out of the way first: two days that change places would meet on the way.
    for row in moved:
        cohort.supervisions.filter(pk=row.pk).update(date=row.date - OUT_OF_THE_WAY)
    for row in moved:
        cohort.supervisions.filter(pk=row.pk).update(date=supervisions[row.pk])
    return cohort


@transaction.atomic
def keep_mentors(*, cohort: MentorCohort, applied: int | None, mentors: Sequence[MentorRow]) -> MentorCohort:
    """Write down how the cohort's mentors stand; aliases that are new become mentors."""
    cohort.applied = applied
    cohort.save(update_fields=["applied"])
    for row in mentors:
        Mentor.objects.update_or_create(
            cohort=cohort, alias=row.alias, defaults={"group": row.group, "step": row.step, "left": row.left}
        )
    return cohort


@transaction.atomic
def keep_supervision(
    *, supervision: Supervision, day: date, minutes: int | None, present: Sequence[Mentor]
) -> Supervision:
    """Write down a supervision: with minutes it was held, and how many of the mentors of that day came is kept."""
    supervision.date = day
    supervision.minutes = minutes
    is_held = minutes is not None
    present = present if is_held else ()
    supervision.present_count = len(present) if is_held else None
    asked = supervision.cohort.mentors.filter(left="").count()
    supervision.invited = max(asked, len(present)) if is_held else None
    supervision.save()
    supervision.present.set(present)
    return supervision
