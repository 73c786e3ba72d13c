"""How a figure is written on a page: as in the files, and a missing one is read out in words."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from programmes.exports import suppression_words
from programmes.exports.findings import closed_by_in_words
from programmes.exports.tables import NO_DENOMINATOR, Column, Value
from programmes.exports.words import count_words, mean_words, part_words, percent_words, written
from programmes.models import ClosedPeriod
from programmes.reports.suppression import Profile

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """A share between 0 and 1 as per cent with one decimal; without a denominator, a full stop and its meaning."""
    return _shown(percent_words(share))


@register.filter
def closed_words(closed: ClosedPeriod) -> str:
    """When a period was closed, by whom and by which definitions."""
    return closed_by_in_words(closed)


@register.filter
def profile_words(profile: Profile) -> str:
    """What a profile hides, in a sentence."""
    return suppression_words.profile_words(profile)


@register.filter
def mark_words(profile: Profile) -> list[tuple[str, str]]:
    """Each mark that may stand instead of a number, and what it means."""
    return suppression_words.mark_words(profile)


@register.filter
def mean(value: float | None) -> str:
    """A mean with two decimals; without a denominator, a full stop and its meaning."""
    return _shown(mean_words(value))


@register.filter
def count(number: int) -> str:
    """A count with its thousands apart."""
    return count_words(number)


@register.simple_tag
def part_of(part: int, whole: int) -> str:
    """`18 of 20`; of nothing, a full stop and its meaning."""
    return _shown(part_words(part, whole))


@register.simple_tag
def cell(value: Value, column: Column) -> str:
    """A cell of a report as it stands in the document too; a full stop has its meaning."""
    return _shown(written(value, column.kind)) if column.is_number else written(value, column.kind)


def _shown(words: str) -> str:
    if words != NO_DENOMINATOR:
        return words
    return format_html('<span aria-hidden="true">.</span><span class="sr-only">{}</span>', _("nothing to count on"))
