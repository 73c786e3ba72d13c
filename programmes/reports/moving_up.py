"""Next year's classes, proposed from this year's: who moves up, who leaves, and which classes are new."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from curriculum.enums import grade_label
from programmes.models import SchoolClass
from programmes.models.terms import start_year_of

PRESCHOOL_NAMES = (r"^Förskoleklass(?:en)?\b\s*", r"^F-?klass(?:en)?\b\s*", r"^F(?![a-zåäö])\s*")
SPAN = r"(?P<low>F|\d{1,2})(?P<dash>\s*[-–]\s*)(?P<high>\d{1,2})"


@dataclass(frozen=True)
class ProposedClass:
    """A class of the new school year; without `old` it is new, and without a name the old one leaves the school."""

    old: SchoolClass | None
    name: str
    lowest_grade: int
    highest_grade: int
    enrolled: int | None


def propose_classes(classes: Iterable[SchoolClass], *, start_year: int) -> list[ProposedClass]:
    """What the classes of one school become in the school year that starts in `start_year`.

    The school's highest grade is the highest that it has classes of: who has gone through it leaves. For each class
    of its lowest grade a new one of the same name is proposed, with a head-count that nobody knows yet.
    """
    classes = list(classes)
    if not classes:
        return []
    top = max(row.highest_grade for row in classes)
    bottom = min(row.lowest_grade for row in classes)
    new = [
        ProposedClass(None, _renumbered(row, start_year=start_year), row.lowest_grade, row.highest_grade, None)
        for row in classes
        if row.lowest_grade == bottom
    ]
    return [*new, *(_moved(row, top=top, start_year=start_year) for row in classes)]


def _moved(row: SchoolClass, *, top: int, start_year: int) -> ProposedClass:
    if row.lowest_grade >= top:
        return ProposedClass(row, "", top, top, row.enrolled)
    lowest, highest = row.lowest_grade + 1, min(row.highest_grade + 1, top)
    name = next_name(row, lowest_grade=lowest, highest_grade=highest, start_year=start_year)
    return ProposedClass(row, name, lowest, highest, row.enrolled)


def next_name(row: SchoolClass, *, lowest_grade: int, highest_grade: int, start_year: int) -> str:
    """What a class would be called with other grades: `3B` → `4B`, `FA` → `1A`, `Åk 1-2` → `Åk 2-3`, `Ugglan` stays.

    The years of schooling are named as they are in each school year, so the renumbering of 2028 is followed.
    """
    old = _label(row.lowest_grade, row.start_year)
    new, new_high = _label(lowest_grade, start_year), _label(highest_grade, start_year)
    span = re.search(SPAN, row.name)
    if span and row.lowest_grade != row.highest_grade:
        together = new if new == new_high else f"{new}{span['dash']}{new_high}"
        return row.name[: span.start()] + together + row.name[span.end() :]
    if old == "F":
        for pattern in PRESCHOOL_NAMES:
            if re.search(pattern, row.name):
                return re.sub(pattern, lambda match: new + (" " if _needs_space(match) else ""), row.name).strip()
        return row.name
    return re.sub(rf"(?<!\d){old}(?!\d)", new, row.name, count=1)


def _needs_space(match: re.Match[str]) -> bool:
    """A name of its own keeps its distance (`1 Ugglan`); a letter does not (`1A`)."""
    return len(match.string) - match.end() > 1


def _renumbered(row: SchoolClass, *, start_year: int) -> str:
    """The same grades' name the year after: another one only when the grades are renumbered."""
    if _label(row.lowest_grade, row.start_year) == _label(row.lowest_grade, start_year):
        return row.name
    return next_name(row, lowest_grade=row.lowest_grade, highest_grade=row.highest_grade, start_year=start_year)


def _label(grade: int, start_year: int) -> str:
    return grade_label(grade, start_year=start_year, renumbered_from=settings.GRADE_RENUMBERING_START_YEAR)


def year_to_begin(school_years: Iterable[int], *, today: date) -> int:
    """Which school year classes would move up to: this one while it has none of its own, else the next."""
    current, years = start_year_of(today), set(school_years)
    return current if current not in years and current - 1 in years else current + 1
