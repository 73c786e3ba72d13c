"""What every class's story needs to know: the day, the seed, the calendars, the sessions and the people."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from curriculum.enums import SessionKind
from curriculum.models import Programme, Session
from programmes.actions.demo.calendar import Calendar
from programmes.actions.demo.deliveries import PlanVersions
from programmes.actions.demo.habits import Habits
from programmes.actions.demo.schools import DemoSchool
from programmes.models import Municipality, SchoolClass


@dataclass(frozen=True)
class Scene:
    """One loading of Ekbacka: this school year and the one before, as they stand on a day."""

    municipality: Municipality
    today: date
    seed: int
    before: Calendar
    now: Calendar
    programmes: dict[str, Programme]
    sessions: dict[int, Session]
    versions: PlanVersions
    users: dict[str, User]
    with_history: bool

    @property
    def calendars(self) -> tuple[Calendar, Calendar]:
        return self.before, self.now

    def is_now(self, school_class: SchoolClass) -> bool:
        return school_class.start_year == self.now.start_year

    def calendar_of(self, school_class: SchoolClass) -> Calendar:
        return self.now if self.is_now(school_class) else self.before

    def habits_of(self, demo_school: DemoSchool, school_class: SchoolClass) -> Habits:
        return demo_school.habits if self.is_now(school_class) else demo_school.habits.after_the_year()

    def sessions_for(self, programme: str, kind: SessionKind, school_class: SchoolClass) -> dict[str, Session]:
        """The sessions of a kind that suit the pupils of a class, by code."""
        return {
            session.code: session
            for session in self.sessions.values()
            if session.programme.code == programme
            and session.kind == kind
            and session.lowest_grade <= school_class.lowest_grade
            and session.highest_grade >= school_class.highest_grade
        }
