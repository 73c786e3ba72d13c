"""Reads a file that is on its way in, by what it holds: which columns it has, and what each row would become."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import BinaryIO

from django.utils.translation import gettext_lazy

from accounts.models import User
from programmes.actions.delivery_imports import DeliveryPreview
from programmes.actions.drafts import take_in_draft
from programmes.actions.imports import ClassPreview
from programmes.actions.previews import ImportOutcome
from programmes.actions.school_imports import SchoolPreview
from programmes.enums import ImportKind
from programmes.imports.cells import SheetError
from programmes.imports.classes import CLASS_COLUMNS
from programmes.imports.drafts import kept_headers, kept_sheets, read_draft
from programmes.imports.log_columns import LOG_COLUMNS
from programmes.imports.resources import ClassListResource, LogResource, PreviewedResource, SchoolResource
from programmes.imports.school_units import SCHOOL_COLUMNS
from programmes.imports.sheets import Columns, Header, find_header, loosely, open_sheets
from programmes.imports.workbooks import RawSheet
from programmes.models import ImportDraft, KnownHeading, School, SchoolClass

# A list for one school need not name it; then something more than a class has to say that it is a list of classes.
ONE_SCHOOL = replace(
    CLASS_COLUMNS,
    required=(frozenset({"class_name"}), frozenset({"grade", "enrolled"})),
    described=gettext_lazy("Klass, and Årskurs or Antal elever"),
)


def columns_of(kind: str, *, one_school: bool) -> Columns:
    """The columns of a kind of file; a file about one school need not name the school."""
    if kind == ImportKind.DELIVERIES:
        return LOG_COLUMNS
    if kind == ImportKind.SCHOOLS:
        return SCHOOL_COLUMNS
    return ONE_SCHOOL if one_school else CLASS_COLUMNS


def remembered_headings(draft: ImportDraft, *, columns: Columns) -> dict[str, str]:
    """What headings mean beside their names: as the file's owner has said, and those without a meaning of ours as
    somebody in the municipality has. That "Antal" is who came at one school must not be so at the next.
    """
    ours = {loosely(name) for names in columns.names.values() for name in names}
    known = list(
        KnownHeading.objects.filter(municipality=draft.municipality, kind=draft.kind)
        .order_by("pk")
        .values_list("owner", "heading", "field")
    )
    others = {heading: field for _owner, heading, field in known if field and heading not in ours}
    return others | {heading: field for owner, heading, field in known if owner == draft.owner_id}


def fill_draft(draft: ImportDraft, file: BinaryIO, *, columns: Columns, remembered: Mapping[str, str]) -> None:
    """Read a file into a draft, with the headings that are found by themselves; saves nothing.

    Where two columns mean the same no headings are found: a person has to say which one. Raises SheetError for a file
    that cannot be read; the draft is then as it was.
    """
    sheets = open_sheets(file, columns=columns)
    if not any(sheet.rows and not sheet.is_hidden for sheet in sheets):
        raise SheetError(gettext_lazy("The file has no rows that can be seen."))
    if draft.kind == ImportKind.CLASSES:
        _refuse_log(sheets)
    draft.sheets = kept_sheets(sheets)
    draft.headers = kept_headers(_found(sheets, columns=columns, remembered=remembered))


def _found(sheets: Sequence[RawSheet], *, columns: Columns, remembered: Mapping[str, str]) -> dict[int, Header]:
    try:
        found = {
            place: find_header(sheet, columns=columns, remembered=remembered) for place, sheet in enumerate(sheets)
        }
    except SheetError:
        return {}
    return {place: header for place, header in found.items() if header}


def _refuse_log(sheets: Sequence[RawSheet]) -> None:
    """A log has the columns of a class list too: taken for one, it would change how many pupils the classes have."""
    if _found(sheets, columns=LOG_COLUMNS, remembered={}):
        raise SheetError(gettext_lazy("The file looks like a log of sessions, not like a class list."))


def preview_draft(
    draft: ImportDraft, *, schools: Sequence[School], columns: Columns, today: date
) -> ClassPreview | DeliveryPreview | SchoolPreview:
    """What every row would become, for the schools that its owner may write about.

    Raises SheetError while no headings are chosen, or nothing stands below them.
    """
    reading = read_draft(draft.sheets, draft.headers, columns=columns)
    return _resource(draft, schools=schools, today=today).look_at(reading)


def import_draft(
    draft: ImportDraft,
    *,
    schools: Sequence[School],
    columns: Columns,
    today: date,
    skip_errors: bool,
    user: User,
    now: datetime,
) -> ImportOutcome:
    """Take in a file that has been looked at, once: every row is judged anew, and all of it saved or nothing.

    Raises SheetError as above, and ImportRefusedError where rows are wrong or somebody was quicker.
    """
    reading = read_draft(draft.sheets, draft.headers, columns=columns)
    resource = _resource(draft, schools=schools, today=today)
    take_in = partial(take_in_draft, draft=draft, take_in=resource.take_in, now=now)
    return resource.save(reading, skip_errors=skip_errors, user=user, take_in=take_in)


def _resource(draft: ImportDraft, *, schools: Sequence[School], today: date) -> PreviewedResource:
    school = draft.school or (schools[0] if len(schools) == 1 and not draft.is_fetched else None)
    if draft.kind == ImportKind.SCHOOLS:
        return SchoolResource(municipality=draft.municipality, today=today, answers=draft.answers, asks=True)
    if draft.kind == ImportKind.CLASSES:
        return ClassListResource(
            municipality=draft.municipality,
            start_year=draft.start_year,
            schools=schools,
            school=school,
            grades=draft.answers,
            asks_grades=True,
            code_decides=draft.is_fetched,
        )
    return LogResource(
        municipality=draft.municipality,
        classes=SchoolClass.objects.filter(school__in=schools).select_related("school"),
        start_year=draft.start_year,
        today=today,
        school=school,
        answers=draft.answers,
    )
