"""What was reported of a session before it was corrected: every version, by whom and when, and what changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from programmes.models import Delivery, DeliveryLeader, NotHeld, PlannedSession

CREATED, CORRECTED, REMOVED = "+", "~", "-"
OF_A_DELIVERY = (
    *("date", "group", "group_size", "present", "minutes", "core_parts_count", "engagement", "preparation"),
    *("is_adapted", "adaptation_what", "adaptation_why", "adaptation_planned", "note"),
)
OF_NOT_HELD = ("reason", "note")


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Version:
    """One act: reported, corrected or removed; a missing person has left, and the rest stays true."""

    at: datetime
    who: User | None
    kind: str
    planned_session_id: int
    group: int | None
    says: list[tuple[str, str]] = field(default_factory=list)
    changes: list[FieldChange] = field(default_factory=list)


def versions_of(rows: Iterable[PlannedSession]) -> list[Version]:
    """Everything that was reported of some rows of the plan, the latest first; empty when nothing was changed since.

    A correction names the fields that changed; a report that says the same again is none. Leaders are compared by
    what they are, since nobody is named. Three queries, whatever the number of rows.
    """
    ids = [row.pk for row in rows]
    deliveries = Delivery.history.filter(planned_session_id__in=ids).select_related("history_user")
    not_held = NotHeld.history.filter(planned_session_id__in=ids).select_related("history_user")
    in_time = ("id", "history_date", "history_id")
    found = [
        *_versions(list(deliveries.order_by(*in_time)), OF_A_DELIVERY, Delivery, _leaders(ids)),
        *_versions(list(not_held.order_by(*in_time)), OF_NOT_HELD, NotHeld, []),
    ]
    if all(version.kind == CREATED for version in found):
        return []
    return sorted(found, key=lambda version: version.at, reverse=True)


def _leaders(ids: list[int]) -> list[Any]:
    ids_of_deliveries = Delivery.history.filter(planned_session_id__in=ids).values("id")
    return list(DeliveryLeader.history.filter(delivery_id__in=ids_of_deliveries).order_by("history_date", "history_id"))


def _versions(records: list[Any], names: tuple[str, ...], model: type[Any], leaders: list[Any]) -> list[Version]:
    """The versions of every entry; `records` are in order of entry and time."""
    found: list[Version] = []
    team = ""
    for before, record, after in zip([None, *records], records, [*records[1:], None], strict=False):
        is_first = before is None or before.id != record.id
        old_team = "" if is_first else team
        team = _team(old_team, record, after if after and after.id == record.id else None, leaders)
        changes = [] if is_first else _changes(before, record, names, model)
        if not is_first and team != old_team:
            changes.append(FieldChange(_("Leaders"), old_team or "–", team or "–"))
        is_correction = record.history_type == CORRECTED
        if is_correction and not changes:
            continue
        found.append(
            Version(
                at=record.history_date,
                who=record.history_user,
                kind=record.history_type,
                planned_session_id=record.planned_session_id,
                group=getattr(record, "group", None),
                says=[] if is_correction else _says(record, names, model),
                changes=changes if is_correction else [],
            )
        )
    return found


def _team(before: str, record: Any, after: Any, leaders: list[Any]) -> str:
    """The leaders of a version. They are written after it, all of them anew; a removal takes them away before it."""
    written = [
        leader
        for leader in leaders
        if leader.delivery_id == record.id
        and record.history_date <= leader.history_date
        and (after is None or leader.history_date < after.history_date)
    ]
    added = sorted(str(leader.get_role_display()) for leader in written if leader.history_type == CREATED)
    if added:
        return ", ".join(added)
    is_cleared = any(leader.history_type == REMOVED for leader in written)
    is_before_removal = after is not None and after.history_type == REMOVED
    return "" if is_cleared and not is_before_removal else before


def _changes(before: Any, after: Any, names: tuple[str, ...], model: type[Any]) -> list[FieldChange]:
    return [
        FieldChange(_label(model, name), _words(before, name), _words(after, name))
        for name in names
        if getattr(before, name) != getattr(after, name)
    ]


def _says(record: Any, names: tuple[str, ...], model: type[Any]) -> list[tuple[str, str]]:
    """What a version said, without what it left out."""
    return [
        (_label(model, name), _words(record, name))
        for name in names
        if getattr(record, name) not in (None, "") and not (name == "group" and record.group == Delivery.WHOLE_CLASS)
    ]


def _label(model: type[Any], name: str) -> str:
    if name == "core_parts_count":
        return _("Core parts done")
    text = str(model._meta.get_field(name).verbose_name)
    return text[:1].upper() + text[1:]


def _words(record: Any, name: str) -> str:
    value = getattr(record, name)
    if value is None or value == "":
        return "–"
    if name == "group" and value == Delivery.WHOLE_CLASS:
        return _("whole class")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    display = getattr(record, f"get_{name}_display", None)
    return str(display() if display else value)
