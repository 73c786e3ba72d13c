"""Coverage as a document for a board: the answer in a sentence, the bars, the tables, and what the words mean."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import BinaryIO

from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from programmes.exports.coverage_bars import coverage_bars
from programmes.exports.coverage_rows import school_row
from programmes.exports.figure_columns import (
    ADHERENCE,
    ATTENDANCE,
    BASE_COVERAGE,
    DELIVERY_RATE,
    DOSE,
    EXPECTED,
    FIGURE_TARGET_COLUMNS,
    HELD,
    NOT_HELD,
    NOT_REPORTED,
    ON_TIME_RATE,
    REPORTING_RATE,
)
from programmes.exports.findings import closed_in_words, coverage_finding
from programmes.exports.frozen import as_defined
from programmes.exports.reports.document import counted_to, write_document
from programmes.exports.reports.report import Report, Section
from programmes.exports.selections import Selection
from programmes.exports.tables import Column, Stamp, Table, Text
from programmes.reports.coverage import CoverageFigures, CoverageReport

# As the columns are called on the screen, where their own names are too long for a column.
OUTCOME = (
    EXPECTED,
    replace(HELD, short=pgettext_lazy("sessions", "Held")),
    replace(DELIVERY_RATE, short=gettext_lazy("Share")),
    NOT_HELD,
    NOT_REPORTED,
    BASE_COVERAGE,
)
QUALITY = (
    replace(REPORTING_RATE, short=pgettext_lazy("share of sessions", "Reported")),
    ON_TIME_RATE,
    DOSE,
    ATTENDANCE,
    ADHERENCE,
)

Rows = Sequence[tuple[str, CoverageFigures]]


def write_coverage_document(selection: Selection, report: CoverageReport, stream: BinaryIO, *, stamp: Stamp) -> None:
    """Write the report as a tagged PDF; the figures, signs and rounding are those of the screen.

    Counts of sessions and classes; rates in per cent; `.` where there is nothing to make a share of.
    """
    closed = [closed_in_words(selection.closed)] if selection.closed else []
    write_document(
        _document(selection, report, profile=stamp.profile),
        stream,
        stamp=stamp,
        municipality=selection.municipality,
        programme=selection.programme.code,
        below=[counted_to(selection.words, day=report.day), *closed],
    )


def _document(selection: Selection, report: CoverageReport, *, profile: Text) -> Report:
    outcome, quality = (
        as_defined(columns, closed=selection.closed)
        for columns in (OUTCOME, (*QUALITY, *(FIGURE_TARGET_COLUMNS if report.has_yearly_target else ())))
    )
    school = pgettext("column", "School")
    schools = [(row.school.name, row.figures) for row in report.schools]
    areas = [(row.area.name if row.area else _("No area"), row.figures) for row in report.areas]
    grades = [(row.grades, row.figures) for row in report.grades]
    sections = []
    if schools:
        sections = [
            Section(heading=_("Held, not held, not reported"), bars=coverage_bars(schools)),
            _section(_("Schools"), school, schools, outcome, report),
            _section(_("How it went"), school, schools, quality, report),
        ]
    if len(areas) > 1:
        sections.append(_section(_("Areas"), pgettext("column", "Area"), areas, outcome, report))
    if len(grades) > 1:
        sections.append(_section(_("Grades"), pgettext("column", "Grade"), grades, outcome, report))
    title = _("Coverage, %(programme)s, %(period)s") % {
        "programme": selection.programme.name,
        "period": selection.period.label,
    }
    return Report(
        title=title,
        finding=coverage_finding(report),
        sections=sections,
        profile=profile,
        words=_words([*outcome, *quality]),
    )


def _section(heading: str, first: str, rows: Rows, columns: Sequence[Column], report: CoverageReport) -> Section:
    """Figures with what they come to together last; the total is of the rows, never of percentages."""
    return Section(
        heading=heading,
        table=Table(
            name=heading,
            title=heading,
            columns=(Column("name", first, "text", 30, ""), *columns),
            rows=[[name, *school_row(figures, columns)] for name, figures in rows],
            total=[_("Together"), *school_row(report.total, columns)],
        ),
    )


def _words(columns: Iterable[Column]) -> list[tuple[Text, Text]]:
    """The definitions, also of a report without rows."""
    return [(column.heading, column.definition) for column in columns]
