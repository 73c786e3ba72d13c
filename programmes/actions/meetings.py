"""Writes down parent groups with their four meetings, how many parents came, and single parent meetings."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction

from accounts.models import User
from programmes.actions.sessions import Leader
from programmes.actions.sign_ups import tell_of_changes, told_of
from programmes.models import Municipality, ParentGroup, ParentGroupLeader, ParentGroupMeeting, ParentMeeting, School

Kept = TypeVar("Kept", ParentGroup, ParentMeeting)


class ParentsChangedError(Exception):
    """Somebody else has changed or removed this meanwhile; nothing was saved now."""


class GroupExpectedError(Exception):
    """Parents have signed up for the group: it is cancelled, so that they are told, and not removed."""


@transaction.atomic
def save_parent_group(
    *,
    municipality: Municipality,
    school: School | None,
    values: Mapping[str, Any],
    days: Sequence[date],
    leaders: Sequence[Leader],
    user: User,
    now: datetime,
    group: ParentGroup | None = None,
    seen: datetime | None = None,
) -> ParentGroup:
    """Set up a group with its meetings and leaders, or change it; counts stay, and who has signed up is told."""
    if group:
        group = _still(ParentGroup, group.pk, seen)
    was = told_of(group) if group else None
    saved = group or ParentGroup(municipality=municipality, school=school)
    for name, value in values.items():
        setattr(saved, name, value)
    saved.reported_by = user
    saved.save()
    for number, day in enumerate(days, start=1):
        ParentGroupMeeting.objects.update_or_create(group=saved, number=number, defaults={"date": day})
    saved.leaders.all().delete()
    ParentGroupLeader.objects.bulk_create(
        ParentGroupLeader(group=saved, role=leader.role, organisation=leader.organisation, is_trained=leader.is_trained)
        for leader in leaders
    )
    tell_of_changes(group=saved, was=was, now=now)
    return saved


@transaction.atomic
def count_parents(
    *,
    group: ParentGroup,
    parents: Mapping[int, int | None],
    completed: int | None,
    user: User,
    seen: datetime | None,
) -> ParentGroup:
    """Write down how many came to each meeting (by its number) and how many completed; the form has checked them."""
    saved = _still(ParentGroup, group.pk, seen)
    saved.completed, saved.reported_by = completed, user
    saved.save()
    for meeting in saved.meetings.all():
        meeting.parents = parents.get(meeting.number)
        meeting.save(update_fields=["parents"])
    return saved


@transaction.atomic
def remove_parent_group(*, group: ParentGroup) -> None:
    """Take a group away that was set up by mistake, with its meetings; not while somebody counts on it."""
    ParentGroup.objects.select_for_update().get(pk=group.pk)
    if group.sign_ups.active().exists():
        raise GroupExpectedError
    group.delete()


@transaction.atomic
def save_parent_meeting(
    *,
    school: School,
    values: Mapping[str, Any],
    user: User,
    meeting: ParentMeeting | None = None,
    seen: datetime | None = None,
) -> ParentMeeting:
    """Write down a single parent meeting, or correct it."""
    if meeting:
        meeting = _still(ParentMeeting, meeting.pk, seen)
    saved = meeting or ParentMeeting(school=school)
    for name, value in values.items():
        setattr(saved, name, value)
    saved.reported_by = user
    saved.save()
    return saved


@transaction.atomic
def remove_parent_meeting(*, meeting: ParentMeeting) -> None:
    """Take a parent meeting away that was written down by mistake."""
    meeting.delete()


def _still(model: type[Kept], pk: int, seen: datetime | None) -> Kept:
    """The row as it was seen, held until it is saved."""
    current = model._default_manager.select_for_update().filter(pk=pk).first()
    if current is None or current.reported_at != seen:
        raise ParentsChangedError
    return current
