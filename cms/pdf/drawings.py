"""The drawings of pages as they stand on paper; their geometry is that of the screen, upside down."""

from collections.abc import Mapping
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, Polygon, Rect, String

from cms.pdf.typeface import HAIRLINE, INK, MUTED, PROGRAMMES, REGULAR, WASH, register_fonts

WIDTH, SCALE = 360, 1.2


def levels_drawing(context: Mapping[str, Any], *, colour: Any) -> Drawing:
    """Levels upon each other with a line and a few words for each; `context` is what the block's template is given."""
    height, drawing = context["height"], _drawing(context["height"])
    for level in context["drawn"]:
        corners = [float(number) for number in level["points"].replace(",", " ").split()]
        flipped = [height - number if place % 2 else number for place, number in enumerate(corners)]
        drawing.add(Polygon(flipped, fillColor=WASH, strokeColor=colour, strokeWidth=1))
        top = height - level["top"]
        drawing.add(Line(162, top, WIDTH, top, strokeColor=HAIRLINE, strokeWidth=0.6))
        drawing.add(_words(level["label"], 162, top - 31))
    return drawing


def ages_drawing(context: Mapping[str, Any]) -> Drawing:
    """Bars over the school years, each in its programme's colour."""
    height, drawing = context["height"], _drawing(context["height"])
    for grade in context["grades"]:
        drawing.add(_words(grade["label"], grade["x"], height - 16, anchor="middle", colour=MUTED))
    drawing.add(Line(0, height - 24, WIDTH, height - 24, strokeColor=HAIRLINE, strokeWidth=0.6))
    for bar in context["bars"]:
        place = (bar["x"] + bar["width"], "end") if bar["ends"] else (bar["x"], "start")
        drawing.add(_words(bar["label"], place[0], height - bar["top"] - 18, anchor=place[1]))
        colour = PROGRAMMES[bar["colour"]]
        drawing.add(
            Rect(bar["x"], height - bar["top"] - 36, bar["width"], 10, rx=5, ry=5, fillColor=colour, strokeColor=None)
        )
    return drawing


def _drawing(height: float) -> Drawing:
    register_fonts()
    drawing = Drawing(WIDTH * SCALE, height * SCALE)
    drawing.transform = (SCALE, 0, 0, SCALE, 0, 0)
    return drawing


def _words(text: str, x: float, y: float, *, anchor: str = "start", colour: Any = INK) -> String:
    return String(x, y, text, fontName=REGULAR, fontSize=11, fillColor=colour, textAnchor=anchor)
