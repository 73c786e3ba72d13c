"""Opens Excel workbooks with suspicion: size, locks, macros and entities are looked for before anything is parsed.

openpyxl rather than python-calamine, though it is twenty times slower: it shows a formula as a formula instead of
its last value, refuses entities through defusedxml, and streams, so that a sheet of a million rows is given up after
the first rows too many. At the rows allowed here the difference is a second or two.
"""

import io
import re
import warnings
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils import column_index_from_string

from programmes.imports.cells import MAX_COLUMNS, MAX_ROWS, BadCell, CellValue, SheetError, tidy

ZIP_SIGNATURE = b"PK\x03\x04"
COMPOUND_FILE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
# What is parsed; the rest is pictures. A list of as many rows as are read has four or five megabytes.
MAX_XML_BYTES = 20 * 1024 * 1024
# Sheets shrink ten to fifty times when packed; a bomb shrinks five hundred times and more.
MAX_RATIO, RATIO_COUNTS_FROM_BYTES = 200, 10 * 1024 * 1024
MAX_PARTS = 5_000
LAST_ROW_IN_EXCEL = 1_048_576
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})[\"']")

RawRow = tuple[int, tuple[CellValue, ...]]


@dataclass(frozen=True)
class RawSheet:
    """A sheet as it stands: its rows that hold anything, each with the number that Excel shows."""

    name: str
    is_hidden: bool
    rows: list[RawRow]


def read_workbook(content: bytes) -> list[RawSheet]:
    """Read the sheets of an .xlsx file. Dates are datetimes, empty cells None, a formula is a BadCell; a cell that is
    merged with those below it stands on each of their rows.

    Raises SheetError for what is not a plain workbook. Python's zipfile never unpacks more of a part than its
    directory declares, so the sum of the declared sizes is a bound.
    """
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl warns of styles and checks that it leaves out
                return _read_sheets(content, archive)
    except SheetError:
        raise
    except DefusedXmlException as error:
        raise SheetError(_("The file holds XML declarations that do not belong in a workbook.")) from error
    except BadZipFile as error:
        raise SheetError(_broken()) from error
    except Exception as error:  # openpyxl raises whatever the parts of a broken file lead it to
        raise SheetError(_broken()) from error


def _broken() -> str:
    return _("The file is broken or cut off. Save it again in Excel as .xlsx.")


def _check_parts(archive: ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise SheetError(_("The file is protected by a password."))
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    xml = [part for part in parts if part.filename.casefold().endswith((".xml", ".rels"))]
    if (
        len(parts) > MAX_PARTS
        or unpacked > MAX_UNPACKED_BYTES
        or sum(part.file_size for part in xml) > MAX_XML_BYTES
        or (unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > MAX_RATIO * packed)
    ):
        raise SheetError(_("The file unpacks to far more than a list holds."))
    names = {part.filename.casefold() for part in parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise SheetError(_("The file holds macros. Save it as an Excel workbook without macros (.xlsx)."))
    if "xl/workbook.xml" not in names:
        raise SheetError(_("The file is not an Excel workbook. Save it as .xlsx."))
    for part in xml:
        with archive.open(part) as stream:  # a document type stands before the first element
            next(iter(iterparse(stream, events=("start",), forbid_dtd=True)), None)


def _read_sheets(content: bytes, archive: ZipFile) -> list[RawSheet]:
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        sheets: list[RawSheet] = []
        left = MAX_ROWS
        for sheet in workbook.worksheets:
            rows = list(_rows_with_content(sheet, left))
            left -= len(rows)
            rows = _filled_down(rows, _merged_cells(archive, sheet))
            sheets.append(RawSheet(sheet.title, sheet.sheet_state != "visible", rows))
        return sheets
    finally:
        workbook.close()


def _rows_with_content(sheet: Any, limit: int) -> Iterator[RawRow]:
    # openpyxl keeps the classes of what it streams to itself, hence Any.
    sheet.reset_dimensions()  # the size a file states of itself may be wrong, and would cut rows off
    count = 0
    empty: Sequence[Any] = ()
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > LAST_ROW_IN_EXCEL:
            raise SheetError(_too_many_rows())
        if cells is empty:  # rows that the file leaves out are all one object, and there may be a million of them
            continue
        values = tuple(None if cell is EMPTY_CELL else _value(cell) for cell in cells)
        if not any(value is not None for value in values):
            empty = cells
            continue
        count += 1
        if count > limit:
            raise SheetError(_too_many_rows())
        width = max(place for place, value in enumerate(values, start=1) if value is not None)
        yield number, values[:width]


def _merged_cells(archive: ZipFile, sheet: Any) -> list[tuple[bytes, bytes, bytes]]:
    """The column, first and last row of what is merged in a sheet: openpyxl leaves it out of what it streams."""
    return _MERGED.findall(archive.read(sheet._worksheet_path))


def _filled_down(rows: list[RawRow], merged: Sequence[Sequence[bytes]]) -> list[RawRow]:
    """The rows with the value of each merged cell on all the rows that it covers; a row that holds nothing stays away.

    Excel lets no two ranges overlap, so each row is looked at once for each column, whatever a file says.
    """
    if not merged:
        return rows
    numbers = [number for number, _values in rows]
    cells = [list(values) for _number, values in rows]
    reached: dict[int, int] = {}
    for column, first, last in sorted(_columns_of(merged)):
        start = bisect_right(numbers, max(first, reached.get(column, 0)))
        reached[column] = max(last, reached.get(column, 0))
        head = bisect_right(numbers, first) - 1
        if head < 0 or numbers[head] != first or column >= len(cells[head]):
            continue
        for values in cells[start : bisect_right(numbers, last)]:
            values.extend([None] * (column + 1 - len(values)))
            values[column] = cells[head][column] if values[column] is None else values[column]
    return [(number, tuple(values)) for number, values in zip(numbers, cells, strict=True)]


def _columns_of(merged: Sequence[Sequence[bytes]]) -> Iterator[tuple[int, int, int]]:
    """The first column of each range from 0, and its first and last row; ranges of one row hold for that row alone."""
    for letters, first, last in merged:
        column = column_index_from_string(letters.decode()) - 1
        if int(last) > int(first) and column < MAX_COLUMNS:
            yield column, int(first), int(last)


def _too_many_rows() -> str:
    return _("The file has more than %(number)s rows.") % {"number": MAX_ROWS}


def _value(cell: Any) -> CellValue:
    if cell.data_type == "f":
        return BadCell.FORMULA
    if cell.data_type == "e":
        return BadCell.ERROR
    return tidy(cell.value)
