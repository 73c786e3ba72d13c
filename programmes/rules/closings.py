"""Who closes a period, and what lies in one that is closed."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from curriculum.models import Programme
from programmes.models import ClosedPeriod, Municipality
from programmes.rules.people import can_change_programme


def can_close_periods(
    user: User | AnonymousUser, municipality: Municipality | None, programme: Programme, *, on: date
) -> bool:
    """Each coordinator at the centre closes, reopens and unlocks in the own programmes; nobody else does."""
    return can_change_programme(user, municipality, programme, on=on)


def entry_lies_in(closed: ClosedPeriod, *, due_date: date | None, day: date | None) -> bool:
    """Whether an entry belongs to a closed period: held in it, or due in it and not held only later.

    `day` is None for a session that was not held. A session that was held after the period's last day counts in the
    period that it was held in, so its report may be corrected there.
    """
    is_due_in = due_date is not None and closed.first_day <= due_date <= closed.last_day
    if day is None:
        return is_due_in
    return closed.first_day <= day <= closed.last_day or (is_due_in and day <= closed.last_day)


def due_date_lies_in(closed: ClosedPeriod, due_date: date | None) -> bool:
    """Whether a session that is due on a day is expected in a closed period."""
    return due_date is not None and closed.first_day <= due_date <= closed.last_day


def comes_late_to(closed: ClosedPeriod, *, due_date: date | None, day: date | None) -> bool:
    """Whether a new entry says something of a closed period: held in it, or of a session that was due in it."""
    return due_date_lies_in(closed, due_date) or (day is not None and closed.first_day <= day <= closed.last_day)
