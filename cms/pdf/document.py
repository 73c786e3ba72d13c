"""A document as it is written: headings, paragraphs, points, tables, drawings; built into bytes at the end."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFString
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)

from cms.pdf import flowables
from cms.pdf.book import Cover, running_heads
from cms.pdf.sheets import PER_SHEET, Card, CardSheet
from cms.pdf.structure import Element, TaggedCanvas
from cms.pdf.tables import table
from cms.pdf.typeface import HAIRLINE, MUTED, PROGRAMMES, REGULAR, printable, register_fonts, style

MARGIN, TOP, BOTTOM = 22 * mm, 22 * mm, 22 * mm


class Document:
    """A tagged PDF (PDF/UA-1), A4: written from top to bottom, in reading order.

    Texts are plain: no sign in them is markup. `made_at` (aware) stands in the file as its date, so that the same
    words and the same moment give the same bytes. ValueError for a level that is skipped or a figure without words.
    """

    def __init__(
        self,
        title: str,
        *,
        made_at: datetime,
        owner: str = "",
        programme: str = "",
        language: str = "sv-SE",
        is_landscape: bool = False,
        has_page_numbers: bool = True,
        is_book: bool = False,
    ) -> None:
        register_fonts()
        self.title, self.owner, self.made_at, self.language = title, owner, made_at, language
        self.colour = PROGRAMMES[programme]
        self.page_size = landscape(A4) if is_landscape else A4
        self.has_page_numbers, self.is_book = has_page_numbers, is_book
        self.width = self.page_size[0] - 2 * MARGIN
        self.root = Element("Document")
        self._story: list[Flowable] = []
        self._into: list[list[Flowable]] = [self._story]
        self._headings: list[tuple[str, str, int]] = []
        self._contents: list[tuple[int, Element, int, int]] = []
        self._level = 0

    # Words

    def heading(self, text: str, *, level: int = 1, look: str = "", in_contents: bool = True) -> None:
        """A heading of level 1 to 4; a level is never skipped on the way down."""
        if level > self._level + 1:
            raise ValueError(f"A heading of level {level} follows one of level {self._level}.")
        self._level = level
        heading = flowables.Text(printable(text), style(look or f"h{level}"), node=self.root.add(f"H{level}"))
        heading.bookmark, heading.level, heading.words = f"h{len(self._headings)}", level - 1, text
        self._headings.append((text, heading.bookmark, level if in_contents else 99))
        self._add(heading)

    def paragraph(
        self,
        text: str,
        *,
        look: str = "body",
        align: str = "left",
        muted: bool = False,
        lead: str = "",
        language: str = "",
        is_kept: bool = False,
    ) -> None:
        """A paragraph; `lead` stands before it in bold, `language` is its own where it is another than the document's,
        and with `is_kept` it stays on the page of what follows."""
        between = "" if text.startswith((",", ".", ";")) else " "
        words = f"<b>{printable(lead)}</b>{between}{printable(text)}" if lead else printable(text)
        node = self.root.add("P", **({"Lang": PDFString(language)} if language else {}))
        paragraph = flowables.Text(words, style(look, align=align, muted=muted), node=node)
        paragraph.keepWithNext = is_kept
        self._add(paragraph)

    def points(self, texts: Iterable[str], *, numbered: bool = False, boxes: bool = False, look: str = "body") -> None:
        """A list, with discs, numbers, or boxes to tick."""
        kind = "Decimal" if numbered else "Square" if boxes else "Disc"
        how = PDFDictionary({"O": PDFName("List"), "ListNumbering": PDFName(kind)})
        node = self.root.add("L", A=how)
        for number, text in enumerate(texts, start=1):
            mark = f"{number}." if numbered else "box" if boxes else "disc"
            self._add(flowables.Point(printable(text), style(look), item=node.add("LI"), mark=mark))
        self.space(2)

    def cue(self, kind: str, label: str, text: str) -> None:
        """A line of a session plan: `say`, `do` or `ask`, with its word above."""
        self._add(flowables.Cue(label, text, kind=kind, node=self.root.add("P"), colour=self.colour))

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[Any]],
        *,
        widths: Sequence[float],
        numbers: Iterable[int] = (),
        row_heads: bool = True,
        has_total: bool = False,
    ) -> None:
        """A table; `widths` are shares of the page's width, `numbers` the columns set to the right. With `has_total`
        the last row is what the others come to.

        Cells are texts as they are to be read: a missing value is written by whoever made the row (`.`, `..`).
        """
        whole = sum(widths)
        self._add(
            table(
                head,
                rows,
                node=self.root.add("Table"),
                widths=[self.width * share / whole for share in widths],
                numbers=frozenset(numbers),
                row_heads=row_heads,
                has_total=has_total,
            )
        )

    def figure(self, drawing: Drawing, *, alternative: str) -> None:
        """A drawing, and the same in words for those who do not see it."""
        self._add(flowables.Figure(drawing, node=flowables.figure_node(self.root, alternative)))

    def photograph(self, jpeg: bytes, *, alternative: str) -> None:
        """A picture as a JPEG file, as wide as the text where it is not too tall for that."""
        self._add(flowables.Photograph(jpeg, width=self.width, node=flowables.figure_node(self.root, alternative)))

    # Layout

    def rule(self, *, is_accent: bool = False) -> None:
        if is_accent:
            self._add(flowables.Rule(colour=self.colour, weight=3, length=36))
        else:
            self._add(flowables.Rule())

    def space(self, points: float) -> None:
        self._add(Spacer(1, points))

    def new_page(self) -> None:
        self._add(PageBreak())

    def cover(self, title: str, *, above: str, below: str, foot: str, stops: int = 0) -> None:
        """The first page of a book: whose it is, what it is called, what it is for, and a line with its stops."""
        self._level = 1
        words = {"above": above, "title": title, "below": below, "foot": foot}
        self.full_page(Cover(words, parent=self.root, colour=self.colour, stops=stops))
        self.new_page()

    def contents(self, *, depth: int = 2) -> None:
        """The contents with page numbers stand here; they fill themselves from the headings that follow."""
        self._contents.append((len(self._story), self.root.add("TOC"), depth, len(self._headings)))

    def panel_begins(self) -> None:
        """What follows stands on a wash, until `panel_ends`; a panel is not split between pages."""
        self._into.append([])

    def panel_ends(self) -> None:
        inside = self._into.pop()
        self._add(flowables.Panel(inside))

    @contextmanager
    def kept_together(self) -> Iterator[None]:
        """What is written inside stands on one page, where it fits on one."""
        self._into.append([])
        yield
        inside = self._into.pop()
        self._add(KeepTogether(inside))

    def cards(self, cards: Sequence[Card]) -> None:
        """Cards to cut out, four to a page, on pages of their own."""
        level = min(self._level + 1, 3)
        for start in range(0, len(cards), PER_SHEET):
            self.full_page(
                CardSheet(cards[start : start + PER_SHEET], parent=self.root, colour=self.colour, level=level)
            )

    def full_page(self, sheet: Flowable) -> None:
        """A page of its own, to its edges and without a foot; the sheet has its nodes in `root` and draws all of it."""
        self._add(NextPageTemplate("bare"))
        if self._story and any(not isinstance(part, NextPageTemplate) for part in self._story):
            self._add(PageBreak())
        self._add(sheet)
        self._add(NextPageTemplate("page"))

    def _add(self, flowable: Flowable) -> None:
        self._into[-1].append(flowable)

    # Bytes

    def build(self) -> bytes:
        """The file. A document is built once."""
        for place, node, depth, first in reversed(self._contents):
            self._story[place:place] = [
                flowables.ContentsLine(words, bookmark=bookmark, level=level, node=node)
                for words, bookmark, level in self._headings[first:]
                if level <= depth
            ]
        into = BytesIO()
        template = BaseDocTemplate(
            into,
            pagesize=self.page_size,
            title=self.title,
            author=self.owner or "Stins",
            creator="Stins",
            initialFontName=REGULAR,
        )
        width, height = self.page_size
        frame = Frame(
            MARGIN,
            BOTTOM,
            width - 2 * MARGIN,
            height - TOP - BOTTOM,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        bare = Frame(0, 0, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        opening = "bare" if self._story and isinstance(self._story[0], NextPageTemplate) else "page"
        templates = [PageTemplate("page", [frame], onPage=self._furnish), PageTemplate("bare", [bare])]
        template.addPageTemplates(sorted(templates, key=lambda page: page.id != opening))
        template.build(self._story, canvasmaker=self._canvas)
        return into.getvalue()

    def _canvas(self, *args: Any, **options: Any) -> TaggedCanvas:
        options |= {"initialFontName": REGULAR, "pageCompression": 1, "invariant": 1, "pdfVersion": (1, 7)}
        canvas = TaggedCanvas(*args, structure=self.root, language=self.language, made_at=self.made_at, **options)
        canvas.places = {}
        return canvas

    def _furnish(self, canvas: TaggedCanvas, template: BaseDocTemplate) -> None:
        """The foot of a page: whose it is, what it is, and which page of how many."""
        canvas.later(self._foot)
        if self.is_book:
            canvas.later(self._head)

    def _head(self, canvas: TaggedCanvas, total: int) -> None:
        """The head of a page in a book: the chapter, and the part of it; nothing where one of them begins."""
        _width, height = self.page_size
        left, right = running_heads(self._headings, canvas.places, canvas.getPageNumber())
        with canvas.artifact():
            canvas.setFillColor(MUTED)
            canvas.setFont(REGULAR, 8.5)
            canvas.drawString(MARGIN, height - 14 * mm, left)
            canvas.drawRightString(self.page_size[0] - MARGIN, height - 14 * mm, right)

    def _foot(self, canvas: TaggedCanvas, total: int) -> None:
        width, _height = self.page_size
        with canvas.artifact():
            canvas.setStrokeColor(HAIRLINE)
            canvas.setLineWidth(0.6)
            canvas.line(MARGIN, 16 * mm, width - MARGIN, 16 * mm)
            canvas.setFillColor(MUTED)
            canvas.setFont(REGULAR, 8.5)
            left = " · ".join(filter(None, (self.owner, self.title)))
            canvas.drawString(MARGIN, 11 * mm, left)
            if self.has_page_numbers:
                where = _("page %(page)s of %(total)s") % {"page": canvas.getPageNumber(), "total": total}
                canvas.drawRightString(width - MARGIN, 11 * mm, where)
