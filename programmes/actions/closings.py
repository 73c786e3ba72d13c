"""Closes a period with its figures and files, reopens it with a reason, and keeps files that are made of it later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from accounts.models import User
from curriculum.models import Programme
from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.models import (
    ClosedPeriod,
    ClosedPeriodFile,
    ClosedReport,
    ClosingInLine,
    Municipality,
    Period,
    PlannedSession,
    Unlocking,
)

UNLOCKED_DAYS = 14
# For so long a period is begun again when its worker has ended; one that ends it every time has failed.
PATIENCE = timedelta(hours=2)


class AlreadyClosedError(Exception):
    """Somebody else has closed the period meanwhile; nothing was saved."""


@dataclass(frozen=True)
class Closing:
    """All that is put away when a period is closed; nothing of it is saved yet."""

    closed: ClosedPeriod
    files: Sequence[ClosedPeriodFile]
    reports: Sequence[ClosedReport] = ()


@transaction.atomic
def close_period(*, closing: Closing) -> ClosedPeriod:
    """Save a period's frozen figures with its reports and files; AlreadyClosedError when it stands closed."""
    closed = closing.closed
    try:
        with transaction.atomic():
            closed.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyClosedError from error
    for file in closing.files:
        file.closed_period = closed
    for report in closing.reports:
        report.closed_period = closed
    ClosedReport.objects.bulk_create(closing.reports, batch_size=100)
    ClosedPeriodFile.objects.bulk_create(closing.files, batch_size=20)
    _log(EventKind.PERIOD_CLOSED, closed, closed.closed_by, at=closed.closed_at)
    return closed


def ask_to_close(
    *, municipality: Municipality, programme: Programme, period: Period, by: User, now: datetime
) -> tuple[ClosingInLine, bool]:
    """Put a period in line to be closed, and say whether the worker is to be told.

    It stands there once, whoever asks; one that failed, or that the worker has stopped with, begins again.
    """
    line, is_new = ClosingInLine.objects.get_or_create(
        municipality=municipality,
        programme=programme,
        period=period.code,
        defaults={"asked_by": by, "asked_at": now},
    )
    if is_new or not (line.has_failed or line.is_stuck(now=now)):
        return line, is_new
    same = ClosingInLine.objects.filter(pk=line.pk, asked_at=line.asked_at)
    began_again = same.update(asked_by=by, asked_at=now, started_at=None, has_failed=False)
    return line, bool(began_again)


def begin_closing(*, pk: int, now: datetime) -> ClosingInLine | None:
    """Take a period that waits to be closed; None when it is gone, or another worker has it."""
    if not ClosingInLine.objects.filter(pk=pk, started_at=None, has_failed=False).update(started_at=now):
        return None
    return ClosingInLine.objects.select_related("municipality", "programme", "asked_by").get(pk=pk)


def put_back_lost_closings(*, now: datetime) -> list[ClosingInLine]:
    """Put periods whose worker has ended back in line, or say that they failed when that has gone on for long."""
    lost = ClosingInLine.objects.filter(has_failed=False, started_at__lt=now - ClosingInLine.LONGEST)
    lost.filter(asked_at__lt=now - PATIENCE).update(has_failed=True)
    return [line for line in lost if lost.filter(pk=line.pk, started_at=line.started_at).update(started_at=None)]


def give_up_closing(*, line: ClosingInLine) -> None:
    """Say that a period could not be closed; whoever asked can ask again."""
    ClosingInLine.objects.filter(pk=line.pk, started_at=line.started_at).update(has_failed=True)


def leave_line(*, line: ClosingInLine) -> None:
    """Take a period out of the line: it is closed, or nobody may close it any more."""
    ClosingInLine.objects.filter(pk=line.pk, started_at=line.started_at).delete()


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
            report=file.report,
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
