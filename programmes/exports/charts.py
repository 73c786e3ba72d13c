"""Bars as facts: what a chart of a report says, drawn alike on the page and in documents, and the same in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.exports.tables import Text

HELD, CANCELLED, MISSING = "held", "cancelled", "missing"
LONG_NAME = 28  # letters: what is longer takes more than a line beside its bar


@dataclass(frozen=True)
class Bar:
    """A row of a chart: its name, what stands beside it, and how much of the whole length each part takes (0 to 1).

    Parts are in the order held, cancelled, missing. A suppressed or missing figure has no length, only its sign.
    """

    name: str
    words: str
    held: float = 0.0
    cancelled: float = 0.0
    missing: float = 0.0
    told: str = ""

    @property
    def parts(self) -> list[tuple[str, float]]:
        return [(HELD, self.held), (CANCELLED, self.cancelled), (MISSING, self.missing)]

    @property
    def has_length(self) -> bool:
        return any(share for _kind, share in self.parts)

    @property
    def percents(self) -> dict[str, float]:
        """The parts and where they start, as the page draws them."""
        return {
            "held": _percent(self.held),
            "cancelled": _percent(self.cancelled),
            "cancelled_start": _percent(self.held),
            "missing": _percent(self.missing),
            "missing_start": _percent(self.held + self.cancelled),
        }


@dataclass(frozen=True)
class Bars:
    """A chart of bars with a caption that says what it shows; `legend` names the parts that it has."""

    caption: Text
    bars: Sequence[Bar]
    legend: Sequence[tuple[str, Text]] = ()

    @property
    def has_long_names(self) -> bool:
        return any(len(bar.name) > LONG_NAME for bar in self.bars)

    def in_words(self, bars: Iterable[Bar] | None = None) -> str:
        """The same for those who do not see the bars; `bars` are those of one drawing when there are several."""
        told = [
            bar.told or _("%(name)s: %(words)s.") % {"name": bar.name, "words": bar.words} for bar in bars or self.bars
        ]
        return " ".join([f"{self.caption}.", *told])


def bar_of_share(name: str, share: float | None, words: str) -> Bar:
    """A bar whose whole length is everything; None (no denominator, or suppressed) has no length."""
    return Bar(name, words, held=share or 0.0)


def bars_of_counts(rows: Sequence[tuple[str, float | None, str]]) -> list[Bar]:
    """Bars on one scale, of which the largest takes the whole length; None has no length."""
    largest = max((count or 0 for _name, count, _words in rows), default=0)
    return [Bar(name, words, held=(count or 0) / largest if largest else 0.0) for name, count, words in rows]


def _percent(share: float) -> float:
    return round(share * 100, 2)
