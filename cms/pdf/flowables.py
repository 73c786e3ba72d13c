"""What stands on the pages: paragraphs, points, lines to say, do and ask, and drawings, each with its node."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

from cms.pdf.structure import Element
from cms.pdf.typeface import BOLD, HAIRLINE, INK, MUTED, REGULAR, WASH, printable, style


class Text(Paragraph):
    """A paragraph or heading; both halves of one that is split by a page are the same node."""

    node: Element | None = None
    bookmark = ""
    level: int | None = None

    def __init__(self, text: Any, style: ParagraphStyle, *args: Any, node: Element | None = None, **options: Any):
        super().__init__(text, style, *args, **options)
        self.node = node

    def split(self, width: float, height: float) -> list[Flowable]:
        parts = super().split(width, height)
        for part in parts:
            part.node = self.node
        if parts:
            parts[0].bookmark, parts[0].level, parts[0].words = self.bookmark, self.level, getattr(self, "words", "")
        return parts

    def draw(self) -> None:
        if self.bookmark:
            self.canv.later(self._keep_place)
            self.canv.places[self.bookmark] = self.canv.getPageNumber()
        if self.node is None:
            super().draw()
            return
        with self.canv.marked(self.node):
            super().draw()

    def _keep_place(self, canvas: Any, total: int) -> None:
        canvas.bookmarkHorizontal(self.bookmark, 0, self.height + 6)
        canvas.addOutlineEntry(self.words, self.bookmark, level=self.level, closed=self.level > 0)


class Point(Flowable):
    """One point of a list; its disc, number or box to tick is drawn, and only a number is read out."""

    def __init__(self, text: str, look: ParagraphStyle, *, item: Element, mark: str = "disc") -> None:
        super().__init__()
        self.item, self.mark = item, mark
        self.indent = 20 if mark in ("disc", "box") else 24
        self.label = item.add("Lbl") if mark not in ("disc", "box") else None
        self.text = Text(text, look, node=item.add("LBody"))
        self.spaceAfter = 3

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        _width, self.height = self.text.wrap(width - self.indent, height)
        self.width = width
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        parts = self.text.split(width - self.indent, height)
        if len(parts) < 2:
            return []
        first, rest = Point.__new__(Point), Point.__new__(Point)
        for point, text, mark in ((first, parts[0], self.mark), (rest, parts[1], "")):
            point.__dict__.update(self.__dict__)
            point.text, point.mark = text, mark
        rest.label = None
        return [first, rest]

    def draw(self) -> None:
        look, top = self.text.style, self.height
        if self.mark in ("disc", "box"):
            with self.canv.artifact():
                self.canv.setStrokeColor(MUTED)
                self.canv.setFillColor(INK)
                middle = top - look.leading / 2 - look.fontSize * 0.02
                if self.mark == "disc":
                    self.canv.circle(5, middle, 1.7, stroke=0, fill=1)
                else:
                    self.canv.rect(0, middle - 4.5, 9, 9, stroke=1, fill=0)
        elif self.mark:
            with self.canv.marked(self.label):
                self.canv.setFont(BOLD, look.fontSize)
                self.canv.setFillColor(INK)
                self.canv.drawString(0, top - look.fontSize, self.mark)
        self.text.drawOn(self.canv, self.indent, 0)


class Cue(Flowable):
    """A line to say, do or ask, told apart by its rule as on the screen: heavy, light, double."""

    INDENT = 14

    def __init__(self, label: str, text: str, *, kind: str, node: Element, colour: Any, look: str = "body") -> None:
        super().__init__()
        self.kind, self.colour = kind, colour
        self.label = Text(printable(label), style("label", muted=True), node=node)
        self.text = Text(printable(text), style(look), node=node)
        self.spaceAfter = 6

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.label_height = self.label.wrap(width - self.INDENT, height)[1] if self.label else 0
        self.height = self.label_height + self.text.wrap(width - self.INDENT, height)[1]
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        parts = self.text.split(width - self.INDENT, height - self.label_height)
        if len(parts) < 2:
            return []
        first, rest = Cue.__new__(Cue), Cue.__new__(Cue)
        for cue, text in ((first, parts[0]), (rest, parts[1])):
            cue.__dict__.update(self.__dict__)
            cue.text = text
        rest.label = None
        return [first, rest]

    def draw(self) -> None:
        with self.canv.artifact():
            if self.kind == "say":
                self.canv.setFillColor(self.colour)
                self.canv.rect(0, 0, 3, self.height - 1, stroke=0, fill=1)
            elif self.kind == "ask":
                self.canv.setFillColor(INK)
                self.canv.rect(0, 0, 1.2, self.height - 1, stroke=0, fill=1)
                self.canv.rect(2.6, 0, 1.2, self.height - 1, stroke=0, fill=1)
            else:
                self.canv.setFillColor(HAIRLINE)
                self.canv.rect(0, 0, 3, self.height - 1, stroke=0, fill=1)
        if self.label:
            self.label.drawOn(self.canv, self.INDENT, self.height - self.label_height)
        self.text.drawOn(self.canv, self.INDENT, 0)


class Rule(Flowable):
    """A line across, or a short one in the programme's colour."""

    def __init__(self, *, colour: Any = HAIRLINE, weight: float = 0.6, length: float | None = None) -> None:
        super().__init__()
        self.colour, self.weight, self.length = colour, weight, length
        self.spaceBefore, self.spaceAfter = 2, 6

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = self.length or width
        return self.width, self.weight

    def draw(self) -> None:
        with self.canv.artifact():
            self.canv.setFillColor(self.colour)
            self.canv.rect(0, 0, self.width, self.weight, stroke=0, fill=1)


class Figure(Flowable):
    """A drawing with its alternative text."""

    def __init__(self, drawing: Drawing, *, node: Element) -> None:
        super().__init__()
        drawing.initialFontName = REGULAR  # else Helvetica comes along, unembedded
        self.drawing, self.node = drawing, node
        self.size = drawing.width, drawing.height
        self.spaceBefore, self.spaceAfter = 4, 6

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.size

    def draw(self) -> None:
        left, bottom = self.canv.absolutePosition(0, 0)
        box = PDFArray([left, bottom, left + self.size[0], bottom + self.size[1]])
        self.node.attributes["A"] = PDFDictionary({"O": PDFName("Layout"), "Placement": PDFName("Block"), "BBox": box})
        with self.canv.marked(self.node):
            self.draw_inside()

    def draw_inside(self) -> None:
        renderPDF.draw(self.drawing, self.canv, 0, 0)


class Photograph(Figure):
    """A JPEG picture with its alternative text, no taller than a third of a page."""

    TALLEST = 280

    def __init__(self, jpeg: bytes, *, width: float, node: Element) -> None:
        Flowable.__init__(self)
        self.picture, self.node = ImageReader(BytesIO(jpeg)), node
        wide, tall = self.picture.getSize()
        scale = min(width / wide, self.TALLEST / tall)
        self.size = wide * scale, tall * scale
        self.spaceBefore, self.spaceAfter = 4, 6

    def draw_inside(self) -> None:
        self.canv.drawImage(self.picture, 0, 0, *self.size)


def figure_node(parent: Element, alternative: str) -> Element:
    """The node of a picture; without an alternative text it would be silent, so that is refused."""
    if not alternative.strip():
        raise ValueError("A figure needs an alternative text.")
    return parent.add("Figure", Alt=PDFString(alternative))


class ContentsLine(Flowable):
    """A line of the contents: the heading, and its page once that is known. The whole line is a link."""

    def __init__(self, words: str, *, bookmark: str, level: int, node: Element) -> None:
        super().__init__()
        self.words, self.bookmark, self.level = words, bookmark, level
        self.link = node.add("TOCI").add("Reference").add("Link")
        self.look = style("body-bold" if level == 1 else "body")
        self.before = 9 if level == 1 else 2

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.text = Text(printable(self.words), self.look, node=self.link)
        self.indent = 14 * (self.level - 1)
        _width, text_height = self.text.wrap(width - self.indent - 40, height)
        self.height = text_height + self.before
        return width, self.height

    def draw(self) -> None:
        self.text.drawOn(self.canv, self.indent, 0)
        rect = (self.indent, 0, self.width, self.height)
        self.canv.point(self.link, to=self.bookmark, rect=rect, words=self.words)
        self.canv.later(self._draw_number)

    def _draw_number(self, canvas: Any, total: int) -> None:
        baseline = self.look.leading - self.look.fontSize
        number = str(canvas.places[self.bookmark])
        with canvas.marked(self.link):
            canvas.setFont(self.look.fontName, self.look.fontSize)
            canvas.setFillColor(INK)
            canvas.drawRightString(self.width, baseline, number)
        begins = self.indent + self.text.getActualLineWidths0()[-1] + 6
        ends = self.width - stringWidth(number, self.look.fontName, self.look.fontSize) - 6
        if self.level > 1 and begins < ends:
            with canvas.artifact():
                canvas.setStrokeColor(HAIRLINE)
                canvas.setLineWidth(0.6)
                canvas.line(begins, baseline, ends, baseline)


class Panel(Flowable):
    """A calm box of paragraphs on a wash."""

    PADDING = 12

    def __init__(self, inside: Sequence[Flowable], *, wash: Any = WASH) -> None:
        super().__init__()
        self.inside, self.wash = list(inside), wash
        self.spaceBefore, self.spaceAfter = 4, 10

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.heights = width, []
        for flowable in self.inside:
            self.heights.append(flowable.wrap(width - 2 * self.PADDING, height)[1] + flowable.getSpaceAfter())
        self.height = sum(self.heights) + 2 * self.PADDING - (self.inside[-1].getSpaceAfter() if self.inside else 0)
        return width, self.height

    def draw(self) -> None:
        with self.canv.artifact():
            self.canv.setFillColor(self.wash)
            self.canv.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        top = self.height - self.PADDING
        for flowable, height in zip(self.inside, self.heights, strict=True):
            top -= height
            flowable.drawOn(self.canv, self.PADDING, top + flowable.getSpaceAfter())
