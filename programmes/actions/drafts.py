"""Keeps a file that is on its way in, remembers what its headings mean, and takes it in once."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import find_personal_identity_number
from programmes.actions.delivery_imports import DeliveryPreview
from programmes.actions.imports import ClassPreview
from programmes.actions.previews import ImportOutcome, ImportRefusedError
from programmes.actions.school_imports import SchoolPreview
from programmes.enums import ImportResult
from programmes.models import ImportDraft, KnownHeading

LONGEST_HEADING = 60


@transaction.atomic
def take_in_draft(
    *,
    draft: ImportDraft,
    preview: ClassPreview | DeliveryPreview | SchoolPreview,
    take_in: Callable[..., ImportOutcome],
    skip_errors: bool,
    user: User,
    now: datetime,
) -> ImportOutcome:
    """Take in a file that has been looked at, once, by the action for its kind; of its rows only the refused ones are
    kept, to be handed back."""
    locked = ImportDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.imported_at is not None:
        raise ImportRefusedError(_("The file has been imported already."))
    outcome = take_in(preview=preview, skip_errors=skip_errors, user=user)
    refused = {
        (row.sheet, row.number) for row in preview.rows if row.result in {ImportResult.ERROR, ImportResult.QUESTION}
    }
    draft.sheets = [_only(place, sheet, draft.headers, refused) for place, sheet in enumerate(draft.sheets)]
    draft.outcome, draft.imported_at = asdict(outcome), now
    draft.save()
    return outcome


@transaction.atomic
def remember_headings(*, draft: ImportDraft, fields: Mapping[str, str]) -> None:
    """Remember what headings mean to a file's owner (an empty field: not read), for the next file of the kind."""
    about: dict[str, Any] = {"owner": draft.owner, "municipality": draft.municipality, "kind": draft.kind}
    known = [
        KnownHeading(**about, heading=heading, field=field)
        for heading, field in fields.items()
        if heading and len(heading) <= LONGEST_HEADING and not find_personal_identity_number(heading)
    ]
    KnownHeading.objects.bulk_create(
        known,
        update_conflicts=True,
        unique_fields=["owner", "municipality", "kind", "heading"],
        update_fields=["field"],
    )


def _only(
    place: int, sheet: dict[str, Any], headers: Mapping[str, Any], refused: set[tuple[str, int]]
) -> dict[str, Any]:
    if str(place) not in headers:
        return {**sheet, "rows": []}
    header_row = headers[str(place)]["row"]
    rows = [row for row in sheet["rows"] if row[0] == header_row or (sheet["name"], row[0]) in refused]
    return {**sheet, "rows": rows}
