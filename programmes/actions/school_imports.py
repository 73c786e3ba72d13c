"""Takes in the schools of a register or a file: all of them, or nothing; a school that is no more keeps its years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from programmes.actions.participations import HistoryLostError, change_participation
from programmes.actions.previews import (
    BATCH,
    ImportOutcome,
    ImportRefusedError,
    Preview,
    PreviewedRow,
    require_takeable,
    taken_in,
)
from programmes.enums import ImportResult, ProgrammeStatus
from programmes.models import Municipality, School


@dataclass(frozen=True, kw_only=True)
class SchoolRow(PreviewedRow):
    """A school of a register.

    `values` are columns of School as they would be saved; `asked` is the unit code of a school that is asked about,
    and of one that a person may leave as it is.
    """

    school: School | None = None
    values: Mapping[str, Any]


SchoolPreview = Preview[SchoolRow]


@transaction.atomic
def import_schools(
    *, preview: SchoolPreview, skip_errors: bool, user: User | None = None, today: date
) -> ImportOutcome:
    """Create and change the schools of a preview, in one transaction.

    A school that has closed ends its programmes on its last day and keeps all that was reported. Refused while a row
    is an error or asks something, unless those are to be skipped, and when the schools have changed meanwhile.
    """
    require_takeable(preview, skip_errors=skip_errors)
    new, changed = preview.with_result(ImportResult.NEW), preview.with_result(ImportResult.CHANGED)
    codes = [row.values["unit_code"] for row in [*new, *changed]]
    rows = School.objects.select_for_update(of=("self",)).select_related("municipality").filter(unit_code__in=codes)
    existing = {school.unit_code: school for school in rows}
    if any(row.values["unit_code"] in existing for row in new) or any(
        row.values["unit_code"] not in existing for row in changed
    ):
        raise ImportRefusedError(_changed_meanwhile())
    _create(new, preview.municipality)
    for row in changed:
        _change(existing[row.values["unit_code"]], row.values, user, today)
    return taken_in(preview, what="schools", user=user)


def _changed_meanwhile() -> str:
    return _("Nothing was imported: the schools have been changed meanwhile. Try again.")


def _create(rows: Sequence[SchoolRow], municipality: Municipality) -> None:
    schools = [School(municipality=municipality, **row.values) for row in rows]
    for school in schools:
        school.set_keys()
    try:
        with transaction.atomic():
            School.objects.bulk_create(schools, batch_size=BATCH)
    except IntegrityError as error:
        raise ImportRefusedError(_changed_meanwhile()) from error


def _change(school: School, values: Mapping[str, Any], user: User | None, today: date) -> None:
    is_closed_now = values["closed_date"] and not school.closed_date
    for column, value in values.items():
        setattr(school, column, value)
    school.save()
    if is_closed_now:
        _close(school, values["closed_date"], user, today)


def _close(school: School, day: date, user: User | None, today: date) -> None:
    try:
        for row in school.participations.covering(day).select_related("programme"):
            change_participation(
                school=school,
                programme=row.programme,
                status=ProgrammeStatus.ENDED,
                day=day,
                reason=_("The school unit is no more."),
                by=user,
                today=today,
            )
    except HistoryLostError as error:
        sentence = _("Nothing was imported: %(school)s has begun a programme after its last day.")
        raise ImportRefusedError(sentence % {"school": school.name}) from error
