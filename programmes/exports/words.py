"""How a figure is written for a reader, on the screen and in documents: Swedish decimals, and a sign for nothing."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from programmes.exports.tables import NO_DENOMINATOR, Kind, Value


def written(value: Value, kind: Kind) -> str:
    """A cell as it is read: `87,6 %`, `1,75`, `1 234`, `2026-11-22`; what is missing is empty, and a sign stays one."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if kind == "percent":
        return percent_words(value)
    if kind == "number":
        return number_format(Decimal(repr(value)).normalize() + 0, force_grouping=True)
    return mean_words(value) if kind == "decimal" else count_words(value)


def count_words(count: float) -> str:
    """A count with its thousands apart."""
    return number_format(count, force_grouping=True)


def percent_words(share: float | None) -> str:
    """A share between 0 and 1 as per cent with one decimal; without a denominator, a full stop."""
    return NO_DENOMINATOR if share is None else f"{_rounded(share * 100, 1)}\N{NO-BREAK SPACE}%"


def mean_words(value: float | None) -> str:
    """A mean with two decimals; without a denominator, a full stop."""
    return NO_DENOMINATOR if value is None else _rounded(value, 2)


def hours_words(hours: float) -> str:
    """Hours as a person says them: whole ones from ten and up, else with one decimal."""
    return number_format(round(hours), force_grouping=True) if hours >= 10 else _rounded(hours, 1)


def part_words(part: int, whole: int) -> str:
    """`18 of 20`; of nothing, a full stop."""
    if not whole:
        return NO_DENOMINATOR
    return _("%(part)s of %(whole)s") % {"part": count_words(part), "whole": count_words(whole)}


def _rounded(value: float, decimals: int) -> str:
    # By way of the shortest text of the number, so that 6.25 is rounded as a person would: up.
    exact = Decimal(repr(round(value, 10))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return number_format(exact, decimal_pos=decimals)
