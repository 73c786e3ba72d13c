"""Bars drawn for a document: the name before each, its figure after it, and what the parts are below."""

from collections.abc import Iterator, Sequence

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.utils import simpleSplit

from cms.pdf import Document
from cms.pdf.typeface import BOLD, INK, MUTED, NEEDS, NEEDS_WASH, PROGRAMMES, REGULAR
from programmes.exports.charts import HELD, MISSING, Bar, Bars

ROW, LINE, BAR, NAMES, LONG_NAMES, NUMBERS, LEGEND = 19, 11.5, 9, 150, 230, 84, 26
SIZE, BETWEEN = 9.5, 10
# Under the finding on the first page there is room for less than on a page of its own.
FIRST_DRAWING, PER_DRAWING = 24 * ROW, 28 * ROW
DEFAULT = "taget"


def add_bars(document: Document, chart: Bars, *, programme: str) -> None:
    """Put a chart into a document, in as many drawings as it takes, each with the same in words."""
    names = LONG_NAMES if any(len(_lines(bar, names=NAMES)) > 1 for bar in chart.bars) else NAMES
    for bars in _at_a_time(chart.bars, names=names):
        drawing = _drawing(bars, chart, names=names, width=document.width, programme=programme)
        document.figure(drawing, alternative=chart.in_words(bars))


def _at_a_time(bars: Sequence[Bar], *, names: float) -> Iterator[Sequence[Bar]]:
    together: list[Bar] = []
    room, height = FIRST_DRAWING, 0.0
    for bar in bars:
        more = _height(bar, names=names)
        if together and height + more > room:
            yield together
            room, together, height = PER_DRAWING, [], 0.0
        together.append(bar)
        height += more
    yield together


def _lines(bar: Bar, *, names: float) -> list[str]:
    """A bar's whole name, in as many lines as it takes: names that begin alike are told apart by their end."""
    return simpleSplit(bar.name, BOLD, SIZE, names - BETWEEN) or [""]


def _height(bar: Bar, *, names: float) -> float:
    return ROW + LINE * (len(_lines(bar, names=names)) - 1)


def _drawing(bars: Sequence[Bar], chart: Bars, *, names: float, width: float, programme: str) -> Drawing:
    foot = LEGEND if chart.legend else 4
    drawing = Drawing(width, sum(_height(bar, names=names) for bar in bars) + foot)
    length = width - names - NUMBERS
    top = drawing.height
    for bar in bars:
        lines = _lines(bar, names=names)
        last = top - _height(bar, names=names) + 5
        for place, line in enumerate(reversed(lines)):
            drawing.add(_words(0, last + LINE * place, line, bold=True))
        bottom = last + LINE * (len(lines) - 1) / 2
        drawing.add(_words(width, bottom, bar.words, anchor="end"))
        x = float(names)
        for kind, share in bar.parts:
            if share:
                drawing.add(_part(x, bottom - 1, length * share, kind, programme))
            x += length * share
        drawing.add(Line(0, last - 5, width, last - 5, strokeColor=NEEDS_WASH, strokeWidth=0.4))
        top = last - 5
    _legend(drawing, chart, names=names, programme=programme)
    return drawing


def _part(x: float, y: float, width: float, kind: str, programme: str) -> Rect:
    if kind == MISSING:
        return Rect(
            x + 0.5, y + 0.5, max(width - 1, 0.5), BAR - 1, fillColor=NEEDS_WASH, strokeColor=NEEDS, strokeWidth=1
        )
    colour = PROGRAMMES[programme or DEFAULT] if kind == HELD else MUTED
    return Rect(x, y, width, BAR, fillColor=colour, strokeColor=None)


def _legend(drawing: Drawing, chart: Bars, *, names: float, programme: str) -> None:
    x = float(names)
    for kind, words in chart.legend:
        drawing.add(_part(x, 4, 14, kind, programme))
        drawing.add(_words(x + 19, 5, str(words), muted=True))
        x += 34 + 5.2 * len(str(words))


def _words(x: float, y: float, text: str, *, bold: bool = False, anchor: str = "start", muted: bool = False) -> String:
    font = BOLD if bold else REGULAR
    colour = MUTED if muted else INK
    return String(x, y, text, fontName=font, fontSize=SIZE, fillColor=colour, textAnchor=anchor)
