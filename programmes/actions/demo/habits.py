"""How schools differ: how much they plan, hold and report, in shares from 0 to 1."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Habits:
    """What is usual at a school. What is neither held nor reported as not held is silent: nobody has reported it."""

    additional: tuple[int, ...]
    held: float
    not_held: float
    early: float = 0.05
    late: float = 0.08
    split: float = 0.06
    unplanned: float = 0.12
    counted: float = 0.93
    described: float = 0.75

    def after_the_year(self) -> "Habits":
        """The same school when its year is over: almost everything silent has been reported by then."""
        silent = 1 - self.held - self.not_held
        return replace(self, held=self.held + 0.65 * silent, not_held=self.not_held + 0.25 * silent)


STEADY = Habits(additional=(3, 4, 4, 5, 5, 6), held=0.86, not_held=0.05)
ALL_BUT_PERFECT = Habits(additional=(5, 5, 6), held=0.985, not_held=0.015, late=0.01, counted=1, described=0.95)
STRUGGLING = Habits(additional=(3, 3, 4), held=0.5, not_held=0.14, late=0.25, counted=0.75, described=0.4)
AS_DRAWN = replace(STEADY, early=0)
