"""Bars drawn for a document: the name before each, its figure after it, and what the parts are below."""

from collections.abc import Iterator, Sequence

from reportlab.graphics.shapes import Drawing, Line, Rect, String

from cms.pdf import Document
from cms.pdf.typeface import BOLD, INK, MUTED, NEEDS, NEEDS_WASH, PROGRAMMES, REGULAR
from programmes.exports.charts import HELD, MISSING, Bar, Bars

ROW, BAR, NAMES, NUMBERS, LEGEND = 19, 9, 150, 84, 26
# Under the finding on the first page there is room for fewer than on a page of its own.
FIRST_DRAWING, PER_DRAWING = 24, 28
LONGEST, LAST_LETTERS = 28, 10
DEFAULT = "taget"


def add_bars(document: Document, chart: Bars, *, programme: str) -> None:
    """Put a chart into a document, in as many drawings as it takes, each with the same in words."""
    for bars in _at_a_time(chart.bars):
        document.figure(
            _drawing(bars, chart, width=document.width, programme=programme), alternative=chart.in_words(bars)
        )


def _at_a_time(bars: Sequence[Bar]) -> Iterator[Sequence[Bar]]:
    yield bars[:FIRST_DRAWING]
    for start in range(FIRST_DRAWING, len(bars), PER_DRAWING):
        yield bars[start : start + PER_DRAWING]


def _drawing(bars: Sequence[Bar], chart: Bars, *, width: float, programme: str) -> Drawing:
    foot = LEGEND if chart.legend else 4
    drawing = Drawing(width, ROW * len(bars) + foot)
    length = width - NAMES - NUMBERS
    for place, bar in enumerate(bars):
        bottom = drawing.height - ROW * (place + 1) + 5
        drawing.add(_words(0, bottom, _short(bar.name), bold=True))
        drawing.add(_words(width, bottom, bar.words, anchor="end"))
        x = float(NAMES)
        for kind, share in bar.parts:
            if share:
                drawing.add(_part(x, bottom - 1, length * share, kind, programme))
            x += length * share
        drawing.add(Line(0, bottom - 5, width, bottom - 5, strokeColor=NEEDS_WASH, strokeWidth=0.4))
    _legend(drawing, chart, programme)
    return drawing


def _part(x: float, y: float, width: float, kind: str, programme: str) -> Rect:
    if kind == MISSING:
        return Rect(
            x + 0.5, y + 0.5, max(width - 1, 0.5), BAR - 1, fillColor=NEEDS_WASH, strokeColor=NEEDS, strokeWidth=1
        )
    colour = PROGRAMMES[programme or DEFAULT] if kind == HELD else MUTED
    return Rect(x, y, width, BAR, fillColor=colour, strokeColor=None)


def _legend(drawing: Drawing, chart: Bars, programme: str) -> None:
    x = float(NAMES)
    for kind, words in chart.legend:
        drawing.add(_part(x, 4, 14, kind, programme))
        drawing.add(_words(x + 19, 5, str(words), muted=True))
        x += 34 + 5.2 * len(str(words))


def _words(x: float, y: float, text: str, *, bold: bool = False, anchor: str = "start", muted: bool = False) -> String:
    font = BOLD if bold else REGULAR
    colour = MUTED if muted else INK
    return String(x, y, text, fontName=font, fontSize=9.5, fillColor=colour, textAnchor=anchor)


def _short(name: str) -> str:
    """A name that fits beside its bar, with its end, where names that begin alike differ; the table holds it whole."""
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST - LAST_LETTERS - 1].rstrip()}…{name[-LAST_LETTERS:].lstrip()}"
