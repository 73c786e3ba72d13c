"""Keeps the cells of a file between the moment it is sent and the moment it is taken in, as plain JSON."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from programmes.imports.cells import BadCell, CellValue, holds_personal_identity_number
from programmes.imports.sheets import HEADER_WITHIN_ROWS, Columns, Header, Reading, Row, rows_below, tells_who
from programmes.imports.workbooks import RawSheet
from programmes.models import ImportDraft

PERSON = "person"


def kept_sheets(sheets: Iterable[RawSheet]) -> list[dict[str, Any]]:
    """The sheets as they are kept: visible ones with their rows, hidden ones by name alone.

    Of a row that holds a personal identity number nothing is kept but its number, and that it held one; of a column
    about who the pupils are, nothing but its heading.
    """
    return [
        {
            "name": "…" if holds_personal_identity_number(sheet.name) else sheet.name,
            "hidden": sheet.is_hidden,
            "rows": [] if sheet.is_hidden else _kept_rows(sheet),
        }
        for sheet in sheets
    ]


def _kept_rows(sheet: RawSheet) -> list[Any]:
    about_persons = {
        place
        for _number, cells in sheet.rows[:HEADER_WITHIN_ROWS]
        for place, cell in enumerate(cells)
        if tells_who(cell)
    }
    rows: list[Any] = []
    for number, cells in sheet.rows:
        kept = _kept(cells)
        if kept != PERSON:
            kept = [
                cell if place not in about_persons or tells_who(cells[place]) else None
                for place, cell in enumerate(kept)
            ]
        rows.append([number, kept])
    return rows


def opened_sheets(kept: Sequence[Mapping[str, Any]]) -> list[RawSheet]:
    """The sheets as they were read; a row that held a personal identity number has no cells."""
    return [
        RawSheet(
            sheet["name"],
            sheet["hidden"],
            [(number, () if cells == PERSON else tuple(map(_opened, cells))) for number, cells in sheet["rows"]],
        )
        for sheet in kept
    ]


def read_draft(
    kept: Sequence[Mapping[str, Any]], headers: Mapping[str, Mapping[str, Any]], *, columns: Columns
) -> Reading:
    """The rows of a kept file below the chosen headings; raises SheetError where there are none."""
    reading = rows_below(opened_sheets(kept), opened_headers(headers), columns=columns)
    persons = {(sheet["name"], number) for sheet in kept for number, cells in sheet["rows"] if cells == PERSON}
    rows = [
        Row(row.sheet, row.number, {}, has_personal_identity_number=True) if (row.sheet, row.number) in persons else row
        for row in reading.rows
    ]
    return Reading(rows, reading.skipped_sheets, reading.unread_columns)


def keep_reading(draft: ImportDraft, reading: Reading, *, columns: Columns) -> None:
    """Put what a register answered into a draft, as rows below headings of ours; saves nothing.

    The headings stand on row 0, so that each row keeps the number it was read with.
    """
    fields = list(columns.names)
    rows: list[Any] = [[0, [columns.headings[field] for field in fields]]]
    rows += [
        [row.number, PERSON if row.has_personal_identity_number else _kept([row.cells.get(field) for field in fields])]
        for row in reading.rows
    ]
    draft.sheets = [{"name": "", "hidden": False, "rows": rows}]
    draft.headers = kept_headers({0: Header(0, dict(enumerate(fields)))})


def kept_headers(headers: Mapping[int, Header]) -> dict[str, Any]:
    """Headings as they are kept: by the sheet's place, the row and the field of each column."""
    return {
        str(place): {"row": header.row, "fields": {str(column): name for column, name in header.fields.items()}}
        for place, header in headers.items()
    }


def opened_headers(kept: Mapping[str, Mapping[str, Any]]) -> dict[int, Header]:
    """Headings as they were chosen."""
    return {
        int(place): Header(header["row"], {int(column): name for column, name in header["fields"].items()})
        for place, header in kept.items()
    }


def _kept(cells: Sequence[CellValue]) -> list[Any] | str:
    if any(holds_personal_identity_number(cell) for cell in cells):
        return PERSON
    return [_kept_cell(cell) for cell in cells]


def _kept_cell(cell: CellValue) -> Any:
    if isinstance(cell, BadCell):
        return {"bad": cell.value}
    if isinstance(cell, datetime | date):
        return {"day": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"seconds": cell.total_seconds()}
    return cell


def _opened(cell: Any) -> CellValue:
    match cell:
        case {"bad": value}:
            return BadCell(value)
        case {"day": value}:
            return datetime.fromisoformat(value)
        case {"time": value}:
            return time.fromisoformat(value)
        case {"seconds": value}:
            return timedelta(seconds=value)
    return cell
