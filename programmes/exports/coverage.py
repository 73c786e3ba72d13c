"""The coverage file: what was asked for, its sheets, and the rows that every figure in it can be made again from."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import BinaryIO, Literal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _, pgettext

from programmes.actions.closings import keep_file
from programmes.actions.events import checksum
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
from programmes.exports.findings import closing_facts, coverage_finding
from programmes.exports.frozen import DELIVERIES, SESSIONS, rows_of
from programmes.exports.selections import Selection
from programmes.exports.session_columns import DELIVERY_COLUMNS, SESSION_COLUMNS
from programmes.exports.spool import Progress, spooled
from programmes.exports.tables import Book, Column, Cover, Row, Stamp, Table, Value, new_export_id
from programmes.models import ClosedPeriod, ClosedPeriodFile, School
from programmes.reports.coverage import CoverageFigures, CoverageReport
from programmes.reports.moment import one_moment

AMBER = "FFF3D6"
FileFormat = Literal["xlsx", "csv", "pdf"]


def write_coverage(
    selection: Selection,
    stream: BinaryIO,
    *,
    file_format: FileFormat,
    today: date,
    now: datetime,
    progress: Progress | None = None,
) -> Stamp:
    """Write the coverage file to a binary stream, in the municipality's language, and return its stamp.

    All sheets are read as of one moment, which is over before they are written; `progress` is told how many rows
    have been. The CSV is the sheet `Pass` alone. A closed period gives the file that was kept of it, to the byte.
    """
    with translation.override(settings.LANGUAGE_CODE):
        if selection.closed is None:
            return _write(selection, stream, file_format=file_format, today=today, now=now, progress=progress)
        file = kept_file(selection, file_format) or keep_file(file=frozen_file(selection, file_format, now=now))
    stream.write(bytes(file.content))
    return _stamp_of(file, selection)


def frozen_file(selection: Selection, file_format: FileFormat, *, now: datetime) -> ClosedPeriodFile:
    """A file of a closed period, made of its frozen figures and not saved."""
    if selection.closed is None:
        raise ValueError("The period is not closed.")
    stream = BytesIO()
    with translation.override(settings.LANGUAGE_CODE):
        stamp = _write(selection, stream, file_format=file_format, today=selection.period.last_day, now=now)
    return ClosedPeriodFile(
        closed_period=selection.closed,
        selection=selection.frozen_key,
        file_format=file_format,
        export_id=stamp.export_id,
        profile=stamp.profile,
        words=stamp.selection,
        checksum=checksum(stream),
        content=stream.getvalue(),
        made_at=now,
        version=stamp.version,
    )


def kept_file(selection: Selection, file_format: FileFormat) -> ClosedPeriodFile | None:
    """The file that is kept of a closed period for the same schools, or None."""
    return ClosedPeriodFile.objects.filter(
        closed_period=selection.closed,
        report=None,
        selection=selection.frozen_key,
        file_format=file_format,
        profile=_profile(),
    ).first()


def _write(
    selection: Selection,
    stream: BinaryIO,
    *,
    file_format: FileFormat,
    today: date,
    now: datetime,
    progress: Progress | None = None,
) -> Stamp:
    with ExitStack() as files:
        with one_moment():
            report = selection.report(today=today)
            stamp = _stamp(selection, now=now)
            if file_format == "pdf":
                pdf.write_coverage_document(selection, report, stream, stamp=stamp)
                return stamp
            book = coverage_book(selection, report, stamp=stamp, today=today)
            asked = book.tables if file_format == "xlsx" else [_session_table(selection, report, today=today)]
            tables = files.enter_context(spooled(asked, progress=progress))
        if file_format == "csv":
            csv.write_table(tables[0], stream)
        else:
            xlsx.write_book(replace(book, tables=tables), stream)
    return stamp


def coverage_book(selection: Selection, report: CoverageReport, *, stamp: Stamp, today: date) -> Book:
    """The six sheets of the coverage workbook; the rows of the last ones are read as they are written."""
    tables = [
        _school_table(report),
        _class_table(report),
        _session_table(selection, report, today=today),
        _delivery_table(selection, report, today=today),
    ]
    definitions = _definition_table(tables, closed=selection.closed)
    return Book(cover=_cover(selection, report, stamp), tables=[*tables, definitions], stamp=stamp)


def definitions_of(selection: Selection, report: CoverageReport, *, today: date) -> list[Row]:
    """What every word of the file means today: put away with a period that is closed."""
    tables = [
        _school_table(report),
        _class_table(report),
        _session_table(selection, report, today=today),
        _delivery_table(selection, report, today=today),
    ]
    return list(definition_rows(tables))


def _profile() -> str:
    return _("profile internal, nothing suppressed")


def _stamp_of(file: ClosedPeriodFile, selection: Selection) -> Stamp:
    return Stamp(
        export_id=file.export_id,
        exported_at=file.made_at,
        version=file.version,
        period=selection.period.label,
        selection=file.words,
        profile=file.profile,
    )


def _stamp(selection: Selection, *, now: datetime) -> Stamp:
    return Stamp(
        export_id=new_export_id(now=now),
        exported_at=now,
        version=settings.STINS_VERSION,
        period=selection.period.label,
        selection=f"{selection.municipality.name}, {selection.programme.name}, {selection.words}",
        profile=_profile(),
    )


def _cover(selection: Selection, report: CoverageReport, stamp: Stamp) -> Cover:
    total = report.total
    facts: Sequence[tuple[str, Value]] = (
        (pgettext("column", "Municipality"), f"{selection.municipality.name} ({selection.municipality.code})"),
        (pgettext("column", "Programme"), selection.programme.name),
        (pgettext("column", "Period"), selection.period.label),
        (pgettext("column", "First day"), selection.period.first_day),
        (pgettext("column", "Last day"), selection.period.last_day),
        (pgettext("column", "Counted to and including"), report.day),
        *closing_facts(selection.closed),
        (pgettext("column", "Area"), selection.words if selection.area and not selection.school else _("all areas")),
        (pgettext("column", "School"), selection.words if selection.school else _("all schools")),
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
        rows=_session_rows(selection, report, today=today),
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
        rows=_delivery_rows(selection, report, today=today),
    )


def _session_rows(selection: Selection, report: CoverageReport, *, today: date) -> Iterator[Row]:
    if selection.closed:
        return rows_of(selection.closed, SESSIONS, columns=SESSION_COLUMNS, schools=selection.frozen_schools)
    return session_rows(selection.classes, report, today=today)


def _delivery_rows(selection: Selection, report: CoverageReport, *, today: date) -> Iterator[Row]:
    if selection.closed:
        return rows_of(selection.closed, DELIVERIES, columns=DELIVERY_COLUMNS, schools=selection.frozen_schools)
    return delivery_rows(selection.classes, report, today=today)


def _definition_table(tables: Sequence[Table], *, closed: ClosedPeriod | None) -> Table:
    name = pgettext("sheet", "Definitions")
    rows = closed.figures["definitions"] if closed else definition_rows(tables)
    return Table(name=name, title=name, columns=(SHEET, WORD, MEANING), rows=rows)
