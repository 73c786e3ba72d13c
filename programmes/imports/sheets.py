"""Reads a workbook or a text file into neutral rows: sheet, row number, and typed cells by what their column means."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from openpyxl.utils import get_column_letter

from programmes.imports.cells import (
    MAX_BYTES,
    CellValue,
    SheetError,
    as_text,
    holds_personal_identity_number,
)
from programmes.imports.delimited import decode, delimiters_of, split
from programmes.imports.workbooks import COMPOUND_FILE_SIGNATURE, ZIP_SIGNATURE, RawRow, RawSheet, read_workbook

HEADER_WITHIN_ROWS = 30
WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls")
TEXT_NAMES = (".csv", ".txt")
# Headings of what tells who a pupil is, which no import has use for.
WHO = {"elev", "elevnamn", "elevensnamn", "fornamn", "efternamn", "tilltalsnamn", "personnummer", "pnr"}
WHO |= {"fodelsedatum", "fodelsedag", "vardnadshavare", "vardnadshavare1", "vardnadshavare2"}
# What stands beside the columns of a file of refused rows: where the row stood, and why it was refused.
REFUSED_SHEET, REFUSED_ROW, REFUSED_REASON = (
    pgettext_lazy("column", "Sheet"),
    gettext_lazy("Row"),
    gettext_lazy("Reason"),
)


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
    """What was read: rows in the order of the file, the names of sheets that were left out, being hidden or without a
    header row, and the headings of columns that hold something and mean nothing known."""

    rows: list[Row]
    skipped_sheets: list[str]
    unread_columns: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Header:
    """Where the headings of a sheet stand (the row's number in Excel), and which field each column holds."""

    row: int
    fields: Mapping[int, str]


def read_rows(file: BinaryIO, *, columns: Columns) -> Reading:
    """Read an .xlsx file, or text as Swedish Excel writes it, from its first byte.

    A cell is text, int, float, datetime, bool, a BadCell (formula or error), or None when empty; a column that the
    file lacks is not among the cells. In a text file every cell is text. Raises SheetError, whose sentence is meant
    for the person who sent the file; nothing of the file is kept.
    """
    sheets = open_sheets(file, columns=columns)
    headers = {position: find_header(sheet, columns=columns) for position, sheet in enumerate(sheets)}
    return rows_below(sheets, {place: header for place, header in headers.items() if header}, columns=columns)


def open_sheets(file: BinaryIO, *, columns: Columns) -> list[RawSheet]:
    """The sheets of a file as they stand; of a text file, one sheet split as `columns` fit best, or widest.

    Raises SheetError for a file that is too large, empty, locked, broken or not what it says.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise SheetError(_("The file is larger than %(number)s MB.") % {"number": MAX_BYTES // (1024 * 1024)})
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise SheetError(_("The file is empty."))
    if content.startswith(COMPOUND_FILE_SIGNATURE):
        raise SheetError(_("The file is protected by a password or in an old format. Save it as .xlsx."))
    is_workbook = content.startswith(ZIP_SIGNATURE)
    _refuse_false_name(str(getattr(file, "name", "")), is_workbook=is_workbook)
    return read_workbook(content) if is_workbook else [_text_sheet(decode(content), columns)]


def _refuse_false_name(name: str, *, is_workbook: bool) -> None:
    """A file that is not what its name says was mixed up or made by something else: its sender has to look at it."""
    if not is_workbook and name.lower().endswith(WORKBOOK_NAMES):
        raise SheetError(
            _("The file is called a workbook but is none. Save it as .xlsx in Excel, or rename a text file to .csv.")
        )
    if is_workbook and name.lower().endswith(TEXT_NAMES):
        raise SheetError(_("The file is called a text file but is an Excel workbook. Rename it to .xlsx."))


def find_header(sheet: RawSheet, *, columns: Columns, remembered: Mapping[str, str] | None = None) -> Header | None:
    """The first row whose headings name all that is required, or the next one where that names more: the headings of
    some sheets take two rows. None where none of the first rows does.

    `remembered` are headings that a person has matched before, by what `loosely` makes of them; an empty field is a
    column that is not to be read. Raises SheetError where two columns mean the same.
    """
    if sheet.is_hidden:
        return None
    found = [
        (number, cells, fields_of(cells, columns=columns, remembered=remembered))
        for number, cells in sheet.rows[: HEADER_WITHIN_ROWS + 1]
    ]
    for place, (_number, _cells, fields) in enumerate(found[:HEADER_WITHIN_ROWS]):
        if is_complete(fields, columns=columns):
            number, cells, fields = max(found[place : place + 2], key=lambda row: len(set(row[2].values())))
            _refuse_doubles(cells, fields)
            return Header(number, fields)
    return None


def likeliest_header(sheet: RawSheet, *, columns: Columns, remembered: Mapping[str, str] | None = None) -> Header:
    """The row to suggest where none does: the one with most known headings, or else most words. The sheet has rows."""

    def worth(row: RawRow) -> tuple[int, int]:
        fields = fields_of(row[1], columns=columns, remembered=remembered)
        return len(set(fields.values())), sum(isinstance(cell, str) for cell in row[1])

    number, cells = max(sheet.rows[:HEADER_WITHIN_ROWS], key=worth)
    return Header(number, fields_of(cells, columns=columns, remembered=remembered))


def is_complete(fields: Mapping[int, str], *, columns: Columns) -> bool:
    """Whether the matched columns hold all that is required."""
    return all(alternatives & set(fields.values()) for alternatives in columns.required)


def rows_below(sheets: Sequence[RawSheet], headers: Mapping[int, Header], *, columns: Columns) -> Reading:
    """The rows below the headings of the sheets that have some, by the sheet's place; the other sheets are left out.

    Headings that stand there once more, as on each page of a printed list, are no rows. Raises SheetError where no
    sheet has headings, and where nothing stands below them.
    """
    if not headers:
        raise SheetError(_("No row with the headings %(names)s was found.") % {"names": columns.described})
    rows: list[Row] = []
    skipped: list[str] = []
    unread: list[str] = []
    for position, sheet in enumerate(sheets):
        name = sheet_name(sheet)
        if header := headers.get(position):
            headings = next((cells for number, cells in sheet.rows if number == header.row), ())
            words = _words(headings, header)
            below = [row for row in sheet.rows if row[0] > header.row and _words(row[1], header) != words]
            rows.extend(_row(name, number, values, header.fields) for number, values in below)
            unread.extend(_unread(headings, [values for _number, values in below], header))
        elif sheet.rows:
            skipped.append(name)
    if not rows:
        raise SheetError(_("There are no rows below the headings."))
    return Reading(rows, skipped, list(dict.fromkeys(unread)))


def sheet_name(sheet: RawSheet) -> str:
    """A sheet's name as it may be shown."""
    return "…" if holds_personal_identity_number(sheet.name) else sheet.name


def _unread(headings: Sequence[CellValue], below: Sequence[Sequence[CellValue]], header: Header) -> list[str]:
    """The columns that hold something and are not read, by their heading, or by their letter where they have none."""
    filled = {place for values in below for place, value in enumerate(values) if value is not None}
    filled |= {place for place, heading in enumerate(headings) if tells_who(heading)}
    named = {place: as_text(heading) for place, heading in enumerate(headings)}
    own = {loosely(str(heading)) for heading in (REFUSED_SHEET, REFUSED_ROW, REFUSED_REASON)}
    return [
        _("column %(letter)s") % {"letter": get_column_letter(place + 1)}
        if not named.get(place) or holds_personal_identity_number(named[place])
        else named[place]
        for place in sorted(filled - set(header.fields))
        if loosely(named.get(place, "")) not in own
    ]


def _words(cells: Sequence[CellValue], header: Header) -> tuple[str, ...]:
    """What a row says below the headings that are read, as it is matched."""
    return tuple(loosely(str(cells[place] or "")) if place < len(cells) else "" for place in header.fields)


def _text_sheet(text: str, columns: Columns) -> RawSheet:
    delimiters, text = delimiters_of(text)
    broken: SheetError | None = None
    widest: RawSheet | None = None
    for delimiter in delimiters:
        try:
            sheet = RawSheet("", False, list(split(text, delimiter)))
            if find_header(sheet, columns=columns) is not None:
                return sheet
        except SheetError as error:  # the wrong delimiter can break the quoting; the right one may follow
            broken = broken or error
            continue
        if widest is None or _width(sheet) > _width(widest):
            widest = sheet
    if broken or widest is None:
        raise broken or SheetError(_("The file is empty."))
    return widest


def _width(sheet: RawSheet) -> int:
    return max((len(cells) for _number, cells in sheet.rows[:HEADER_WITHIN_ROWS]), default=0)


def _row(sheet: str, number: int, values: Sequence[CellValue], fields: Mapping[int, str]) -> Row:
    cells = {field: values[position] if position < len(values) else None for position, field in fields.items()}
    return Row(sheet, number, cells, any(holds_personal_identity_number(value) for value in values))


def fields_of(
    cells: Sequence[CellValue], *, columns: Columns, remembered: Mapping[str, str] | None = None
) -> dict[int, str]:
    """Which field each column holds, by its heading; a heading that means nothing known is left out."""
    meanings = dict(
        chain.from_iterable(((loosely(name), field) for name in names) for field, names in columns.names.items())
    ) | dict(remembered or {})
    headings = ((position, loosely(cell)) for position, cell in enumerate(cells) if isinstance(cell, str))
    return {position: meanings[heading] for position, heading in headings if meanings.get(heading)}


def _refuse_doubles(cells: Sequence[CellValue], fields: Mapping[int, str]) -> None:
    for double in set(fields.values()):
        doubles = [str(cells[position]) for position, meaning in fields.items() if meaning == double]
        if len(doubles) > 1:
            raise SheetError(_("Two columns mean the same: %(names)s.") % {"names": ", ".join(doubles)})


def tells_who(cell: CellValue) -> bool:
    """Whether a cell is the heading of a column about who the pupils are: it is neither read nor kept."""
    return isinstance(cell, str) and loosely(cell) in WHO


def loosely(text: str) -> str:
    """A name as it is matched: without case, spaces, dots and the rings and dots of å, ä and ö."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", "", plain).casefold()
