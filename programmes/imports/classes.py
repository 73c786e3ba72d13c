"""Previews a class list: which classes it would make and change, and which rows cannot be read, and why."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _, gettext_lazy

from accounts.rules import PERSONAL_IDENTITY_NUMBER_MESSAGE
from programmes.actions.imports import ClassPreview, ClassRow
from programmes.enums import ImportResult
from programmes.imports.cells import BadCell, CellValue, as_text
from programmes.imports.grades import grades_from_name, read_grades
from programmes.imports.sheets import Columns, Reading, Row, loosely
from programmes.models import Municipality, Period, School, SchoolClass
from programmes.models.schools import name_key
from programmes.models.terms import start_year_of

CLASS_COLUMNS = Columns(
    names={
        "school": ("Skola", "Skolnamn", "Skolans namn", "Skolenhet", "Skolenhetsnamn", "Enhet"),
        "unit_code": ("Skolenhetskod", "Enhetskod", "Skolkod", "Skolenhetsnummer", "Skolans kod"),
        "school_year": ("Läsår", "Läsåret"),
        "class_name": ("Klass", "Klassnamn", "Klassens namn", "Klassbeteckning"),
        "grade": ("Årskurs", "Årskurser", "Åk", "Årskurs (åk)"),
        "enrolled": (
            "Antal elever",
            "Elever",
            "Antal",
            "Elevantal",
            "Elever (antal)",
            "Antal inskrivna",
            "Inskrivna elever",
            "Antal inskrivna elever",
        ),
    },
    required=(frozenset({"class_name"}), frozenset({"school", "unit_code"})),
    described=gettext_lazy("Klass, and Skola or Skolenhetskod"),
)
LARGEST_CLASS = 60
LONGEST_NAME = 40

# What Excel has made of `1E1` or `3-4` before it wrote a text file; as text in a workbook both are class names.
_NUMBER_IN_TEXT = re.compile(r"\d{3,}|\d+,\d+|\d+(,\d+)?e[+-]\d+", re.IGNORECASE)
_DATE_IN_TEXT = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}-(jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\.?")
_COUNT_IN_TEXT = re.compile(r"(\d{1,4})(?:[.,]0+)?\s*(?:st\.?|elever|barn)?", re.IGNORECASE)

Value = TypeVar("Value")
Cells = Mapping[str, CellValue]


class _CellError(Exception):
    """What is wrong with a cell, in one sentence that does not repeat it."""


@dataclass
class _Schools:
    """The schools of one municipality, found by unit code or by name."""

    by_code: dict[str, School] = field(default_factory=dict)
    by_name: dict[str, list[School]] = field(default_factory=dict)

    @classmethod
    def of(cls, municipality: Municipality) -> "_Schools":
        schools = cls()
        for school in School.objects.filter(municipality=municipality):
            schools.by_code[school.unit_code] = school
            schools.by_name.setdefault(loosely(school.name), []).append(school)
        return schools

    def find(self, cells: Cells) -> School:
        code, name = _unit_code(cells.get("unit_code")), as_text(cells.get("school"))
        if not code and not loosely(name):
            raise _CellError(_("The school is missing."))
        named = self.by_name.get(loosely(name), [])
        if not code and len(named) > 1:
            raise _CellError(_("Several schools have that name. Give the school unit code."))
        school = self.by_code.get(code) if code else next(iter(named), None)
        if school is None:
            raise _CellError(_("The school does not exist. An import creates no schools."))
        if code and loosely(name) and not _is_name_of(school, loosely(name), named):
            raise _CellError(_("The school's name and the school unit code do not belong together."))
        return school


def preview_classes(reading: Reading, *, municipality: Municipality, start_year: int) -> ClassPreview:
    """Tell what would become of every row of a class list; `start_year` holds where the list has no `Läsår`.

    A row without a number of pupils leaves it unknown, and one without a grade is read from the class's name; for a
    class that exists, either leaves what is known, and so does another way of writing its name. Saves nothing and
    raises nothing: what cannot be read is a row with the result ERROR. Three queries, however many the rows.
    """
    schools = _Schools.of(municipality)
    drafts = [_Draft.of(row, schools, start_year) for row in reading.rows]
    years = {draft.start_year for draft in drafts if draft.start_year is not None}
    classes = SchoolClass.objects.filter(school__municipality=municipality, start_year__in=years)
    existing = {(row.school_id, row.start_year, row.name_key): row for row in classes}
    seen: dict[tuple[int, int, str], Row] = {}
    several_sheets = len({row.sheet for row in reading.rows}) > 1
    return ClassPreview(
        municipality=municipality,
        rows=[draft.judged(existing, seen, several_sheets=several_sheets) for draft in drafts],
        skipped_sheets=reading.skipped_sheets,
    )


@dataclass
class _Draft:
    """A row while it is read: what could be, and what could not."""

    row: Row
    problems: list[str] = field(default_factory=list)
    school: School | None = None
    start_year: int | None = None
    name: str = ""
    grades: tuple[int, int] | None = None
    enrolled: int | None = None

    @classmethod
    def of(cls, row: Row, schools: _Schools, start_year: int) -> "_Draft":
        draft = cls(row)
        if row.has_personal_identity_number:
            draft.problems.append(str(PERSONAL_IDENTITY_NUMBER_MESSAGE))
            return draft
        cells = row.cells
        draft.problems += _bad_cells(cells)
        draft.school = draft.read(lambda: schools.find(cells))
        year = draft.start_year = draft.read(lambda: _start_year(cells.get("school_year"), default=start_year))
        draft.name = draft.read(lambda: _class_name(cells.get("class_name"))) or ""
        if year is not None:
            draft.grades = draft.read(lambda: _grades(cells.get("grade"), start_year=year))
        draft.enrolled = draft.read(lambda: _enrolled(cells.get("enrolled")))
        return draft

    def read(self, reader: Callable[[], Value]) -> Value | None:
        try:
            return reader()
        except _CellError as error:
            if str(error):
                self.problems.append(str(error))
            return None

    def judged(
        self,
        existing: Mapping[tuple[int, int, str], SchoolClass],
        seen: dict[tuple[int, int, str], Row],
        *,
        several_sheets: bool,
    ) -> ClassRow:
        key = (self.school.pk, self.start_year, name_key(self.name)) if self.school and self.start_year else None
        school_class = None
        if key and key[2]:
            school_class = existing.get(key)
            if key in seen:
                self.problems.append(_the_same_as(seen[key], several_sheets=several_sheets))
            seen.setdefault(key, self.row)
        values = self.values(school_class)
        return ClassRow(
            sheet=self.row.sheet,
            number=self.row.number,
            written={} if self.row.has_personal_identity_number else {k: as_text(v) for k, v in self.row.cells.items()},
            result=self.result(school_class, values),
            problems=tuple(self.problems),
            school=self.school,
            start_year=self.start_year,
            name_key=key[2] if key else "",
            values=values,
        )

    def values(self, school_class: SchoolClass | None) -> dict[str, str | int | None]:
        """The columns as they would be saved; what the row leaves open stays as it is."""
        grades, enrolled, name = self.grades, self.enrolled, self.name
        if school_class:
            grades = grades or (school_class.lowest_grade, school_class.highest_grade)
            enrolled = school_class.enrolled if enrolled is None else enrolled
            name = school_class.name
        elif not grades and not self.problems and self.start_year is not None:
            grades = grades_from_name(name, start_year=self.start_year)
            if not grades:
                self.problems.append(_("The grade is missing, and cannot be read from the class's name."))
        lowest, highest = grades or (None, None)
        return {"name": name, "lowest_grade": lowest, "highest_grade": highest, "enrolled": enrolled}

    def result(self, school_class: SchoolClass | None, values: Mapping[str, str | int | None]) -> ImportResult:
        if self.problems:
            return ImportResult.ERROR
        if school_class is None:
            return ImportResult.NEW
        is_same = all(getattr(school_class, column) == value for column, value in values.items())
        return ImportResult.UNCHANGED if is_same else ImportResult.CHANGED


def _bad_cells(cells: Cells) -> list[str]:
    sentences = {
        BadCell.FORMULA: _("A formula stands where a value belongs: %(column)s."),
        BadCell.ERROR: _("An error from Excel stands where a value belongs: %(column)s."),
    }
    return [
        sentences[value] % {"column": CLASS_COLUMNS.names[column][0]}
        for column, value in cells.items()
        if isinstance(value, BadCell)
    ]


def _the_same_as(row: Row, *, several_sheets: bool) -> str:
    if several_sheets:
        return _("The same class stands on row %(number)s of the sheet %(sheet)s.") % {
            "number": row.number,
            "sheet": row.sheet,
        }
    return _("The same class stands on row %(number)s.") % {"number": row.number}


def _is_name_of(school: School, name: str, named: list[School]) -> bool:
    """The code decides: a longer or shorter form of the school's name will do, another school's name will not."""
    if named:
        return school in named
    own = loosely(school.name)
    return name in own or own in name


def _unit_code(value: CellValue) -> str:
    """A school unit code as eight digits, empty when there is none. Source: Skolverket's register of school units."""
    text = re.sub(r"\s+", "", as_text(value)).removeprefix("'")
    code = re.sub(r"[.,]0+$", "", text).lstrip("0")
    if text and not re.fullmatch(r"[1-9]\d{7}", code):
        raise _CellError(_("The school unit code is not eight digits."))
    return code


def _start_year(value: CellValue, *, default: int) -> int:
    if value is None or isinstance(value, BadCell):
        return default
    try:
        return start_year_of(Period.parse(as_text(value)).first_day)
    except ValueError:
        raise _CellError(_("The school year cannot be read. Write it as 2026/27.")) from None


def _class_name(value: CellValue) -> str:
    if isinstance(value, BadCell):
        raise _CellError
    if _is_date(value) or (isinstance(value, str) and _DATE_IN_TEXT.fullmatch(value.casefold())):
        raise _CellError(_("The class name is a date: Excel has changed it. Format the column as text."))
    if isinstance(value, int | float) or (isinstance(value, str) and _NUMBER_IN_TEXT.fullmatch(value)):
        raise _CellError(_("The class name is a number: Excel has changed it. Format the column as text."))
    name = " ".join(as_text(value).split())
    if not name_key(name):
        raise _CellError(_("The class is missing."))
    if max(len(name), len(name_key(name))) > LONGEST_NAME:
        raise _CellError(_("The class name is longer than %(number)s characters.") % {"number": LONGEST_NAME})
    return name


def _grades(value: CellValue, *, start_year: int) -> tuple[int, int] | None:
    if value is None or isinstance(value, BadCell):
        return None
    if _is_date(value) or (isinstance(value, str) and _DATE_IN_TEXT.fullmatch(value.casefold())):
        raise _CellError(_("The grade is a date: Excel has changed it. Format the column as text."))
    grades = read_grades(as_text(value), start_year=start_year)
    if grades is None:
        raise _CellError(_("The grade cannot be read. Write it as 3 or 1-2."))
    return grades


def _enrolled(value: CellValue) -> int | None:
    if value is None or isinstance(value, BadCell):
        return None
    match = _COUNT_IN_TEXT.fullmatch(as_text(value)) if isinstance(value, str | int) else None
    if isinstance(value, bool) or match is None:
        raise _CellError(_("The number of pupils is not a whole number."))
    count = int(match[1])
    if count > LARGEST_CLASS:
        raise _CellError(_("The number of pupils is more than %(number)s.") % {"number": LARGEST_CLASS})
    return count


def _is_date(value: CellValue) -> bool:
    return isinstance(value, date | datetime | time | timedelta)
