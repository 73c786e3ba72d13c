"""What a cell of a sheet can hold, how much of it is read, and the one way a file is refused."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from enum import Enum

from accounts.rules import find_personal_identity_number

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 100

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_NEUTRALISED = re.compile(r"^'(?=[=+\-@])")


class BadCell(Enum):
    """What stands in a cell where a value belongs."""

    FORMULA = "formula"
    ERROR = "error"


CellValue = str | int | float | datetime | date | time | timedelta | bool | BadCell | None


class SheetError(Exception):
    """A file that cannot be read as a sheet; its text is one translated sentence to the person who sent it."""


def tidy(value: object) -> CellValue:
    """A cell as it is meant: text without invisible characters and outer spaces, 21.0 as 21, nothing as None."""
    if isinstance(value, str):
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", value))
        return _NEUTRALISED.sub("", _CONTROL.sub(" ", text).strip()) or None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, int | float | datetime | date | time | timedelta | BadCell):
        return value
    return BadCell.ERROR


def as_text(value: CellValue) -> str:
    """A cell as a person would write it; empty when nothing readable stands there."""
    if value is None or isinstance(value, BadCell):
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return str(value)


def holds_personal_identity_number(value: CellValue) -> bool:
    """Whether a cell holds a personal identity number, also one that Excel made a number of and cut the zero from."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return False
    text = str(value)
    if isinstance(value, int) and len(text) == 9:
        text = f"0{text}"
    return find_personal_identity_number(text)
