"""How the invented sessions went: head-counts, core parts, engagement, leaders and a word now and then."""

from dataclasses import dataclass
from datetime import date
from random import Random

from wagtail.models import Revision, Site

from accounts.models import User
from curriculum.models import Session, SessionPlanPage, core_parts_of
from programmes.actions.demo.habits import Habits
from programmes.enums import AdaptationWhat, AdaptationWhy, LeaderRole, Organisation, PreparationBand
from programmes.models import Delivery, DeliveryLeader, PlannedSession

ABSENT = (0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5)
MINUTES_OFF = (-10, -5, -5, 0, 0, 0, 0, 0, 5, 5, 10)
ENGAGEMENT = (1, 2, 2, 3, 3, 3, 3, 4, 4, 4)
PREPARATION = (
    *(PreparationBand.NONE, PreparationBand.UP_TO_15, PreparationBand.UP_TO_15, PreparationBand.UP_TO_15),
    *(PreparationBand.UP_TO_45, PreparationBand.UP_TO_45, PreparationBand.OVER_45),
)
WITH_THE_POLICE, AT_HOME = "T-T08", "T-B3"
NOTES = (
    "Scenariot om rasten väckte mest samtal.",
    "Vi hann inte med avslutningen, den tar vi på torsdag.",
    "Övningen i par fungerade bäst när stolarna stod i ring.",
    "Klassen ville fortsätta prata. Bra att ha tio minuter extra.",
    "Vi bytte ordning och började med leken.",
    "Material: ta med fler papper nästa gång.",
    "Fritids följde upp med samma fråga på eftermiddagen.",
    "Bilderna behöver vara större för att synas längst bak.",
    "Lugnt och fint samtal, många räckte upp handen.",
    "Parallellklassen höll samma pass dagen efter.",
)


@dataclass(frozen=True)
class PlanVersion:
    """The version of a plan that a session was held with, and the ids of its core parts."""

    revision: Revision | None
    core_parts: list[str]


class PlanVersions:
    """The versions of the plans on a site, by session and day, each looked up once."""

    def __init__(self, site: Site, *, first_day: date, last_day: date) -> None:
        self.site, self.first_day, self.last_day = site, first_day, last_day
        self._pages: dict[int, SessionPlanPage | None] = {}
        self._unchanged: dict[int, PlanVersion | None] = {}
        self._by_day: dict[tuple[int, date], PlanVersion] = {}

    def on(self, session: Session, day: date) -> PlanVersion:
        """The version that was live on a day; one lookup serves all days of a plan that never changed."""
        if session.pk not in self._unchanged:
            self._pages[session.pk] = SessionPlanPage.objects.plan_of(session, site=self.site)
            first, last = self._look_up(session, self.first_day), self._look_up(session, self.last_day)
            self._unchanged[session.pk] = first if first.revision == last.revision else None
        version = self._unchanged[session.pk] or self._by_day.get((session.pk, day))
        if version is None:
            version = self._by_day[session.pk, day] = self._look_up(session, day)
        return version

    def _look_up(self, session: Session, day: date) -> PlanVersion:
        page = self._pages[session.pk]
        revision = page.revision_live_on(day) if page else None
        return PlanVersion(revision, [identifier for identifier, _label in core_parts_of(revision)])


def describe_delivery(
    *,
    planned_session: PlannedSession,
    group: int,
    group_size: int,
    day: date,
    version: PlanVersion,
    reporter: User,
    habits: Habits,
    random: Random,
) -> tuple[Delivery, list[DeliveryLeader]]:
    """A delivery and its leaders, not yet saved; what was not described is empty, as in a report made in a hurry."""
    session = planned_session.session
    is_described = random.random() < habits.described
    present = max(group_size - random.choice(ABSENT), group_size // 2)
    minutes = max(session.planned_minutes + random.choice(MINUTES_OFF), 10)
    delivery = Delivery(
        planned_session=planned_session,
        group=group,
        date=day,
        group_size=group_size,
        present=present if random.random() < habits.counted else None,
        minutes=minutes if random.random() < 0.9 else None,
        plan_revision=version.revision,
        reported_by=reporter,
    )
    if is_described:
        _describe(delivery, version, random)
    if random.random() < 0.05:
        delivery.note = random.choice(NOTES)
    leaders = [
        DeliveryLeader(delivery=delivery, role=role, organisation=organisation, is_trained=is_trained)
        for role, organisation, is_trained in _leaders(session, random)
    ]
    return delivery, leaders


def _describe(delivery: Delivery, version: PlanVersion, random: Random) -> None:
    delivery.engagement = random.choice(ENGAGEMENT)
    delivery.preparation = random.choice(PREPARATION)
    done = [identifier for identifier in version.core_parts if random.random() < 0.9]
    if done:
        delivery.core_parts_done = done
        delivery.core_parts_count, delivery.core_parts_total = len(done), len(version.core_parts)
    delivery.is_adapted = random.random() < 0.25
    what, why = random.choice(list(AdaptationWhat)), random.choice(list(AdaptationWhy))
    planned = random.random() < 0.6
    if delivery.is_adapted:
        delivery.adaptation_what, delivery.adaptation_why, delivery.adaptation_planned = what, why, planned


def _leaders(session: Session, random: Random) -> list[tuple[LeaderRole, Organisation, bool | None]]:
    """The teacher, often with a leisure teacher; mentors in pairs; a guest where the theme asks for one."""
    is_trained = random.random() < 0.8
    with_another, with_guest = random.random() < 0.4, random.random() < 0.7
    if session.programme.code == "mvp":
        return [(LeaderRole.MENTOR, Organisation.SCHOOL, True)] * 2
    leaders: list[tuple[LeaderRole, Organisation, bool | None]] = [
        (LeaderRole.TEACHER, Organisation.SCHOOL, is_trained)
    ]
    if with_another:
        leaders.append((LeaderRole.LEISURE, Organisation.SCHOOL, random.choice((True, False, None))))
    if session.code == WITH_THE_POLICE and with_guest:
        leaders.append((LeaderRole.GUEST, Organisation.POLICE, None))
    if session.code == AT_HOME and with_guest:
        leaders.append((LeaderRole.HEALTH, Organisation.SCHOOL, True))
    return leaders
