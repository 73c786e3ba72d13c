"""Ekbacka's mentors: two schools' ninth-graders, whom they teach, and how far they have come by the day of the demo."""

from collections.abc import Sequence
from datetime import date, timedelta

from accounts.models import User
from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes.actions.cohorts import groups_of, set_up_cohort
from programmes.actions.demo.accounts import SUPERVISOR
from programmes.actions.demo.calendar import Calendar
from programmes.actions.demo.deliveries import describe_delivery
from programmes.actions.demo.outcomes import (
    REASONS,
    Held,
    NotHeldFor,
    schedule_mentor_sessions,
    schedule_supervision,
    seeded,
    tell,
)
from programmes.actions.demo.places import MVP
from programmes.actions.demo.records import save_deliveries, save_not_held
from programmes.actions.demo.scene import Scene
from programmes.actions.demo.schools import EKBACKASKOLAN, DemoSchool
from programmes.enums import LogFeeling, LogReach, LogTalk, MentorLeft, MentorMeetingKind, MentorStep, Organisation
from programmes.models import (
    Delivery,
    DeliveryLeader,
    GroupSession,
    KeyPersons,
    MenteeGroup,
    Mentor,
    MentorCohort,
    MentorLog,
    MentorMeeting,
    NotHeld,
    PlannedSession,
    ScenarioReservation,
    School,
    SchoolClass,
    Supervision,
)
from programmes.models.terms import school_year_label

Told = Sequence[tuple[DemoSchool, SchoolClass]]
MENTEES = 6
ALIASES = ("Alma", "Bilal", "EK", "Elin S", "Hugo", "Ines", "JT", "Leyla", "Maja", "Noor", "Oskar W", "Ravi", "Tuva")
APPLIED, ROOMS = 26, ("B204", "B206", "Musiksalen", "Biblioteket")
PLACE, GATHERING_PLACE = "Folkets hus", "Brandstationen"
KEY_PERSONS = (
    (Organisation.SCHOOL, 4),
    (Organisation.SOCIAL_SERVICES, 2),
    (Organisation.POLICE, 1),
    (Organisation.RESCUE_SERVICE, 1),
)
FEELINGS = (LogFeeling.WELL, LogFeeling.WELL, LogFeeling.FAIR, LogFeeling.WELL, LogFeeling.HARD)
REACHES = (LogReach.ALL, LogReach.MOST, LogReach.MOST, LogReach.ALL, LogReach.HALF)
# Ekbackaskolan's current year: what did not come off, and what nobody has reported yet.
CANCELLED, SILENT = ("6B grupp 1", "MVP-03"), ("6B grupp 2", "MVP-04")


def create_cohorts(scene: Scene, schools: Sequence[tuple[DemoSchool, School]], told: Told) -> None:
    """The mentors of each school that has year 9, this year and the one before."""
    for demo_school, school in schools:
        if demo_school.mentors:
            for calendar in scene.calendars if scene.with_history else (scene.now,):
                _create_cohort(scene, demo_school, school, _mentees(demo_school, calendar, told), calendar)


def report_cohorts(scene: Scene, schools: Sequence[tuple[DemoSchool, School]], coordinators: dict[int, User]) -> int:
    """Report what had become of the groups' sessions by yesterday; returns the number of deliveries."""
    deliveries: list[tuple[Delivery, list[DeliveryLeader]]] = []
    not_held: list[tuple[NotHeld, date]] = []
    told = {school.pk: demo_school for demo_school, school in schools if demo_school.mentors}
    groups = {
        group.pk: group for group in MenteeGroup.objects.filter(school__in=told).select_related("school", "cohort")
    }
    rows = PlannedSession.objects.filter(school_class__in=groups).select_related("session__programme").order_by("pk")
    for row in rows:
        row.school_class = group = groups[row.school_class_id]
        demo_school = told[group.school_id]
        reporter = scene.users[SUPERVISOR.email] if demo_school is EKBACKASKOLAN else coordinators[group.school_id]
        outcome = _outcome(scene, demo_school, row)
        if isinstance(outcome, Held) and outcome.days[0] < scene.today:
            deliveries.append(_delivery(scene, demo_school, row, outcome.days[0], reporter))
        elif isinstance(outcome, NotHeldFor) and outcome.day < scene.today:
            not_held.append((NotHeld(planned_session=row, reason=outcome.reason, reported_by=reporter), outcome.day))
    save_deliveries(deliveries, with_history=scene.with_history)
    save_not_held(not_held, with_history=scene.with_history)
    _log_as_mentors(scene, [delivery for delivery, _leaders in deliveries])
    return len(deliveries)


def _mentees(demo_school: DemoSchool, calendar: Calendar, told: Told) -> list[SchoolClass]:
    """The school's own classes of year 6, or those of a school in the same area that runs MVP without mentors."""
    classes = [
        (other, row)
        for other, row in told
        if row.start_year == calendar.start_year and row.lowest_grade <= MENTEES <= row.highest_grade
    ]
    own = [row for other, row in classes if other is demo_school]
    near = [row for other, row in classes if other.area == demo_school.area and other.mvp_years and not other.mentors]
    return own or near


def _create_cohort(
    scene: Scene, demo_school: DemoSchool, school: School, mentees: Sequence[SchoolClass], calendar: Calendar
) -> None:
    sessions = _sessions(scene)
    days = schedule_mentor_sessions(list(sessions), calendar)
    is_now = calendar is scene.now
    ending = "9MVP" if is_now else f"{calendar.start_year % 100:02d}MV"
    aliases = ALIASES if len(mentees) > 1 else ALIASES[:7]
    cohort = set_up_cohort(
        cohort=MentorCohort(
            school=school,
            start_year=calendar.start_year,
            name=f"Mentorer {school_year_label(calendar.start_year)}",
            door_code=f"{school.slug[:4].upper()}-{ending}",
            applied=APPLIED if len(mentees) > 1 else 15,
        ),
        aliases=aliases,
        groups=groups_of(mentees, school_id=school.pk, in_halves=True),
        sessions={sessions[code]: day for code, day in days.items()},
        supervisions=schedule_supervision(days, calendar),
        chosen_date=calendar.lesson_day_until(calendar.day(8, 28)),
        by=None,
    )
    groups = list(MenteeGroup.objects.filter(cohort=cohort).in_order())
    for group, room in zip(groups, ROOMS, strict=False):
        MenteeGroup.objects.filter(pk=group.pk).update(room=room)
    _meet(scene, cohort, calendar)
    _supervise(scene, cohort)
    _arrange(scene, cohort, groups)


def _sessions(scene: Scene) -> dict[str, Session]:
    return {
        session.code: session
        for session in scene.sessions.values()
        if session.programme.code == MVP and session.kind == SessionKind.MENTOR
    }


def _meet(scene: Scene, cohort: MentorCohort, calendar: Calendar) -> None:
    """Two days of training in September and a gathering with the other school's mentors in November."""
    mentors = list(cohort.mentors.order_by("pk"))
    trained, active, left = (calendar.lesson_day_until(calendar.day(*day)) for day in ((9, 11), (9, 25), (10, 20)))
    others = School.objects.filter(municipality=scene.municipality, cohorts__start_year=cohort.start_year)
    if trained <= scene.today:
        for mentor in mentors:
            mentor.trained_date, mentor.step = trained, MentorStep.TRAINED
    if active <= scene.today:
        for mentor in mentors[:-1]:
            mentor.active_date, mentor.step = active, MentorStep.ACTIVE
    if left <= scene.today and len(mentors) == len(ALIASES):
        mentors[10].left, mentors[10].left_date = MentorLeft.MOVED, left
    Mentor.objects.bulk_update(mentors, ["step", "trained_date", "active_date", "left", "left_date"])
    plan = (
        (MentorMeetingKind.TRAINING, calendar.lesson_day_until(trained - timedelta(days=1)), PLACE, 360, 0),
        (MentorMeetingKind.TRAINING, trained, PLACE, 360, 1),
        (MentorMeetingKind.GATHERING, calendar.lesson_day_until(calendar.day(11, 18)), GATHERING_PLACE, 120, 2),
        (MentorMeetingKind.GATHERING, calendar.lesson_day_until(calendar.day(3, 17)), GATHERING_PLACE, 120, 1),
    )
    for kind, day, place, minutes, away in plan:
        is_held = day < scene.today
        here = [mentor for mentor in mentors if not mentor.left_date or mentor.left_date > day]
        present = here[: len(here) - away] if is_held else []
        meeting = MentorMeeting.objects.create(
            cohort=cohort,
            kind=kind,
            date=day,
            place=place,
            minutes=minutes,
            present_count=len(present) if is_held else None,
            invited=len(here) if is_held else None,
        )
        meeting.present.set(present)
        if kind == MentorMeetingKind.GATHERING:
            meeting.schools.set(others.exclude(pk=cohort.school_id))
        if is_held:
            KeyPersons.objects.bulk_create(
                KeyPersons(meeting=meeting, organisation=organisation, people=people)
                for organisation, people in KEY_PERSONS
            )


def _supervise(scene: Scene, cohort: MentorCohort) -> None:
    """Supervision was held, with most of the mentors there; the last one is not written down yet."""
    past = list(cohort.supervisions.filter(date__lt=scene.today).order_by("date"))
    if cohort.start_year == scene.now.start_year:
        past = past[:-1]
    mentors = list(cohort.mentors.order_by("pk"))
    for row in past:
        random = seeded(scene.seed, cohort.door_code, row.date.isoformat(), "supervision")
        here = [mentor for mentor in mentors if not mentor.left_date or mentor.left_date > row.date]
        present = [mentor for mentor in here if random.random() < 0.88]
        row.minutes, row.present_count, row.invited = random.choice((45, 60, 60)), len(present), len(here)
        row.present.set(present)
    Supervision.objects.bulk_update(past, ["minutes", "present_count", "invited"])


def _arrange(scene: Scene, cohort: MentorCohort, groups: Sequence[MenteeGroup]) -> None:
    """The next sessions of this year: a room that is changed, and scenarios that three groups have reserved."""
    if cohort.start_year != scene.now.start_year or len(groups) < 3:
        return
    ahead = PlannedSession.objects.filter(school_class__in=[group.pk for group in groups], due_date__gte=scene.today)
    following = ahead.order_by("due_date", "pk").select_related("session")
    for number, row in enumerate(following[: len(groups) - 1], start=1):
        ScenarioReservation.objects.create(
            cohort=cohort,
            session=row.session,
            group_id=row.school_class_id,
            scenario=f"{row.session.code}-S{number}",
        )
    second = following.filter(school_class=groups[1].pk).first()
    if second:
        GroupSession.objects.create(planned_session=second, room="Aulan", pair=1)


def _outcome(scene: Scene, demo_school: DemoSchool, row: PlannedSession) -> Held | NotHeldFor | None:
    group, code = row.school_class, row.session.code
    calendar = scene.calendar_of(group)
    assert row.due_date is not None
    random = seeded(scene.seed, demo_school.slug, group.start_year, group.name, code)
    outcome = tell(row.due_date, scene.habits_of(demo_school, group), calendar, random, weekly=True)
    if demo_school is not EKBACKASKOLAN or group.start_year != scene.now.start_year:
        return Held(outcome.days[:1]) if isinstance(outcome, Held) else outcome
    if (group.name, code) == SILENT:
        return None
    if (group.name, code) == CANCELLED:
        return NotHeldFor(calendar.lesson_day_until(row.due_date), random.choice(REASONS))
    return Held((calendar.lesson_day_until(row.due_date),))


def _delivery(
    scene: Scene, demo_school: DemoSchool, row: PlannedSession, day: date, reporter: User
) -> tuple[Delivery, list[DeliveryLeader]]:
    words = (demo_school.slug, row.school_class.start_year, row.school_class.name, row.session.code, "mentors")
    return describe_delivery(
        planned_session=row,
        group=Delivery.WHOLE_CLASS,
        group_size=row.school_class.enrolled or 12,
        day=day,
        version=scene.versions.on(row.session, day),
        reporter=reporter,
        habits=demo_school.habits,
        random=seeded(scene.seed, *words),
    )


def _log_as_mentors(scene: Scene, deliveries: Sequence[Delivery]) -> None:
    """After most sessions of this year the group's mentors have said how it went."""
    logs = []
    for number, delivery in enumerate(deliveries):
        row = delivery.planned_session
        if scene.is_now(row.school_class) and number % 5 != 4:
            feeling, reach = FEELINGS[number % len(FEELINGS)], REACHES[(number * 3) % len(REACHES)]
            talk = LogTalk.NEXT if feeling == LogFeeling.FAIR else LogTalk.NO
            logs.append(MentorLog(planned_session=row, date=delivery.date, feeling=feeling, reach=reach, talk=talk))
    MentorLog.objects.bulk_create(logs)
