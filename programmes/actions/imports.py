"""Takes in what a previewed file holds: all of it, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from programmes.actions.plans import plan_base_sessions
from programmes.actions.previews import (
    BATCH,
    ImportOutcome,
    ImportRefusedError,
    Preview,
    PreviewedRow,
    require_takeable,
    taken_in,
)
from programmes.enums import ImportResult
from programmes.models import School, SchoolClass


@dataclass(frozen=True, kw_only=True)
class ClassRow(PreviewedRow):
    """A row of a class list; `values` are columns of SchoolClass as they would be saved, and what is `asked` about is
    the class whose grade is asked for.
    """

    school: School | None = None
    start_year: int | None = None
    name_key: str = ""
    values: Mapping[str, str | int | None]

    def as_class(self) -> SchoolClass:
        """The class as the row would save it; only for rows that are no errors."""
        if self.school is None or self.start_year is None:
            raise ValueError("A row that is an error makes no class.")
        return SchoolClass(school=self.school, start_year=self.start_year, **self.values)


ClassPreview = Preview[ClassRow]


@transaction.atomic
def import_classes(*, preview: ClassPreview, skip_errors: bool, user: User | None = None) -> ImportOutcome:
    """Create and change the classes of a previewed list, in one transaction, and plan the base sessions of the new.

    Refused while a row is an error, unless those rows are to be skipped, and when the classes have changed since
    the preview was made. The same list again changes nothing.
    """
    require_takeable(preview, skip_errors=skip_errors)
    existing = _existing_classes(preview)
    new, changed = preview.with_result(ImportResult.NEW), preview.with_result(ImportResult.CHANGED)
    if any(_key(row) in existing for row in new) or any(_key(row) not in existing for row in changed):
        raise ImportRefusedError(_changed_meanwhile())
    created = _create(new)
    regraded = _change(changed, existing)
    planned = plan_base_sessions(classes=created + regraded) if created or regraded else 0
    return taken_in(preview, what="classes", user=user, planned=planned)


def _changed_meanwhile() -> str:
    return _("Nothing was imported: the classes have been changed meanwhile. Try again.")


def _key(row: ClassRow) -> tuple[int, int, str]:
    if row.school is None or row.start_year is None:
        raise ValueError("A row that is no error knows its school and school year.")
    return row.school.pk, row.start_year, row.name_key


def _existing_classes(preview: ClassPreview) -> dict[tuple[int, int, str], SchoolClass]:
    rows = [row for row in preview.rows if row.result not in {ImportResult.ERROR, ImportResult.QUESTION}]
    classes = SchoolClass.objects.select_for_update(of=("self",)).select_related("school")
    classes = classes.filter(school__in={row.school for row in rows}, start_year__in={row.start_year for row in rows})
    return {(row.school_id, row.start_year, row.name_key): row for row in classes}


def _create(rows: Sequence[ClassRow]) -> list[SchoolClass]:
    classes = [row.as_class() for row in rows]
    for school_class in classes:
        school_class.set_keys()
    try:
        with transaction.atomic():
            return SchoolClass.objects.bulk_create(classes, batch_size=BATCH)
    except IntegrityError as error:
        raise ImportRefusedError(_changed_meanwhile()) from error


def _change(rows: Sequence[ClassRow], existing: Mapping[tuple[int, int, str], SchoolClass]) -> list[SchoolClass]:
    """Save the changed columns; returns the classes whose grades changed, since their base sessions may be others."""
    classes: list[SchoolClass] = []
    regraded: list[SchoolClass] = []
    columns: set[str] = set()
    for row in rows:
        school_class = existing[_key(row)]
        changed = {column for column, value in row.values.items() if getattr(school_class, column) != value}
        for column in changed:
            setattr(school_class, column, row.values[column])
        school_class.set_keys()
        classes.append(school_class)
        columns |= changed
        if changed & {"lowest_grade", "highest_grade"}:
            regraded.append(school_class)
            columns.add("sort_key")
    if columns:  # only those that differ somewhere: each costs time
        SchoolClass.objects.bulk_update(classes, sorted(columns), batch_size=BATCH)
    return regraded
