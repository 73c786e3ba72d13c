"""Where a school stands with a programme, on every kind of day."""

from datetime import date, timedelta

import pytest

from programmes.enums import ParticipationStatus, ProgrammeStatus
from programmes.models import Participation
from programmes.reports.overview import status_of

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def row(start, end=None, status=ParticipationStatus.ACTIVE):
    return Participation(start_date=start, end_date=end, status=status)


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([], ProgrammeStatus.OUTSIDE),
        ([row(TODAY)], ProgrammeStatus.ACTIVE),
        ([row(TODAY - DAY, TODAY)], ProgrammeStatus.ACTIVE),
        ([row(TODAY + DAY)], ProgrammeStatus.PLANNED),
        ([row(TODAY - 9 * DAY, TODAY - DAY)], ProgrammeStatus.ENDED),
        ([row(TODAY - DAY, status=ParticipationStatus.PAUSED)], ProgrammeStatus.PAUSED),
        ([row(TODAY - 9 * DAY, TODAY - DAY), row(TODAY)], ProgrammeStatus.ACTIVE),
        ([row(TODAY - 9 * DAY, TODAY - DAY), row(TODAY + DAY)], ProgrammeStatus.PLANNED),
        (
            [row(TODAY - 9 * DAY, TODAY - DAY), row(TODAY, TODAY, ParticipationStatus.PAUSED), row(TODAY + DAY)],
            ProgrammeStatus.PAUSED,
        ),
    ],
)
def test_status_is_that_of_the_day(rows, status):
    assert status_of(rows, today=TODAY) == status
