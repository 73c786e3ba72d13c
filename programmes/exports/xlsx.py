"""Workbooks: a cover, tables with a frozen heading, real dates and numbers, and a footer that says what it is.

Rows are written as they come, so a file of any length takes the same memory.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from programmes.exports.tables import NO_DENOMINATOR, Book, Column, Cover, Stamp, Table, Value

FORMATS = {"percent": "0.0 %", "decimal": "0.00", "date": "yyyy-mm-dd"}
STYLED = ("percent", "decimal")
BLUE, WASH, MUTED, HAIRLINE = "1D4F91", "F3F0E8", "4A4F55", "DCD8CF"
RULE = Border(bottom=Side(style="thin", color=HAIRLINE))
TOTAL = Border(top=Side(style="thin", color="1B1F24"))
A4, LARGEST_FOOTER = 9, 250
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
    what = f"{stamp.period} · {stamp.selection} · {stamp.profile}"
    made = f"{stamp.time} · Stins {stamp.version} · {stamp.export_id}"
    sheet.oddFooter.left.text = f"{what}\n{made}"[:LARGEST_FOOTER].replace("&", "&&")
    sheet.oddFooter.left.size = sheet.oddFooter.right.size = 8
    sheet.oddFooter.right.text = "&P / &N"
    return sheet


def _write_table(workbook: Workbook, table: Table, stamp: Stamp) -> None:
    sheet = _sheet(workbook, str(table.name), stamp)
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.append(_headings(sheet, table.columns))
    count = 1
    for row in _cells(sheet, table):
        sheet.append(row)
        count += 1
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{max(count, 1)}"
    if table.total:
        sheet.append(
            [_total_cell(sheet, value, column) for value, column in zip(table.total, table.columns, strict=True)]
        )
    _sign_words(sheet, table, count)


def _headings(sheet: Any, columns: Sequence[Column], *, on_blue: bool = True) -> list[Cell]:
    cells = []
    for column in columns:
        cell = WriteOnlyCell(sheet, str(column.heading))
        cell.font = Font(bold=True, color="FFFFFF" if on_blue else MUTED)
        if on_blue:
            cell.fill = PatternFill("solid", fgColor=BLUE)
        cell.border = RULE
        side = "left" if column.kind in ("text", "date") else "right"
        cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
        cells.append(cell)
    return cells


def _cells(sheet: Any, table: Table) -> Iterator[list[Any]]:
    """Rows as they are written: plain values where no style is needed, for that is what takes time."""
    styled = [number for number, column in enumerate(table.columns) if column.kind in STYLED or column.width > 60]
    for row in table.rows:
        cells: list[Any] = [_text(sheet, value) if type(value) is str else value for value in row]
        for number in styled:
            cells[number] = _styled(sheet, row[number], table.columns[number])
        yield cells


@lru_cache(maxsize=4096)
def _tidy(text: str) -> tuple[str, bool]:
    """A text without signs that a workbook cannot hold, and whether it could be read as something else."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return clean, clean.startswith(FORMULA_SIGNS) or clean in ERROR_CODES


def _text(sheet: Any, text: str) -> str | Cell:
    clean, is_risky = _tidy(text)
    if not is_risky:
        return clean
    cell = WriteOnlyCell(sheet, clean)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _styled(sheet: Any, value: Value, column: Column) -> Cell:
    text: Any = _text(sheet, value) if isinstance(value, str) else value
    cell = text if isinstance(text, Cell) else WriteOnlyCell(sheet, text)
    if column.kind in FORMATS:
        cell.number_format = FORMATS[column.kind]
    if value == NO_DENOMINATOR:
        cell.alignment = Alignment(horizontal="right")
    elif column.kind == "text":
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _total_cell(sheet: Any, value: Value, column: Column) -> Cell:
    cell = _styled(sheet, value, column)
    cell.font = Font(bold=True)
    cell.border = TOTAL
    return cell


def _sign_words(sheet: Any, table: Table, last_row: int) -> None:
    """Put a sign, and for what needs a person a colour, before certain words; the value stays the word alone."""
    keys = [column.key for column in table.columns]
    if table.signed not in keys or last_row < 2:
        return
    letter = get_column_letter(keys.index(table.signed) + 1)
    for number, (word, sign, colour) in enumerate(table.signs, start=1):
        style = DifferentialStyle(numFmt=NumberFormat(numFmtId=200 + number, formatCode=f'"{sign} "@'))
        if colour:
            style.fill = PatternFill(bgColor=colour, fill_type="solid")
        rule = Rule(type="expression", dxf=style, formula=[f'${letter}2="{word}"'])
        sheet.conditional_formatting.add(f"{letter}2:{letter}{last_row}", rule)


def _write_cover(workbook: Workbook, cover: Cover, stamp: Stamp) -> None:
    sheet = _sheet(workbook, str(cover.name), stamp)
    columns = cover.tables[0].columns
    sheet.column_dimensions["A"].width = 30
    for number in range(2, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 14
    last = get_column_letter(len(columns))
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 30, 40
    sheet.merged_cells.add(f"A1:{last}1")
    sheet.merged_cells.add(f"A2:{last}2")
    title = _styled_text(sheet, cover.title, Font(bold=True, size=18, color=BLUE))
    finding = _styled_text(sheet, cover.finding, Font(size=13))
    finding.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.append([title])
    sheet.append([finding])
    sheet.append([])
    row_count = 3
    for name, value in cover.facts:
        fact = _styled(sheet, value, Column("", "", "date" if not isinstance(value, str | int) else "text", 0, ""))
        fact.alignment = Alignment(horizontal="left", vertical="top")
        sheet.append([_styled_text(sheet, str(name), Font(color=MUTED)), fact])
        row_count += 1
    for table in cover.tables:
        sheet.append([])
        sheet.append(_headings(sheet, table.columns))
        for row in _cells(sheet, table):
            sheet.append(row)


def _styled_text(sheet: Any, text: str, font: Font) -> Cell:
    value = _text(sheet, text)
    cell = value if isinstance(value, Cell) else WriteOnlyCell(sheet, value)
    cell.font = font
    return cell
