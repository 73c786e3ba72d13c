"""Makes what is put away when a period is closed: its figures, its rows, and the municipality's own files."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from accounts.models import User
from curriculum.models import Programme
from programmes.actions.closings import Closing
from programmes.exports.coverage import FileFormat, definitions_of, frozen_file
from programmes.exports.coverage_rows import delivery_rows, session_rows
from programmes.exports.definitions import DEFINITIONS_VERSION
from programmes.exports.frozen import DELIVERIES, SESSIONS, frozen_figures, frozen_rows
from programmes.exports.reports.closed import Answer, file_of, selection_key
from programmes.exports.reports.kept import unpacked
from programmes.exports.reports.kinds import ALL, PROGRAMME, Kind
from programmes.exports.reports.put_away import put_away
from programmes.exports.reports.scope import Scope
from programmes.exports.selections import Selection
from programmes.models import ClosedPeriod, ClosedPeriodFile, ClosedReport, Municipality, Period, School
from programmes.reports.closings import deliveries_in, not_held_in
from programmes.reports.coverage import coverage_report
from programmes.reports.moment import one_moment

FORMATS: tuple[FileFormat, ...] = ("xlsx", "csv", "pdf")


def closing_of(
    *,
    municipality: Municipality,
    programme: Programme,
    period: Period,
    by: User | None,
    today: date,
    now: datetime,
    kinds: Sequence[Kind] = ALL,
) -> Closing:
    """A period as it stands at this moment: coverage, the other `kinds` of report, and the municipality's own files.

    Nothing is saved. The files are made of what was put away, so that they and whatever is made of it later say the
    same.
    """
    asked = Selection.whole(municipality, programme, period)
    with translation.override(settings.LANGUAGE_CODE):
        with one_moment():
            closed = _put_away(asked, by=by, today=today, now=now)
            reports = list(put_away(kinds, municipality=municipality, programme=programme, period=period, today=today))
        frozen = Selection.whole(municipality, programme, period, closing=closed)
        files = [frozen_file(frozen, file_format, now=now) for file_format in FORMATS]
        return Closing(closed, [*files, *_files_of(kinds, reports, closed, today=today, now=now)], reports)


def _files_of(
    kinds: Sequence[Kind], reports: Sequence[ClosedReport], closed: ClosedPeriod, *, today: date, now: datetime
) -> Iterator[ClosedPeriodFile]:
    """The files of each report of the whole municipality, as the centre asks for it."""
    by_slug = {kind.slug: kind for kind in kinds}
    schools = School.objects.filter(municipality=closed.municipality)
    scope = Scope(
        municipality=closed.municipality,
        period=Period.parse(closed.period),
        today=today,
        schools=schools,
        sees_all=True,
        reads_secure_bases=True,
        kept=closed,
    )
    for row in reports:
        kind = by_slug[row.report]
        asked = replace(scope, programme=closed.programme if PROGRAMME in kind.asks else None)
        if row.selection == selection_key(kind, asked):
            answer = Answer(unpacked(bytes(row.content)), asked, closed, row)
            for file_format in FORMATS:
                yield file_of(answer, file_format, now=now)


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
