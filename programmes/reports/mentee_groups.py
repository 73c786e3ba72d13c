"""One mentee group's eleven stations: the day, the room, who leads, the reserved scenario, and the mentors' own log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from curriculum.models import Session, SessionPlanPage, fetch_scenarios
from programmes.enums import SessionState
from programmes.models import MenteeGroup, MentorCohort, MentorLog, PlannedSession, ScenarioReservation

LOG_FOR = timedelta(days=14)


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
    def day(self) -> date | None:
        """When it was first held, or else when it is due."""
        return getattr(self.planned, "first_date", None) or self.due_date

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


@dataclass(frozen=True)
class OwnDays:
    """What lies before a group's mentors: the next session and supervision, and the session to say something of."""

    next_station: GroupStation | None
    next_supervision: date | None
    to_log: GroupStation | None


def own_days(stations: Sequence[GroupStation], *, cohort: MentorCohort, today: date) -> OwnDays:
    """Look ahead from a day. The log is about the latest session until then, for two weeks, unless its day is over."""
    ahead = [row for row in stations if row.is_open and row.due_date and row.due_date >= today]
    past = [row for row in stations if row.day and today - LOG_FOR <= row.day <= today]
    latest = max(past, key=lambda row: (row.day, row.session.order), default=None)
    supervision = cohort.supervisions.filter(date__gte=today, minutes__isnull=True).order_by("date").first()
    return OwnDays(
        next_station=min(ahead, key=lambda row: row.due_date or today, default=None),
        next_supervision=supervision.date if supervision else None,
        to_log=latest if latest and (latest.log is None or latest.log.date == today) else None,
    )


def days_of(
    cohort: MentorCohort, *, group: MenteeGroup | None
) -> tuple[list[tuple[int, date]], list[tuple[int, date]]]:
    """(place in the order, day) of the sessions of a group, or of the first one, and (number, day) of supervision."""
    first = group or MenteeGroup.objects.filter(cohort=cohort).in_order().first()
    planned = PlannedSession.objects.planned().filter(school_class=first.pk if first else None)
    days = planned.order_by("session__order", "pk").values_list("due_date", flat=True)
    return list(enumerate(days, start=1)), list(cohort.supervisions.order_by("date").values_list("pk", "date"))
