"""Changes what people are: the dates and classes of a role, its end, and its hand-over; each leaves its trace."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from programmes.actions.events import log_event
from programmes.enums import LIMITED_ROLES, EventKind
from programmes.models import Membership, SchoolClass


class TakenRoleError(Exception):
    """The person has this very role at this place already, on some of the days."""


@transaction.atomic
def change_membership(
    *,
    membership: Membership,
    start_date: date,
    end_date: date | None,
    classes: Iterable[SchoolClass] | None = None,
    by: User,
) -> Membership:
    """Give a role other dates and, where they are given, other classes."""
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    row.start_date, row.end_date = start_date, end_date
    row.save(update_fields=["start_date", "end_date"])
    if classes is not None:
        row.classes.set(classes)
    log_membership(EventKind.ROLE_CHANGED, row, by=by)
    return row


@transaction.atomic
def end_membership(*, membership: Membership, end_date: date, by: User) -> Membership:
    """Let a role end with a day, which is the last one that it gives rights; what the person has reported stays.

    One that has not begun by then has never been, and its row goes.
    """
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    if end_date < row.start_date:
        log_membership(EventKind.ROLE_ENDED, row, by=by, about={"end": end_date})
        row.delete()
        return row
    row.end_date = end_date
    row.save(update_fields=["end_date"])
    log_membership(EventKind.ROLE_ENDED, row, by=by)
    return row


@transaction.atomic
def hand_over(*, membership: Membership, to: User, start_date: date, last_day: date, by: User) -> Membership:
    """Give a role to the next person in one step: the same place and classes, from a day; the old one ends on a day.

    The new one points back at the old, so that it stays known who had the role when. Raises TakenRoleError.
    """
    old = Membership.objects.select_for_update().get(pk=membership.pk)
    place = {"school": old.school, "municipality": old.municipality}
    # Whoever has the role from that day on, or is to have it, needs no second one.
    if Membership.objects.filter(user=to, role=old.role, **place).ending_after(start_date).exists():
        raise TakenRoleError
    # A role for a limited time ends when it was to end, whoever has it.
    end_date = old.end_date if old.role in LIMITED_ROLES else None
    new = Membership.objects.create(
        user=to, role=old.role, start_date=start_date, end_date=end_date, predecessor=old, **place
    )
    new.classes.set(old.classes.all())
    log_membership(EventKind.ROLE_GIVEN, new, by=by)
    end_membership(membership=old, end_date=max(last_day, old.start_date), by=by)
    return new


def log_membership(
    kind: EventKind, row: Membership, *, by: User | None, about: Mapping[str, Any] | None = None
) -> None:
    """Write down what became of a role: whose, where, with which classes and dates."""
    log_event(
        kind=kind,
        actor=by,
        person=row.user,
        municipality=row.school.municipality if row.school else row.municipality,
        school=row.school,
        about={"role": row.role, "classes": row.classes.all(), "start": row.start_date, "end": row.end_date}
        | dict(about or {}),
    )
