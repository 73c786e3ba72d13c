"""Hands the rows and cells of a file to the import library: where they stand, and what they are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from import_export.widgets import Widget
from tablib import Dataset

from programmes.imports.cells import BadCell, CellValue
from programmes.imports.sheets import Columns, Reading
from programmes.imports.values import CellError


class SheetDataset(Dataset):
    """The rows of a file below our names of its columns; a row that must not be kept has only empty cells.

    The library counts rows from one; `reading` has the row at the same place with its number in Excel.
    """

    def __init__(self, reading: Reading, *, columns: Columns) -> None:
        found = {field for row in reading.rows for field in row.cells}
        fields = [field for field in columns.names if field in found] or list(columns.names)[:1]
        rows: list[list[Any]] = [
            [None if row.has_personal_identity_number else row.cells.get(field) for field in fields]
            for row in reading.rows
        ]
        super().__init__(*rows, headers=[columns.headings[field] for field in fields])
        self.reading = reading


@dataclass
class Cell(Widget):
    """A cell of one kind: how it is read (CellError: what is wrong, in a sentence), and how it is written."""

    read: Callable[[CellValue], Any] = lambda value: value
    write: Callable[[Any], Any] = lambda value: value

    def clean(self, value: CellValue, row: Any = None, **kwargs: Any) -> Any:
        if value is BadCell.FORMULA:
            raise ValueError(_("A formula stands where a value belongs."))
        if value is BadCell.ERROR:
            raise ValueError(_("An error from Excel stands where a value belongs."))
        try:
            return self.read(value)
        except CellError as error:
            raise ValueError(str(error)) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return None if value is None else self.write(value)
