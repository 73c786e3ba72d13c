"""Writes down what a school's staff did, or will do."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from programmes.actions.sessions import Leader
from programmes.models import School, StaffCount, StaffMeeting, StaffMeetingLeader


class MeetingChangedError(Exception):
    """Somebody else has changed or removed this meeting meanwhile; nothing was saved now."""


class SameSessionError(Exception):
    """The school already has a staff session on this theme on this day."""


@transaction.atomic
def save_staff_meeting(
    *,
    school: School,
    values: Mapping[str, Any],
    counts: Mapping[str, int],
    leaders: Sequence[Leader],
    user: User,
    meeting: StaffMeeting | None = None,
    seen: datetime | None = None,
) -> StaffMeeting:
    """Write down a staff meeting with its counts by group and its leaders; `seen` is when the one being corrected
    was last written, so that two people never overwrite each other unseen."""
    others = StaffMeeting.objects.filter(school=school)
    if meeting:
        current = StaffMeeting.objects.select_for_update().filter(pk=meeting.pk).first()
        if current is None or current.reported_at != seen:
            raise MeetingChangedError
        others = others.exclude(pk=meeting.pk)
    if values["theme"] and others.filter(theme=values["theme"], date=values["date"]).exists():
        raise SameSessionError
    saved = meeting or StaffMeeting(school=school)
    for name, value in values.items():
        setattr(saved, name, value)
    saved.reported_by = user
    saved.save()
    saved.counts.all().delete()
    StaffCount.objects.bulk_create(
        StaffCount(meeting=saved, group=group, present=present) for group, present in counts.items()
    )
    saved.leaders.all().delete()
    StaffMeetingLeader.objects.bulk_create(
        StaffMeetingLeader(
            meeting=saved, role=leader.role, organisation=leader.organisation, is_trained=leader.is_trained
        )
        for leader in leaders
    )
    return saved


@transaction.atomic
def remove_staff_meeting(*, meeting: StaffMeeting) -> None:
    """Take a meeting away that was written down by mistake."""
    meeting.delete()
