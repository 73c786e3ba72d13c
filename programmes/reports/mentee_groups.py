"""One mentee group's eleven stations: the day, the room, who leads, the reserved scenario, and the mentors' own log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from curriculum.models import Session, SessionPlanPage, fetch_scenarios
from programmes.enums import SessionState
from programmes.models import MenteeGroup, MentorCohort, MentorLog, PlannedSession, ScenarioReservation


@dataclass(frozen=True)
class ScenarioChoice:
    """A scenario of a plan, and the name of the other group that has reserved it (empty: free)."""

    code: str
    title: str
    taken_by: str = ""


@dataclass(frozen=True)
class GroupStation:
    """One session of a group on a day; `room` is where it is held, `own_room` only when it differs for this session."""

    pk: int
    planned: PlannedSession
    session: Session
    due_date: date | None
    state: SessionState
    room: str = ""
    own_room: str = ""
    pair: int | None = None
    scenario: str = ""
    scenarios: list[ScenarioChoice] = field(default_factory=list)
    log: MentorLog | None = None

    @property
    def is_open(self) -> bool:
        return self.state not in (SessionState.HELD, SessionState.NOT_HELD)

    @property
    def scenario_title(self) -> str:
        """What the reserved scenario is called; its code when the plan has it no longer."""
        titles = {choice.code: choice.title for choice in self.scenarios}
        return titles.get(self.scenario, self.scenario)


def scenarios_of(plans: Iterable[SessionPlanPage]) -> dict[int, list[ScenarioChoice]]:
    """The scenarios of each plan, by the number of its session, in the order of the plan."""
    return {
        plan.session_id: [ScenarioChoice(code=scenario.code, title=scenario.title) for scenario in plan.told_scenarios]
        for plan in fetch_scenarios(plans)
    }


def stations_of(
    groups: Sequence[MenteeGroup],
    *,
    cohort: MentorCohort,
    scenarios: Mapping[int, list[ScenarioChoice]],
    today: date,
) -> dict[int, list[GroupStation]]:
    """The stations of some groups of a cohort, by group, in the order of the sessions; two questions in all."""
    by_pk = {group.pk: group for group in groups}
    reserved = {
        (row.session_id, row.group_id): row
        for row in ScenarioReservation.objects.filter(cohort=cohort).select_related("group")
    }
    rows = (
        PlannedSession.objects.filter(school_class__in=by_pk)
        .with_state(on=today)
        .select_related("session", "arrangement", "mentor_log")
        .order_by("session__order", "pk")
    )
    found: dict[int, list[GroupStation]] = {pk: [] for pk in by_pk}
    for row in rows:
        group = by_pk[row.school_class_id]
        arrangement = getattr(row, "arrangement", None)
        own_room = arrangement.room if arrangement else ""
        reservation = reserved.get((row.session_id, row.school_class_id))
        found[row.school_class_id].append(
            GroupStation(
                pk=row.pk,
                planned=row,
                session=row.session,
                due_date=row.due_date,
                state=SessionState(row.state),
                room=own_room or group.room or cohort.room,
                own_room=own_room,
                pair=arrangement.pair if arrangement else None,
                scenario=reservation.scenario if reservation else "",
                scenarios=_choices(scenarios.get(row.session_id, []), row, reserved),
                log=getattr(row, "mentor_log", None),
            )
        )
    return found


def _choices(
    choices: Sequence[ScenarioChoice],
    row: PlannedSession,
    reserved: Mapping[tuple[int, int], ScenarioReservation],
) -> list[ScenarioChoice]:
    """The scenarios of a session, those marked that another group of the cohort has reserved."""
    others = {
        reservation.scenario: str(reservation.group)
        for (session, group), reservation in reserved.items()
        if session == row.session_id and group != row.school_class_id
    }
    return [replace(choice, taken_by=others.get(choice.code, "")) for choice in choices]
