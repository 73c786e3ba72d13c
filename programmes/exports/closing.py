"""Makes what is put away when a period is closed: its figures, its rows, and the municipality's own files."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from accounts.models import User
from curriculum.models import Programme
from programmes.exports.coverage import FileFormat, definitions_of, frozen_file
from programmes.exports.coverage_rows import delivery_rows, session_rows
from programmes.exports.definitions import DEFINITIONS_VERSION
from programmes.exports.frozen import DELIVERIES, SESSIONS, frozen_figures, frozen_rows
from programmes.exports.selections import Selection
from programmes.models import ClosedPeriod, ClosedPeriodFile, Municipality, Period
from programmes.reports.closings import deliveries_in, not_held_in
from programmes.reports.coverage import coverage_report
from programmes.reports.moment import one_moment

FORMATS: tuple[FileFormat, ...] = ("xlsx", "csv", "pdf")


def closing_of(
    *, municipality: Municipality, programme: Programme, period: Period, by: User | None, today: date, now: datetime
) -> tuple[ClosedPeriod, list[ClosedPeriodFile]]:
    """A period as it stands at this moment, with the municipality's workbook, CSV and document; nothing is saved.

    The files are made of what was put away, so that they and whatever is made of it later say the same.
    """
    asked = Selection.whole(municipality, programme, period)
    with translation.override(settings.LANGUAGE_CODE):
        with one_moment():
            closed = _put_away(asked, by=by, today=today, now=now)
        frozen = Selection.whole(municipality, programme, period, closing=closed)
        return closed, [frozen_file(frozen, file_format, now=now) for file_format in FORMATS]


def _put_away(asked: Selection, *, by: User | None, today: date, now: datetime) -> ClosedPeriod:
    report = coverage_report(
        schools=asked.schools, classes=asked.classes, programme=asked.programme, period=asked.period, today=today
    )
    whose: dict[str, Any] = {"municipality": asked.municipality, "programme": asked.programme, "period": asked.period}
    sheets: Iterator = iter(
        [
            (SESSIONS, session_rows(asked.classes, report, today=today)),
            (DELIVERIES, delivery_rows(asked.classes, report, today=today)),
        ]
    )
    return ClosedPeriod(
        municipality=asked.municipality,
        programme=asked.programme,
        period=asked.period.code,
        first_day=asked.period.first_day,
        last_day=asked.period.last_day,
        closed_at=now,
        closed_by=by,
        definitions=DEFINITIONS_VERSION,
        version=settings.STINS_VERSION,
        figures=frozen_figures(
            report,
            definitions=definitions_of(asked, report, today=today),
            deliveries=deliveries_in(**whose).values_list("pk", "version"),
            not_held=not_held_in(**whose).values_list("pk", "version"),
        ),
        rows=frozen_rows(sheets, schools=[row.school for row in report.schools]),
    )
