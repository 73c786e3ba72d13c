"""Resources for the small registers of Django's admin: areas, targets and school years, row by row and validated."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from import_export.fields import Field
from import_export.resources import ModelResource

from accounts.rules import PERSONAL_IDENTITY_NUMBER_MESSAGE
from curriculum.enums import grade_label
from curriculum.models import Programme
from programmes.imports.cells import CellValue, as_text
from programmes.imports.datasets import Cell
from programmes.imports.days import read_day
from programmes.imports.grades import grades_by_label
from programmes.imports.sheets import Columns, loosely
from programmes.imports.values import CellError, read_count, read_start_year
from programmes.models import Area, Municipality, ProgrammeTarget, SchoolYear
from programmes.models.terms import school_year_label, start_year_of

AREA_COLUMNS = Columns(
    names={"name": ("Område", "Områdets namn", "Stadsdel", "Kommundel")},
    required=(frozenset({"name"}),),
    described=gettext_lazy("Område"),
)
TARGET_COLUMNS = Columns(
    names={
        "programme": ("Program", "Programkod"),
        "lowest_grade": ("Lägsta årskurs", "Från årskurs"),
        "highest_grade": ("Högsta årskurs", "Till årskurs"),
        "sessions_per_year": ("Elevpass per läsår", "Elevpass"),
        "staff_sessions_per_year": ("Personalpass per läsår", "Personalpass"),
        "workplace_meetings_per_year": ("APT per läsår", "APT"),
    },
    required=(frozenset({"programme"}), frozenset({"lowest_grade"}), frozenset({"highest_grade"})),
    described=gettext_lazy("Program, Lägsta årskurs and Högsta årskurs"),
)
YEAR_COLUMNS = Columns(
    names={
        "start_year": ("Läsår", "Läsåret"),
        "autumn_first_day": ("Höstterminens första dag", "HT börjar"),
        "autumn_last_day": ("Höstterminens sista dag", "HT slutar"),
        "spring_first_day": ("Vårterminens första dag", "VT börjar"),
        "spring_last_day": ("Vårterminens sista dag", "VT slutar"),
    },
    required=(
        frozenset({"start_year"}),
        frozenset({"autumn_first_day"}),
        frozenset({"autumn_last_day"}),
        frozenset({"spring_first_day"}),
        frozenset({"spring_last_day"}),
    ),
    described=gettext_lazy("Läsår and the first and last day of each term"),
)


class RegisterResource(ModelResource):
    """A register of one municipality, a row at a time: found by what names it, validated by its model, then saved.

    A row that would change nothing is left alone, so that the same file again does nothing.
    """

    columns: Columns

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_instance = True

    def __init__(self, *, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.municipality = municipality

    def get_queryset(self) -> QuerySet[Any]:
        return self._meta.model._default_manager.filter(municipality=self.municipality)

    def init_instance(self, row: Any = None) -> Any:
        return self._meta.model(municipality=self.municipality)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.reading = dataset.reading

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        if self.reading.rows[kwargs["row_number"] - 1].has_personal_identity_number:
            raise ValidationError(PERSONAL_IDENTITY_NUMBER_MESSAGE)


def text_cell(value: CellValue) -> str:
    """A text without spaces to spare."""
    return " ".join(as_text(value).split())


def count_cell(value: CellValue) -> int:
    """A whole number that must stand there."""
    try:
        count = read_count(value)
    except CellError:
        raise CellError(_("Write a whole number.")) from None
    if count is None:
        raise CellError(_("The number is missing."))
    return count


def day_cell(value: CellValue) -> date:
    """A day with its year, or without one where it is this school year's."""
    return read_day(value, start_year=start_year_of(timezone.localdate()))[0]


def year_cell(value: CellValue) -> int:
    """A school year as the year it starts in."""
    if not as_text(value):
        raise CellError(_("The school year is missing."))
    return read_start_year(value, default=0)


def grade_cell(value: CellValue) -> int:
    """One grade as its number in the pupil's schooling, by what it is called this school year."""
    found = grades_by_label(start_year_of(timezone.localdate())).get(as_text(value).strip().casefold())
    if found is None:
        raise CellError(_("The grade cannot be read. Write it as F or 3."))
    return found


def grade_word(index: int) -> str:
    """A grade as it is called this school year."""
    return grade_label(
        index,
        start_year=start_year_of(timezone.localdate()),
        renumbered_from=settings.GRADE_RENUMBERING_START_YEAR,
    )


def programme_cell(value: CellValue) -> Programme:
    """A programme by its code or its name."""
    wanted = loosely(as_text(value))
    for programme in Programme.objects.all():
        if wanted and wanted in {loosely(programme.code), loosely(programme.name)}:
            return programme
    raise CellError(_("There is no such programme."))


def _field(attribute: str, columns: Columns, cell: Cell) -> Field:
    return Field(attribute=attribute, column_name=columns.headings[attribute], widget=cell)


class AreaResource(RegisterResource):
    """The areas that a municipality's reports are divided by."""

    columns = AREA_COLUMNS
    name = _field("name", AREA_COLUMNS, Cell(text_cell))

    class Meta:
        model = Area
        fields = tuple(AREA_COLUMNS.names)
        import_id_fields = ("name",)


class TargetResource(RegisterResource):
    """What a municipality has decided for each programme."""

    columns = TARGET_COLUMNS
    programme = _field("programme", TARGET_COLUMNS, Cell(programme_cell, lambda programme: programme.code))
    lowest_grade = _field("lowest_grade", TARGET_COLUMNS, Cell(grade_cell, grade_word))
    highest_grade = _field("highest_grade", TARGET_COLUMNS, Cell(grade_cell, grade_word))
    sessions_per_year = _field("sessions_per_year", TARGET_COLUMNS, Cell(count_cell))
    staff_sessions_per_year = _field("staff_sessions_per_year", TARGET_COLUMNS, Cell(count_cell))
    workplace_meetings_per_year = _field("workplace_meetings_per_year", TARGET_COLUMNS, Cell(count_cell))

    class Meta:
        model = ProgrammeTarget
        fields = tuple(TARGET_COLUMNS.names)
        import_id_fields = ("programme",)


class SchoolYearResource(RegisterResource):
    """The terms of a municipality's school years; the breaks are written by hand."""

    columns = YEAR_COLUMNS
    start_year = _field("start_year", YEAR_COLUMNS, Cell(year_cell, school_year_label))
    autumn_first_day = _field("autumn_first_day", YEAR_COLUMNS, Cell(day_cell))
    autumn_last_day = _field("autumn_last_day", YEAR_COLUMNS, Cell(day_cell))
    spring_first_day = _field("spring_first_day", YEAR_COLUMNS, Cell(day_cell))
    spring_last_day = _field("spring_last_day", YEAR_COLUMNS, Cell(day_cell))

    class Meta:
        model = SchoolYear
        fields = tuple(YEAR_COLUMNS.names)
        import_id_fields = ("start_year",)
