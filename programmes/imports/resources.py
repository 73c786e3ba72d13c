"""What the import library asks of a file whose rows are previewed: resources for class lists, logs and schools.

The library reads, reports and shows; what a row means is told by the previews and what it does by the actions, the
same for the wizard, the commands and Django's admin. See docs/adr-0011.
"""

from abc import ABCMeta, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from import_export.declarative import ModelDeclarativeMetaclass
from import_export.exceptions import ImportError as LibraryError
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import Result, RowResult

from accounts.models import User
from programmes.actions.delivery_imports import DeliveryPreview, import_deliveries
from programmes.actions.imports import ClassPreview, import_classes
from programmes.actions.previews import ImportOutcome, ImportRefusedError
from programmes.actions.school_imports import SchoolPreview, import_schools
from programmes.enums import ImportResult
from programmes.imports.classes import CLASS_COLUMNS, preview_classes
from programmes.imports.datasets import Cell, SheetDataset
from programmes.imports.deliveries import preview_deliveries
from programmes.imports.log_columns import LOG_COLUMNS
from programmes.imports.school_units import SCHOOL_COLUMNS, grades_in_words, preview_schools
from programmes.imports.sheets import Columns, Reading
from programmes.models import Delivery, Municipality, School, SchoolClass
from programmes.models.terms import school_year_label

IMPORT_TYPES = {
    ImportResult.NEW: RowResult.IMPORT_TYPE_NEW,
    ImportResult.CHANGED: RowResult.IMPORT_TYPE_UPDATE,
    ImportResult.UNCHANGED: RowResult.IMPORT_TYPE_SKIP,
}


class _Abstract(ABCMeta, ModelDeclarativeMetaclass):
    """Lets a resource of the library say what its kinds must bring."""


class PreviewedResource(ModelResource, metaclass=_Abstract):
    """A resource whose rows are judged together, by a preview, and taken in together, by an action."""

    columns: Columns
    preview: Any = None
    outcome: ImportOutcome | None = None

    class Meta:
        use_bulk = True  # else the library makes a savepoint for each row; what is written is the action's to write

    @abstractmethod
    def preview_of(self, reading: Reading) -> Any:
        """Tell what would become of every row; saves nothing."""

    @abstractmethod
    def take_in(self, *, preview: Any, skip_errors: bool, user: User | None) -> ImportOutcome:
        """Save what was previewed, all of it or nothing; ImportRefusedError when it cannot be."""

    def look_at(self, reading: Reading) -> Any:
        """What every row would become."""
        self.import_data(SheetDataset(reading, columns=self.columns), dry_run=True)
        return self.preview

    def save(
        self,
        reading: Reading,
        *,
        skip_errors: bool,
        user: User | None = None,
        take_in: Callable[..., ImportOutcome] | None = None,
    ) -> ImportOutcome:
        """Take in what a file says, by `take_in` where more than the rows is to be saved with it."""
        result = self.import_data(
            SheetDataset(reading, columns=self.columns),
            raise_errors=True,
            skip_errors=skip_errors,
            user=user,
            take_in=take_in,
        )
        if self.outcome is None:
            raise RuntimeError(f"An import without an outcome: {result.totals}")
        return self.outcome

    def import_data(self, dataset: Any, dry_run: bool = False, raise_errors: bool = False, **kwargs: Any) -> Result:
        """As the library does, but a dry run writes nothing and so takes no lock, and no error is swallowed."""
        if dry_run:
            return self.import_data_inner(dataset, True, raise_errors, False, False, **kwargs)
        try:
            return super().import_data(dataset, dry_run=False, raise_errors=raise_errors, **kwargs)
        except LibraryError as error:
            if isinstance(error.error, ImportRefusedError):
                raise error.error from None
            raise

    def handle_import_error(self, result: Result, error: Exception, raise_errors: bool = False) -> None:
        """A refusal is told; anything else is an error of ours and stays one."""
        if not isinstance(error, ImportRefusedError):
            raise error
        super().handle_import_error(result, error, raise_errors)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.preview = self.preview_of(dataset.reading)

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> RowResult:
        previewed = self.preview.rows[kwargs["row_number"] - 1]
        result = RowResult()
        if previewed.result in IMPORT_TYPES:
            result.import_type = IMPORT_TYPES[previewed.result]
        elif kwargs["dry_run"]:
            result.import_type = RowResult.IMPORT_TYPE_INVALID
            result.validation_error = ValidationError(previewed.reason)
        else:  # whether such rows stop the rest is the action's to say
            result.import_type = RowResult.IMPORT_TYPE_SKIP
        return result

    def after_import(self, dataset: Any, result: Result, **kwargs: Any) -> None:
        if not kwargs["dry_run"]:
            take_in = kwargs.get("take_in") or self.take_in
            self.outcome = take_in(
                preview=self.preview, skip_errors=kwargs.get("skip_errors", False), user=kwargs.get("user")
            )


def _column(field: str, attribute: str | None = None, columns: Columns = CLASS_COLUMNS) -> Field:
    return Field(attribute=attribute, column_name=columns.headings[field], widget=Cell())


class ClassListResource(PreviewedResource):
    """Class lists: the classes of a municipality's schools, by school, school year and name."""

    columns = CLASS_COLUMNS
    school = _column("school", "school__name")
    unit_code = _column("unit_code", "school__unit_code")
    school_year = _column("school_year")
    class_name = _column("class_name", "name")
    grade = _column("grade", "grades")
    enrolled = _column("enrolled", "enrolled")

    class Meta:
        model = SchoolClass
        fields = tuple(CLASS_COLUMNS.names)

    def __init__(
        self,
        *,
        municipality: Municipality,
        start_year: int,
        schools: Iterable[School] | None = None,
        school: School | None = None,
        grades: Mapping[str, str] | None = None,
        asks_grades: bool = False,
        code_decides: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.scope: dict[str, Any] = {
            "municipality": municipality,
            "start_year": start_year,
            "schools": schools,
            "school": school,
            "grades": grades,
            "asks_grades": asks_grades,
            "code_decides": code_decides,
        }

    def preview_of(self, reading: Reading) -> ClassPreview:
        return preview_classes(reading, **self.scope)

    def take_in(self, *, preview: ClassPreview, skip_errors: bool, user: User | None) -> ImportOutcome:
        return import_classes(preview=preview, skip_errors=skip_errors, user=user)

    def dehydrate_school_year(self, school_class: SchoolClass) -> str:
        return school_year_label(school_class.start_year)


class SchoolResource(PreviewedResource):
    """The schools of a municipality, by unit code, as they stand in a file or in Skolverket's register."""

    columns = SCHOOL_COLUMNS
    unit_code = _column("unit_code", "unit_code", SCHOOL_COLUMNS)
    school = _column("school", "name", SCHOOL_COLUMNS)
    area = _column("area", "area__name", SCHOOL_COLUMNS)
    slug = _column("slug", "slug", SCHOOL_COLUMNS)
    grades = _column("grades", None, SCHOOL_COLUMNS)
    closed_date = _column("closed_date", "closed_date", SCHOOL_COLUMNS)

    class Meta:
        model = School
        fields = ("unit_code", "school", "area", "slug", "grades", "closed_date")

    def __init__(
        self,
        *,
        municipality: Municipality,
        today: date,
        answers: Mapping[str, str] | None = None,
        asks: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.today = today
        self.scope: dict[str, Any] = {
            "municipality": municipality,
            "today": today,
            "answers": answers,
            "asks": asks,
        }

    def preview_of(self, reading: Reading) -> SchoolPreview:
        return preview_schools(reading, **self.scope)

    def take_in(self, *, preview: SchoolPreview, skip_errors: bool, user: User | None) -> ImportOutcome:
        return import_schools(preview=preview, skip_errors=skip_errors, user=user, today=self.today)

    def dehydrate_grades(self, school: School) -> str:
        return grades_in_words(school.lowest_grade, school.highest_grade, today=self.today)


class LogResource(PreviewedResource):
    """A school's own log of sessions held; it comes in and does not go out: reports and packages do."""

    columns = LOG_COLUMNS

    class Meta:
        model = Delivery
        fields = ()

    def __init__(
        self,
        *,
        municipality: Municipality,
        classes: Iterable[SchoolClass],
        start_year: int,
        today: date,
        school: School | None = None,
        answers: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.scope: dict[str, Any] = {
            "municipality": municipality,
            "classes": classes,
            "start_year": start_year,
            "today": today,
            "school": school,
            "answers": answers,
        }

    def preview_of(self, reading: Reading) -> DeliveryPreview:
        return preview_deliveries(reading, **self.scope)

    def take_in(self, *, preview: DeliveryPreview, skip_errors: bool, user: User | None) -> ImportOutcome:
        return import_deliveries(preview=preview, skip_errors=skip_errors, user=user)
