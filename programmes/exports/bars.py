"""The bars of coverage, drawn for a document: of what was expected, how much is held, not held, not reported."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from reportlab.graphics.shapes import Drawing, Line, Rect, String

from cms.pdf.typeface import BOLD, INK, MUTED, NEEDS, NEEDS_WASH, PROGRAMMES, REGULAR
from programmes.exports.words import part_words
from programmes.reports.coverage import SchoolCoverage

ROW, BAR, NAMES, NUMBERS, LEGEND = 19, 9, 150, 62, 26
PER_DRAWING = 28


def coverage_bars(schools: Sequence[SchoolCoverage], *, width: float, programme: str) -> Drawing:
    """A bar per school, each of the same length: its parts are shares of the sessions expected at that school."""
    drawing = Drawing(width, ROW * len(schools) + LEGEND)
    length = width - NAMES - NUMBERS
    for place, row in enumerate(schools):
        bottom = drawing.height - ROW * (place + 1) + 5
        figures = row.figures
        drawing.add(_words(0, bottom, _short(row.school.name), bold=True))
        drawing.add(_words(width, bottom, part_words(figures.held_of_expected, figures.expected), anchor="end"))
        x = float(NAMES)
        parts = [("held", figures.held_of_expected), ("not_held", figures.not_held), ("missing", figures.not_reported)]
        for kind, count in parts:
            taken = length * count / figures.expected if figures.expected else 0
            if taken:
                drawing.add(_part(x, bottom - 1, taken, kind, programme))
            x += taken
        drawing.add(Line(0, bottom - 5, width, bottom - 5, strokeColor=NEEDS_WASH, strokeWidth=0.4))
    _legend(drawing, programme)
    return drawing


def coverage_bars_in_words(schools: Sequence[SchoolCoverage]) -> str:
    """The same for those who do not see the bars."""
    sentences = [
        _("%(school)s: %(held)s of %(expected)s held, %(not_held)s not held, %(missing)s not reported.")
        % {
            "school": row.school.name,
            "held": row.figures.held_of_expected,
            "expected": row.figures.expected,
            "not_held": row.figures.not_held,
            "missing": row.figures.not_reported,
        }
        for row in schools
    ]
    return " ".join([_("Bars by school."), *sentences])


def _part(x: float, y: float, width: float, kind: str, programme: str) -> Rect:
    if kind == "missing":
        return Rect(
            x + 0.5, y + 0.5, max(width - 1, 0.5), BAR - 1, fillColor=NEEDS_WASH, strokeColor=NEEDS, strokeWidth=1
        )
    return Rect(x, y, width, BAR, fillColor=PROGRAMMES[programme] if kind == "held" else MUTED, strokeColor=None)


def _legend(drawing: Drawing, programme: str) -> None:
    x = float(NAMES)
    for kind, words in (("held", _("held")), ("not_held", _("not held")), ("missing", _("not reported"))):
        drawing.add(_part(x, 4, 14, kind, programme))
        drawing.add(_words(x + 19, 5, words, muted=True))
        x += 34 + 5.2 * len(words)


def _words(x: float, y: float, text: str, *, bold: bool = False, anchor: str = "start", muted: bool = False) -> String:
    font = BOLD if bold else REGULAR
    colour = MUTED if muted else INK
    return String(x, y, text, fontName=font, fontSize=9.5, fillColor=colour, textAnchor=anchor)


def _short(name: str) -> str:
    """A name that fits beside its bar; the table holds it whole."""
    return name if len(name) <= 28 else f"{name[:27]}…"
