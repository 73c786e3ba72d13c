"""The sheet to the mentors' door on paper: a poster for the classroom, and cards to cut out and hand over."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import segno
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Path
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.platypus import Flowable

from cms.pdf import Document
from cms.pdf.flowables import Point, Text
from cms.pdf.structure import Element
from cms.pdf.typeface import INK, MUTED, REGULAR, printable, style

CARDS, COLUMNS, ROWS = 10, 2, 5
QUIET = 4  # modules of white around a code: ISO/IEC 18004


@dataclass(frozen=True)
class Door:
    """How one gets in: the code, the address that the square holds, the one to write by hand, and the last day."""

    code: str
    qr_address: str
    address: str
    last_day: date

    @property
    def in_words(self) -> str:
        """What the square does, for whoever cannot point a camera at it."""
        return _("QR code to the mentors' door. The same by hand: go to %(address)s and write %(code)s.") % {
            "address": self.address,
            "code": self.code,
        }


def write_door_sheet(door: Door, *, owner: str, made_at: datetime) -> bytes:
    """A tagged PDF of two A4 pages: the poster, and ten small cards with the same code. `made_at` is aware."""
    title = _("The way in for mentors")
    document = Document(title, made_at=made_at, owner=owner, programme="mvp", has_page_numbers=False)
    document.full_page(Poster(door, owner=owner, parent=document.root, colour=document.colour))
    document.full_page(Cards(door, parent=document.root, colour=document.colour))
    return document.build()


def qr_drawing(address: str, *, size: float) -> Drawing:
    """The address as a square of `size` points with its white border: one path, dark on white."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    module = size / (len(rows) + 2 * QUIET)
    path = Path(fillColor=INK, strokeColor=None)
    for number, row in enumerate(rows):
        top = size - (QUIET + number) * module
        for start, end in _runs(row):
            left, right = (QUIET + start) * module, (QUIET + end) * module
            path.moveTo(left, top)
            path.lineTo(right, top)
            path.lineTo(right, top - module)
            path.lineTo(left, top - module)
            path.closePath()
    drawing = Drawing(size, size)
    drawing.initialFontName = REGULAR
    drawing.add(path)
    return drawing


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Where dark begins and ends in a row: fewer corners than a square for each module, and no hairline between."""
    runs, start = [], None
    for place, is_dark in enumerate([*row, 0]):
        if is_dark and start is None:
            start = place
        elif not is_dark and start is not None:
            runs.append((start, place))
            start = None
    return runs


class _Sheet(Flowable, ABC):
    """A whole page that sets its own words and squares."""

    def __init__(self, door: Door, *, parent: Element, colour: Any) -> None:
        super().__init__()
        self.door, self.colour, self.node = door, colour, parent.add("Sect")

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = A4
        return width, height

    def draw(self) -> None:
        self.canv.saveState()
        left, bottom = self.canv.absolutePosition(0, 0)
        self.canv.translate(-left, -bottom)
        self.draw_page()
        self.canv.restoreState()

    @abstractmethod
    def draw_page(self) -> None:
        """Set the page, from the sheet's lower left corner."""

    def words(self, text: str, look: str, *, x: float, top: float, width: float, role: str = "P", **how: Any) -> float:
        """Set a text below `top`; where it ends."""
        return self.set(Text(printable(text), style(look, **how), node=self.node.add(role)), x=x, top=top, width=width)

    def set(self, part: Flowable, *, x: float, top: float, width: float) -> float:
        _width, taken = part.wrap(width, self.height)
        part.drawOn(self.canv, x, top - taken)
        return top - taken - part.getSpaceAfter()

    def square(self, *, x: float, top: float, size: float) -> None:
        """The code, with what it does in words."""
        box = PDFArray([x, top - size, x + size, top])
        how = PDFDictionary({"O": PDFName("Layout"), "Placement": PDFName("Block"), "BBox": box})
        with self.canv.marked(self.node.add("Figure", Alt=PDFString(self.door.in_words), A=how)):
            renderPDF.draw(qr_drawing(self.door.qr_address, size=size), self.canv, x, top - size)

    def bar(self, *, x: float, top: float, width: float, height: float) -> None:
        with self.canv.artifact():
            self.canv.setFillColor(self.colour)
            self.canv.rect(x, top - height, width, height, stroke=0, fill=1)


class Poster(_Sheet):
    """For the wall: readable from the back of a classroom, with a square that a phone reads from there too."""

    LEFT, SQUARE = 56.0, 400.0

    def __init__(self, door: Door, *, owner: str, parent: Element, colour: Any) -> None:
        super().__init__(door, parent=parent, colour=colour)
        self.owner = owner

    def draw_page(self) -> None:
        room = self.width - 2 * self.LEFT
        self.bar(x=0, top=self.height, width=self.width, height=14)
        top = self.height - 54
        if self.owner:
            top = self.words(self.owner, "lede", x=self.LEFT, top=top, width=room, muted=True)
        top = self.words(_("Your sessions on your phone"), "cover", x=self.LEFT, top=top - 6, width=room, role="H1")
        quiet = self.SQUARE * QUIET / 45
        self.square(x=self.LEFT - quiet, top=top + quiet / 2, size=self.SQUARE)
        top -= self.SQUARE - quiet
        below = self.words(_("The code"), "lede", x=self.LEFT, top=top, width=room, muted=True)
        below = self.words(self.door.code, "display", x=self.LEFT, top=below + 4, width=room)
        self._steps(top=below - 6, width=room)

    def _steps(self, *, top: float, width: float) -> None:
        steps = [
            _("Point the phone's camera at the square."),
            _("Or go to %(address)s and write the code.") % {"address": self.door.address},
            _("Open the page once where there is network. Then the sessions can be read without it."),
        ]
        listed = self.node.add("L", A=PDFDictionary({"O": PDFName("List"), "ListNumbering": PDFName("Decimal")}))
        for number, step in enumerate(steps, start=1):
            point = Point(printable(step), style("large"), item=listed.add("LI"), mark=f"{number}.")
            top = self.set(point, x=self.LEFT, top=top, width=width) - 6
        until = _("Opens until %(day)s.") % {"day": date_format(self.door.last_day, "j F Y")}
        asked = _("No account and no name are asked for.")
        self.words(f"{until} {asked}", "lede", x=self.LEFT, top=top - 6, width=width, muted=True)


class Cards(_Sheet):
    """Ten cards to cut out, for the pocket or the notebook."""

    SQUARE = 122.0

    def draw_page(self) -> None:
        wide, tall = self.width / COLUMNS, self.height / ROWS
        with self.canv.artifact():
            self.canv.setStrokeColor(MUTED)
            self.canv.setLineWidth(0.5)
            self.canv.setDash(3, 4)
            self.canv.line(wide, 0, wide, self.height)
            for row in range(1, ROWS):
                self.canv.line(0, row * tall, self.width, row * tall)
            self.canv.setDash()
        for number in range(CARDS):
            row, column = divmod(number, COLUMNS)
            self._card(x=column * wide, top=self.height - row * tall, tall=tall, width=wide)

    def _card(self, *, x: float, top: float, tall: float, width: float) -> None:
        left = x + 20
        self.square(x=left - 8, top=top - (tall - self.SQUARE) / 2, size=self.SQUARE)
        beside, room = left + self.SQUARE + 2, width - self.SQUARE - 40
        self.bar(x=beside, top=top - 36, width=24, height=3)
        below = self.words(_("MVP for mentors"), "small", x=beside, top=top - 46, width=room, muted=True)
        below = self.words(self.door.code, "h2", x=beside, top=below, width=room)
        below = self.words(self.door.address, "small", x=beside, top=below, width=room)
        until = _("Opens until %(day)s.") % {"day": date_format(self.door.last_day, "j F Y")}
        self.words(until, "small", x=beside, top=below, width=room, muted=True)
