"""Any report as a document for a board: the answer in a sentence, the drawings, the tables, and what the words mean."""

from collections.abc import Sequence
from typing import BinaryIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.pdf import Document
from programmes.exports.bars import add_bars
from programmes.exports.findings import closed_in_words
from programmes.exports.line_drawings import add_lines
from programmes.exports.reports.report import Report, Section, Texts
from programmes.exports.reports.scope import Scope
from programmes.exports.tables import Column, Stamp, Value
from programmes.exports.words import written

# Points: a number, a date, the air around a word, a letter of a heading and of a cell, the most that a word is given.
NUMBER, DATE, AIR, HEAD_LETTER, LETTER, LEAST = 52, 66, 13, 5.4, 5.3, 100
MOST = 40  # letters that a text's width counts


def write_document(scope: Scope, report: Report, stream: BinaryIO, *, stamp: Stamp) -> None:
    """Write a report as a tagged PDF (PDF/UA-1); figures, signs and rounding are those of the page."""
    programme = scope.programme.code if scope.programme else ""
    document = Document(report.title, made_at=stamp.exported_at, owner=scope.municipality.name, programme=programme)
    document.rule(is_accent=True)
    document.paragraph(scope.municipality.name, look="small", muted=True)
    document.heading(report.title)
    document.paragraph(report.finding.rest.lstrip(), lead=report.finding.lead, look="lede")
    document.paragraph(counted_to(scope), look="small", muted=True)
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


def counted_to(scope: Scope) -> str:
    """The line under the finding: where, and to which day it is counted."""
    place = scope.place
    counted = _("%(selection)s. Counted to and including %(day)s.") % {
        "selection": place[:1].upper() + place[1:],
        "day": date_format(scope.day, "j F Y"),
    }
    return f"{counted} {closed_in_words(scope.closed)}" if scope.closed else counted


def _section(document: Document, section: Section, *, programme: str) -> None:
    if section.starts_page:
        document.new_page()
    document.heading(str(section.heading), level=section.level)
    if section.about:
        document.paragraph(str(section.about))
    _texts(document, section.texts, level=section.level + 1)
    if section.table is None:
        return
    rows = section.rows
    if not rows:
        document.paragraph(str(section.nothing or _("There is nothing to show in this selection.")))
        return
    if section.bars:
        add_bars(document, section.bars, programme=programme)
    if section.lines:
        add_lines(document, section.lines)
    total = [section.total] if section.total else []
    document.table(
        [column.head for column in section.columns],
        [[written(value, column.kind) for value, column in cells] for cells in [*rows, *total]],
        widths=_widths(section.columns, rows, width=document.width),
        numbers=[place for place, column in enumerate(section.columns) if column.is_number],
        has_total=bool(total),
    )


def _texts(document: Document, texts: Texts, *, level: int) -> None:
    """What people have written, its paragraphs as on the page."""
    for heading, text in texts:
        document.heading(str(heading), level=level)
        for paragraph in str(text).replace("\r\n", "\n").split("\n\n"):
            document.paragraph(paragraph.strip())


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[tuple[Value, Column]]], *, width: float) -> list[float]:
    """Numbers and dates take what their heading and they need; the texts share the rest by how long they are.

    A short text takes no more than its least, and leaves the rest to the others.
    """
    least = [_least(column, [row[place][0] for row in rows]) for place, column in enumerate(columns)]
    texts = [place for place, column in enumerate(columns) if column.kind == "text"]
    letters = {place: min(max(len(str(row[place][0] or "")) for row in rows) + 2, MOST) for place in texts}
    left = width - sum(least)
    wanted = {place: max(LETTER * letters[place] + AIR - least[place], 1) for place in texts}
    shares = {place: left * want / sum(wanted.values()) for place, want in wanted.items()} if left > 0 else {}
    return [least[place] + shares.get(place, 0) for place in range(len(columns))]


def _least(column: Column, values: Sequence[Value]) -> float:
    """What a column cannot do without: its longest word."""
    heading = AIR + HEAD_LETTER * max(map(len, column.head.split()), default=0)
    if column.kind == "date":
        return max(heading, DATE)
    if column.kind != "text":
        return max(heading, NUMBER)
    words = [word for value in values for word in str(value or "").split()]
    return max(heading, min(AIR + LETTER * max(map(len, words), default=0), LEAST))
