"""Files for Swedish Excel: UTF-8 with a mark, semicolons, decimal commas, and nothing that runs as a formula."""

import csv
from datetime import date
from io import TextIOWrapper
from typing import BinaryIO

from programmes.exports.tables import Table, Value

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_table(table: Table, stream: BinaryIO) -> None:
    """Write a table to a binary stream as it comes; a missing value is an empty cell.

    A text that begins with = + - @, a tab or a carriage return gets an apostrophe before it.
    """
    text = TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(column.heading) for column in table.columns])
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    text.detach()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace(".", ",")
