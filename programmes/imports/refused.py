"""Writes the rows that an import refused as a file that can be corrected in Excel and imported again."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Protocol

from programmes.imports.sheets import REFUSED_REASON, REFUSED_ROW, REFUSED_SHEET, Columns


class RefusedRow(Protocol):
    """What any import knows of a row that it does not take in."""

    @property
    def sheet(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def written(self) -> Mapping[str, str]: ...
    @property
    def reason(self) -> str: ...


def refused_csv(rows: Sequence[RefusedRow], *, columns: Columns, several_sheets: bool) -> bytes:
    """The refused rows of a file, with row number and reason, as Swedish Excel opens it (`;`, UTF-8 with BOM).

    The sheet stands before the row number where the file had several. The columns are those that are read. A row with a
    personal identity number has its number and reason only.
    """
    fields = [field for field in columns.names if any(field in row.written for row in rows)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    sheet = [REFUSED_SHEET] if several_sheets else []
    writer.writerow([*sheet, REFUSED_ROW, *(columns.headings[field] for field in fields), REFUSED_REASON])
    for row in rows:
        place = [_neutral(row.sheet), row.number] if several_sheets else [row.number]
        writer.writerow([*place, *(_neutral(row.written.get(field, "")) for field in fields), row.reason])
    return text.getvalue().encode("utf-8-sig")


def _neutral(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it, which reading takes away again."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
