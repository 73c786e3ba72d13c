"""What the classes choose and what becomes of it: the same for the same seed, whatever day it is looked at.

A whole year is told at once and cut off at today, so a later day shows the same year, further on.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from programmes.actions.demo import story
from programmes.actions.demo.calendar import Calendar
from programmes.actions.demo.habits import Habits
from programmes.enums import NotHeldReason

MONTHS_OF_CHOICE = (9, 10, 10, 11, 11, 1, 1, 2, 2, 3, 3, 5, 5)
REASONS = (
    *(NotHeldReason.ILLNESS, NotHeldReason.ILLNESS, NotHeldReason.STAFFING, NotHeldReason.STAFFING),
    *(NotHeldReason.SCHOOL_EVENT, NotHeldReason.SCHOOL_EVENT, NotHeldReason.NO_ROOM, NotHeldReason.MOVED),
    *(NotHeldReason.UNSUITABLE, NotHeldReason.OTHER),
)


@dataclass(frozen=True)
class Held:
    """The session was held on a day, by the whole class or in two groups; the second may come a lesson day later."""

    days: tuple[date, ...]


@dataclass(frozen=True)
class NotHeldFor:
    """The session was not held, which was reported on a day."""

    day: date
    reason: NotHeldReason


def seeded(*words: object) -> Random:
    """Chance that depends on nothing but its words."""
    return Random(" ".join(map(str, words)))  # noqa: S311 -- a story, not a secret


def choose_sessions(codes: list[str], habits: Habits, calendar: Calendar, random: Random) -> dict[str, date]:
    """The additional sessions of a class and their due dates: mostly the last day of a month, sometimes a Friday."""
    count = min(random.choice(habits.additional), len(codes))
    months = random.sample(MONTHS_OF_CHOICE, count)
    return {
        code: _friday_in(month, calendar) if random.random() < 0.15 else last_day(month, calendar)
        for code, month in zip(random.sample(codes, count), months, strict=True)
    }


def choose_unplanned(codes: list[str], habits: Habits, calendar: Calendar, random: Random) -> tuple[str, date] | None:
    """A session that the class holds without having planned it, and its day; mostly none."""
    code, day = random.choice(codes), random.choice(calendar.lesson_days)
    return (code, day) if random.random() < habits.unplanned else None


def schedule_mentor_sessions(codes: list[str], calendar: Calendar) -> dict[str, date]:
    """The mentors' sessions: due on the Friday of every second lesson week, from late September on."""
    mondays = [monday for monday in calendar.lesson_weeks() if monday >= calendar.day(9, 20)]
    return {code: monday + timedelta(days=4) for code, monday in zip(codes, mondays[::2], strict=False)}


def schedule_supervision(sessions: dict[str, date], calendar: Calendar) -> list[date]:
    """The mentors' supervision: on the Friday of each lesson week between two sessions."""
    days = sorted(sessions.values())
    fridays = [calendar.lesson_day_until(monday + timedelta(days=4)) for monday in calendar.lesson_weeks()]
    return [day for day in fridays if days and days[0] < day < days[-1] and day not in days]


def tell(
    due_date: date, habits: Habits, calendar: Calendar, random: Random, *, weekly: bool
) -> Held | NotHeldFor | None:
    """What becomes of a planned session; None when nobody ever reports it."""
    chance = random.random()
    day = _choose_day(due_date, habits, calendar, random, weekly=weekly)
    reason = random.choice(REASONS)
    is_split, is_next_day = random.random() < habits.split, random.random() < 0.5
    if chance < habits.held:
        return Held((day, _next_lesson_day(day, calendar) if is_next_day else day) if is_split else (day,))
    if chance < habits.held + habits.not_held:
        return NotHeldFor(calendar.lesson_day_until(due_date), reason)
    return None


def tell_as_drawn(class_name: str, code: str, due_date: date, calendar: Calendar) -> Held | NotHeldFor | None:
    """What becomes of a session that the story of Almskolan tells; KeyError for any other."""
    outcome = story.OUTCOMES[class_name, code]
    if isinstance(outcome, story.HeldOn):
        return Held((calendar.lesson_day_until(calendar.day(outcome.month, outcome.day)),))
    if isinstance(outcome, story.Cancelled):
        return NotHeldFor(calendar.lesson_day_until(due_date), outcome.reason)
    return None


def last_day(month: int, calendar: Calendar) -> date:
    first = calendar.day(month, 1)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _friday_in(month: int, calendar: Calendar) -> date:
    """The Friday about the middle of a month."""
    middle = calendar.day(month, 12)
    return middle + timedelta(days=(4 - middle.weekday()) % 7)


def _choose_day(due_date: date, habits: Habits, calendar: Calendar, random: Random, *, weekly: bool) -> date:
    first = due_date - timedelta(days=4) if weekly else due_date.replace(day=1)
    timing, slip = random.random(), random.randint(3, 20)
    if timing < habits.late:
        first, last = due_date + timedelta(days=1), due_date + timedelta(days=slip)
    elif timing < habits.late + habits.early:
        first, last = first - timedelta(days=14), due_date
    else:
        last = due_date
    days = calendar.lesson_days_between(first, last)
    return random.choice(days) if days else calendar.lesson_day_until(due_date)


def _next_lesson_day(day: date, calendar: Calendar) -> date:
    later = calendar.lesson_days_between(day + timedelta(days=1), calendar.lesson_days[-1])
    return later[0] if later else day
