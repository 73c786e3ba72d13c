"""Makes the empty workbook that a school fills in and imports: text columns, so that Excel changes nothing."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

TEXT = "@"
ROWS = 500


def template_xlsx(headings: Sequence[str], *, sheet: str) -> bytes:
    """A workbook with one sheet: the headings in bold and frozen, and five hundred rows formatted as text below."""
    book = Workbook()
    book.remove(book.worksheets[0])
    page = book.create_sheet(sheet)
    page.append(list(headings))
    for number, heading in enumerate(headings, start=1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = max(14, len(heading) + 4)
        page[f"{letter}1"].font = Font(bold=True)
        for row in range(2, ROWS + 2):
            page[f"{letter}{row}"].number_format = TEXT
    page.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
