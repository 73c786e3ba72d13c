"""Tables: a head on every page for those who see it, read out once for those who listen."""

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName
from reportlab.platypus import Paragraph, Table, TableStyle

from cms.pdf.structure import Element
from cms.pdf.typeface import BOLD, HAIRLINE, INK, MUTED, REGULAR, printable, style


class TableNodes:
    """Follows reportlab as it draws a table, over as many pages as it takes, and gives each cell its node.

    The head is repeated on each page for those who see it, and is read once.
    """

    def __init__(self, node: Element, *, head_rows: int, row_heads: bool) -> None:
        self.node, self.head_rows, self.row_heads = node, head_rows, row_heads
        self.head_is_read = False
        self.row: Element | None = None
        self._open: Any = None

    def __call__(self, table: Table, what: str, *place: Any) -> None:
        getattr(self, f"_{what}", lambda *_: None)(table, *place)

    def _startBG(self, table: Table) -> None:  # noqa: N802 -- reportlab's word
        self._enter(table.canv.artifact())

    def _endBG(self, table: Table) -> None:  # noqa: N802 -- reportlab's word
        self._leave()

    def _startRow(self, table: Table, number: int) -> None:  # noqa: N802 -- reportlab's word
        is_head = number < self.head_rows
        self.row = None if is_head and self.head_is_read else self.node.add("TR")

    def _startCell(self, table: Table, row: int, column: int, *rest: Any) -> None:  # noqa: N802 -- reportlab's word
        if self.row is None:
            self._enter(table.canv.artifact())
            return
        scope = "Column" if row < self.head_rows else "Row" if column == 0 and self.row_heads else ""
        if scope:
            how = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName(scope)})
            cell = self.row.add("TH", A=how)
        else:
            cell = self.row.add("TD")
        self._enter(table.canv.marked(cell))

    def _endCell(self, table: Table) -> None:  # noqa: N802 -- reportlab's word
        self._leave()

    def _startLines(self, table: Table) -> None:  # noqa: N802 -- reportlab's word
        self._enter(table.canv.artifact())

    def _endLines(self, table: Table) -> None:  # noqa: N802 -- reportlab's word
        self._leave()

    def _endTable(self, table: Table) -> None:  # noqa: N802 -- reportlab's word
        self.head_is_read = True

    def _enter(self, manager: Any) -> None:
        self._open = manager
        manager.__enter__()

    def _leave(self) -> None:
        self._open.__exit__(None, None, None)


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    node: Element,
    widths: Sequence[float],
    numbers: frozenset[int] = frozenset(),
    row_heads: bool = True,
    has_total: bool = False,
) -> Table:
    """A table with its head on every page; columns in `numbers` are set to the right. Short cells are set as they
    are, since a paragraph in each would take four times as long; long ones are wrapped."""
    body = [
        [
            _cell(value, width, is_bold=row_heads and not column)
            for column, (value, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in rows
    ]
    titles = [
        Paragraph(printable(title), style("label", align="right" if column in numbers else "left", muted=True))
        for column, title in enumerate(head)
    ]
    looks = [
        ("FONT", (0, 0), (-1, -1), REGULAR, 9.5, 12.5),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, MUTED),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, HAIRLINE),
        *[("ALIGN", (column, 1), (column, -1), "RIGHT") for column in numbers],
    ]
    if has_total:
        looks += [("FONT", (0, -1), (-1, -1), BOLD, 9.5, 12.5), ("LINEABOVE", (0, -1), (-1, -1), 0.9, MUTED)]
    if row_heads:
        looks.append(("FONT", (0, 1), (0, -1), BOLD, 9.5, 12.5))
    return Table(
        [titles, *body],
        colWidths=list(widths),
        repeatRows=1,
        style=TableStyle(looks),
        renderCB=TableNodes(node, head_rows=1, row_heads=row_heads),
        hAlign="LEFT",
        spaceBefore=4,
        spaceAfter=10,
    )


def _cell(value: Any, width: float, *, is_bold: bool) -> Any:
    text = str(value)
    if "\n" in text or len(text) * 5.3 > width - 12:
        return Paragraph(printable(text), style("cell-bold" if is_bold else "cell"))
    return printable(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
