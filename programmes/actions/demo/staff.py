"""What the staff of Ekbacka's schools do first: personalpass on the themes, APT, training. Some are behind."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes.actions.demo.scene import Scene
from programmes.enums import LeaderRole, Organisation, StaffMeetingKind
from programmes.models import PlannedSession, School, StaffMeeting, StaffMeetingLeader

APT = (
    "Vilka får plats på rasten?",
    "Så pratar vi om tjejer och killar",
    "Film: den osynliga normen",
    "Vad gör vi när någon skämtar?",
)
TRAINING = "Heldag med våldspreventivt center: att våga fråga"
BEFORE = 12  # days: how long before the pupils the staff meet a theme, about
BEHIND = 0.12


def create_staff_meetings(scene: Scene, schools: Sequence[School]) -> None:
    """Give each school staff sessions on the themes that its classes have, a little before the first of them."""
    meetings = []
    for school in schools:
        random = Random(f"{scene.seed} staff {school.unit_code}")  # noqa: S311 -- invented data, the same every time
        staff = random.randint(18, 46)
        for calendar in scene.calendars if scene.with_history else (scene.now,):
            meetings += _themes(scene, school, calendar.start_year, staff, random)
            meetings += _workplace_meetings(scene, school, calendar.start_year, staff, random)
    saved = StaffMeeting.objects.bulk_create(meetings)
    StaffMeetingLeader.objects.bulk_create(
        StaffMeetingLeader(
            meeting=meeting,
            role=LeaderRole.GUEST if meeting.kind == StaffMeetingKind.TRAINING else LeaderRole.TEACHER,
            organisation=Organisation.CENTRE if meeting.kind == StaffMeetingKind.TRAINING else Organisation.SCHOOL,
            is_trained=True,
        )
        for meeting in saved
        if meeting.is_held
    )


def _themes(scene: Scene, school: School, start_year: int, staff: int, random: Random) -> list[StaffMeeting]:
    first_due: dict[int, date] = {}
    rows = PlannedSession.objects.filter(
        school_class__school=school, school_class__start_year=start_year, due_date__isnull=False
    )
    for session, due in rows.order_by("due_date").values_list("session", "due_date"):
        if due:
            first_due.setdefault(session, due)
    themes = {
        theme.prepares_id: theme for theme in Session.objects.filter(kind=SessionKind.STAFF, prepares__in=first_due)
    }
    meetings = []
    for pupils, due in sorted(first_due.items(), key=lambda pair: (pair[1], pair[0])):
        theme = themes.get(pupils)
        if theme is None or random.random() < BEHIND:
            continue
        month_before = due.replace(day=1) - timedelta(days=random.randint(2, BEFORE))
        day = max(_workday(scene, month_before), _weekday(date(start_year, 8, 13)))
        meetings.append(_meeting(scene, school, day, staff, random, theme=theme))
    return _once_a_day(scene, meetings)


def _workplace_meetings(
    scene: Scene, school: School, start_year: int, staff: int, random: Random
) -> list[StaffMeeting]:
    days = [date(start_year, 9, 9), date(start_year, 11, 4), date(start_year + 1, 2, 3), date(start_year + 1, 4, 14)]
    meetings = [
        _meeting(scene, school, _weekday(day + timedelta(days=random.randint(0, 6))), staff, random, topic=topic)
        for day, topic in zip(days, APT, strict=True)
        if random.random() > BEHIND
    ]
    training = _meeting(scene, school, date(start_year, 10, 26), staff, random, topic=TRAINING)
    training.kind, training.minutes = StaffMeetingKind.TRAINING, 300
    return [*meetings, training] if random.random() < 0.5 else meetings


def _meeting(
    scene: Scene,
    school: School,
    day: date,
    staff: int,
    random: Random,
    *,
    theme: Session | None = None,
    topic: str = "",
) -> StaffMeeting:
    is_held = day <= scene.today
    return StaffMeeting(
        school=school,
        kind=StaffMeetingKind.STAFF_SESSION if theme else StaffMeetingKind.WORKPLACE_MEETING,
        theme=theme,
        topic=topic,
        date=day,
        is_held=is_held,
        minutes=theme.planned_minutes if theme else 60,
        present=staff - random.choice((0, 1, 1, 2, 3, 5)) if is_held else None,
        total=staff,
    )


def _weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)


def _workday(scene: Scene, day: date) -> date:
    """The day itself, or the first weekday after it on which the school is not closed for a break."""
    breaks = [span for calendar in scene.calendars for span in calendar.breaks]
    day = _weekday(day)
    while any(span.first_day <= day <= span.last_day for span in breaks):
        day = _weekday(day + timedelta(days=1))
    return day


def _once_a_day(scene: Scene, meetings: list[StaffMeeting]) -> list[StaffMeeting]:
    """A school has one staff session a day: those that fall together are spread over the days after."""
    taken: set[date] = set()
    for meeting in meetings:
        while meeting.date in taken:
            meeting.date = _workday(scene, meeting.date + timedelta(days=1))
        taken.add(meeting.date)
    return meetings
