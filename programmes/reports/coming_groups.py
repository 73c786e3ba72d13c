"""The groups that parents can sign up for, as anybody may see them: when, where, in which language, and free seats."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from programmes.models import ParentGroup, ParentGroupMeeting


@dataclass(frozen=True)
class ComingGroup:
    """A group that has not begun. `free` is how many seats are left for who signs up now, `in_line` how many wait."""

    group: ParentGroup
    meetings: tuple[ParentGroupMeeting, ...]
    free: int
    in_line: int

    @property
    def first_day(self) -> date:
        return self.meetings[0].date

    @property
    def times(self) -> tuple[time | None, time | None]:
        return self.group.start_time, self.group.end_time

    @property
    def area(self) -> str:
        """The area's name; empty where the group is for the whole municipality."""
        school = self.group.school
        return school.area.name if school and school.area else ""


def coming_group(group: ParentGroup) -> ComingGroup:
    """One group; it should come from `with_meetings().with_sign_ups()`. While somebody waits, no seat is free."""
    meetings = tuple(sorted(group.meetings.all(), key=lambda meeting: meeting.number))
    placed, in_line = group.placed, group.in_line  # type: ignore[attr-defined]
    return ComingGroup(group, meetings, 0 if in_line else max(group.seats - placed, 0), in_line)


def coming_groups(groups: Iterable[ParentGroup]) -> list[ComingGroup]:
    """The groups in the order that they begin."""
    return sorted(map(coming_group, groups), key=lambda one: (one.first_day, one.group.pk))
