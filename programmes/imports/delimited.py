"""Reads text files as Swedish Excel writes them: `;` in cp1252 or UTF-8, `sep=`, tabs in UTF-16; and plain commas."""

import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from programmes.imports.cells import MAX_COLUMNS, MAX_ROWS, SheetError, tidy
from programmes.imports.workbooks import RawRow

DELIMITERS = (";", "\t", ",")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(content: bytes) -> str:
    """The characters of a text file; SheetError when it is not text, or was cut off within a character."""
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError as error:
        raise SheetError(_broken()) from error
    if _CONTROL.search(text):
        raise SheetError(_("The file is neither an Excel workbook (.xlsx) nor a text file (.csv)."))
    return text


def delimiters_of(text: str) -> tuple[tuple[str, ...], str]:
    """The delimiters to try, best first, and the text without a first line that declares one (`sep=;`)."""
    first_line, _newline, rest = text.partition("\n")
    if match := re.fullmatch(r'"?sep=(.)"?\s*', first_line, re.IGNORECASE):
        return (match[1],), rest
    return DELIMITERS, text


def split(text: str, delimiter: str) -> Iterator[RawRow]:
    """The rows that hold anything, all cells as text, each with the row number that Excel shows; SheetError else."""
    count = 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for number, record in enumerate(reader, start=1):
            cells = tuple(tidy(cell) for cell in record[:MAX_COLUMNS])
            if any(cell is not None for cell in cells):
                count += 1
                yield number, cells
            if count > MAX_ROWS:
                raise SheetError(_("The file has more than %(number)s rows.") % {"number": MAX_ROWS})
    except csv.Error as error:
        raise SheetError(_broken()) from error


def _broken() -> str:
    return _("The file is broken or cut off. Save it again in Excel.")


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Text that is UTF-8 up to a last, incomplete character was cut off; all else is Windows' own.
        is_cut_off = error.reason == "unexpected end of data" and not content[: error.start].isascii()
        return "utf-8" if is_cut_off or content.startswith(b"\xef\xbb\xbf") else "cp1252"
    return "utf-8-sig"
