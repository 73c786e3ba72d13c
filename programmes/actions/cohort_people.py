"""Keeps a cohort's mentors, their supervision, and their training and gatherings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from programmes.actions.cohorts import take_cohort
from programmes.enums import MentorMeetingKind, MentorStep, Organisation
from programmes.models import KeyPersons, Mentor, MentorCohort, MentorMeeting, School, SchoolClass, Supervision


@dataclass(frozen=True)
class MentorRow:
    """What is said of a mentor: the group, how far the mentor has come, and why the mentor has left (empty: not)."""

    alias: str
    group: SchoolClass | None
    step: int
    left: str = ""


@transaction.atomic
def keep_mentors(
    *, cohort: MentorCohort, applied: int | None, mentors: Sequence[MentorRow], day: date, seen: int, by: User
) -> MentorCohort:
    """Write down how the cohort's mentors stand; what is new is dated `day`, and new aliases become mentors."""
    take_cohort(cohort=cohort, seen=seen, by=by, what="mentors")
    cohort.applied = applied
    cohort.save(update_fields=["applied"])
    known = {mentor.alias: mentor for mentor in cohort.mentors.all()}
    for row in mentors:
        mentor = known.get(row.alias) or Mentor(cohort=cohort, alias=row.alias, step=0)
        if mentor.group_id != (row.group.pk if row.group else None):
            mentor.group, mentor.pair = row.group, None
        date_steps(mentor, step=row.step, left=row.left, day=day)
        mentor.save()
    return cohort


def date_steps(mentor: Mentor, *, step: int, left: str, day: date) -> None:
    """Move a mentor to a step and give each step that is new its day; a step that is taken back loses it."""
    for at, name in STEP_DATES.items():
        if at > step:
            setattr(mentor, name, None)
        elif at > mentor.step and getattr(mentor, name) is None:
            setattr(mentor, name, day)
    mentor.step = step
    if not left:
        mentor.left_date = None
    elif not mentor.left:
        mentor.left_date = day
    mentor.left = left


STEP_DATES = {
    MentorStep.CHOSEN: "chosen_date",
    MentorStep.TRAINED: "trained_date",
    MentorStep.ACTIVE: "active_date",
}


@transaction.atomic
def change_mentor(*, mentor: Mentor, seen: int, by: User) -> Mentor:
    """Save a mentor whose alias, group, pair or dates were put right."""
    take_cohort(cohort=mentor.cohort, seen=seen, by=by, what="mentors")
    mentor.save()
    return mentor


@transaction.atomic
def remove_mentor(*, mentor: Mentor, seen: int, by: User) -> None:
    """Remove a mentor who was written down by mistake; the head-counts of what was held stay as they were."""
    take_cohort(cohort=mentor.cohort, seen=seen, by=by, what="mentors")
    mentor.delete()


@transaction.atomic
def keep_supervision(
    *,
    supervision: Supervision,
    day: date,
    minutes: int | None,
    present: Sequence[Mentor],
    seen: int,
    by: User,
) -> Supervision:
    """Write down a supervision: with minutes it was held, and how many of the mentors of that day came is kept."""
    take_cohort(cohort=supervision.cohort, seen=seen, by=by, what="supervision")
    supervision.date = day
    supervision.minutes = minutes
    is_held = minutes is not None
    present = present if is_held else ()
    supervision.present_count = len(present) if is_held else None
    supervision.invited = _invited(supervision.cohort, present) if is_held else None
    supervision.save()
    supervision.present.set(present)
    return supervision


@transaction.atomic
def remove_supervision(*, supervision: Supervision, seen: int, by: User) -> None:
    """Remove a supervision from the plan or, when it was written down by mistake, what was written."""
    take_cohort(cohort=supervision.cohort, seen=seen, by=by, what="supervision")
    supervision.delete()


@transaction.atomic
def keep_mentor_meeting(
    *,
    meeting: MentorMeeting,
    present: Sequence[Mentor],
    is_held: bool,
    schools: Sequence[School],
    key_persons: Mapping[Organisation, int],
    seen: int,
    by: User,
) -> MentorMeeting:
    """Write down a training or gathering; whoever was at a training is trained from that day on."""
    take_cohort(cohort=meeting.cohort, seen=seen, by=by, what="meetings")
    present = present if is_held else ()
    meeting.present_count = len(present) if is_held else None
    meeting.invited = _invited(meeting.cohort, present) if is_held else None
    meeting.save()
    meeting.present.set(present)
    meeting.schools.set(schools)
    meeting.key_persons.all().delete()
    KeyPersons.objects.bulk_create(
        KeyPersons(meeting=meeting, organisation=organisation, people=people)
        for organisation, people in key_persons.items()
        if people and is_held
    )
    if meeting.kind == MentorMeetingKind.TRAINING:
        for mentor in present:
            if mentor.step < MentorStep.TRAINED:
                date_steps(mentor, step=MentorStep.TRAINED, left=mentor.left, day=meeting.date)
                mentor.save()
    return meeting


@transaction.atomic
def remove_mentor_meeting(*, meeting: MentorMeeting, seen: int, by: User) -> None:
    """Remove a training or gathering; who became trained by it stays trained until that is changed."""
    take_cohort(cohort=meeting.cohort, seen=seen, by=by, what="meetings")
    meeting.delete()


def _invited(cohort: MentorCohort, present: Sequence[Mentor]) -> int:
    """Those who are mentors now, and at least those who came."""
    return max(cohort.mentors.filter(left="").count(), len(present))
