"""Records what became of planned sessions; reporting again corrects, and every old value is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from accounts.models import User
from curriculum.models import Session
from programmes.actions.events import log_event
from programmes.actions.locks import require_open
from programmes.enums import EventKind
from programmes.models import Delivery, DeliveryLeader, NotHeld, PlannedSession, SchoolClass


@dataclass(frozen=True)
class Leader:
    """One who led: profession, organisation, and whether trained (None: not said)."""

    role: str
    organisation: str
    is_trained: bool | None = None


@dataclass(frozen=True, kw_only=True)
class DeliveryReport:
    """What a person says about one class, or one group of it; `values` are columns of Delivery.

    `leaders` None: they were not asked for, and stay as they are. `seen` is the earlier report that the person had in
    front of them, as (id, version); None for none.
    """

    school_class: SchoolClass
    session: Session
    group: int
    values: dict[str, Any]
    leaders: tuple[Leader, ...] | None = ()
    seen: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class NotHeldReport:
    """What a person says about a session that was not held."""

    school_class: SchoolClass
    session: Session
    reason: str
    note: str = ""
    seen: tuple[int, int] | None = None


@dataclass(frozen=True)
class Change:
    """What one report did: `created`, `corrected`, `removed`, or `unchanged` when it was sent twice."""

    kind: str
    entry: Delivery | NotHeld


@dataclass
class ReportConflictError(Exception):
    """Someone else reported the same session, class and group meanwhile; nothing of this report was saved."""

    existing: list[Delivery | NotHeld] = field(default_factory=list)


class AlreadyHeldError(Exception):
    """A session that was held cannot be reported as not held: the delivery wins, and is removed first."""


@transaction.atomic
def report_deliveries(*, reports: Sequence[DeliveryReport], user: User, client_id: UUID | None) -> list[Change]:
    """Record sessions as held, all of them or none; a report sent twice is recorded once.

    A new report of a closed period is taken; a correction there raises PeriodClosedError, unless it is unlocked.
    """
    conflicts: list[Delivery | NotHeld] = []
    changes: list[Change] = []
    rows = _rows_for(reports)
    for report in reports:
        row = rows[report.school_class.pk]
        existing = next((delivery for delivery in row.deliveries.all() if delivery.group == report.group), None)
        if existing is None:
            changes.append(_create_delivery(row=row, report=report, user=user, client_id=client_id))
        elif _says_the_same(existing, report):
            changes.append(Change("unchanged", existing))
        elif (existing.pk, existing.version) == report.seen or _is_own_form(existing, user, client_id):
            changes.append(_correct_delivery(existing, report=report, user=user, client_id=client_id))
        else:
            conflicts.append(existing)
    if conflicts:
        raise ReportConflictError(conflicts)
    return changes


@transaction.atomic
def report_not_held(*, reports: Sequence[NotHeldReport], user: User, client_id: UUID | None) -> list[Change]:
    """Record sessions as not held, all of them or none; refuses where the session has been held.

    A new report of a closed period is taken; a correction there raises PeriodClosedError, unless it is unlocked.
    """
    conflicts: list[Delivery | NotHeld] = []
    changes: list[Change] = []
    rows = _rows_for(reports)
    if any(row.deliveries.all() for row in rows.values()):
        raise AlreadyHeldError
    for report in reports:
        row = rows[report.school_class.pk]
        existing = NotHeld.objects.filter(planned_session=row).first()
        values = {"reason": report.reason, "note": report.note}
        if existing is None:
            entry = NotHeld(planned_session=row, client_id=client_id, reported_by=user, **values)
            changes.append(Change("created", _save(entry, user)))
        elif all(getattr(existing, name) == value for name, value in values.items()):
            changes.append(Change("unchanged", existing))
        elif (existing.pk, existing.version) == report.seen or _is_own_form(existing, user, client_id):
            require_open([existing])
            changes.append(Change("corrected", _update(existing, values, user, client_id)))
        else:
            conflicts.append(existing)
    if conflicts:
        raise ReportConflictError(conflicts)
    return changes


@transaction.atomic
def remove_report(*, entry: Delivery | NotHeld, user: User) -> Change:
    """Take back a report, as when the wrong class was chosen; its values stay in the history."""
    require_open([entry])
    planned = entry.planned_session
    log_event(
        kind=EventKind.REPORT_REMOVED,
        actor=user,
        municipality=None,
        school=planned.school_class.school,
        about={
            "class": planned.school_class.name,
            "session": planned.session.title,
            "day": entry.date if isinstance(entry, Delivery) else None,
        },
    )
    _delete(entry, user)
    return Change("removed", entry)


Step = tuple[str, type[Delivery] | type[NotHeld], int, int]


@transaction.atomic
def undo_report(*, steps: Sequence[Step], user: User) -> bool:
    """Make a report as if it had not been, all of it or nothing; False when someone has touched it since.

    A step is what was done (`created` or `corrected`), to which model, and the id and version of its entry.
    """
    untouched = [
        (kind, entry)
        for kind, model, pk, version in steps
        for entry in model.objects.select_for_update().filter(pk=pk, version=version)
    ]
    if len(untouched) != len(steps):
        return False
    require_open([entry for _kind, entry in untouched], but_late=True)
    for kind, entry in untouched:
        if kind == "created":
            _delete(entry, user)
        else:
            _restore_previous(entry, user)
    return True


def _rows_for(reports: Sequence[DeliveryReport] | Sequence[NotHeldReport]) -> dict[int, PlannedSession]:
    """The rows that the reports are about, locked in one order; a session that nobody planned gets a row."""
    session = reports[0].session
    classes = sorted({report.school_class.pk for report in reports})
    found = _locked(classes, session)
    missing = [pk for pk in classes if pk not in found]
    if missing:
        PlannedSession.objects.bulk_create(
            [PlannedSession(school_class_id=pk, session=session) for pk in missing], ignore_conflicts=True
        )
        found = _locked(classes, session)
    return found


def _locked(classes: list[int], session: Session) -> dict[int, PlannedSession]:
    rows = PlannedSession.objects.select_for_update().filter(school_class__in=classes, session=session)
    return {row.school_class_id: row for row in rows.order_by("pk").prefetch_related("deliveries__leaders")}


def _is_own_form(entry: Delivery | NotHeld, user: User, client_id: UUID | None) -> bool:
    """The same form, filled in once more by the same person: a step back in the browser, not somebody else."""
    return client_id is not None and entry.client_id == client_id and entry.reported_by_id == user.pk


def _says_the_same(existing: Delivery, report: DeliveryReport) -> bool:
    same_values = all(getattr(existing, name) == value for name, value in report.values.items())
    return same_values and not _has_other_leaders(existing, report)


def _has_other_leaders(existing: Delivery, report: DeliveryReport) -> bool:
    return report.leaders is not None and _leaders_of(existing) != sorted(map(_leader_key, report.leaders))


def _leaders_of(delivery: Delivery) -> list[tuple[str, str, str]]:
    return sorted(
        _leader_key(Leader(leader.role, leader.organisation, leader.is_trained)) for leader in delivery.leaders.all()
    )


def _leader_key(leader: Leader) -> tuple[str, str, str]:
    return leader.role, leader.organisation, str(leader.is_trained)


def _create_delivery(*, row: PlannedSession, report: DeliveryReport, user: User, client_id: UUID | None) -> Change:
    delivery = Delivery(planned_session=row, group=report.group, client_id=client_id, reported_by=user, **report.values)
    _save(delivery, user)
    _add_leaders(delivery, report.leaders or (), user)
    return Change("created", delivery)


def _correct_delivery(existing: Delivery, *, report: DeliveryReport, user: User, client_id: UUID | None) -> Change:
    require_open([existing])
    _update(existing, report.values, user, client_id)
    if _has_other_leaders(existing, report):
        _set_leaders(existing, report.leaders or (), user)
    return Change("corrected", existing)


def _set_leaders(delivery: Delivery, leaders: Sequence[Leader], user: User) -> None:
    leader: Any
    for leader in delivery.leaders.all():
        leader._history_user = user
        leader.delete()
    _add_leaders(delivery, leaders, user)


def _add_leaders(delivery: Delivery, leaders: Sequence[Leader], user: User) -> None:
    if leaders:
        rows = [
            DeliveryLeader(
                delivery=delivery, role=leader.role, organisation=leader.organisation, is_trained=leader.is_trained
            )
            for leader in leaders
        ]
        bulk_create_with_history(rows, DeliveryLeader, default_user=user)


def _save(entry: Any, user: User) -> Any:
    entry._history_user = user  # read by django-simple-history
    entry.save()
    return entry


def _update(entry: Any, values: dict[str, Any], user: User, client_id: UUID | None) -> Any:
    for name, value in values.items():
        setattr(entry, name, value)
    entry.version += 1
    entry.client_id = client_id
    return _save(entry, user)


def _delete(entry: Any, user: User) -> None:
    row = entry.planned_session
    entry._history_user = user
    if isinstance(entry, Delivery):
        _set_leaders(entry, (), user)
    entry.delete()
    is_unplanned = row.due_date is None
    if is_unplanned and not row.deliveries.exists() and not NotHeld.objects.filter(planned_session=row).exists():
        row.delete()


def _restore_previous(entry: Any, user: User) -> None:
    latest, previous = entry.history.order_by("-history_date", "-history_id")[:2]
    leaders = _leaders_at(entry.pk, latest.history_date - timedelta(microseconds=1))
    old = previous.instance
    old.version = entry.version + 1
    _save(old, user)
    if isinstance(old, Delivery):
        _set_leaders(old, leaders, user)


def _leaders_at(delivery_pk: int, moment: datetime) -> tuple[Leader, ...]:
    """The leaders of a delivery as they were at a moment, out of their history."""
    rows = DeliveryLeader.history.as_of(moment).filter(delivery_id=delivery_pk)
    return tuple(Leader(row.role, row.organisation, row.is_trained) for row in rows)
