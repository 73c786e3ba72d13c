"""Reads a workbook or a text file into neutral rows: sheet, row number, and typed cells by what their column means."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from programmes.imports.cells import (
    MAX_BYTES,
    CellValue,
    SheetError,
    holds_personal_identity_number,
)
from programmes.imports.delimited import decode, delimiters_of, split
from programmes.imports.workbooks import COMPOUND_FILE_SIGNATURE, ZIP_SIGNATURE, RawRow, RawSheet, read_workbook

HEADER_WITHIN_ROWS = 30


@dataclass(frozen=True)
class Columns:
    """Which columns a kind of file has: names by field, what a header row must have, and how that is said."""

    names: Mapping[str, Sequence[str]]
    required: Sequence[frozenset[str]]
    described: str | Promise

    @property
    def headings(self) -> dict[str, str]:
        """The first name of each column: what it is called when something is said of it."""
        return {field: names[0] for field, names in self.names.items()}


@dataclass(frozen=True)
class Row:
    """A row of a file: the cells that were asked for, by field, and whether any cell holds what must not be kept."""

    sheet: str
    number: int
    cells: Mapping[str, CellValue]
    has_personal_identity_number: bool


@dataclass(frozen=True)
class Reading:
    """What was read: rows in the order of the file, and the names of sheets that were left out, being hidden or
    without a header row."""

    rows: list[Row]
    skipped_sheets: list[str]


def read_rows(file: BinaryIO, *, columns: Columns) -> Reading:
    """Read an .xlsx file, or text as Swedish Excel writes it, from its first byte.

    A cell is text, int, float, datetime, bool, a BadCell (formula or error), or None when empty; a column that the
    file lacks is not among the cells. In a text file every cell is text. Raises SheetError, whose sentence is meant
    for the person who sent the file; nothing of the file is kept.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise SheetError(_("The file is larger than %(number)s MB.") % {"number": MAX_BYTES // (1024 * 1024)})
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise SheetError(_("The file is empty."))
    if content.startswith(COMPOUND_FILE_SIGNATURE):
        raise SheetError(_("The file is protected by a password or in an old format. Save it as .xlsx."))
    is_workbook = content.startswith(ZIP_SIGNATURE)
    reading = _from_workbook(read_workbook(content), columns) if is_workbook else _from_text(decode(content), columns)
    if not reading.rows:
        raise SheetError(_("There are no rows below the headings."))
    return reading


def _from_workbook(sheets: list[RawSheet], columns: Columns) -> Reading:
    rows: list[Row] = []
    skipped: list[str] = []
    has_header = False
    for sheet in sheets:
        name = "…" if holds_personal_identity_number(sheet.name) else sheet.name
        found = None if sheet.is_hidden else _rows_under_header(sheet.rows, columns, sheet=name)
        if found is not None:
            has_header = True
            rows.extend(found)
        elif sheet.rows:
            skipped.append(name)
    if not has_header:
        raise SheetError(_no_header(columns))
    return Reading(rows, skipped)


def _from_text(text: str, columns: Columns) -> Reading:
    delimiters, text = delimiters_of(text)
    broken: SheetError | None = None
    for delimiter in delimiters:
        try:
            found = _rows_under_header(split(text, delimiter), columns, sheet="")
        except SheetError as error:  # the wrong delimiter can break the quoting; the right one may follow
            broken = broken or error
            continue
        if found is not None:
            return Reading(found, [])
    raise broken or SheetError(_no_header(columns))


def _no_header(columns: Columns) -> str:
    return _("No row with the headings %(names)s was found.") % {"names": columns.described}


def _rows_under_header(rows: Iterable[RawRow], columns: Columns, *, sheet: str) -> list[Row] | None:
    """The rows below the header row, or None where there is no such row among the first."""
    remaining: Iterator[RawRow] = iter(rows)
    for _position, (_number, cells) in zip(range(HEADER_WITHIN_ROWS), remaining, strict=False):
        fields = _fields_of(cells, columns)
        if all(alternatives & set(fields.values()) for alternatives in columns.required):
            _refuse_doubles(cells, fields)
            return [_row(sheet, number, values, fields) for number, values in remaining]
    return None


def _row(sheet: str, number: int, values: Sequence[CellValue], fields: Mapping[int, str]) -> Row:
    cells = {field: values[position] if position < len(values) else None for position, field in fields.items()}
    return Row(sheet, number, cells, any(holds_personal_identity_number(value) for value in values))


def _fields_of(cells: Sequence[CellValue], columns: Columns) -> dict[int, str]:
    meanings = dict(
        chain.from_iterable(((loosely(name), field) for name in names) for field, names in columns.names.items())
    )
    headings = ((position, loosely(cell)) for position, cell in enumerate(cells) if isinstance(cell, str))
    return {position: meanings[heading] for position, heading in headings if heading in meanings}


def _refuse_doubles(cells: Sequence[CellValue], fields: Mapping[int, str]) -> None:
    for field in set(fields.values()):
        doubles = [str(cells[position]) for position, meaning in fields.items() if meaning == field]
        if len(doubles) > 1:
            raise SheetError(_("Two columns mean the same: %(names)s.") % {"names": ", ".join(doubles)})


def loosely(text: str) -> str:
    """A name as it is matched: without case, spaces, dots and the rings and dots of å, ä and ö."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", "", plain).casefold()
