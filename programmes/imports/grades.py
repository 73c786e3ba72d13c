"""Reads which years of schooling a class holds, from a grade column or from the class's name."""

import re

from django.conf import settings

from curriculum.enums import HIGHEST_GRADE, LOWEST_GRADE, grade_label

_SPAN = r"(?:-|/|,|\+|och|till)"
_GRADE = r"(?:\d{1,2}|f)"
_PREFIX = re.compile(r"^(?:årskurserna|årskurser|årskurs|åk|ak|klass)\.?\s*")
_PRESCHOOL = re.compile(r"\b(?:förskoleklass(?:en)?|fskl?|fk|f-klass(?:en)?)\b")
_LISTED = re.compile(rf"{_GRADE}(?:{_SPAN}{_GRADE})*")
_SPAN_IN_NAME = re.compile(r"(?<![\w:])(f|\d{1,2})\s?[-/]\s?(\d{1,2})(?![\d:])")
_START_OF_NAME = re.compile(r"(\d{1,2})(?!\d)")
_PRESCHOOL_NAME = re.compile(r"f\s?[a-zåäö]?")


def grades_by_label(start_year: int) -> dict[str, int]:
    """What the years of schooling are called in a school year, by lower-case label: `f`, `0` and `1` to `9`, or
    `1` to `10` from the renumbering on (`curriculum.enums.grade_label` the other way round)."""
    renumbered_from = settings.GRADE_RENUMBERING_START_YEAR
    labels = {
        grade_label(index, start_year=start_year, renumbered_from=renumbered_from).casefold(): index
        for index in range(LOWEST_GRADE, HIGHEST_GRADE + 1)
    }
    if "f" in labels:
        labels["0"] = labels["f"]
    return labels


def read_grades(text: str, *, start_year: int) -> tuple[int, int] | None:
    """The lowest and highest year of schooling (index 0 to 9) of a grade cell: `F`, `1`, `1-2`, `F-1`, `Åk 3`,
    `4, 5 och 6`; None for what cannot be read, or is no grade that school year."""
    tidy = re.sub(r"\s+", "", _PREFIX.sub("", _PRESCHOOL.sub("f", _plain(text))))
    if not _LISTED.fullmatch(tidy):
        return None
    labels = re.findall(_GRADE, tidy)
    return _span(labels, start_year=start_year) if labels else None


def grades_from_name(name: str, *, start_year: int) -> tuple[int, int] | None:
    """The lowest and highest year of schooling (index 0 to 9) that a class's name tells: `3B`, `FA`, `Åk 1-2`,
    `7:2`, `GRAN 4–6`, `Förskoleklass Ugglan`; None where the name tells nothing, or could mean two things."""
    plain = _plain(name)
    if spans := _SPAN_IN_NAME.findall(plain):
        return _span(list(spans[0]), start_year=start_year) if len(spans) == 1 else None
    if _PRESCHOOL.search(plain) or _PRESCHOOL_NAME.fullmatch(plain):
        return _span(["f"], start_year=start_year)
    match = _START_OF_NAME.match(_PREFIX.sub("", plain))
    return _span([match[1]], start_year=start_year) if match else None


def _plain(text: str) -> str:
    return " ".join(re.sub("[‐-―−]", "-", text).casefold().split())


def _span(labels: list[str], *, start_year: int) -> tuple[int, int] | None:
    """From the first label to the last; they must rise, so that `7-2` is not taken for a span."""
    known = grades_by_label(start_year)
    indices = [known.get(label) for label in labels]
    grades = [index for index in indices if index is not None]
    if len(grades) != len(labels) or grades != sorted(set(grades)):
        return None
    return grades[0], grades[-1]
