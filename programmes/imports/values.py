"""Reads single cells as what their column means: a school's code, a class's name, a head-count, a school year."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from programmes.imports.cells import BadCell, CellValue, as_text
from programmes.imports.sheets import loosely
from programmes.models import Period
from programmes.models.schools import name_key
from programmes.models.terms import start_year_of

LONGEST_NAME = 40
SUMS = {"summa", "totalt", "total", "summering"}

# What Excel has made of `1E1` or `3-4` before it wrote a text file; as text in a workbook both are class names.
_NUMBER_IN_TEXT = re.compile(r"\d{3,}|\d+,\d+|\d+(,\d+)?e[+-]\d+", re.IGNORECASE)
_DATE_IN_TEXT = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}-(jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\.?")
_COUNT_IN_TEXT = re.compile(r"(\d{1,4})(?:[.,]0+)?\s*(?:st\.?|elever|barn|min\.?|minuter)?", re.IGNORECASE)

Cells = Mapping[str, CellValue]


class CellError(Exception):
    """What is wrong with a cell, in one sentence that does not repeat it; empty where it has been said already."""


def bad_cells(cells: Cells, *, headings: Mapping[str, str]) -> list[str]:
    """A sentence for each cell that holds a formula or an error, with the heading of its column."""
    sentences = {
        BadCell.FORMULA: _("A formula stands where a value belongs: %(column)s."),
        BadCell.ERROR: _("An error from Excel stands where a value belongs: %(column)s."),
    }
    return [
        sentences[value] % {"column": headings[column]} for column, value in cells.items() if isinstance(value, BadCell)
    ]


def is_sum(*cells: CellValue) -> bool:
    """Whether one of the cells that name a row says that it is a sum."""
    return any(loosely(as_text(cell)) in SUMS for cell in cells)


def read_unit_code(value: CellValue) -> str:
    """A school unit code as eight digits, empty when there is none; CellError for anything else.

    Source: Skolverket's register of school units.
    """
    text = re.sub(r"\s+", "", as_text(value)).removeprefix("'")
    code = re.sub(r"[.,]0+$", "", text).lstrip("0")
    if text and not re.fullmatch(r"[1-9]\d{7}", code):
        raise CellError(_("The school unit code is not eight digits."))
    return code


def read_start_year(value: CellValue, *, default: int) -> int:
    """A school year as the year it starts in; `default` where the cell is empty."""
    if value is None or isinstance(value, BadCell):
        return default
    try:
        return start_year_of(Period.parse(as_text(value)).first_day)
    except ValueError:
        raise CellError(_("The school year cannot be read. Write it as 2026/27.")) from None


def read_class_name(value: CellValue) -> str:
    """A class's name as it is written; CellError where Excel has made a number or a date of it, or nothing stands."""
    if isinstance(value, BadCell):
        raise CellError
    if is_date(value):
        raise CellError(_("The class name is a date: Excel has changed it. Format the column as text."))
    if isinstance(value, int | float) or (isinstance(value, str) and _NUMBER_IN_TEXT.fullmatch(value)):
        raise CellError(_("The class name is a number: Excel has changed it. Format the column as text."))
    name = " ".join(as_text(value).split())
    if not name_key(name):
        raise CellError(_("The class is missing."))
    if max(len(name), len(name_key(name))) > LONGEST_NAME:
        raise CellError(_("The class name is longer than %(number)s characters.") % {"number": LONGEST_NAME})
    return name


def read_count(value: CellValue) -> int | None:
    """A whole number, also when written `21 st`; None for an empty cell, CellError without a sentence for all else."""
    if value is None or isinstance(value, BadCell):
        return None
    match = _COUNT_IN_TEXT.fullmatch(as_text(value)) if isinstance(value, str | int) else None
    if isinstance(value, bool) or match is None:
        raise CellError
    return int(match[1])


def changes_in_words(instance: Model, values: Mapping[str, Any]) -> str:
    """What a row would change, such as `Elever i gruppen 21 → 22.`; an unknown number is a dash."""
    told = []
    for column, value in values.items():
        if getattr(instance, column) != value and column != "date_precision":
            field: Any = instance._meta.get_field(column)
            words = capfirst(field.verbose_name)
            told.append(f"{words} {_in_words(getattr(instance, column))} → {_in_words(value)}.")
    return " ".join(told)


def told_in_words(model: type[Model], values: Mapping[str, Any], *, columns: Sequence[str]) -> str:
    """What a new row would save in those columns that hold something: `Minuter: 40. Anteckning: gick bra.`"""
    told = []
    for column in columns:
        if values.get(column) not in (None, ""):
            field: Any = model._meta.get_field(column)
            told.append(f"{capfirst(field.verbose_name)}: {str(values[column]).rstrip('.')}.")
    return " ".join(told)


def _in_words(value: Any) -> str:
    return "–" if value in (None, "") else str(value)


def is_date(value: CellValue) -> bool:
    """Whether a cell is a day or a time, or text that Excel made of one."""
    return isinstance(value, date | datetime | time | timedelta) or (
        isinstance(value, str) and bool(_DATE_IN_TEXT.fullmatch(value.casefold()))
    )
