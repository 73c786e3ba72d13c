"""Keeps a cohort's groups: their size and room, how each session is arranged, scenarios, and the mentors' log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from accounts.models import User
from curriculum.models import Session
from programmes.actions.cohorts import NewGroup, ReportedError, add_group, is_reported, remove_plan, take_cohort
from programmes.actions.locks import require_open_day
from programmes.models import (
    GroupSession,
    MenteeGroup,
    MentorCohort,
    MentorLog,
    PlannedSession,
    ScenarioReservation,
)


class ScenarioTakenError(Exception):
    """Another group of the cohort has reserved the scenario meanwhile; nothing was reserved."""


class LogClosedError(Exception):
    """The log was written on an earlier day and stands as it is."""


@dataclass(frozen=True)
class Arrangement:
    """How one session of a group differs: its room (empty: the group's) and the pair that leads (None: all)."""

    planned_session: PlannedSession
    room: str
    pair: int | None


@transaction.atomic
def add_groups(
    *,
    cohort: MentorCohort,
    groups: Sequence[NewGroup],
    sessions: Mapping[Session, date],
    supervisions: Sequence[date],
    seen: int,
    by: User,
) -> list[MenteeGroup]:
    """Give a cohort more groups, with their days; supervision is laid only where there was none."""
    take_cohort(cohort=cohort, seen=seen, by=by, what="groups")
    if not cohort.supervisions.exists():
        cohort.supervisions.bulk_create(cohort.supervisions.model(cohort=cohort, date=day) for day in supervisions)
    return [add_group(cohort=cohort, group=group, sessions=sessions) for group in groups]


@transaction.atomic
def change_group(*, group: MenteeGroup, arrangements: Sequence[Arrangement], seen: int, by: User) -> MenteeGroup:
    """Save a group's name, size and room, and how each of its sessions is arranged."""
    assert group.cohort is not None
    take_cohort(cohort=group.cohort, seen=seen, by=by, what="groups")
    group.save()
    for row in arrangements:
        if row.room or row.pair:
            GroupSession.objects.update_or_create(
                planned_session=row.planned_session, defaults={"room": row.room, "pair": row.pair}
            )
        else:
            GroupSession.objects.filter(planned_session=row.planned_session).delete()
    return group


@transaction.atomic
def remove_group(*, group: MenteeGroup, seen: int, by: User) -> None:
    """Remove a group that nothing is reported for; its mentors stay, without a group. ReportedError otherwise."""
    assert group.cohort is not None
    take_cohort(cohort=group.cohort, seen=seen, by=by, what="groups")
    if is_reported(MenteeGroup.objects.filter(pk=group.pk)):
        raise ReportedError
    remove_plan(PlannedSession.objects.filter(school_class_id=group.pk))
    group.cohort.mentors.filter(group=group.pk).update(group=None, pair=None)
    group.delete()


def reserve_scenario(*, planned: PlannedSession, cohort: MentorCohort, scenario: str) -> None:
    """Reserve a scenario of a session for a group, in the place of an earlier one; an empty code gives it back.

    ScenarioTakenError when another group of the cohort has it.
    """
    try:
        with transaction.atomic():
            own = {"group_id": planned.school_class_id, "session_id": planned.session_id}
            ScenarioReservation.objects.filter(**own).delete()
            if scenario:
                ScenarioReservation.objects.create(cohort=cohort, scenario=scenario, **own)
    except IntegrityError as error:
        raise ScenarioTakenError from error


@transaction.atomic
def keep_mentor_log(*, planned: PlannedSession, feeling: str, reach: str, talk: str, today: date) -> MentorLog:
    """Write what a group's mentors say of a session; the last word of the day counts, LogClosedError after.

    A word that stands in a closed period is not changed (PeriodClosedError); a first one is taken.
    """
    earlier = MentorLog.objects.select_for_update().filter(planned_session=planned).first()
    if earlier and earlier.date != today:
        raise LogClosedError
    if earlier:
        require_open_day(planned)
    log, _is_new = MentorLog.objects.update_or_create(
        planned_session=planned, defaults={"date": today, "feeling": feeling, "reach": reach, "talk": talk}
    )
    return log
