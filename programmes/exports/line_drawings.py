"""Classes' lines drawn for a document: the months above, a line with its stations, and how far it has come."""

from collections.abc import Sequence
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Group, Line as Stroke, Polygon, Rect, String
from reportlab.lib.colors import HexColor

from cms.pdf import Document
from cms.pdf.typeface import BOLD, HAIRLINE, INK, MUTED, NEEDS, NEEDS_WASH, PROGRAMMES, REGULAR
from cms.templatetags.line import SIGN_NAMES, Stop, place
from programmes.exports.lines import LineRow, Lines

NAMES, NUMBERS, ROW, HEAD, FOOT = 78, 62, 26, 16, 24
PER_DRAWING = 22
SCALE = 0.72  # of the signs on the screen
PAPER = HexColor("#ffffff")


def add_lines(document: Document, lines: Lines) -> None:
    """Put lines into a document, in as many drawings as it takes, each with the same in words."""
    for start in range(0, len(lines.rows), PER_DRAWING):
        rows = lines.rows[start : start + PER_DRAWING]
        drawing = _drawing(rows, lines, width=document.width)
        document.figure(drawing, alternative=lines.in_words(rows))


def _drawing(rows: Sequence[LineRow], lines: Lines, *, width: float) -> Drawing:
    drawing = Drawing(width, HEAD + ROW * len(rows) + FOOT)
    length = width - NAMES - NUMBERS
    colour = PROGRAMMES[lines.programme]
    for position, month in lines.scale:
        drawing.add(_words(NAMES + position * length, drawing.height - 10, month, anchor="middle", size=7.5))
    for number, row in enumerate(rows):
        middle = drawing.height - HEAD - ROW * number - ROW / 2
        drawing.add(_words(0, middle - 3, row.name[:14], bold=True, colour=INK))
        drawing.add(_words(width, middle - 3, row.words, anchor="end", colour=INK))
        _line(drawing, row, middle=middle, length=length, colour=colour)
        bottom = middle - ROW / 2
        drawing.add(Stroke(0, bottom, width, bottom, strokeColor=HAIRLINE, strokeWidth=0.4))
    _legend(drawing, colour)
    return drawing


def _line(drawing: Drawing, row: LineRow, *, middle: float, length: float, colour: Any) -> None:
    done = (row.line.progress if row.line.progress is not None else 1) * length
    drawing.add(Stroke(NAMES, middle, NAMES + length, middle, strokeColor=HAIRLINE, strokeWidth=2))
    if done:
        drawing.add(Stroke(NAMES, middle, NAMES + done, middle, strokeColor=colour, strokeWidth=2))
    placed, _narrowest = place(row.line.stops, width=int(length), factor=SCALE)
    for item in placed:
        sign = _sign(item.stop, colour)
        sign.transform = (SCALE, 0, 0, SCALE, NAMES + min(max(item.at(length), 0), length), middle)
        drawing.add(sign)


def _legend(drawing: Drawing, colour: Any) -> None:
    x = float(NAMES)
    for kind, words in SIGN_NAMES.items():
        sign = _sign(Stop(position=0, sign=kind, name=str(words)), colour)
        sign.transform = (SCALE, 0, 0, SCALE, x + 6, 8)
        drawing.add(sign)
        drawing.add(_words(x + 16, 5, str(words), size=8))
        x += 30 + 4.6 * len(str(words))


def _sign(stop: Stop, colour: Any) -> Group:
    """A station by its shape first, as on the screen."""
    large = stop.is_major
    if stop.sign == "held":
        return Group(Circle(0, 0, 10 if large else 7, fillColor=colour, strokeColor=None))
    if stop.sign in ("planned", "due"):
        is_due = stop.sign == "due"
        radius = (9.5 if large else 7.5) if is_due else (8.75 if large else 5.75)
        ring = Circle(0, 0, radius, fillColor=PAPER, strokeColor=colour, strokeWidth=3 if is_due else 2.5)
        dots = [Circle(0, 0, 3 if large else 2.5, fillColor=colour, strokeColor=None)] if is_due else []
        return Group(ring, *dots)
    if stop.sign == "missing":
        r = 11.4 if large else 8.6
        diamond = Polygon([0, -r, r, 0, 0, r, -r, 0], fillColor=NEEDS_WASH, strokeColor=NEEDS, strokeWidth=2)
        call = Rect(-0.9, -1, 1.8, r / 2 + 0.8, fillColor=NEEDS, strokeColor=None)
        return Group(diamond, call, Circle(0, -3.4, 1.2, fillColor=NEEDS, strokeColor=None))
    r, arm = (7.8, 3.8) if large else (5.9, 2.8)
    box = Rect(-r, -r, 2 * r, 2 * r, fillColor=PAPER, strokeColor=MUTED, strokeWidth=2.2)
    crosses = [Stroke(-arm, -arm * side, arm, arm * side, strokeColor=MUTED, strokeWidth=2.2) for side in (1, -1)]
    return Group(box, *crosses)


def _words(
    x: float, y: float, text: str, *, bold: bool = False, anchor: str = "start", colour: Any = MUTED, size: float = 9.5
) -> String:
    font = BOLD if bold else REGULAR
    return String(x, y, text, fontName=font, fontSize=size, fillColor=colour, textAnchor=anchor)
