"""Previews the schools of a register or a file: which it would add, change and close, and what it asks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _, gettext_lazy

from accounts.rules import PERSONAL_IDENTITY_NUMBER_MESSAGE
from curriculum.enums import grade_label
from programmes.actions.school_imports import SchoolPreview, SchoolRow
from programmes.enums import ImportResult
from programmes.imports.cells import BadCell, CellValue, as_text
from programmes.imports.days import read_day
from programmes.imports.grades import read_grades
from programmes.imports.sheets import Columns, Reading, Row, loosely
from programmes.imports.values import CellError, bad_cells, changes_in_words, read_unit_code
from programmes.models import Area, Municipality, School
from programmes.models.terms import start_year_of

SCHOOL_COLUMNS = Columns(
    names={
        "unit_code": ("Skolenhetskod", "Enhetskod", "Skolkod", "Skolenhetsnummer", "Skolans kod"),
        "school": ("Skola", "Skolnamn", "Skolans namn", "Skolenhet", "Skolenhetsnamn", "Enhet"),
        "area": ("Område", "Stadsdel", "Kommundel"),
        "slug": ("Adress i Stins", "Adress"),
        "grades": ("Årskurser", "Årskurs", "Åk"),
        "closed_date": ("Upphörde", "Upphörd", "Sista dag"),
        "status": ("Status",),
    },
    required=(frozenset({"unit_code"}), frozenset({"school"})),
    described=gettext_lazy("Skolenhetskod and Skola"),
)
# As Skolverket's register writes it, and as the command and a file may.
CLOSED, UNKNOWN = "UPPHORT", "SAKNAS"
LONGEST_NAME, LONGEST_SLUG = 80, 60

Value = TypeVar("Value")


def preview_schools(
    reading: Reading,
    *,
    municipality: Municipality,
    today: date,
    answers: Mapping[str, str] | None = None,
    asks: bool = False,
) -> SchoolPreview:
    """Tell what would become of every school, known by its unit code. Saves nothing; two queries, however many rows.

    A closed unit's last day is asked for with `asks` (else it is an error), once, and only of a school that stands in
    Stins; one that does not is not added. `answers` are days (ISO) by unit code, and empty for a school that is to be
    left as it is. What a row leaves open stays as it is.
    """
    codes = [as_text(row.cells.get("unit_code")).strip() for row in reading.rows]
    schools = School.objects.filter(Q(municipality=municipality) | Q(unit_code__in=codes)).select_related("area")
    known = _Known.of(schools, municipality)
    seen: dict[str, int] = {}
    return SchoolPreview(
        municipality=municipality,
        rows=[_Draft(row, known, today, answers or {}, asks).judged(seen) for row in reading.rows],
        skipped_sheets=reading.skipped_sheets,
        unread_columns=reading.unread_columns,
    )


@dataclass
class _Known:
    """The schools by unit code, the addresses that are taken, and the areas by name."""

    municipality: Municipality
    schools: dict[str, School]
    slugs: set[str]
    areas: dict[str, Area]

    @classmethod
    def of(cls, schools: Iterable[School], municipality: Municipality) -> "_Known":
        rows = list(schools)
        return cls(
            municipality,
            {school.unit_code: school for school in rows},
            {school.slug for school in rows if school.municipality_id == municipality.pk},
            {loosely(area.name): area for area in Area.objects.filter(municipality=municipality)},
        )

    def free_slug(self, name: str) -> str:
        """An address made of a name, with a number where another school has it."""
        plain = slugify(name)[: LONGEST_SLUG - 3] or "skola"
        slug, number = plain, 2
        while slug in self.slugs:
            slug, number = f"{plain}-{number}", number + 1
        return slug


@dataclass
class _Draft:
    """A school while its row is read."""

    row: Row
    known: _Known
    today: date
    answers: Mapping[str, str]
    asks: bool
    problems: list[str] = field(default_factory=list)

    def judged(self, seen: dict[str, int]) -> SchoolRow:
        if self.row.has_personal_identity_number:
            return self._row(ImportResult.ERROR, problems=[str(PERSONAL_IDENTITY_NUMBER_MESSAGE)], written={})
        cells = self.row.cells
        self.problems += bad_cells(cells, headings=SCHOOL_COLUMNS.headings)
        code = self._read(lambda: _code(cells.get("unit_code"))) or ""
        if code in seen and code:
            self.problems.append(_("The same school stands on row %(number)s.") % {"number": seen[code]})
        seen.setdefault(code, self.row.number)
        school = self.known.schools.get(code)
        if school and school.municipality_id != self.known.municipality.pk:
            self.problems.append(_("The school unit code belongs to a school in another municipality."))
            school = None
        values = self._values(code, school)
        status = as_text(cells.get("status")).strip().upper()
        if self.problems:
            return self._row(ImportResult.ERROR, problems=self.problems)
        if status == UNKNOWN or (status == CLOSED and school is None):
            said = _("It has closed and is not added.") if school is None else _("The register does not know it.")
            return self._row(ImportResult.UNCHANGED, problems=[said], school=school, values=values)
        if status == CLOSED and school and not values["closed_date"] and code not in self.answers:
            asked = _("The register says that the school has closed. Which was its last day?")
            result = ImportResult.QUESTION if self.asks else ImportResult.ERROR
            return self._row(result, problems=[asked], school=school, values=values, asked=code)
        return self._compared(code, school, values)

    def _compared(self, code: str, school: School | None, values: dict[str, Any]) -> SchoolRow:
        result = ImportResult.NEW
        if school:
            same = all(getattr(school, column) == value for column, value in values.items())
            result = ImportResult.UNCHANGED if same else ImportResult.CHANGED
        if result != ImportResult.UNCHANGED and self.answers.get(code) == "":
            left = _("Left as it is.") if school else _("Not added.")
            return self._row(ImportResult.UNCHANGED, problems=[left], school=school, values=values, asked=code)
        if result == ImportResult.NEW:
            self.known.slugs.add(values["slug"])
        problems = [_changes(school, values, self.today)] if school and result == ImportResult.CHANGED else []
        return self._row(result, problems=problems, school=school, values=values, asked=code)

    def _values(self, code: str, school: School | None) -> dict[str, Any]:
        cells = self.row.cells
        name = self._read(lambda: _name(cells.get("school"))) or ""
        grades = self._read(lambda: _grades(cells.get("grades"), self.today))
        lowest, highest = grades or ((school.lowest_grade, school.highest_grade) if school else (None, None))
        return {
            "unit_code": code,
            "name": name,
            "slug": self._slug(name, school),
            "area": self._area(school),
            "lowest_grade": lowest,
            "highest_grade": highest,
            "closed_date": self._closed(code, school),
        }

    def _slug(self, name: str, school: School | None) -> str:
        written = slugify(as_text(self.row.cells.get("slug")))[:LONGEST_SLUG]
        if school and (not written or written == school.slug):
            return school.slug
        if written in self.known.slugs:
            self.problems.append(_("Another school has that address."))
        return written or self.known.free_slug(name)

    def _area(self, school: School | None) -> Area | None:
        name = loosely(as_text(self.row.cells.get("area")))
        if not name:
            return school.area if school else None
        if name not in self.known.areas:
            self.problems.append(_("The municipality has no such area. Add it first."))
        return self.known.areas.get(name)

    def _closed(self, code: str, school: School | None) -> date | None:
        written = self._read(lambda: _day(self.row.cells.get("closed_date"), self.today))
        try:
            answered = date.fromisoformat(self.answers.get(code, ""))
        except ValueError:
            answered = None
        return written or answered or (school.closed_date if school else None)

    def _read(self, reader: Callable[[], Value]) -> Value | None:
        try:
            return reader()
        except CellError as error:
            if str(error):
                self.problems.append(str(error))
            return None

    def _row(
        self,
        result: ImportResult,
        *,
        problems: list[str],
        written: Mapping[str, str] | None = None,
        school: School | None = None,
        values: Mapping[str, Any] | None = None,
        asked: str = "",
    ) -> SchoolRow:
        if written is None:
            written = {name: as_text(value) for name, value in self.row.cells.items()}
        return SchoolRow(
            sheet=self.row.sheet,
            number=self.row.number,
            written=written,
            result=result,
            problems=tuple(problems),
            school=school,
            values=values or {},
            asked=asked,
        )


def grades_in_words(lowest: int | None, highest: int | None, *, today: date) -> str:
    """The grades of a school as they are called in today's school year; empty when not known."""
    if lowest is None or highest is None:
        return ""
    labels = [
        grade_label(index, start_year=start_year_of(today), renumbered_from=settings.GRADE_RENUMBERING_START_YEAR)
        for index in (lowest, highest)
    ]
    return labels[0] if lowest == highest else "–".join(labels)


def _changes(school: School, values: Mapping[str, Any], today: date) -> str:
    others = {column: value for column, value in values.items() if column not in {"lowest_grade", "highest_grade"}}
    said = [changes_in_words(school, others)]
    old = grades_in_words(school.lowest_grade, school.highest_grade, today=today)
    new = grades_in_words(values["lowest_grade"], values["highest_grade"], today=today)
    if old != new:
        said.append(_("Grades %(old)s → %(new)s.") % {"old": old or "–", "new": new})
    return " ".join(filter(None, said))


def _code(value: CellValue) -> str:
    if isinstance(value, BadCell):
        raise CellError
    code = read_unit_code(value)
    if not code:
        raise CellError(_("The school unit code is missing."))
    return code


def _name(value: CellValue) -> str:
    if isinstance(value, BadCell):
        raise CellError
    name = " ".join(as_text(value).split())
    if not name:
        raise CellError(_("The school's name is missing."))
    if len(name) > LONGEST_NAME:
        raise CellError(_("The school's name is longer than %(number)s characters.") % {"number": LONGEST_NAME})
    return name


def _grades(value: CellValue, today: date) -> tuple[int, int] | None:
    text = as_text(value)
    if not text:
        return None
    grades = read_grades(text, start_year=start_year_of(today))
    if grades is None:
        raise CellError(_("The grades cannot be read. Write them as F-5."))
    return grades


def _day(value: CellValue, today: date) -> date | None:
    if value is None or isinstance(value, BadCell):
        return None
    return read_day(value, start_year=start_year_of(today))[0]
