"""Writes any report to a file: the workbook, the document or the CSV, all from the same tables as the page."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import BinaryIO, Literal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _, pgettext

from programmes.exports import csv, xlsx
from programmes.exports.definitions import MARKS, column_rows
from programmes.exports.figure_columns import MEANING, SHEET, WORD
from programmes.exports.findings import closed_in_words, closing_facts
from programmes.exports.reports.document import counted_to, write_document
from programmes.exports.reports.report import Report
from programmes.exports.reports.scope import Scope
from programmes.exports.tables import Book, Cover, Row, Stamp, Table, Text, Value, new_export_id

FileFormat = Literal["xlsx", "csv", "pdf"]


def stamp_of(scope: Scope, report: Report, *, now: datetime) -> Stamp:
    """What each file of a report says about its own making."""
    return Stamp(
        export_id=new_export_id(now=now),
        exported_at=now,
        version=settings.STINS_VERSION,
        period=scope.period_label,
        selection=scope.words,
        profile=str(report.profile),
    )


def write_report(scope: Scope, report: Report, stream: BinaryIO, *, file_format: FileFormat, stamp: Stamp) -> None:
    """Write a report to a binary stream in the municipality's language.

    Numbers are numbers and dates dates; a missing value is an empty cell; `.`, `..`, `~0` and `~100` are texts and are
    explained in the workbook and the document. The CSV is one table alone.
    """
    with translation.override(settings.LANGUAGE_CODE):
        if file_format == "csv":
            csv.write_table(report.main, stream)
        elif file_format == "pdf":
            write_document(
                report,
                stream,
                stamp=stamp,
                municipality=scope.municipality,
                programme=scope.programme.code if scope.programme else "",
                below=below_answer(scope),
            )
        else:
            xlsx.write_book(report_book(scope, report, stamp=stamp), stream)


def below_answer(scope: Scope) -> list[str]:
    """What is said under the answer: where, until when, and whether the period is closed."""
    closed = [closed_in_words(scope.closed)] if scope.closed else []
    return [counted_to(scope.place, day=scope.day), *closed]


def report_book(scope: Scope, report: Report, *, stamp: Stamp) -> Book:
    """A cover, a sheet for each section, and the definitions."""
    name = pgettext("sheet", "Definitions")
    definitions = Table(name=name, title=name, columns=(SHEET, WORD, MEANING), rows=_definition_rows(report))
    cover = Cover(
        name=pgettext("sheet", "Overview"),
        title=report.title,
        finding=str(report.finding),
        facts=[*_facts(scope, stamp), *_texts(report)],
        tables=[],
    )
    return Book(cover=cover, tables=[*report.tables, definitions], stamp=stamp)


def _facts(scope: Scope, stamp: Stamp) -> Sequence[tuple[Text, Value]]:
    programme: list[tuple[Text, Value]] = (
        [(pgettext("column", "Programme"), scope.programme.name)] if scope.programme else []
    )
    return [
        (pgettext("column", "Municipality"), f"{scope.municipality.name} ({scope.municipality.code})"),
        *programme,
        (pgettext("column", "Period"), scope.period_label),
        (pgettext("column", "First day"), scope.period.first_day),
        (pgettext("column", "Last day"), scope.period.last_day),
        (pgettext("column", "Counted to and including"), scope.day),
        *closing_facts(scope.closed),
        (pgettext("column", "Area"), scope.area_words),
        (pgettext("column", "School"), scope.school_words),
        (pgettext("column", "Profile"), stamp.profile),
        (pgettext("column", "Exported"), stamp.time),
        (pgettext("column", "Software"), f"Stins {stamp.version}"),
        (pgettext("column", "Export id"), stamp.export_id),
    ]


def _texts(report: Report) -> list[tuple[Text, Value]]:
    return [(heading, str(text)) for heading, text in report.texts]


def _definition_rows(report: Report) -> Iterator[Row]:
    for word, meaning in (*MARKS, *report.words):
        yield [_("all sheets"), str(word), str(meaning)]
    yield from column_rows(report.tables)
