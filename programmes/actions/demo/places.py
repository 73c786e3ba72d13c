"""Where Ekbacka is: the municipality on the default site, its calendar, targets and areas, and its schools' rows."""

from collections.abc import Sequence
from datetime import date

from wagtail.models import Site

from cms.models import SiteSettings
from curriculum.models import Programme
from programmes.actions.demo.calendar import Calendar
from programmes.actions.demo.schools import AREAS, DemoSchool
from programmes.enums import ParticipationStatus
from programmes.models import (
    Area,
    Break,
    Municipality,
    Participation,
    ProgrammeTarget,
    School,
    SchoolClass,
    SchoolYear,
)
from programmes.models.schools import sort_key

NAME, CODE = "Ekbacka kommun", "9901"
# Numbers that the Swedish Post and Telecom Authority keeps for fiction.
PHONE, EMAIL = "08-465 004 00", "vpc@ekbacka.example"
TAGET, MVP = "taget", "mvp"
TARGETS = {TAGET: (0, 5, 8), MVP: (6, 6, 11)}


def create_municipality(*, site: Site, calendars: Sequence[Calendar], programmes: dict[str, Programme]) -> Municipality:
    """The municipality with its name in the header, its school years, targets and areas."""
    SiteSettings.objects.update_or_create(
        site=site, defaults={"owner_name": NAME, "contact_email": EMAIL, "contact_phone": PHONE}
    )
    municipality = Municipality.objects.create(site=site, name=NAME, code=CODE)
    Area.objects.bulk_create(Area(municipality=municipality, name=name) for name in AREAS)
    ProgrammeTarget.objects.bulk_create(
        ProgrammeTarget(
            municipality=municipality,
            programme=programmes[code],
            lowest_grade=lowest,
            highest_grade=highest,
            sessions_per_year=sessions,
        )
        for code, (lowest, highest, sessions) in TARGETS.items()
    )
    for calendar in calendars:
        _create_school_year(municipality, calendar)
    return municipality


def _create_school_year(municipality: Municipality, calendar: Calendar) -> None:
    (autumn_first, autumn_last), (spring_first, spring_last) = calendar.autumn, calendar.spring
    school_year = SchoolYear.objects.create(
        municipality=municipality,
        start_year=calendar.start_year,
        autumn_first_day=autumn_first,
        autumn_last_day=autumn_last,
        spring_first_day=spring_first,
        spring_last_day=spring_last,
    )
    Break.objects.bulk_create(
        Break(school_year=school_year, name=span.name, first_day=span.first_day, last_day=span.last_day)
        for span in calendar.breaks
    )


def create_schools(demo_schools: Sequence[DemoSchool], *, municipality: Municipality) -> list[School]:
    """A row for each school, in the same order."""
    areas = {area.name: area for area in municipality.areas.all()}
    return School.objects.bulk_create(
        School(
            municipality=municipality,
            area=areas[school.area],
            name=school.name,
            slug=school.slug,
            unit_code=school.unit_code,
            sort_key=sort_key(school.name),
            lowest_grade=min(row.lowest_grade for row in school.classes),
            highest_grade=max(row.highest_grade for row in school.classes),
        )
        for school in demo_schools
    )


def create_participations(
    pairs: Sequence[tuple[DemoSchool, School]], *, programmes: dict[str, Programme], start_year: int
) -> None:
    """Since when each school runs its programmes, with the year in which one of them rested."""
    rows: list[Participation] = []
    for demo_school, school in pairs:
        for code, years in ((TAGET, demo_school.taget_years), (MVP, demo_school.mvp_years)):
            if years is not None:
                pause = demo_school.pause_years if code == TAGET else None
                rows += _spans(school, programmes[code], start_year, start_year - years, pause)
    Participation.objects.bulk_create(rows)


def _spans(
    school: School, programme: Programme, start_year: int, joined: int, pause: tuple[int, int] | None
) -> list[Participation]:
    first_day = date(joined, 8, 1)
    if pause is None:
        return [Participation(school=school, programme=programme, start_date=first_day)]
    paused, resumed = (date(start_year - years, 7, 1) for years in pause)
    return [
        Participation(
            school=school, programme=programme, start_date=first_day, end_date=paused.replace(month=6, day=30)
        ),
        Participation(
            school=school,
            programme=programme,
            status=ParticipationStatus.PAUSED,
            start_date=paused,
            end_date=resumed.replace(month=6, day=30),
            reason="Ny ledning, och passledare som slutade",
        ),
        Participation(
            school=school, programme=programme, start_date=resumed, reason="Fyra nya passledare är utbildade"
        ),
    ]


def create_classes(
    pairs: Sequence[tuple[DemoSchool, School]], *, calendars: Sequence[Calendar]
) -> list[tuple[DemoSchool, SchoolClass]]:
    """The classes of the year before and of this year, each with the school that it was told for."""
    before, now = calendars
    told = [
        (
            demo_school,
            SchoolClass(
                school=school,
                start_year=calendar.start_year,
                name=row.name,
                lowest_grade=row.lowest_grade,
                highest_grade=row.highest_grade,
                enrolled=row.enrolled,
            ),
        )
        for demo_school, school in pairs
        for calendar, rows in ((before, demo_school.classes_before), (now, demo_school.classes))
        for row in rows
    ]
    for _demo_school, school_class in told:
        school_class.set_keys()
    SchoolClass.objects.bulk_create([school_class for _demo_school, school_class in told])
    return told
