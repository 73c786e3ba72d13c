"""The bars of coverage: of what was expected at each school, how much is held, not held, not reported."""

from collections.abc import Iterable

from django.utils.translation import gettext as _, gettext_lazy

from programmes.exports.charts import CANCELLED, HELD, MISSING, Bar, Bars
from programmes.exports.words import part_words
from programmes.reports.coverage import CoverageFigures
from programmes.reports.outcomes import Outcomes

LEGEND = ((HELD, gettext_lazy("held")), (CANCELLED, gettext_lazy("not held")), (MISSING, gettext_lazy("not reported")))


def coverage_bars(rows: Iterable[tuple[str, CoverageFigures]]) -> Bars:
    """A bar per row, each of the same length: its parts are shares of the sessions expected there."""
    return Bars(_("Bars by school"), [_bar(name, figures) for name, figures in rows], LEGEND)


def outcome_bar(name: str, outcomes: Outcomes) -> Bar:
    """The same of some sessions' outcomes."""
    return _bar_of(name, outcomes.expected, outcomes.held, outcomes.not_held, outcomes.not_reported)


def _bar(name: str, figures: CoverageFigures) -> Bar:
    return _bar_of(name, figures.expected, figures.held_of_expected, figures.not_held, figures.not_reported)


def _bar_of(name: str, expected: int, held: int, not_held: int, missing: int) -> Bar:
    whole = expected or 1
    words = {"school": name, "held": held, "expected": expected, "not_held": not_held, "missing": missing}
    told = _("%(school)s: %(held)s of %(expected)s held, %(not_held)s not held, %(missing)s not reported.") % words
    return Bar(
        name,
        part_words(held, expected),
        held=held / whole,
        cancelled=not_held / whole,
        missing=missing / whole,
        told=told,
    )
