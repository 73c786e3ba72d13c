"""Writes the rows that an import refused as a file that can be corrected in Excel and imported again."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from programmes.imports.sheets import Columns


class RefusedRow(Protocol):
    """What any import knows of a row that it does not take in."""

    @property
    def number(self) -> int: ...
    @property
    def written(self) -> Mapping[str, str]: ...
    @property
    def reason(self) -> str: ...


def refused_csv(rows: Sequence[RefusedRow], *, columns: Columns) -> bytes:
    """The refused rows of a file, with row number and reason, as Swedish Excel opens it (`;`, UTF-8 with BOM).

    The columns are those that are read. A row with a personal identity number has its number and reason only.
    """
    fields = [field for field in columns.names if any(field in row.written for row in rows)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Row"), *(columns.headings[field] for field in fields), _("Reason")])
    for row in rows:
        writer.writerow([row.number, *(_neutral(row.written.get(field, "")) for field in fields), row.reason])
    return text.getvalue().encode("utf-8-sig")


def _neutral(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it, which reading takes away again."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
