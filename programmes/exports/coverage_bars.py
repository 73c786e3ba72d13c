"""The bars of coverage: of what was expected at each school, how much is held, not held, not reported."""

from collections.abc import Iterable

from django.utils.translation import gettext as _, gettext_lazy

from programmes.exports.charts import CANCELLED, HELD, MISSING, Bar, Bars
from programmes.exports.words import part_words
from programmes.reports.coverage import CoverageFigures

LEGEND = ((HELD, gettext_lazy("held")), (CANCELLED, gettext_lazy("not held")), (MISSING, gettext_lazy("not reported")))


def coverage_bars(rows: Iterable[tuple[str, CoverageFigures]]) -> Bars:
    """A bar per row, each of the same length: its parts are shares of the sessions expected there."""
    return Bars(_("Bars by school"), [_bar(name, figures) for name, figures in rows], LEGEND)


def _bar(name: str, figures: CoverageFigures) -> Bar:
    expected = figures.expected or 1
    told = _("%(school)s: %(held)s of %(expected)s held, %(not_held)s not held, %(missing)s not reported.") % {
        "school": name,
        "held": figures.held_of_expected,
        "expected": figures.expected,
        "not_held": figures.not_held,
        "missing": figures.not_reported,
    }
    return Bar(
        name,
        part_words(figures.held_of_expected, figures.expected),
        held=figures.held_of_expected / expected,
        cancelled=figures.not_held / expected,
        missing=figures.not_reported / expected,
        told=told,
    )
