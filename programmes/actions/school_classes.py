"""Adds classes to a school's year, changes them and ends them; what has been reported about a class stays."""

from datetime import date

from django.db import transaction

from accounts.models import User
from programmes.actions.locks import outside_closed_periods
from programmes.actions.plans import plan_base_sessions
from programmes.actions.registers import log_register
from programmes.enums import EventKind
from programmes.models import PlannedSession, SchoolClass


class ReportedLaterError(Exception):
    """Something is reported for the class after that day."""


@transaction.atomic
def save_class(*, school_class: SchoolClass, by: User) -> SchoolClass:
    """Add a class, or change its name, grades and head-count; its grades decide which base sessions it gets."""
    is_new = school_class.pk is None
    school_class.save()
    plan_base_sessions(classes=[school_class])
    kind = EventKind.REGISTER_ADDED if is_new else EventKind.REGISTER_CHANGED
    _log(kind, school_class, by)
    return school_class


@transaction.atomic
def end_class(*, school_class: SchoolClass, day: date, by: User) -> int:
    """Let a day be the last one of a class: what is planned for later goes, what is reported stays.

    So does what was due in a closed period.
    Returns how many sessions left its plan. Raises ReportedLaterError.
    """
    SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    planned = PlannedSession.objects.filter(school_class=school_class)
    if planned.filter(deliveries__date__gt=day).exists():
        raise ReportedLaterError
    left = planned.filter(due_date__gt=day, deliveries__isnull=True, not_held__isnull=True)
    going = outside_closed_periods(list(left.select_related("session")))
    planned.filter(pk__in=[row.pk for row in going]).delete()
    school_class.end_date = day
    school_class.save(update_fields=["end_date"])
    _log(EventKind.REGISTER_CHANGED, school_class, by)
    return len(going)


def _log(kind: EventKind, school_class: SchoolClass, by: User) -> None:
    school = school_class.school
    log_register(kind=kind, row=school_class, by=by, municipality=school.municipality, school=school)
