"""Diplomas for mentors: a page each, with the name as it is typed at the moment of printing and kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _, ngettext
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from cms.pdf import Document
from cms.pdf.flowables import Text
from cms.pdf.structure import Element
from cms.pdf.typeface import BOLD, INK, MUTED, REGULAR, printable, style

STATIONS = 11
LEFT, RIGHT = 84.0, 84.0
NAME_SIZES = (50, 44, 38, 32, 27, 22, 18)


@dataclass(frozen=True)
class Diploma:
    """Whom a diploma is for, and how many sessions the mentor's group has held (0: it is not said)."""

    name: str
    sessions: int


def write_diplomas(
    diplomas: Sequence[Diploma], *, school: str, owner: str, school_year: str, made_at: datetime
) -> bytes:
    """A tagged PDF, A4 on its side, one page for each mentor, in order."""
    document = Document(
        _("Diplomas, mentors in MVP"),
        made_at=made_at,
        owner=owner,
        programme="mvp",
        is_landscape=True,
        has_page_numbers=False,
    )
    for diploma in diplomas:
        document.full_page(
            DiplomaSheet(
                diploma,
                text=_said(diploma.sessions, school=school, school_year=school_year),
                owner=owner,
                size=document.page_size,
                parent=document.root,
                colour=document.colour,
            )
        )
    return document.build()


def _said(sessions: int, *, school: str, school_year: str) -> str:
    words = {"school": school, "year": school_year, "count": sessions}
    thanks = _("for a year as a mentor in MVP at %(school)s, %(year)s.") % words
    if sessions:
        did = ngettext(
            "You have trained, planned and held %(count)s session for pupils in year 6, and shown them that one can "
            "speak up, and care.",
            "You have trained, planned and held %(count)s sessions for pupils in year 6, and shown them that one can "
            "speak up, and care.",
            sessions,
        )
    else:
        did = _("You have trained, planned and stood before those who are younger, and shown that one can care.")
    return f"{thanks} {did % words}"


class DiplomaSheet(Flowable):
    """A whole page: the eleven stations as a line, the name, the thanks, and three lines to sign on."""

    def __init__(
        self,
        diploma: Diploma,
        *,
        text: str,
        owner: str,
        size: tuple[float, float],
        parent: Element,
        colour: Any,
    ) -> None:
        super().__init__()
        self.diploma, self.text, self.owner, self.size, self.colour = diploma, text, owner, size, colour
        node = parent.add("Sect")
        self.nodes = {name: node.add(role) for name, role in (("title", "H1"), ("name", "P"), ("text", "P"))}
        self.nodes |= {"owner": node.add("P")} if owner else {}
        self.nodes |= {label: node.add("P") for label in self.labels}

    @property
    def labels(self) -> tuple[str, str, str]:
        return _("Place and date"), _("Supervisor"), _("Head teacher")

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = self.size
        return width, height

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        left, bottom = canvas.absolutePosition(0, 0)
        canvas.translate(-left, -bottom)
        self._line(top=self.height - 118)
        self._words(
            self.nodes["title"], _("Diploma"), x=LEFT, y=self.height - 192, size=17, font=BOLD, colour=self.colour
        )
        room = self.width - LEFT - RIGHT
        name = printable_plain(self.diploma.name)
        size = next((size for size in NAME_SIZES if stringWidth(name, BOLD, size) <= room), NAME_SIZES[-1])
        while stringWidth(name, BOLD, size) > room and len(name) > 1:
            name = f"{name[:-2]}…"
        self._words(self.nodes["name"], name, x=LEFT - 2, y=self.height - 252, size=size, font=BOLD, colour=INK)
        text = Text(printable(self.text), style("thanks"), node=self.nodes["text"])
        _width, taken = text.wrap(min(room, 560), 200)
        text.drawOn(canvas, LEFT, self.height - 282 - taken)
        self._signatures(y=92)
        if self.owner:
            self._words(self.nodes["owner"], printable_plain(self.owner), x=LEFT, y=40, size=10, colour=MUTED)
        canvas.restoreState()

    def _line(self, *, top: float) -> None:
        """The year as a line on a map, every station passed; it is the same in words below."""
        canvas, first, last = self.canv, LEFT + 10, self.width - RIGHT - 14
        gap = (last - first) / (STATIONS - 1)
        with canvas.artifact():
            canvas.setStrokeColor(self.colour)
            canvas.setLineWidth(7)
            canvas.setLineCap(1)
            canvas.line(0, top, last, top)
            for number in range(STATIONS):
                is_last = number == STATIONS - 1
                for colour, radius in (("#ffffff", 17 if is_last else 11), (self.colour, 14 if is_last else 8.5)):
                    canvas.setFillColor(colour)
                    canvas.circle(first + number * gap, top, radius, stroke=0, fill=1)

    def _signatures(self, *, y: float) -> None:
        canvas, room = self.canv, self.width - LEFT - RIGHT
        gap = 28
        length = (room - 2 * gap) / 3
        for number, label in enumerate(self.labels):
            x = LEFT + number * (length + gap)
            with canvas.artifact():
                canvas.setStrokeColor(MUTED)
                canvas.setLineWidth(0.7)
                canvas.setLineCap(0)
                canvas.line(x, y, x + length, y)
            self._words(self.nodes[label], label, x=x, y=y - 15, size=10, colour=MUTED)

    def _words(
        self, node: Element, words: str, *, x: float, y: float, size: float, colour: Any, font: str = REGULAR
    ) -> None:
        with self.canv.marked(node):
            self.canv.setFont(font, size)
            self.canv.setFillColor(colour)
            self.canv.drawString(x, y, words)


def printable_plain(words: str) -> str:
    """One line as the typeface can set it, drawn directly and so without marks to escape."""
    plain = printable(" ".join(words.split()))
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
