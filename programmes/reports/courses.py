"""How large a share of each unit's staff has taken a course, and where it is time to take it again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from programmes.enums import UnitKind
from programmes.models import Course, CourseAttendance, OtherUnit, School
from programmes.models.terms import Period


@dataclass(frozen=True)
class UnitFigures:
    """A unit's part in a course. `participants` are counted in occasions that still hold; `staff` is None if unknown.

    A person who comes twice counts twice, as nobody's name is kept: `reached` is therefore never more than the staff.
    """

    unit: School | OtherUnit
    participants: int = 0
    staff: int | None = None
    latest: date | None = None

    @property
    def reached(self) -> int:
        return min(self.participants, self.staff) if self.staff else self.participants

    @property
    def share(self) -> float | None:
        return self.reached / self.staff if self.staff else None

    @property
    def has_lapsed(self) -> bool:
        """Whether it has been taken, but so long ago that it has to be taken again."""
        return self.latest is not None and not self.participants


@dataclass(frozen=True)
class CourseFigures:
    """A course over its units; the share is over the units whose staff is known, None where there is none."""

    course: Course
    units: Sequence[UnitFigures] = field(default_factory=tuple)
    occasions: int = 0

    @property
    def reached(self) -> int:
        return sum(row.reached for row in self.units if row.staff)

    @property
    def staff(self) -> int:
        return sum(row.staff or 0 for row in self.units)

    @property
    def share(self) -> float | None:
        return self.reached / self.staff if self.staff else None

    @property
    def took_part(self) -> int:
        return sum(1 for row in self.units if row.participants)

    @property
    def waiting(self) -> list[School | OtherUnit]:
        """Units that a mandatory course has not reached, or not for too long."""
        return [row.unit for row in self.units if not row.participants] if self.course.is_mandatory else []

    @property
    def waits(self) -> int:
        return len(self.waiting)


@dataclass(frozen=True)
class HeldCourses:
    """The occasions of a course in a period that some units came to, and how many came: a sum of head-counts."""

    occasions: int
    participants: int


def course_figures(
    course: Course, *, units: Iterable[School | OtherUnit], attendances: Iterable[CourseAttendance], today: date
) -> CourseFigures:
    """The figures of a course up to a day; `units` are those that it is for, in the order to show them.

    `attendances` may be other courses' too: a unit's staff is the latest number written down for it at any course.
    """
    held = sorted((row for row in attendances if row.occasion.date <= today), key=lambda row: row.occasion.date)
    own = [row for row in held if row.occasion.course_id == course.pk]
    since = _still_holds_since(course, today)
    staff = {_key_of_row(row): row.staff for row in held if row.staff is not None}
    rows = []
    for unit in units:
        its = [row for row in own if _key_of_row(row) == key_of(unit)]
        rows.append(
            UnitFigures(
                unit=unit,
                participants=sum(row.participants for row in its if row.occasion.date >= since),
                staff=staff.get(key_of(unit)),
                latest=max((row.occasion.date for row in its if row.participants), default=None),
            )
        )
    return CourseFigures(course=course, units=rows, occasions=len({row.occasion_id for row in own}))


def key_of(unit: School | OtherUnit) -> str:
    """A unit among schools and others: `s12`, `o3`."""
    return f"{'s' if isinstance(unit, School) else 'o'}{unit.pk}"


def _key_of_row(row: CourseAttendance) -> str:
    return f"s{row.school_id}" if row.school_id else f"o{row.unit_id}"


def held_in(
    figures: CourseFigures, *, attendances: Iterable[CourseAttendance], period: Period, day: date
) -> HeldCourses:
    """The occasions of a course in a period, to and including a day, and the participants from its units."""
    units = {key_of(row.unit) for row in figures.units}
    its = [
        row
        for row in attendances
        if row.occasion.course_id == figures.course.pk
        and period.first_day <= row.occasion.date <= min(period.last_day, day)
        and _key_of_row(row) in units
    ]
    return HeldCourses(len({row.occasion_id for row in its}), sum(row.participants for row in its))


def units_for(
    course: Course, *, schools: Iterable[School], others: Iterable[OtherUnit]
) -> Sequence[School | OtherUnit]:
    """The units that a course is for."""
    if course.unit_kind == UnitKind.SCHOOL:
        return list(schools)
    return [unit for unit in others if unit.kind == course.unit_kind]


def _still_holds_since(course: Course, today: date) -> date:
    """The first day whose occasions still hold: one that is exactly the interval old has to be taken again."""
    if not course.renewal_years:
        return date.min
    year = today.year - course.renewal_years
    same_day = today.replace(year=year) if (today.month, today.day) != (2, 29) else date(year, 2, 28)
    return same_day + timedelta(days=1)
