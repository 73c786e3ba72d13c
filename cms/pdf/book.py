"""What makes a document a book: its cover, and the head of each page."""

from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.lib.colors import white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from cms.pdf.flowables import Text
from cms.pdf.structure import Element
from cms.pdf.typeface import printable, style

LEFT, LINE = 34 * mm, 20 * mm


class Cover(Flowable):
    """A whole page: the words to the right of a line with as many stops as the book has sessions."""

    def __init__(self, words: Mapping[str, str], *, parent: Element, colour: Any, stops: int) -> None:
        super().__init__()
        self.colour, self.stops = colour, stops
        looks = {"above": "lede", "title": "cover", "below": "large", "foot": "small"}
        self.parts = {
            name: Text(
                printable(words[name]),
                style(look, muted=name in ("above", "foot")),
                node=parent.add("H1" if name == "title" else "P"),
            )
            for name, look in looks.items()
            if words[name]
        }

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = A4
        return width, height

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        left, bottom = canvas.absolutePosition(0, 0)
        canvas.translate(-left, -bottom)
        self._draw_line(canvas)
        places = {"above": self.height - 36 * mm, "title": self.height * 0.66, "below": 0, "foot": 40 * mm}
        top = 0.0
        for name, text in self.parts.items():
            width = self.width - LEFT - 30 * mm
            _width, taken = text.wrap(width, self.height)
            top = places[name] or top - 4 * mm
            text.drawOn(canvas, LEFT, top - taken)
            top -= taken
        canvas.restoreState()

    def _draw_line(self, canvas: Any) -> None:
        """The line runs off the page at both ends; a stop for each session, an open ring."""
        with canvas.artifact():
            canvas.setStrokeColor(self.colour)
            canvas.setLineWidth(5)
            canvas.line(LINE, 0, LINE, self.height)
            canvas.setFillColor(white)
            canvas.setLineWidth(2.6)
            gap = (self.height - 60 * mm) / max(self.stops - 1, 1)
            for number in range(self.stops):
                canvas.circle(LINE, self.height - 30 * mm - number * gap, 6.5, stroke=1, fill=1)


def running_heads(
    headings: Sequence[tuple[str, str, int]], places: Mapping[str, int], page: int, *, deepest: int = 2
) -> tuple[str, str]:
    """The chapter and the part of it that a page is in the midst of: what stands to the left and to the right.

    `headings` are (words, bookmark, level in the contents), `places` the page of each bookmark. Both are empty where
    one of them begins: there the heading itself says it.
    """
    chapter = part = ""
    for words, bookmark, level in headings:
        if level > deepest or places.get(bookmark, page + 1) > page:
            continue
        if places[bookmark] == page:
            return "", ""
        chapter, part = (words, "") if level == 1 else (chapter, words)
    return chapter, part
