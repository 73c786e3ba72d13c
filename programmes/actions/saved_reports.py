"""Keeping a person's named selections of reports."""

from django.db import IntegrityError, transaction

from accounts.models import User
from programmes.models import Municipality, SavedReport
from programmes.models.saved_reports import MOST_SAVED


class SameNameError(Exception):
    """The person has a selection of that name already."""


class TooManySavedError(Exception):
    """The person has as many selections as anybody may have."""


@transaction.atomic
def save_report(*, user: User, municipality: Municipality, kind: str, query: str, name: str) -> SavedReport:
    """Keep a selection under a name; no more than 30 each, so that the list stays one that is read."""
    User.objects.select_for_update().get(pk=user.pk)
    if SavedReport.objects.of(user, municipality).count() >= MOST_SAVED:
        raise TooManySavedError
    try:
        with transaction.atomic():
            return SavedReport.objects.create(user=user, municipality=municipality, kind=kind, query=query, name=name)
    except IntegrityError:
        raise SameNameError from None


@transaction.atomic
def rename_saved_report(*, saved: SavedReport, name: str) -> None:
    """Give a selection another name."""
    saved.name = name
    try:
        with transaction.atomic():
            saved.save(update_fields=["name"])
    except IntegrityError:
        raise SameNameError from None


@transaction.atomic
def remove_saved_report(*, saved: SavedReport) -> None:
    """Forget a selection; the report itself is where it was."""
    saved.delete()
