"""Sheets to print and cut: cards four to an A4 page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable

from cms.pdf.flowables import Point, Text
from cms.pdf.structure import Element
from cms.pdf.typeface import MUTED, printable, style

PER_SHEET, COLUMNS = 4, 2
PADDING = 26


@dataclass(frozen=True)
class Card:
    """A card to cut out: where it comes from, its title, its text and its questions."""

    title: str
    text: str
    questions: Sequence[str] = field(default_factory=tuple)
    origin: str = ""


class CardSheet(Flowable):
    """A whole page of up to four cards with lines to cut along; a long text is set smaller until it fits."""

    def __init__(self, cards: Sequence[Card], *, parent: Element, colour: Any, level: int) -> None:
        super().__init__()
        self.colour, self.level = colour, level
        self.cards = [(card, parent.add("Sect")) for card in cards]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = A4[0], A4[1]
        return width, height

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        left, bottom = canvas.absolutePosition(0, 0)
        canvas.translate(-left, -bottom)
        with canvas.artifact():
            canvas.setStrokeColor(MUTED)
            canvas.setLineWidth(0.5)
            canvas.setDash(3, 4)
            canvas.line(self.width / 2, 0, self.width / 2, self.height)
            canvas.line(0, self.height / 2, self.width, self.height / 2)
            canvas.setDash()
        for place, (card, node) in enumerate(self.cards):
            row, column = divmod(place, COLUMNS)
            self._draw_card(card, node, x=column * self.width / 2, top=self.height - row * self.height / 2)
        canvas.restoreState()

    def _draw_card(self, card: Card, node: Element, *, x: float, top: float) -> None:
        width, height = self.width / 2 - 2 * PADDING, self.height / 2 - 2 * PADDING
        looks = ("large", "body", "small")
        for look in looks:
            parts = _parts(card, look)
            heights = [part.wrap(width, height)[1] + part.getSpaceAfter() for part in parts]
            if sum(heights) <= height or look == looks[-1]:
                break
        _name_parts(parts, node, level=self.level)
        with self.canv.artifact():
            self.canv.setFillColor(self.colour)
            self.canv.rect(x + PADDING, top - PADDING + 8, 32, 3, stroke=0, fill=1)
        y = top - PADDING
        for part, taken in zip(parts, heights, strict=True):
            y -= taken
            part.drawOn(self.canv, x + PADDING, y + part.getSpaceAfter())


def _parts(card: Card, look: str) -> list[Flowable]:
    """The parts of a card in one size, not yet in the tree."""
    parts: list[Flowable] = []
    if card.origin:
        parts.append(Text(printable(card.origin), style("small", muted=True)))
    parts.append(Text(printable(card.title), style("h2")))
    parts.append(Text(printable(card.text), style(look)))
    for number, question in enumerate(card.questions, start=1):
        parts.append(Point(printable(question), style(look), item=Element("LI"), mark=f"{number}."))
    return parts


def _name_parts(parts: Sequence[Flowable], node: Element, *, level: int) -> None:
    """Put the parts that were chosen into the tree, in reading order."""
    numbered: Element | None = None
    for part in parts:
        if isinstance(part, Point):
            numbered = numbered or node.add("L")
            numbered.adopt(part.item)
        else:
            part.node = node.add(f"H{level}" if part.style.name.startswith("h2") else "P")
