"""Coverage as a document for a board: the answer in a sentence, the bars, the tables, and what the words mean."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from cms.pdf import Document
from programmes.exports.bars import add_bars
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
from programmes.exports.selections import Selection
from programmes.exports.tables import Column, Stamp
from programmes.exports.words import written
from programmes.reports.coverage import CoverageFigures, CoverageReport

OUTCOME = (EXPECTED, HELD, DELIVERY_RATE, NOT_HELD, NOT_REPORTED, BASE_COVERAGE)
# As the columns are called on the screen, where their own names are too long for a column.
SHORT = {
    "held_of_expected": pgettext_lazy("sessions", "Held"),
    "delivery_rate": gettext_lazy("Share"),
    "reporting_rate": pgettext_lazy("share of sessions", "Reported"),
}
NAMES, NUMBER, PERCENT, WORD, LETTER = 100, 44, 54, 13, 5.1  # points: a name, a number, air around a word, a letter
QUALITY = (REPORTING_RATE, ON_TIME_RATE, DOSE, ATTENDANCE, ADHERENCE)


def write_coverage_document(selection: Selection, report: CoverageReport, stream: BinaryIO, *, stamp: Stamp) -> None:
    """Write the report as a tagged PDF; the figures, signs and rounding are those of the screen.

    Counts of sessions and classes; rates in per cent; `.` where there is nothing to make a share of.
    """
    title = _("Coverage, %(programme)s, %(period)s") % {
        "programme": selection.programme.name,
        "period": selection.period.label,
    }
    document = Document(
        title, made_at=stamp.exported_at, owner=selection.municipality.name, programme=selection.programme.code
    )
    document.rule(is_accent=True)
    document.paragraph(selection.municipality.name, look="small", muted=True)
    document.heading(title)
    finding = coverage_finding(report)
    document.paragraph(finding.rest.lstrip(), lead=finding.lead, look="lede")
    document.paragraph(_counted_to(selection, report), look="small", muted=True)
    if selection.closed:
        document.paragraph(closed_in_words(selection.closed), look="small", muted=True)
    if report.schools:
        _bars(document, report)
        _figures_table(document, _("Schools"), pgettext("column", "School"), _by_school(report), OUTCOME, report)
        _figures_table(
            document, _("How it went"), pgettext("column", "School"), _by_school(report), _quality(report), report
        )
    if len(report.areas) > 1:
        areas = [(row.area.name if row.area else _("No area"), row.figures) for row in report.areas]
        _figures_table(document, _("Areas"), pgettext("column", "Area"), areas, OUTCOME, report)
    if len(report.grades) > 1:
        grades = [(row.grades, row.figures) for row in report.grades]
        _figures_table(document, _("Grades"), pgettext("column", "Grade"), grades, OUTCOME, report)
    _definitions(document, as_defined((*OUTCOME, *_quality(report)), closed=selection.closed))
    _provenance(document, stamp)
    stream.write(document.build())


def _counted_to(selection: Selection, report: CoverageReport) -> str:
    return _("%(selection)s. Counted to and including %(day)s.") % {
        "selection": selection.words[:1].upper() + selection.words[1:],
        "day": date_format(report.day, "j F Y"),
    }


def _quality(report: CoverageReport) -> Sequence[Column]:
    return (*QUALITY, *(FIGURE_TARGET_COLUMNS if report.has_yearly_target else ()))


def _by_school(report: CoverageReport) -> list[tuple[str, CoverageFigures]]:
    return [(row.school.name, row.figures) for row in report.schools]


def _bars(document: Document, report: CoverageReport) -> None:
    document.heading(_("Held, not held, not reported"), level=2)
    add_bars(document, coverage_bars(_by_school(report)), programme=report.programme.code)


def _figures_table(
    document: Document,
    heading: str,
    first: str,
    rows: Iterable[tuple[str, CoverageFigures]],
    columns: Sequence[Column],
    report: CoverageReport,
) -> None:
    """A table of figures with what they come to together last; the total is of the rows, never of percentages."""
    lines = [*rows]
    if len(lines) > 1:
        lines.append((_("Together"), report.total))
    document.heading(heading, level=2)
    heads = [SHORT.get(column.key, str(column.heading)) for column in columns]
    widths = [
        max(WORD + LETTER * max(map(len, str(head).split())), PERCENT if column.kind == "percent" else NUMBER)
        for head, column in zip(heads, columns, strict=True)
    ]
    document.table(
        [first, *map(str, heads)],
        [[name, *_written_row(figures, columns)] for name, figures in lines],
        widths=[max(document.width - sum(widths), NAMES), *widths],
        numbers=range(1, len(columns) + 1),
        has_total=len(lines) > 1,
    )


def _written_row(figures: CoverageFigures, columns: Sequence[Column]) -> list[str]:
    return [written(value, column.kind) for value, column in zip(school_row(figures, columns), columns, strict=True)]


def _definitions(document: Document, columns: Sequence[Column]) -> None:
    document.heading(_("How the figures are counted"), level=2)
    for column in columns:
        document.paragraph(str(column.definition), lead=f"{column.heading}:")
    document.paragraph(_("No denominator: there is nothing to make a share or a mean of."), lead=".")


def _provenance(document: Document, stamp: Stamp) -> None:
    document.heading(_("About this file"), level=2)
    document.paragraph(
        _("Made %(time)s with Stins %(version)s, %(profile)s. Export id %(id)s.")
        % {"time": stamp.time, "version": stamp.version, "profile": stamp.profile, "id": stamp.export_id},
        look="small",
    )
