"""A great many deliveries, made inside the database: invented municipalities whose every session has been held.

Rows are copied by INSERT … SELECT, on PostgreSQL and SQLite alike, so that a million of them take a minute.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from wagtail.models import Page, Site

from curriculum.models import Programme, Session
from programmes.models import Municipality, Participation, School, SchoolClass

START_YEAR = 2025
FIRST_DAY, TODAY = date(2025, 8, 1), date(2026, 6, 30)


@dataclass(frozen=True)
class Size:
    """How large a municipality is; each session of each class is held by so many groups of it."""

    schools: int
    classes: int  # at each school
    groups: int = 1


def add_municipality(number: int, size: Size) -> Municipality:
    """A municipality whose classes have all had every session of Tåget, a few of them late, a few not held."""
    programme = Programme.objects.get(code="taget")
    site = Site.objects.create(hostname=f"k{number}.stins.example", root_page=Page.objects.filter(depth=2).first())
    municipality = Municipality.objects.create(site=site, name=f"Kommun {number}", code=f"{number:04}")
    schools = [
        School(
            municipality=municipality,
            name=f"Skola {number}-{place}",
            slug=f"skola-{place}",
            unit_code=f"{10_000_000 + number * 10_000 + place}",
            lowest_grade=0,
            highest_grade=5,
            sort_key=f"skola {place:05}",
        )
        for place in range(size.schools)
    ]
    schools = School.objects.bulk_create(schools)
    Participation.objects.bulk_create(
        Participation(school=school, programme=programme, start_date=FIRST_DAY) for school in schools
    )
    classes = [
        SchoolClass(
            school=school,
            start_year=START_YEAR,
            name=f"{place % 6}-{place}",
            name_key=f"{place % 6}{place}",
            sort_key=f"{place % 6}-{place:05}",
            lowest_grade=place % 6,
            highest_grade=place % 6,
            enrolled=22,
        )
        for school in schools
        for place in range(size.classes)
    ]
    SchoolClass.objects.bulk_create(classes, batch_size=2000)
    _hold_everything(municipality, programme, groups=size.groups)
    return municipality


def _hold_everything(municipality: Municipality, programme: Programme, *, groups: int) -> None:
    due = _day("2025-08-25", "(s.rank * 13)")
    sessions = Session.objects.taught_to_classes().filter(programme=programme).order_by("order", "code")
    ids = enumerate(sessions.values_list("pk", flat=True))
    ranks = " UNION ALL ".join(f"SELECT {pk} AS id, {rank} AS rank" for rank, pk in ids)
    numbers = " UNION ALL ".join(f"SELECT {number} AS i" for number in range(groups))
    later = _later("p.due_date", "CASE WHEN (p.id * 7) % 19 = 0 THEN 9 ELSE -2 END")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO programmes_plannedsession (school_class_id, session_id, due_date)
                SELECT c.id, s.id, {due} FROM programmes_schoolclass c
                JOIN programmes_school o ON o.id = c.school_id CROSS JOIN ({ranks}) s
                WHERE o.municipality_id = %s""",
            [municipality.pk],
        )
        cursor.execute(
            f"""INSERT INTO programmes_delivery (
                  planned_session_id, "group", date, date_precision, group_size, present, minutes, core_parts_count,
                  core_parts_total, engagement, preparation, is_adapted, adaptation_what, adaptation_why, note, version,
                  reported_at)
                SELECT p.id, g.i, {later}, 'day', 20,
                  17 + (p.id + g.i) % 4, 40, 4, 5, 1 + (p.id + g.i) % 4, '', FALSE, '', '', '', 1, {_moment()}
                FROM programmes_plannedsession p JOIN programmes_schoolclass c ON c.id = p.school_class_id
                JOIN programmes_school o ON o.id = c.school_id CROSS JOIN ({numbers}) g
                WHERE o.municipality_id = %s AND p.id % 10 <> 0""".replace(" % ", " %% "),
            [municipality.pk],
        )
        cursor.execute(
            f"""INSERT INTO programmes_notheld (planned_session_id, reason, note, version, reported_at)
                SELECT p.id, 'no_time', '', 1, {_moment()}
                FROM programmes_plannedsession p JOIN programmes_schoolclass c ON c.id = p.school_class_id
                JOIN programmes_school o ON o.id = c.school_id
                WHERE o.municipality_id = %s AND p.id % 20 = 0""".replace(" % ", " %% "),
            [municipality.pk],
        )


def _day(first: str, days: str) -> str:
    if connection.vendor == "sqlite":
        return f"date('{first}', '+' || {days} || ' days')"
    return f"(DATE '{first}' + {days})"


def _later(day: str, days: str) -> str:
    if connection.vendor == "sqlite":
        return f"date({day}, ({days}) || ' days')"
    return f"({day} + ({days}))"


def _moment() -> str:
    return "'2025-12-01 08:00:00'" if connection.vendor == "sqlite" else "TIMESTAMPTZ '2025-12-01 08:00:00Z'"


def know_the_tables() -> None:
    """Let the database count what it holds, as it does by itself in the night."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
