"""Opens Excel workbooks with suspicion: size, locks, macros and entities are looked for before anything is parsed.

openpyxl rather than python-calamine, though it is twenty times slower: it shows a formula as a formula instead of
its last value, refuses entities through defusedxml, and streams, so that a sheet of a million rows is given up after
the first rows too many. At the rows allowed here the difference is a second or two.
"""

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL

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

RawRow = tuple[int, tuple[CellValue, ...]]


@dataclass(frozen=True)
class RawSheet:
    """A sheet as it stands: its rows that hold anything, each with the number that Excel shows."""

    name: str
    is_hidden: bool
    rows: list[RawRow]


def read_workbook(content: bytes) -> list[RawSheet]:
    """Read the sheets of an .xlsx file. Dates are datetimes, empty cells None, a formula is a BadCell.

    Raises SheetError for what is not a plain workbook. Python's zipfile never unpacks more of a part than its
    directory declares, so the sum of the declared sizes is a bound.
    """
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and checks that it leaves out
            return _read_sheets(content)
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


def _read_sheets(content: bytes) -> list[RawSheet]:
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        sheets: list[RawSheet] = []
        left = MAX_ROWS
        for sheet in workbook.worksheets:
            rows = list(_rows_with_content(sheet, left))
            left -= len(rows)
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
        yield number, values


def _too_many_rows() -> str:
    return _("The file has more than %(number)s rows.") % {"number": MAX_ROWS}


def _value(cell: Any) -> CellValue:
    if cell.data_type == "f":
        return BadCell.FORMULA
    if cell.data_type == "e":
        return BadCell.ERROR
    return tidy(cell.value)
