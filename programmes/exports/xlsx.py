"""Workbooks: a cover, tables with a frozen heading, real dates and numbers, and a footer that says what it is.

Rows are written as they come, so a file of any length takes the same memory.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date
from math import ceil
from textwrap import wrap
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from programmes.exports.tables import Book, Column, Cover, Stamp, Table, Value

FORMATS = {"percent": "0.0 %", "decimal": "0.00", "date": "yyyy-mm-dd"}
TYPES = {str: "s", int: "n", float: "n", date: "d"}
BLUE, WASH, MUTED, HAIRLINE = "1D4F91", "F3F0E8", "4A4F55", "DCD8CF"
RULE = Border(bottom=Side(style="thin", color=HAIRLINE))
TOTAL = Border(top=Side(style="thin", color="1B1F24"))
A4, LARGEST_FOOTER, LONGEST_PROFILE, LONG_TEXT, COVER_COLUMNS = 9, 220, 80, 60, 8
BOLD = 1.2  # how much wider than a figure a bold letter can be
# In characters of width, what a lying page holds in a size that can be read; in points, a line of a heading.
PAGE, LINE = 290, 16
# What a spreadsheet takes for the beginning of a formula when a person edits the cell.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_book(book: Book, stream: BinaryIO) -> None:
    """Write a book to a binary stream; every text cell is text, whatever it begins with."""
    workbook = Workbook(write_only=True)
    properties = workbook.properties
    properties.title, properties.creator, properties.language = book.cover.title, "Stins", "sv-SE"
    properties.identifier, properties.version = book.stamp.export_id, book.stamp.version
    properties.created = properties.modified = book.stamp.exported_at.replace(tzinfo=None)
    _write_cover(workbook, book.cover, book.stamp)
    for table in book.tables:
        _write_table(workbook, table, book.stamp)
    workbook.save(stream)


def _sheet(workbook: Workbook, name: str, stamp: Stamp) -> Any:
    """A sheet set up for print: lying A4, as wide as the page, the heading on each, and what it is at the foot."""
    sheet = workbook.create_sheet(name)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    made, profile = f"{stamp.time} · Stins {stamp.version} · {stamp.export_id}", _at_the_foot(stamp.profile)
    what = f"{stamp.period} · {stamp.selection}"[: LARGEST_FOOTER - len(made) - len(profile)]
    sheet.oddFooter.left.text = f"{what} · {profile} · {made}".replace("&", "&&")
    sheet.oddFooter.left.size = sheet.oddFooter.right.size = 8
    sheet.oddFooter.right.text = "&P / &N"
    return sheet


def _at_the_foot(profile: str) -> str:
    """As much of a profile as leaves room for the page's number beside it; the whole of it stands on the cover."""
    return profile if len(profile) <= LONGEST_PROFILE else profile[:LONGEST_PROFILE].rpartition(", ")[0]


def _write_table(workbook: Workbook, table: Table, stamp: Stamp) -> None:
    sheet = _sheet(workbook, str(table.name), stamp)
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _width(column)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    width = sum(map(_width, table.columns))
    if width > PAGE:
        sheet.page_setup.fitToWidth = ceil(width / PAGE)
        sheet.print_title_cols = "A:D"
    sheet.row_dimensions[1].height = _heading_height(table.columns)
    sheet.append(_headings(sheet, table.columns))
    last_row = 1 + _append_rows(sheet, table)
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{last_row}"
    if table.total:
        sheet.append(_total(sheet, table))
    _sign_words(sheet, table, last_row)


def _heading_height(columns: Sequence[Column]) -> int:
    """Room for the heading that wraps most, for a spreadsheet does not make it by itself."""
    return LINE * max(_lines(str(column.heading), _width(column)) for column in columns)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, a little too many rather than too few: fonts differ."""
    return max(len(wrap(text, max(width - 3, 6))), 1)


def _width(column: Column) -> int:
    """As wide as the column says, and never so narrow that its heading would break inside a word."""
    return max(column.width, ceil(max(map(len, str(column.heading).split()), default=0) * BOLD) + 2)


def _headings(sheet: Any, columns: Sequence[Column], *, on_blue: bool = True) -> list[Any]:
    cells = []
    for column in columns:
        cell = WriteOnlyCell(sheet, str(column.heading))
        cell.font = _font(bold=True, color="FFFFFF" if on_blue else MUTED)
        if on_blue:
            cell.fill = PatternFill("solid", fgColor=BLUE)
        cell.border = RULE
        side = "left" if column.kind in ("text", "date") else "right"
        cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
        cells.append(cell)
    return cells


def _append_rows(sheet: Any, table: Table) -> int:
    """Write a table's rows and count them, each value straight into one cell that is used again and again.

    openpyxl would ask every value anew what it is; here the types are known. It leans on `_values_to_row` of the
    pinned version, which tests/programmes/test_exports_xlsx.py reads back.
    """
    styles = [_style(sheet, style) for style in _styles(table.columns)]
    plain: set[Value] = set()  # texts that need no care, so that each is looked at once
    cell: Any = WriteOnlyCell(sheet)

    def cells(row: Sequence[Value], row_number: int) -> Iterator[Any]:
        cell.row = row_number
        for number, value in enumerate(row):
            if value is None:
                continue
            cell.column, cell._value, cell._style = number + 1, value, styles[number]
            cell.data_type = TYPES[type(value)]
            if cell.data_type == "s" and value not in plain:
                cell._value = _clean(str(value))
                if _is_risky(cell._value):
                    cell._style = copy(cell._style)
                    cell.quotePrefix = True
                else:
                    plain.add(cell._value)
            yield cell

    long = [(number, _width(column)) for number, column in enumerate(table.columns) if _is_long(column)]

    def with_room(row: Sequence[Value], row_number: int) -> Iterator[Any]:
        lines = max(_lines(str(row[number] or ""), width + 3) for number, width in long)
        sheet.row_dimensions[row_number].height = LINE * lines
        return cells(row, row_number)

    count = 0
    sheet._values_to_row = with_room if long else cells
    for row in table.rows:
        sheet.append(row)
        count += 1
    del sheet._values_to_row
    return count


def _styles(columns: Sequence[Column]) -> Iterator[dict[str, Any]]:
    """What the cells of each column need beyond their value: a format, lines, or air after a number's column."""
    before = None
    for column in columns:
        style: dict[str, Any] = {}
        if column.kind == "date":
            style = {"number_format": FORMATS["date"]}
        elif column.kind in FORMATS:
            style = {"number_format": FORMATS[column.kind], "alignment": Alignment(horizontal="right")}
        elif column.kind == "text" and any(map(_is_long, columns)):
            style = {"alignment": Alignment(vertical="top", wrap_text=_is_long(column))}
        elif column.kind == "text" and before and before.kind != "text":
            style = {"alignment": Alignment(horizontal="left", indent=1)}
        yield style
        before = column


def _is_long(column: Column) -> bool:
    """Whether a column holds sentences, which wrap; a spreadsheet does not make room for their lines by itself."""
    return column.kind == "text" and column.width > LONG_TEXT


def _style(sheet: Any, style: dict[str, Any]) -> Any:
    """A style as the workbook keeps it, looked up once a column and not once a cell."""
    cell = WriteOnlyCell(sheet)
    for name, value in style.items():
        setattr(cell, name, value)
    return cell._style  # type: ignore[attr-defined]


def _clean(text: str) -> str:
    """A text without the signs that a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _is_risky(text: str) -> bool:
    """Whether a spreadsheet could take a text for something else than text."""
    return text.startswith(FORMULA_SIGNS) or text in ERROR_CODES


def _cell(sheet: Any, value: Value) -> Any:
    """A cell alone; a text stays one, whatever it begins with."""
    cell: Any = WriteOnlyCell(sheet)
    if isinstance(value, str):
        cell._value, cell.data_type = _clean(value), "s"
        cell.quotePrefix = _is_risky(value)
    else:
        cell.value = value
    return cell


def _total(sheet: Any, table: Table) -> list[Any]:
    cells = []
    for value, column in zip(table.total or (), table.columns, strict=True):
        cell = _cell(sheet, value)
        cell.font, cell.border = _font(bold=True), TOTAL
        if column.kind in FORMATS:
            cell.number_format = FORMATS[column.kind]
        if column.kind != "text":
            cell.alignment = Alignment(horizontal="right")
        cells.append(cell)
    return cells


def _sign_words(sheet: Any, table: Table, last_row: int) -> None:
    """Put a sign, and for what needs a person a colour, before certain words; the value stays the word alone."""
    keys = [column.key for column in table.columns]
    if table.signed not in keys or last_row < 2:
        return
    letter = get_column_letter(keys.index(table.signed) + 1)
    for number, (word, sign, colour) in enumerate(table.signs, start=1):
        style = DifferentialStyle(numFmt=NumberFormat(numFmtId=200 + number, formatCode=f'" {sign} "@'))
        if colour:
            style.fill = PatternFill(bgColor=colour, fill_type="solid")
        rule = Rule(type="expression", dxf=style, formula=[f'${letter}2="{word}"'])
        sheet.conditional_formatting.add(f"{letter}2:{letter}{last_row}", rule)


def _write_cover(workbook: Workbook, cover: Cover, stamp: Stamp) -> None:
    sheet = _sheet(workbook, str(cover.name), stamp)
    columns = max((len(table.columns) for table in cover.tables), default=COVER_COLUMNS)
    sheet.column_dimensions["A"].width = 30
    for number in range(1, columns):
        widths = [_width(table.columns[number]) for table in cover.tables if number < len(table.columns)]
        sheet.column_dimensions[get_column_letter(number + 1)].width = max([17, *widths])
    last = get_column_letter(columns)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 30, 40
    sheet.merged_cells.add(f"A1:{last}1")
    sheet.merged_cells.add(f"A2:{last}2")
    title = _styled_text(sheet, cover.title, _font(bold=True, size=18, color=BLUE))
    finding = _styled_text(sheet, cover.finding, _font(size=13))
    finding.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.append([title])
    sheet.append([finding])
    sheet.append([])
    row_count = 3
    for name, value in cover.facts:
        fact = _cell(sheet, value)
        fact.alignment = Alignment(horizontal="left", vertical="top")
        sheet.append([_styled_text(sheet, str(name), _font(color=MUTED)), fact])
        row_count += 1
    for table in cover.tables:
        sheet.append([])
        sheet.row_dimensions[row_count + 2].height = LINE * 2
        sheet.append(_headings(sheet, table.columns))
        row_count += 2
        row_count += _append_rows(sheet, table)


def _font(**how: Any) -> Font:
    return Font(name="Calibri", **{"size": 11, **how})


def _styled_text(sheet: Any, text: str, font: Font) -> Any:
    cell = _cell(sheet, text)
    cell.font = font
    return cell
