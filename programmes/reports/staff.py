"""What the staff have done of what a school year asks: staff sessions, APT, and how many of the staff were there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from programmes.enums import StaffMeetingKind
from programmes.models import StaffMeeting


@dataclass(frozen=True)
class StaffFigures:
    """Counts of meetings and of staff; a share is between 0 and 1, and None when there is nothing to count on.

    `held` are meetings held by the day that was asked for; `present` and `total` are sums over those of them
    where both were counted, never a mean of shares.
    """

    held: int = 0
    planned: int = 0
    target: int = 0
    present: int = 0
    total: int = 0

    @property
    def share_of_target(self) -> float | None:
        return self.held / self.target if self.target else None

    @property
    def share_present(self) -> float | None:
        return self.present / self.total if self.total else None


def staff_figures(
    meetings: Iterable[StaffMeeting], *, kind: StaffMeetingKind, target: int, today: date
) -> StaffFigures:
    """The figures of one kind of meeting; `meetings` are a school's (or several schools') of a school year.

    A staff session held twice on the same theme counts twice: what is asked for is a number of occasions.
    """
    chosen = [meeting for meeting in meetings if meeting.kind == kind]
    held = [meeting for meeting in chosen if meeting.is_held and meeting.date <= today]
    counted = [meeting for meeting in held if meeting.present is not None and meeting.total is not None]
    return StaffFigures(
        held=len(held),
        planned=len(chosen) - len(held),
        target=target,
        present=sum(meeting.present or 0 for meeting in counted),
        total=sum(meeting.total or 0 for meeting in counted),
    )
