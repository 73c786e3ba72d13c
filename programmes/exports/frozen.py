"""A closed period's figures and rows, put away when it is closed and read back as they were: the one shape of both.

`figures` of a `ClosedPeriod`: `day` (counted to), `areas` (name by id), `schools`, `classes` with `counts` (those
that are not 0), `definitions` (the rows of the sheet), `deliveries` and `not_held` (the version of each entry by its
id: what is not there came later). `rows`: lines of JSON, compressed: the sheet, the school, the cells.
"""

import gzip
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from io import BytesIO
from typing import Any

from curriculum.models import Programme
from programmes.exports.tables import Column, Row, Value
from programmes.models import Area, ClosedPeriod, Municipality, Period, School, SchoolClass
from programmes.reports.coverage import (
    ClassCoverage,
    CoverageFigures,
    CoverageReport,
    coverage_by_area,
    coverage_by_grade,
    coverage_by_school,
    total_of,
)

SESSIONS, DELIVERIES = "sessions", "deliveries"
UNIT_CODE = 1  # where the code of the school stands in every row


def frozen_figures(
    report: CoverageReport,
    *,
    definitions: Iterable[Row],
    deliveries: Iterable[tuple[int, int]],
    not_held: Iterable[tuple[int, int]],
) -> dict[str, Any]:
    """The figures of a report over a whole municipality, as they are put away; entries are (id, version)."""
    areas = {row.school.area.pk: row.school.area.name for row in report.schools if row.school.area}
    return {
        "day": report.day.isoformat(),
        "areas": {str(pk): name for pk, name in areas.items()},
        "schools": [
            {
                "id": row.school.pk,
                "name": row.school.name,
                "slug": row.school.slug,
                "unit_code": row.school.unit_code,
                "sort_key": row.school.sort_key,
                "area": row.school.area_id,
            }
            for row in report.schools
        ],
        "classes": [_frozen_class(row) for row in report.classes],
        "definitions": [list(row) for row in definitions],
        "deliveries": {str(pk): version for pk, version in deliveries},
        "not_held": {str(pk): version for pk, version in not_held},
    }


def _frozen_class(row: ClassCoverage) -> dict[str, Any]:
    school_class = row.school_class
    return {
        "id": school_class.pk,
        "school": school_class.school_id,
        "name": school_class.name,
        "sort_key": school_class.sort_key,
        "start_year": school_class.start_year,
        "lowest_grade": school_class.lowest_grade,
        "highest_grade": school_class.highest_grade,
        "enrolled": school_class.enrolled,
        "target": row.target,
        "counts_in_mean": row.counts_in_mean,
        "counts": {name: count for name, count in asdict(row.figures).items() if count},
    }


def frozen_rows(sheets: Iterable[tuple[str, Iterable[Row]]], *, schools: Iterable[School]) -> bytes:
    """The rows of sheets as they are put away, each with its school; read and written one at a time."""
    by_code = {school.unit_code: school.pk for school in schools}
    stream = BytesIO()
    with gzip.GzipFile(fileobj=stream, mode="wb", mtime=0) as packed:
        for sheet, rows in sheets:
            for row in rows:
                line = [sheet, by_code[str(row[UNIT_CODE])], [_put_away(value) for value in row]]
                packed.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return stream.getvalue()


def _put_away(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value


def rows_of(
    closed: ClosedPeriod, sheet: str, *, columns: Sequence[Column], schools: Collection[int]
) -> Iterator[list[Value]]:
    """The rows of a sheet as they were, of some schools."""
    days = [place for place, column in enumerate(columns) if column.kind == "date"]
    with gzip.GzipFile(fileobj=BytesIO(bytes(closed.rows))) as packed:
        for line in packed:
            name, school, cells = json.loads(line)
            if name == sheet and school in schools:
                for place in days:
                    cells[place] = date.fromisoformat(cells[place]) if cells[place] else None
                yield cells


def schools_of(
    closed: ClosedPeriod, *, seen: Collection[int], area: Area | None = None, school: School | None = None
) -> set[int]:
    """The ids of the schools of a closed period that are asked for, among `seen`; in the area where they lay then."""
    return {
        row["id"]
        for row in closed.figures["schools"]
        if row["id"] in seen and (area is None or row["area"] == area.pk) and (school is None or row["id"] == school.pk)
    }


def frozen_report(
    closed: ClosedPeriod, *, municipality: Municipality, programme: Programme, period: Period, schools: Collection[int]
) -> CoverageReport:
    """The report of a closed period over some schools, with the names, areas and counts of that day.

    Its schools and classes are not in the database in this shape; they are only read.
    """
    figures = closed.figures
    areas = {int(pk): Area(pk=int(pk), name=name) for pk, name in figures["areas"].items()}
    known = {
        row["id"]: School(
            pk=row["id"],
            name=row["name"],
            slug=row["slug"],
            unit_code=row["unit_code"],
            sort_key=row["sort_key"],
            municipality=municipality,
            area=areas.get(row["area"]),
        )
        for row in figures["schools"]
        if row["id"] in schools
    }
    classes = [_class_of(row, known[row["school"]]) for row in figures["classes"] if row["school"] in known]
    by_school = coverage_by_school(classes, schools=known.values())
    return CoverageReport(
        programme=programme,
        period=period,
        day=date.fromisoformat(figures["day"]),
        classes=classes,
        schools=by_school,
        areas=coverage_by_area(by_school),
        grades=coverage_by_grade(classes),
        total=total_of(classes),
    )


def _class_of(row: dict[str, Any], school: School) -> ClassCoverage:
    school_class = SchoolClass(
        pk=row["id"],
        school=school,
        name=row["name"],
        sort_key=row["sort_key"],
        start_year=row["start_year"],
        lowest_grade=row["lowest_grade"],
        highest_grade=row["highest_grade"],
        enrolled=row["enrolled"],
    )
    figures = CoverageFigures(**row["counts"])
    return ClassCoverage(school_class, figures, target=row["target"], counts_in_mean=row["counts_in_mean"])


def meanings_of(closed: ClosedPeriod) -> dict[str, str]:
    """What the columns of Skolor meant when the period was closed, by heading; other sheets where Skolor has none."""
    rows = closed.figures["definitions"]
    meanings: dict[str, str] = {}
    for sheet, word, meaning in rows:
        if sheet != rows[0][0]:
            meanings.setdefault(word, meaning)
    return meanings


def as_defined(columns: Iterable[Column], *, closed: ClosedPeriod | None) -> list[Column]:
    """Columns with the definitions that hold: those of the closed period, or today's."""
    meanings = meanings_of(closed) if closed else {}
    return [
        replace(column, definition=meanings.get(str(column.heading), column.definition)) if meanings else column
        for column in columns
    ]


def named_then(closed: ClosedPeriod, *, area: Area | None = None, school: School | None = None) -> str:
    """What an area or a school was called when the period was closed; today's name where it was not there."""
    if school is not None:
        return next((row["name"] for row in closed.figures["schools"] if row["id"] == school.pk), school.name)
    return closed.figures["areas"].get(str(area.pk), area.name) if area is not None else ""
