"""Previews a class list: which classes it would make and change, and which rows cannot be read, and why."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext as _, gettext_lazy

from accounts.rules import PERSONAL_IDENTITY_NUMBER_MESSAGE
from programmes.actions.imports import ClassPreview, ClassRow
from programmes.enums import ImportResult
from programmes.imports.cells import BadCell, CellValue, as_text
from programmes.imports.grades import grades_from_name, read_grades
from programmes.imports.schools import Schools
from programmes.imports.sheets import Columns, Reading, Row
from programmes.imports.values import (
    CellError,
    bad_cells,
    changes_in_words,
    is_date,
    is_sum,
    read_class_name,
    read_count,
    read_start_year,
)
from programmes.models import Municipality, School, SchoolClass
from programmes.models.schools import name_key

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

Value = TypeVar("Value")


def preview_classes(
    reading: Reading,
    *,
    municipality: Municipality,
    start_year: int,
    schools: Iterable[School] | None = None,
    school: School | None = None,
    asks_grades: bool = False,
    grades: Mapping[str, str] | None = None,
    code_decides: bool = False,
) -> ClassPreview:
    """Tell what would become of every row of a class list; `start_year` holds where the list has no `Läsår`.

    `schools` are those that the list may speak of, all of the municipality's unless told; `school` holds where a row
    names none. With `asks_grades` a grade that neither the row nor the class's name tells is a question, not an error;
    `grades` are the answers, by what was asked. With `code_decides` a school is its unit code, whatever it is called.

    A row without a number of pupils leaves it unknown, and one without a grade is read from the class's name; for a
    class that exists, either leaves what is known, and so does another way of writing its name. Saves nothing and
    raises nothing: what cannot be read is a row with the result ERROR. Three queries, however many the rows.
    """
    allowed = School.objects.filter(municipality=municipality) if schools is None else schools
    known = Schools.among(allowed, default=school, code_decides=code_decides)
    drafts = [_Draft.of(row, known, start_year) for row in reading.rows]
    years = {draft.start_year for draft in drafts if draft.start_year is not None}
    classes = SchoolClass.objects.filter(school__municipality=municipality, start_year__in=years)
    existing = {(row.school_id, row.start_year, row.name_key): row for row in classes}
    seen: dict[tuple[int, int, str], Row] = {}
    several_sheets = len({row.sheet for row in reading.rows}) > 1
    return ClassPreview(
        municipality=municipality,
        rows=[
            draft.judged(existing, seen, grades or {}, several_sheets=several_sheets, asks_grades=asks_grades)
            for draft in drafts
        ],
        skipped_sheets=reading.skipped_sheets,
        unread_columns=reading.unread_columns,
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
    def of(cls, row: Row, schools: Schools, start_year: int) -> "_Draft":
        draft = cls(row)
        if row.has_personal_identity_number:
            draft.problems.append(str(PERSONAL_IDENTITY_NUMBER_MESSAGE))
            return draft
        cells = row.cells
        if is_sum(cells.get("school"), cells.get("class_name")):
            draft.problems.append(_("The row is a sum, no class."))
            return draft
        draft.problems += bad_cells(cells, headings=CLASS_COLUMNS.headings)
        draft.school = draft.read(lambda: schools.find(cells))
        year = draft.start_year = draft.read(lambda: read_start_year(cells.get("school_year"), default=start_year))
        draft.name = draft.read(lambda: read_class_name(cells.get("class_name"))) or ""
        if year is not None:
            draft.grades = draft.read(lambda: _grades(cells.get("grade"), start_year=year))
        draft.enrolled = draft.read(lambda: _enrolled(cells.get("enrolled")))
        return draft

    def read(self, reader: Callable[[], Value]) -> Value | None:
        try:
            return reader()
        except CellError as error:
            if str(error):
                self.problems.append(str(error))
            return None

    def judged(
        self,
        existing: Mapping[tuple[int, int, str], SchoolClass],
        seen: dict[tuple[int, int, str], Row],
        answers: Mapping[str, str],
        *,
        several_sheets: bool,
        asks_grades: bool,
    ) -> ClassRow:
        key = (self.school.pk, self.start_year, name_key(self.name)) if self.school and self.start_year else None
        school_class, asked = None, ""
        if key and key[2] and self.school and self.start_year is not None:
            asked = f"{self.school.unit_code} {key[2]}"
            if not self.grades and (answer := answers.get(asked)):
                self.grades = read_grades(answer, start_year=self.start_year)
            school_class = existing.get(key)
            if key in seen:
                self.problems.append(_the_same_as(seen[key], several_sheets=several_sheets))
            seen.setdefault(key, self.row)
        values = self.values(school_class)
        result = self.result(school_class, values)
        if asks_grades and asked not in answers and self.problems == [_no_grade()]:
            result = ImportResult.QUESTION
            self.problems = [_("Which grade is the class?")]
        if result == ImportResult.CHANGED and school_class:
            self.problems.append(changes_in_words(school_class, values))
        return ClassRow(
            sheet=self.row.sheet,
            number=self.row.number,
            written={} if self.row.has_personal_identity_number else {k: as_text(v) for k, v in self.row.cells.items()},
            result=result,
            problems=tuple(self.problems),
            school=self.school,
            start_year=self.start_year,
            name_key=key[2] if key else "",
            values=values,
            asked=asked if result == ImportResult.QUESTION else "",
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
                self.problems.append(_no_grade())
        lowest, highest = grades or (None, None)
        return {"name": name, "lowest_grade": lowest, "highest_grade": highest, "enrolled": enrolled}

    def result(self, school_class: SchoolClass | None, values: Mapping[str, str | int | None]) -> ImportResult:
        if self.problems:
            return ImportResult.ERROR
        if school_class is None:
            return ImportResult.NEW
        is_same = all(getattr(school_class, column) == value for column, value in values.items())
        return ImportResult.UNCHANGED if is_same else ImportResult.CHANGED


def _no_grade() -> str:
    return _("The grade is missing, and cannot be read from the class's name.")


def _the_same_as(row: Row, *, several_sheets: bool) -> str:
    if several_sheets:
        return _("The same class stands on row %(number)s of the sheet %(sheet)s.") % {
            "number": row.number,
            "sheet": row.sheet,
        }
    return _("The same class stands on row %(number)s.") % {"number": row.number}


def _grades(value: CellValue, *, start_year: int) -> tuple[int, int] | None:
    if value is None or isinstance(value, BadCell):
        return None
    if is_date(value):
        raise CellError(_("The grade is a date: Excel has changed it. Format the column as text."))
    grades = read_grades(as_text(value), start_year=start_year)
    if grades is None:
        raise CellError(_("The grade cannot be read. Write it as 3 or 1-2."))
    return grades


def _enrolled(value: CellValue) -> int | None:
    try:
        count = read_count(value)
    except CellError:
        raise CellError(_("The number of pupils is not a whole number.")) from None
    if count is not None and count > LARGEST_CLASS:
        raise CellError(_("The number of pupils is more than %(number)s.") % {"number": LARGEST_CLASS})
    return count
