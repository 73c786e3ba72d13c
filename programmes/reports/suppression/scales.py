"""Which answers on a scale may be told: those of groups that are large enough, and sums of nothing but such groups.

A group that is too small is left out of every sum that it belongs to. So whatever is laid side by side (classes,
school, area, municipality, two days, two files) is made of groups that are told anyway, and no subtraction reaches a
hidden one. Sources: docs/adr-0005-suppression.md; features F6: five inside the municipality, ten outside
(`Profile.least_answers`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

STEPS = 4
FEWEST_WHO_AGREE = 2


@dataclass(frozen=True)
class Told:
    """How many chose each step, from not at all to completely, of those who answered the question."""

    counts: tuple[int, int, int, int]

    @property
    def number(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float:
        """From 1 to 4."""
        return sum(step * count for step, count in enumerate(self.counts, start=1)) / self.number

    @property
    def share_agree(self) -> float:
        """The share that chose one of the two upper steps, 0 to 1."""
        return sum(self.counts[2:]) / self.number


def told(answers: Iterable[int | None], *, smallest: int) -> Told | None:
    """The answers of one group to one question, steps 1 to 4; those who would not say are not counted.

    None where fewer than `smallest` have answered, and where all, or all but one, disagree: whoever knows that a child
    was there would know what the child answered. As every statement says something good, that all agree tells nothing
    bad of anybody and is shown.
    """
    steps = [answer for answer in answers if answer]
    counts = (steps.count(1), steps.count(2), steps.count(3), steps.count(4))
    if len(steps) < smallest or counts[2] + counts[3] < FEWEST_WHO_AGREE:
        return None
    return Told(counts)


def told_together(groups: Iterable[Told | None]) -> Told | None:
    """The sum of the groups that are told; None where no group is."""
    counts = [group.counts for group in groups if group is not None]
    if not counts:
        return None
    first, second, third, fourth = (sum(column) for column in zip(*counts, strict=True))
    return Told((first, second, third, fourth))


@dataclass(frozen=True)
class Change:
    """How many answered higher, the same and lower after than before, of the pairs that belong together."""

    higher: int
    same: int
    lower: int

    @property
    def pairs(self) -> int:
        return self.higher + self.same + self.lower


def changed(pairs: Iterable[tuple[int | None, int | None]], *, smallest: int) -> Change | None:
    """The direction of each pair (before, after) in which both answered; None where there are too few pairs.

    Directions alone: with a mean of the change and both distributions, who has no pair could be worked out.
    """
    both = [(before, after) for before, after in pairs if before and after]
    if len(both) < smallest:
        return None
    higher = sum(after > before for before, after in both)
    lower = sum(after < before for before, after in both)
    return Change(higher, len(both) - higher - lower, lower)


def changed_together(groups: Iterable[Change | None]) -> Change | None:
    """The sum of the groups whose change is told."""
    shown = [group for group in groups if group is not None]
    if not shown:
        return None
    return Change(sum(row.higher for row in shown), sum(row.same for row in shown), sum(row.lower for row in shown))
