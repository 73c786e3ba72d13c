"""Terms, school years or tertials side by side: the same figures of coverage, by the same definitions, in each."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from programmes.exports.charts import Bar, Bars, bar_of_share, bars_of_counts
from programmes.exports.figure_columns import (
    ADHERENCE,
    ATTENDANCE,
    BASE_COVERAGE,
    DELIVERY_RATE,
    DOSE,
    EXPECTED,
    HELD,
    NOT_HELD,
    NOT_REPORTED,
    ON_TIME_RATE,
    REPORTING_RATE,
)
from programmes.exports.findings import Finding
from programmes.exports.reports.measures import MEASURES
from programmes.exports.reports.report import NOTHING_HIDDEN, Report, Section
from programmes.exports.reports.scope import Scope, school_keys
from programmes.exports.session_columns import AREA, SCHOOL
from programmes.exports.tables import NO_DENOMINATOR, Column, Row, Table, Text, or_no_denominator
from programmes.exports.words import written
from programmes.models import Area, School
from programmes.reports.coverage import CoverageFigures, CoverageReport

PERIOD = Column(
    "period", pgettext_lazy("column", "Period"), "text", 16, gettext_lazy("The term, school year or tertial.")
)
LEVEL = Column(
    "level",
    pgettext_lazy("column", "Level"),
    "text",
    14,
    gettext_lazy("Whether the row is of everything asked for, of an area, or of a school."),
)
COUNTS = (EXPECTED, HELD, NOT_HELD, NOT_REPORTED)
RATES = (DELIVERY_RATE, REPORTING_RATE, BASE_COVERAGE, ON_TIME_RATE, DOSE, ATTENDANCE, ADHERENCE)


def comparison(scope: Scope) -> Report:
    """Coverage of each period, the earliest first, of everything asked for and of each area and school in it.

    What a period has nothing of is `.`, never 0. One computation for each period, whatever the number of schools.
    """
    assert scope.programme is not None
    reports = [scope.coverage_of(scope.programme, period=period) for period in scope.compared]
    measure = MEASURES[scope.measure]
    first, last = reports[0].period.label, reports[-1].period.label
    is_empty = not any(report.schools or report.classes for report in reports)
    return Report(
        title=_("Comparison, %(programme)s, %(first)s to %(last)s")
        % {"programme": scope.programme.name, "first": first, "last": last},
        finding=_finding(reports, measure),
        profile=NOTHING_HIDDEN,
        sections=[
            _periods(scope, [] if is_empty else reports, measure),
            *([] if scope.school or scope.area else [_areas(reports, measure)]),
            *([] if scope.school else [_schools(reports, measure)]),
            _rows(reports),
        ],
    )


def _periods(scope: Scope, reports: Sequence[CoverageReport], measure: Column) -> Section:
    place = scope.place
    return Section(
        heading=place[:1].upper() + place[1:],
        bars=Bars(
            _("%(measure)s by period") % {"measure": measure.heading},
            _bars([(report.period.label, report.total) for report in reports], measure),
        ),
        table=Table(
            name=pgettext("sheet", "Periods"),
            title=_("The periods side by side"),
            columns=(PERIOD, *COUNTS, *RATES),
            rows=[[report.period.label, *_figures(report.total)] for report in reports],
        ),
        # All of them would leave no room for the period on paper; the reporting rate is a measure to choose.
        shown=[column.key for column in (PERIOD, *RATES) if column != REPORTING_RATE],
    )


def _areas(reports: Sequence[CoverageReport], measure: Column) -> Section:
    found: dict[int | None, Area | None] = {}
    for report in reports:
        found |= {row.area.pk if row.area else None: row.area for row in report.areas}
    ordered = sorted(found, key=lambda pk: (pk is None, area.name if (area := found[pk]) else ""))
    names = {pk: area.name if (area := found[pk]) else _("no area") for pk in ordered}
    return _side_by_side(
        _("Areas"),
        AREA,
        pgettext("sheet", "Areas"),
        names,
        reports,
        measure,
        lambda report: {row.area.pk if row.area else None: row.figures for row in report.areas},
    )


def _schools(reports: Sequence[CoverageReport], measure: Column) -> Section:
    found: dict[int, School] = {}
    for report in reports:
        found |= {row.school.pk: row.school for row in report.schools}
    ordered = sorted(found.values(), key=lambda school: (school.sort_key, school.pk))
    return _side_by_side(
        _("Schools"),
        SCHOOL,
        pgettext("sheet", "Schools"),
        {school.pk: school.name for school in ordered},
        reports,
        measure,
        lambda report: {row.school.pk: row.figures for row in report.schools},
    )


def _side_by_side(
    heading: Text,
    key: Column,
    sheet: str,
    names: dict[Any, str],
    reports: Sequence[CoverageReport],
    measure: Column,
    figures_in: Callable[[CoverageReport], dict[Any, CoverageFigures]],
) -> Section:
    """A row for each place and a column for each period, of one measure."""
    by_period = [figures_in(report) for report in reports]
    nothing = CoverageFigures()
    return Section(
        heading=_("%(heading)s, %(measure)s") % {"heading": heading, "measure": str(measure.heading).lower()},
        table=Table(
            name=sheet,
            title=_("%(measure)s by period") % {"measure": measure.heading},
            columns=(key, *(_of_period(report, measure) for report in reports)),
            rows=[
                [name, *(or_no_denominator(getattr(told.get(pk, nothing), measure.key)) for told in by_period)]
                for pk, name in names.items()
            ],
        ),
    )


def _of_period(report: CoverageReport, measure: Column) -> Column:
    return Column(f"in_{report.period.code}", report.period.label, measure.kind, 12, "")


def _rows(reports: Sequence[CoverageReport]) -> Section:
    """Every figure of every place and period, one to a row."""
    return Section(
        heading=_("All figures"),
        in_files_only=True,
        table=Table(
            name=pgettext("sheet", "All figures"),
            title=_("All figures by period"),
            columns=(LEVEL, AREA, SCHOOL, PERIOD, *COUNTS, *RATES),
            rows=list(_all(reports)),
        ),
    )


def _all(reports: Sequence[CoverageReport]) -> Iterable[Row]:
    for report in reports:
        label = report.period.label
        if report.schools or report.classes:
            yield [pgettext("level", "all"), None, None, label, *_figures(report.total)]
        for area in report.areas:
            yield [
                pgettext("level", "area"),
                area.area.name if area.area else None,
                None,
                label,
                *_figures(area.figures),
            ]
        for school in report.schools:
            yield [pgettext("level", "school"), *school_keys(school.school), label, *_figures(school.figures)]


def _figures(figures: CoverageFigures) -> Row:
    return [or_no_denominator(getattr(figures, column.key)) for column in (*COUNTS, *RATES)]


def _bars(rows: Sequence[tuple[str, CoverageFigures]], measure: Column) -> list[Bar]:
    told = [(name, getattr(figures, measure.key)) for name, figures in rows]
    if measure.kind == "percent":
        return [bar_of_share(name, value, _value(value, measure)) for name, value in told]
    return bars_of_counts([(name, value, _value(value, measure)) for name, value in told])


def _value(value: float | None, measure: Column) -> str:
    return written(or_no_denominator(value), measure.kind)


def _finding(reports: Sequence[CoverageReport], measure: Column) -> Finding:
    *before, latest = [(report.period.label, _value(getattr(report.total, measure.key), measure)) for report in reports]
    lead = f"{measure.heading}, {_said(*latest)}"
    told = ", ".join(_said(*row) for row in reversed(before))
    parts = [_("Before that: %(periods)s.") % {"periods": told}]
    if reports[-1].day < reports[-1].period.last_day:
        parts.append(
            _("%(period)s is still going on and is counted to %(day)s.")
            % {"period": latest[0], "day": date_format(reports[-1].day, "j F Y")}
        )
    return Finding(lead, ". " + " ".join(parts))


def _said(period: str, value: str) -> str:
    if value == NO_DENOMINATOR:
        return _("%(period)s: nothing to count on") % {"period": period}
    return f"{period}: {value}"
