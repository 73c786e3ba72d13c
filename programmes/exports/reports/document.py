"""Any report as a document for a board: the answer in a sentence, the drawings, the tables, and what the words mean."""

from collections.abc import Iterable, Sequence
from datetime import date
from heapq import nlargest
from typing import BinaryIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.pdfbase.pdfmetrics import stringWidth

from cms.pdf import Document
from cms.pdf.typeface import BOLD
from programmes.exports.bars import add_bars
from programmes.exports.line_drawings import add_lines
from programmes.exports.reports.report import Report, Section, Texts
from programmes.exports.tables import Column, Stamp, Value
from programmes.exports.words import written
from programmes.models import Municipality

# The size of a table's print, what stands around a cell, and the most that a text wishes for: in points.
PRINT, PADDING, MOST = 9.5, 13, 300
WIDEST_FIGURE = str.maketrans("123456789", "000000000")


def write_document(
    report: Report, stream: BinaryIO, *, stamp: Stamp, municipality: Municipality, programme: str, below: Sequence[str]
) -> None:
    """Write a report as a tagged PDF (PDF/UA-1); figures, signs and rounding are those of the page.

    `programme` is the code whose colour it has (empty: none), `below` the lines under the answer: where, until when.
    """
    document = Document(report.title, made_at=stamp.exported_at, owner=municipality.name, programme=programme)
    document.rule(is_accent=True)
    document.paragraph(municipality.name, look="small", muted=True)
    document.heading(report.title)
    document.paragraph(report.finding.rest.lstrip(), lead=report.finding.lead, look="lede")
    for line in below:
        document.paragraph(line, look="small", muted=True)
    _texts(document, report.texts, level=2)
    for section in report.shown_sections:
        _section(document, section, programme=programme)
    document.heading(_("How the figures are counted"), level=2)
    for word, meaning in report.definitions:
        document.paragraph(meaning, lead=f"{word}:")
    document.paragraph(_("No denominator: there is nothing to make a share or a mean of."), lead=".")
    document.heading(_("About this file"), level=2)
    document.paragraph(
        _("Made %(time)s with Stins %(version)s, %(profile)s. Export id %(id)s.")
        % {"time": stamp.time, "version": stamp.version, "profile": stamp.profile, "id": stamp.export_id},
        look="small",
    )
    stream.write(document.build())


def counted_to(place: str, *, day: date) -> str:
    """The line under the finding: where, and to which day it is counted."""
    return _("%(selection)s. Counted to and including %(day)s.") % {
        "selection": place[:1].upper() + place[1:],
        "day": date_format(day, "j F Y"),
    }


def _section(document: Document, section: Section, *, programme: str) -> None:
    if section.starts_page:
        document.new_page()
    document.heading(str(section.heading), level=section.level)
    if section.about:
        document.paragraph(str(section.about))
    _texts(document, section.texts, level=section.level + 1)
    if section.bars and section.bars.bars:
        add_bars(document, section.bars, programme=programme)
    if section.table is None:
        return
    rows = section.rows
    if not rows:
        document.paragraph(str(section.nothing or _("There is nothing to show in this selection.")))
        return
    if section.lines:
        add_lines(document, section.lines)
    total = [section.total] if section.total else []
    document.table(
        [column.head for column in section.columns],
        [[written(value, column.kind) for value, column in cells] for cells in [*rows, *total]],
        widths=column_widths(section.columns, [*rows, *total], width=document.width),
        numbers=[place for place, column in enumerate(section.columns) if column.is_number],
        has_total=bool(total),
    )


def _texts(document: Document, texts: Texts, *, level: int) -> None:
    """What people have written, its paragraphs as on the page."""
    for heading, text in texts:
        document.heading(str(heading), level=level)
        for paragraph in str(text).replace("\r\n", "\n").split("\n\n"):
            document.paragraph(paragraph.strip())


def column_widths(
    columns: Sequence[Column], rows: Sequence[Sequence[tuple[Value, Column]]], *, width: float
) -> list[float]:
    """No word, number or day is broken where all of them fit; the texts share what is left by how long they are."""
    floors, wishes = [], []
    for place, column in enumerate(columns):
        cells = [written(row[place][0], column.kind) for row in rows]
        words = [word for cell in cells for word in cell.split()] if column.kind == "text" else cells
        floors.append(PADDING + _widest([*column.head.split(), *words]))
        whole = PADDING + _widest([column.head, *cells]) if column.kind == "text" else 0
        wishes.append(max(min(whole, MOST) - floors[-1], 0))
    left, wished = width - sum(floors), sum(wishes)
    if left <= 0 or not wished:
        return floors
    return [floor + wish * left / wished for floor, wish in zip(floors, wishes, strict=True)]


def _widest(texts: Iterable[str]) -> float:
    """How much room the longest of some texts takes, in points; by letters first, so that long tables stay quick.

    Every figure as wide as the widest: of many days with as many letters, the three looked at could be slim ones.
    """
    longest = nlargest(3, {text.translate(WIDEST_FIGURE) for text in texts}, key=len)
    return max((stringWidth(text, BOLD, PRINT) for text in longest), default=0.0)
