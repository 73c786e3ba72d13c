"""How a school judges its own work: the twelve things, how the terms compare, and what is left to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from programmes.enums import Level
from programmes.models import AssessedItem, SelfAssessment
from programmes.rules.assessment_items import Item, items


@dataclass(frozen=True)
class TermResult:
    """One term's judgement: the sum of its levels out of twice as many as were judged."""

    assessment: SelfAssessment
    total: int
    most: int

    @property
    def share(self) -> float:
        return self.total / self.most if self.most else 0.0


@dataclass(frozen=True)
class ItemRow:
    """A thing with its level in each of some terms, the latest last; None where it was not judged."""

    item: Item
    levels: Sequence[Level | None]


def trend_of(assessments: Iterable[SelfAssessment]) -> list[TermResult]:
    """The terms, the earliest first; their `items` should be prefetched."""
    ordered = sorted(assessments, key=lambda row: row.first_day)
    return [
        TermResult(row, sum(item.level for item in row.items.all()), Level.IN_PLACE * len(row.items.all()))
        for row in ordered
    ]


def rows_of(assessments: Iterable[SelfAssessment]) -> list[ItemRow]:
    """Each thing through the terms, the earliest first."""
    ordered = sorted(assessments, key=lambda row: row.first_day)
    levels = [{item.code: Level(item.level) for item in row.items.all()} for row in ordered]
    return [ItemRow(item, [told.get(item.code) for told in levels]) for item in items()]


def to_do(assessment: SelfAssessment) -> list[tuple[Item, AssessedItem]]:
    """The things that are not in place, those not begun first, in the order of the things."""
    found = {row.code: row for row in assessment.items.all()}
    waiting = [(item, found[item.code]) for item in items() if item.code in found]
    return sorted([(item, row) for item, row in waiting if row.level < Level.IN_PLACE], key=lambda pair: pair[1].level)
