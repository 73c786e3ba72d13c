"""Takes in what a previewed file holds: all of it, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _, ngettext

from accounts.models import User
from programmes.actions.events import log_event
from programmes.actions.plans import plan_base_sessions
from programmes.enums import EventKind, ImportResult
from programmes.models import Municipality, School, SchoolClass

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class ClassRow:
    """A row of a class list, what would become of it, and why not.

    `values` are columns of SchoolClass as they would be saved; `written` is what the file says, by field, as text,
    without anything that must not be repeated; `asked` is the class whose grade is asked for.
    """

    sheet: str
    number: int
    written: Mapping[str, str]
    result: ImportResult
    problems: Sequence[str] = ()
    school: School | None = None
    start_year: int | None = None
    name_key: str = ""
    values: Mapping[str, str | int | None]
    asked: str = ""

    @property
    def reason(self) -> str:
        return " ".join(self.problems)

    def as_class(self) -> SchoolClass:
        """The class as the row would save it; only for rows that are no errors."""
        if self.school is None or self.start_year is None:
            raise ValueError("A row that is an error makes no class.")
        return SchoolClass(school=self.school, start_year=self.start_year, **self.values)


@dataclass(frozen=True, kw_only=True)
class ClassPreview:
    """A class list with the result of every row, in the order of the file; nothing is saved."""

    municipality: Municipality
    rows: Sequence[ClassRow]
    skipped_sheets: Sequence[str] = ()

    def with_result(self, *results: ImportResult) -> list[ClassRow]:
        return [row for row in self.rows if row.result in results]

    @property
    def questions(self) -> dict[str, ClassRow]:
        """What is asked, once for each text however many rows have it: the first row with it, by the text."""
        asked: dict[str, ClassRow] = {}
        for row in self.with_result(ImportResult.QUESTION):
            asked.setdefault(row.asked, row)
        return asked


@dataclass(frozen=True, kw_only=True)
class ImportOutcome:
    """How many rows became what; `planned` is how many sessions were put on the lines of the classes."""

    created: int
    changed: int
    unchanged: int
    refused: int
    planned: int


class ImportRefusedError(Exception):
    """An import that saved nothing; its text is one translated sentence."""


@transaction.atomic
def import_classes(*, preview: ClassPreview, skip_errors: bool, user: User | None = None) -> ImportOutcome:
    """Create and change the classes of a previewed list, in one transaction, and plan the base sessions of the new.

    Refused while a row is an error, unless those rows are to be skipped, and when the classes have changed since
    the preview was made. The same list again changes nothing.
    """
    refused = preview.with_result(ImportResult.ERROR, ImportResult.QUESTION)
    if refused and not skip_errors:
        asks = any(row.result == ImportResult.QUESTION for row in refused)
        raise ImportRefusedError(rows_ask_or_err(len(refused)) if asks else _has_errors(refused))
    existing = _existing_classes(preview)
    new, changed = preview.with_result(ImportResult.NEW), preview.with_result(ImportResult.CHANGED)
    if any(_key(row) in existing for row in new) or any(_key(row) not in existing for row in changed):
        raise ImportRefusedError(_changed_meanwhile())
    created = _create(new)
    regraded = _change(changed, existing)
    outcome = ImportOutcome(
        created=len(created),
        changed=len(changed),
        unchanged=len(preview.with_result(ImportResult.UNCHANGED)),
        refused=len(refused),
        planned=plan_base_sessions(classes=created + regraded) if created or regraded else 0,
    )
    log_event(
        kind=EventKind.IMPORTED,
        actor=user,
        municipality=preview.municipality,
        about={
            "what": "classes",
            "created": outcome.created,
            "changed": outcome.changed,
            "refused": outcome.refused,
        },
    )
    return outcome


def _has_errors(refused: Sequence[ClassRow]) -> str:
    return ngettext(
        "Nothing was imported: %(number)s row has an error. Correct it or skip it.",
        "Nothing was imported: %(number)s rows have errors. Correct them or skip them.",
        len(refused),
    ) % {"number": len(refused)}


def rows_ask_or_err(count: int) -> str:
    """What is said when some rows are errors or ask something, and none is to be skipped."""
    return ngettext(
        "Nothing was imported: %(number)s row has an error or a question. Answer it, correct it or skip it.",
        "Nothing was imported: %(number)s rows have errors or questions. Answer, correct or skip them.",
        count,
    ) % {"number": count}


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
