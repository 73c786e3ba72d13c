"""The coverage file: what was asked for, its sheets, and the rows that every figure in it can be made again from."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import BinaryIO, Literal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _, pgettext

from programmes.enums import SessionState
from programmes.exports import csv, pdf, xlsx
from programmes.exports.coverage_rows import class_rows, delivery_rows, school_row, session_rows
from programmes.exports.definitions import definition_rows
from programmes.exports.figure_columns import (
    CLASS_COLUMNS,
    CLASS_TARGET_COLUMNS,
    FIGURE_COLUMNS,
    FIGURE_TARGET_COLUMNS,
    MEANING,
    REACH_COLUMNS,
    SCHOOL_KEYS,
    SHEET,
    SUMMARY_COLUMNS,
    WORD,
)
from programmes.exports.findings import coverage_finding
from programmes.exports.selections import Selection
from programmes.exports.session_columns import DELIVERY_COLUMNS, SESSION_COLUMNS
from programmes.exports.tables import Book, Column, Cover, Row, Stamp, Table, new_export_id
from programmes.models import School
from programmes.reports.coverage import CoverageFigures, CoverageReport
from programmes.reports.moment import one_moment

AMBER = "FFF3D6"


def write_coverage(
    selection: Selection, stream: BinaryIO, *, file_format: Literal["xlsx", "csv", "pdf"], today: date, now: datetime
) -> Stamp:
    """Write the coverage file to a binary stream, in the municipality's language, and return its stamp.

    All sheets are read as of one moment. The CSV is the sheet `Pass` alone.
    """
    with translation.override(settings.LANGUAGE_CODE), one_moment():
        report = selection.report(today=today)
        stamp = _stamp(selection, now=now)
        if file_format == "csv":
            csv.write_table(_session_table(selection, report, today=today), stream)
        elif file_format == "pdf":
            pdf.write_coverage_document(selection, report, stream, stamp=stamp)
        else:
            xlsx.write_book(coverage_book(selection, report, stamp=stamp, today=today), stream)
    return stamp


def coverage_book(selection: Selection, report: CoverageReport, *, stamp: Stamp, today: date) -> Book:
    """The six sheets of the coverage workbook; the rows of the last ones are read as they are written."""
    tables = [
        _school_table(report),
        _class_table(report),
        _session_table(selection, report, today=today),
        _delivery_table(selection, report, today=today),
    ]
    return Book(cover=_cover(selection, report, stamp), tables=[*tables, _definition_table(tables)], stamp=stamp)


def _stamp(selection: Selection, *, now: datetime) -> Stamp:
    return Stamp(
        export_id=new_export_id(now=now),
        exported_at=now,
        version=settings.STINS_VERSION,
        period=selection.period.label,
        selection=f"{selection.municipality.name}, {selection.programme.name}, {selection.words}",
        profile=_("profile internal, nothing suppressed"),
    )


def _cover(selection: Selection, report: CoverageReport, stamp: Stamp) -> Cover:
    total = report.total
    facts = (
        (pgettext("column", "Municipality"), f"{selection.municipality.name} ({selection.municipality.code})"),
        (pgettext("column", "Programme"), selection.programme.name),
        (pgettext("column", "Period"), selection.period.label),
        (pgettext("column", "First day"), selection.period.first_day),
        (pgettext("column", "Last day"), selection.period.last_day),
        (pgettext("column", "Counted to and including"), report.day),
        (pgettext("column", "Area"), selection.area.name if selection.area else _("all areas")),
        (pgettext("column", "School"), selection.school.name if selection.school else _("all schools")),
        (pgettext("column", "Schools in the programme"), len(report.schools)),
        (pgettext("column", "Classes reached"), total.classes_reached),
        (pgettext("column", "Pupils reached"), total.known_pupils_reached),
        (pgettext("column", "Profile"), stamp.profile),
        (pgettext("column", "Exported"), stamp.time),
        (pgettext("column", "Software"), f"Stins {stamp.version}"),
        (pgettext("column", "Export id"), stamp.export_id),
    )
    parts: list[tuple[str, Iterable[tuple[str, CoverageFigures]]]] = [
        (pgettext("column", "Together"), [(selection.words, total)]),
        (
            pgettext("column", "Area"),
            [(row.area.name if row.area else _("No area"), row.figures) for row in report.areas],
        ),
        (pgettext("column", "Grade"), [(row.grades, row.figures) for row in report.grades]),
    ]
    return Cover(
        name=pgettext("sheet", "Overview"),
        title=_("Coverage, %(programme)s, %(period)s")
        % {"programme": selection.programme.name, "period": selection.period.label},
        finding=str(coverage_finding(report)),
        facts=facts,
        tables=[_summary_table(heading, rows) for heading, rows in parts],
    )


def _summary_table(heading: str, rows: Iterable[tuple[str, CoverageFigures]]) -> Table:
    columns = (Column("name", heading, "text", 30, ""), *SUMMARY_COLUMNS)
    cells = [[name, *school_row(figures, SUMMARY_COLUMNS)] for name, figures in rows]
    return Table(name=heading, title=heading, columns=columns, rows=cells)


def _school_table(report: CoverageReport) -> Table:
    target = FIGURE_TARGET_COLUMNS if report.has_yearly_target else ()
    figures = (*FIGURE_COLUMNS, *target, *REACH_COLUMNS)

    def cells(keys: Row, counted: CoverageFigures) -> Row:
        return [*keys, *school_row(counted, figures)]

    def keys(school: School) -> Row:
        area = school.area.name if school.area else None
        return school.municipality.code, school.unit_code, school.name, area, report.programme.name

    total = (None, None, pgettext("column", "Together"), None, report.programme.name)
    return Table(
        name=pgettext("sheet", "Schools"),
        title=pgettext("sheet", "Schools"),
        columns=(*SCHOOL_KEYS, *figures),
        rows=[cells(keys(row.school), row.figures) for row in report.schools],
        total=cells(total, report.total),
    )


def _class_table(report: CoverageReport) -> Table:
    target = CLASS_TARGET_COLUMNS if report.has_yearly_target else ()
    return Table(
        name=pgettext("sheet", "Classes"),
        title=pgettext("sheet", "Classes"),
        columns=(*CLASS_COLUMNS, *target),
        rows=class_rows(report),
    )


def _session_table(selection: Selection, report: CoverageReport, *, today: date) -> Table:
    return Table(
        name=pgettext("sheet", "Sessions"),
        title=pgettext("sheet", "Sessions"),
        columns=SESSION_COLUMNS,
        rows=session_rows(selection.classes, report, today=today),
        signed="state",
        signs=(
            (SessionState.HELD.label, "●", ""),
            (SessionState.NOT_HELD.label, "⊠", ""),
            (SessionState.NOT_REPORTED.label, "◆", AMBER),
            (SessionState.DUE_NOW.label, "◉", ""),
            (SessionState.PLANNED.label, "○", ""),
        ),
    )


def _delivery_table(selection: Selection, report: CoverageReport, *, today: date) -> Table:
    return Table(
        name=pgettext("sheet", "Deliveries"),
        title=pgettext("sheet", "Deliveries"),
        columns=DELIVERY_COLUMNS,
        rows=delivery_rows(selection.classes, report, today=today),
    )


def _definition_table(tables: Sequence[Table]) -> Table:
    name = pgettext("sheet", "Definitions")
    return Table(name=name, title=name, columns=(SHEET, WORD, MEANING), rows=definition_rows(tables))
