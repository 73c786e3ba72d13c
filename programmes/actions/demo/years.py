"""Two school years of every class: what was planned, and what had been reported by today."""

from collections.abc import Iterator, Sequence
from datetime import date

from accounts.models import User
from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes.actions.demo import story
from programmes.actions.demo.accounts import LEADER
from programmes.actions.demo.deliveries import describe_delivery
from programmes.actions.demo.outcomes import (
    Held,
    NotHeldFor,
    choose_sessions,
    choose_unplanned,
    last_day,
    seeded,
    tell,
    tell_as_drawn,
)
from programmes.actions.demo.places import TAGET
from programmes.actions.demo.records import save_deliveries, save_not_held
from programmes.actions.demo.scene import Scene
from programmes.actions.demo.schools import ALMSKOLAN, DemoSchool
from programmes.actions.plans import plan_base_sessions
from programmes.models import Delivery, DeliveryLeader, NotHeld, PlannedSession, SchoolClass

Told = Sequence[tuple[DemoSchool, SchoolClass]]
SMALLEST_CLASS_TO_SPLIT = 18


def plan_years(scene: Scene, told: Told) -> dict[tuple[int, int], date]:
    """Lay every class's plan; returns the days of what is held without having been planned, by class and session."""
    plan_base_sessions(classes=[school_class for _demo_school, school_class in told])
    unplanned: dict[tuple[int, int], date] = {}
    rows: list[PlannedSession] = []
    for demo_school, school_class in told:
        chosen = _choose(scene, demo_school, school_class)
        rows += [PlannedSession(school_class=school_class, session=session, due_date=day) for session, day in chosen]
        extra = _choose_unplanned(scene, demo_school, school_class, {session.code for session, _day in chosen})
        if extra:
            session, day = extra
            rows.append(PlannedSession(school_class=school_class, session=session, due_date=None))
            unplanned[school_class.pk, session.pk] = day
    PlannedSession.objects.bulk_create(rows, batch_size=500)
    return unplanned


def report_years(
    scene: Scene, told: Told, *, coordinators: dict[int, User], unplanned: dict[tuple[int, int], date]
) -> int:
    """Report what had become of the plans by yesterday; returns the number of deliveries."""
    deliveries: list[tuple[Delivery, list[DeliveryLeader]]] = []
    not_held: list[tuple[NotHeld, date]] = []
    for demo_school, row in _planned_rows(told):
        reporter = _reporter(scene, row, coordinators)
        if row.due_date:
            outcome = _outcome(scene, demo_school, row, row.due_date)
        else:
            outcome = Held((unplanned[row.school_class_id, row.session_id],))
        if isinstance(outcome, Held):
            deliveries += _deliveries(scene, demo_school, row, outcome, reporter)
        elif isinstance(outcome, NotHeldFor) and outcome.day < scene.today:
            not_held.append((NotHeld(planned_session=row, reason=outcome.reason, reported_by=reporter), outcome.day))
    save_deliveries(deliveries, with_history=scene.with_history)
    save_not_held(not_held, with_history=scene.with_history)
    return len(deliveries)


def _choose(scene: Scene, demo_school: DemoSchool, school_class: SchoolClass) -> list[tuple[Session, date]]:
    """What a class has beside the base sessions: additional ones of Tåget. The mentors' belong to mentee groups."""
    calendar = scene.calendar_of(school_class)
    sessions = _additional(scene, demo_school, school_class)
    if _is_drawn(scene, demo_school, school_class):
        return [
            (
                sessions[chosen.code],
                calendar.day(chosen.month, chosen.day) if chosen.day else last_day(chosen.month, calendar),
            )
            for chosen in story.PLAN[school_class.name]
        ]
    if not sessions:
        return []
    random = seeded(scene.seed, demo_school.slug, school_class.start_year, school_class.name, "plan")
    days = choose_sessions(list(sessions), scene.habits_of(demo_school, school_class), calendar, random)
    return [(sessions[code], day) for code, day in sorted(days.items(), key=lambda pair: (pair[1], pair[0]))]


def _choose_unplanned(
    scene: Scene, demo_school: DemoSchool, school_class: SchoolClass, planned: set[str]
) -> tuple[Session, date] | None:
    sessions = _additional(scene, demo_school, school_class)
    codes = [code for code in sessions if code not in planned]
    if not codes or _is_drawn(scene, demo_school, school_class):
        return None
    random = seeded(scene.seed, demo_school.slug, school_class.start_year, school_class.name, "unplanned")
    habits = scene.habits_of(demo_school, school_class)
    chosen = choose_unplanned(codes, habits, scene.calendar_of(school_class), random)
    return (sessions[chosen[0]], chosen[1]) if chosen and chosen[1] < scene.today else None


def _additional(scene: Scene, demo_school: DemoSchool, school_class: SchoolClass) -> dict[str, Session]:
    if demo_school.taget_years is None:
        return {}
    return scene.sessions_for(TAGET, SessionKind.ADDITIONAL, school_class)


def _is_drawn(scene: Scene, demo_school: DemoSchool, school_class: SchoolClass) -> bool:
    return demo_school is ALMSKOLAN and scene.is_now(school_class)


def _planned_rows(told: Told) -> Iterator[tuple[DemoSchool, PlannedSession]]:
    """What stands on the classes' lines, in the order it was planned."""
    classes = {school_class.pk: (demo_school, school_class) for demo_school, school_class in told}
    rows = PlannedSession.objects.filter(school_class__in=classes).select_related("session__programme").order_by("pk")
    for row in rows:
        demo_school, row.school_class = classes[row.school_class_id]
        yield demo_school, row


def _reporter(scene: Scene, row: PlannedSession, coordinators: dict[int, User]) -> User:
    """Who reports: the leader of Almskolan's 3B, and else the school's coordinator."""
    school = row.school_class.school
    if school.name == ALMSKOLAN.name and row.school_class.name == "3B":
        return scene.users[LEADER.email]
    return coordinators[school.pk]


def _outcome(scene: Scene, demo_school: DemoSchool, row: PlannedSession, due_date: date) -> Held | NotHeldFor | None:
    school_class, code = row.school_class, row.session.code
    calendar = scene.calendar_of(school_class)
    if _is_drawn(scene, demo_school, school_class) and (school_class.name, code) in story.OUTCOMES:
        return tell_as_drawn(school_class.name, code, due_date, calendar)
    random = seeded(scene.seed, demo_school.slug, school_class.start_year, school_class.name, code)
    return tell(due_date, scene.habits_of(demo_school, school_class), calendar, random, weekly=False)


def _deliveries(
    scene: Scene, demo_school: DemoSchool, row: PlannedSession, outcome: Held, reporter: User
) -> list[tuple[Delivery, list[DeliveryLeader]]]:
    """The deliveries of a session until yesterday: one, or one for each group of a class that was split."""
    size = row.school_class.enrolled or 0
    if len(outcome.days) > 1 and size >= SMALLEST_CLASS_TO_SPLIT:
        groups = [(1, (size + 1) // 2, outcome.days[0]), (2, size // 2, outcome.days[1])]
    else:
        groups = [(Delivery.WHOLE_CLASS, size, outcome.days[0])]
    told = []
    for group, group_size, day in groups:
        if day < scene.today:
            words = (demo_school.slug, row.school_class.start_year, row.school_class.name, row.session.code, group)
            told.append(
                describe_delivery(
                    planned_session=row,
                    group=group,
                    group_size=group_size,
                    day=day,
                    version=scene.versions.on(row.session, day),
                    reporter=reporter,
                    habits=demo_school.habits,
                    random=seeded(scene.seed, *words),
                )
            )
    return told
