"""How a figure is written for a reader: Swedish decimals, and a sign that says when there is nothing to count on."""

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """A share between 0 and 1 as per cent with one decimal; without a denominator, a full stop and its meaning."""
    return _missing() if share is None else f"{_written(share * 100, 1)}\N{NO-BREAK SPACE}%"


@register.filter
def mean(value: float | None) -> str:
    """A mean with two decimals; without a denominator, a full stop and its meaning."""
    return _missing() if value is None else _written(value, 2)


@register.simple_tag
def part_of(part: int, whole: int) -> str:
    """`18 of 20`; of nothing, a full stop and its meaning."""
    if not whole:
        return _missing()
    written = {"part": number_format(part, force_grouping=True), "whole": number_format(whole, force_grouping=True)}
    return _("%(part)s of %(whole)s") % written


def _written(value: float, decimals: int) -> str:
    # By way of the shortest text of the number, so that 6.25 is rounded as a person would: up.
    exact = Decimal(repr(round(value, 10))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return number_format(exact, decimal_pos=decimals)


def _missing() -> str:
    return format_html('<span aria-hidden="true">.</span><span class="sr-only">{}</span>', _("nothing to count on"))
