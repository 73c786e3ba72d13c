"""The courses of Ekbacka's centre, with schools that wait for them and preschools that have taken theirs long ago."""

from datetime import date, timedelta
from random import Random

from programmes.actions.demo.scene import Scene
from programmes.enums import UnitKind
from programmes.models import Course, CourseAttendance, CourseOccasion, OtherUnit, School

WORRY, VIOLENCE, NEAR, LEISURE = (
    "Oro för barn som riskerar att fara illa",
    "Vad är våld",
    "Våld i nära relationer",
    "Trygg fritid",
)
COURSES = {
    WORRY: (UnitKind.SCHOOL, True, 3),
    NEAR: (UnitKind.SCHOOL, False, None),
    VIOLENCE: (UnitKind.PRESCHOOL, True, 4),
    LEISURE: (UnitKind.LEISURE, False, None),
}
UNITS = {
    UnitKind.PRESCHOOL: ("Förskolan Igelkotten", "Förskolan Blåsippan", "Förskolan Tallkotten", "Förskolan Månen"),
    UnitKind.LEISURE: ("Fritidsgården Magneten", "Öppna fritiden Norra"),
    UnitKind.CIVIL_SOCIETY: ("Ekbacka idrottsförening",),
    UnitKind.COMPANY: ("Ekbackahem",),
}
FEW = 8  # units a course has reached at most, however many schools the demo has


def create_courses(scene: Scene) -> None:
    """Courses with occasions in both school years and one ahead; about every fourth unit still waits."""
    random = Random(f"{scene.seed} courses")  # noqa: S311 -- invented data, the same every time
    units: dict[UnitKind, list[School | OtherUnit]] = {
        kind: list(
            OtherUnit.objects.bulk_create(
                OtherUnit(municipality=scene.municipality, name=name, kind=kind) for name in names
            )
        )
        for kind, names in UNITS.items()
    }
    units[UnitKind.SCHOOL] = list(School.objects.filter(municipality=scene.municipality).in_order()[:FEW])
    for name, (kind, is_mandatory, years) in COURSES.items():
        course = Course.objects.create(
            municipality=scene.municipality,
            name=name,
            unit_kind=kind,
            is_mandatory=is_mandatory,
            renewal_years=years,
        )
        _hold(course, units[kind], scene, random)


def _hold(course: Course, units: list[School | OtherUnit], scene: Scene, random: Random) -> None:
    first = date(scene.before.start_year, 10, 7)
    days = [first, date(scene.now.start_year, 3, 4), scene.today - timedelta(days=random.randint(10, 40))]
    if course.renewal_years:
        days.insert(0, first.replace(year=scene.today.year - course.renewal_years - 1))
    groups: dict[date, list[School | OtherUnit]] = {day: [] for day in days if day <= scene.today}
    for number, unit in enumerate(units):
        if number % 4 != 3:
            groups[sorted(groups)[number % len(groups)]].append(unit)
    for day, came in sorted(groups.items()):
        if came:
            occasion = CourseOccasion.objects.create(course=course, date=_weekday(day))
            CourseAttendance.objects.bulk_create(_attendance(occasion, unit, random) for unit in came)
    CourseOccasion.objects.create(course=course, date=_weekday(scene.today + timedelta(days=random.randint(12, 30))))


def _attendance(occasion: CourseOccasion, unit: School | OtherUnit, random: Random) -> CourseAttendance:
    staff = random.randint(18, 44) if isinstance(unit, School) else random.randint(6, 19)
    return CourseAttendance(
        occasion=occasion,
        school=unit if isinstance(unit, School) else None,
        unit=unit if isinstance(unit, OtherUnit) else None,
        participants=max(3, round(staff * random.uniform(0.45, 0.95))),
        staff=staff,
    )


def _weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
