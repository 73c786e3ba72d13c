"""Closes a period with its figures and files, reopens it with a reason, and keeps files that are made of it later."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from accounts.models import User
from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.models import ClosedPeriod, ClosedPeriodFile, PlannedSession, Unlocking

UNLOCKED_DAYS = 14


class AlreadyClosedError(Exception):
    """Somebody else has closed the period meanwhile; nothing was saved."""


@transaction.atomic
def close_period(*, closed: ClosedPeriod, files: Sequence[ClosedPeriodFile]) -> ClosedPeriod:
    """Save a period's frozen figures with its files; AlreadyClosedError when it stands closed."""
    try:
        with transaction.atomic():
            closed.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyClosedError from error
    for file in files:
        file.closed_period = closed
    ClosedPeriodFile.objects.bulk_create(files)
    _log(EventKind.PERIOD_CLOSED, closed, closed.closed_by, at=closed.closed_at)
    return closed


@transaction.atomic
def reopen_period(*, closed: ClosedPeriod, reason: str, by: User, now: datetime) -> bool:
    """Let a period be counted anew; its frozen figures and files are kept. False when somebody reopened it before."""
    reopened = ClosedPeriod.objects.standing().filter(pk=closed.pk)
    if not reopened.update(reopened_at=now, reopened_by=by, reopen_reason=reason):
        return False
    _log(EventKind.PERIOD_REOPENED, closed, by, at=now, reason=reason)
    return True


def keep_file(*, file: ClosedPeriodFile) -> ClosedPeriodFile:
    """Keep a file made of a closed period; when one was kept meanwhile, that one is the one."""
    try:
        with transaction.atomic():
            file.save(force_insert=True)
    except IntegrityError:
        return ClosedPeriodFile.objects.get(
            closed_period=file.closed_period,
            selection=file.selection,
            file_format=file.file_format,
            profile=file.profile,
        )
    return file


@transaction.atomic
def unlock_session(*, planned: PlannedSession, closed: ClosedPeriod, reason: str, by: User, now: datetime) -> Unlocking:
    """Let what is reported of one session of one class be changed once, within fourteen days."""
    unlocking = Unlocking.objects.create(
        planned_session=planned,
        reason=reason,
        unlocked_at=now,
        unlocked_by=by,
        until=now + timedelta(days=UNLOCKED_DAYS),
    )
    school = planned.school_class.school
    log_event(
        kind=EventKind.UNLOCKED,
        actor=by,
        municipality=school.municipality,
        school=school,
        about={
            "period": closed.label,
            "programme": closed.programme.name,
            "class": planned.school_class.name,
            "session": planned.session.title,
            "reason": reason,
        },
    )
    return unlocking


def _log(kind: EventKind, closed: ClosedPeriod, by: User | None, *, at: datetime, **about: str) -> None:
    log_event(
        kind=kind,
        actor=by,
        municipality=closed.municipality,
        about={"period": closed.label, "programme": closed.programme.name, **about},
        at=at,
    )
