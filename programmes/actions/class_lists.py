"""Keeps the class lists of trygg bas: numbers, short names where they are safe, and their way to the next class."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.models import ListedPupil, SchoolClass
from programmes.models.secure_bases import LARGEST_LIST


@dataclass(frozen=True)
class ListedValues:
    """What a list says of one pupil."""

    short_name: str = ""
    is_protected: bool = False


@dataclass(frozen=True)
class ListEdit:
    """One pupil as the form showed it and as it was sent back; `is_removed` when the pupil has left the class."""

    before: ListedValues
    after: ListedValues
    is_removed: bool = False


@dataclass
class ListConflictError(Exception):
    """Others changed the same pupils meanwhile; nothing of this form was saved. The numbers say which."""

    numbers: list[int] = field(default_factory=list)


@transaction.atomic
def add_pupils(*, school_class: SchoolClass, count: int) -> list[int]:
    """Put so many pupils last on a class's list, as the next numbers; returns the numbers, fewer when it is full."""
    SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    last = school_class.listed_pupils.aggregate(last=Max("number"))["last"] or 0
    numbers = list(range(last + 1, min(last + count, LARGEST_LIST) + 1))
    ListedPupil.objects.bulk_create(ListedPupil(school_class=school_class, number=number) for number in numbers)
    return numbers


@transaction.atomic
def edit_list(*, school_class: SchoolClass, edits: Mapping[int, ListEdit]) -> int:
    """Apply what a person changed on a list, by number; returns how many pupils were changed or removed.

    What the person left alone is left alone, so what others did meanwhile stays; where both changed the same pupil in
    different ways nothing is saved.
    """
    rows = {row.number: row for row in school_class.listed_pupils.select_for_update()}
    changed = {number: edit for number, edit in edits.items() if edit.is_removed or edit.before != edit.after}
    conflicts = [
        number
        for number, edit in changed.items()
        if (row := rows.get(number)) and values_of(row) not in (edit.before, edit.after)
    ]
    if conflicts:
        raise ListConflictError(conflicts)
    count = 0
    for number, edit in changed.items():
        if row := rows.get(number):
            _apply(row, edit)
            count += 1
    return count


def values_of(row: ListedPupil) -> ListedValues:
    """What stands on the list of a pupil now."""
    return ListedValues(row.short_name, row.is_protected)


def _apply(row: ListedPupil, edit: ListEdit) -> None:
    if edit.is_removed:
        row.delete()
        return
    row.is_protected = edit.after.is_protected
    row.short_name = "" if row.is_protected else edit.after.short_name
    row.save(update_fields=["is_protected", "short_name"])


@transaction.atomic
def fetch_lists(*, school_class: SchoolClass, earlier: Iterable[SchoolClass], user: User) -> int:
    """Move the lists of the classes that this one was last year, with everything kept about each pupil.

    The pupils keep their numbers; where classes merge, those of the later class come after. Nothing is left behind, so
    a second time moves nothing. Returns how many pupils moved.
    """
    count = 0
    for old in earlier:
        taken = set(school_class.listed_pupils.values_list("number", flat=True))
        for pupil in old.listed_pupils.select_for_update().order_by("number"):
            if pupil.number in taken:
                pupil.number = max(taken) + 1
            if pupil.number > LARGEST_LIST:
                break
            taken.add(pupil.number)
            pupil.school_class = school_class
            pupil.save(update_fields=["school_class", "number"])
            count += 1
    if count:
        log_event(
            kind=EventKind.SECURE_BASE_CHANGED,
            actor=user,
            municipality=None,
            school=school_class.school,
            about={"class": school_class.name, "year": school_class.start_year},
        )
    return count
