"""The municipality's action plan followed up: each measure with its problem, its state and the figure that follows it.

Source: lag (2023:196) om kommuners ansvar för brottsförebyggande arbete: the plan says what is done about which problem
and is followed up. A figure stands beside a measure; nothing here says that one caused the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import Q
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

from programmes.enums import MeasureFigure, MeasureState
from programmes.exports.action_plan import COLUMNS as PLAN
from programmes.exports.charts import Bar, Bars, bar_of_share
from programmes.exports.findings import Finding
from programmes.exports.reports.report import NOTHING_HIDDEN, Report, Section
from programmes.exports.reports.school_sentences import full_sentence, paragraphs
from programmes.exports.reports.scope import Scope
from programmes.exports.tables import Column, Row, Table, Value
from programmes.exports.words import hours_words, part_words, percent_words
from programmes.models import Delivery, Indicator, Measure, ParentGroup, StaffMeeting
from programmes.models.terms import Period
from programmes.reports.coverage import CoverageReport, coverage_report
from programmes.reports.coverage_rows import cut_off
from programmes.reports.indicators import Series, series_of
from programmes.reports.measure_figures import (
    Counted,
    FollowedUp,
    PeriodFigures,
    a_year_before,
    followed_up,
    year_before,
)
from programmes.reports.person_hours import person_hours
from programmes.reports.school_work import school_work
from programmes.reports.school_years import taught_programmes

BY_KEY = {column.key: column for column in PLAN}
AREA, MEASURE, FIGURE, STATE = (BY_KEY[key] for key in ("area", "measure", "figure", "state"))
NOW = Column(
    "now",
    pgettext_lazy("column", "In the period"),
    "text",
    20,
    gettext_lazy("The figure in the period, counted as in the other reports. A full stop: nothing to count on."),
)
BEFORE = Column(
    "before",
    pgettext_lazy("column", "A year before"),
    "text",
    20,
    gettext_lazy(
        "The same figure in the same period a year before, as it is written down today. While the period runs, up to"
        " the same day of that year."
    ),
)
COUNT = Column("count", pgettext_lazy("column", "Number"), "number", 12, gettext_lazy("The figure as a number."))
OF = Column(
    "of", pgettext_lazy("column", "Of how many"), "integer", 12, gettext_lazy("What it is a share of. Empty: no share.")
)
COUNT_BEFORE = Column(
    "count_before",
    pgettext_lazy("column", "Number a year before"),
    "number",
    12,
    gettext_lazy("The figure a year before as a number."),
)
OF_BEFORE = Column(
    "of_before",
    pgettext_lazy("column", "Of how many a year before"),
    "integer",
    12,
    gettext_lazy("What it was a share of. Empty: no share."),
)
SHOWN = [column.key for column in (MEASURE, NOW, BEFORE, STATE, FIGURE, AREA)]
SERIES = (
    Column("indicator_name", pgettext_lazy("column", "What is measured"), "text", 44, gettext_lazy("By others.")),
    AREA,
    Column("unit", pgettext_lazy("column", "Unit"), "text", 14, gettext_lazy("What the values are in.")),
    Column("year", pgettext_lazy("column", "Year"), "text", 8, gettext_lazy("The year that the value is for.")),
    Column("value", pgettext_lazy("column", "Value"), "number", 10, gettext_lazy("As its source has it.")),
    Column("source", pgettext_lazy("column", "Source"), "text", 36, gettext_lazy("Where the value comes from.")),
)
REFERENCE = gettext_lazy(
    "For the action plan that lag (2023:196) asks for. A figure stands beside a measure and tells how far the work has"
    " come. It does not say that the measure is the cause."
)


def municipal_plan(scope: Scope) -> Report:
    """The measures that run on some day of the period, those of one area where one is asked for, with their figures."""
    here = Q(area=scope.area) if scope.area else Q()
    measures = list(
        Measure.objects.filter(
            here,
            municipality=scope.municipality,
            start_date__lte=scope.period.last_day,
            end_date__gte=scope.period.first_day,
        )
        .select_related("area")
        .order_by("problem", "start_date", "pk")
    )
    rows = followed_up(measures, now=_figures(scope, scope.period), before=_figures_before(scope))
    around = here | Q(area__isnull=True) if scope.area else here
    indicators = Indicator.objects.filter(around, municipality=scope.municipality).select_related("area")
    return Report(
        title=_("The action plan followed up, %(period)s") % {"period": scope.period.label},
        finding=_finding(scope, rows),
        profile=NOTHING_HIDDEN,
        sections=[
            _measures(scope, rows),
            Section(_("Measure by measure"), texts=[_told(row) for row in measures]),
            _around(series_of(indicators)),
        ],
        nothing=_("No measure of the action plan runs in the period"),
        way_on=_("Choose another period, or write the measures in the action plan."),
    )


def _to_same_day(scope: Scope) -> str:
    if scope.day == scope.period.last_day:
        return ""
    return _("%(period)s is still going on, so the year before is counted to the same day, %(day)s.") % {
        "period": scope.period_words,
        "day": date_format(a_year_before(scope.day), "j F Y"),
    }


def _figures_before(scope: Scope) -> PeriodFigures:
    """The same of the year before: of a period that runs, up to the same day, or a part would stand beside a whole."""
    period = year_before(scope.period)
    if scope.day == scope.period.last_day:
        return _figures(scope, period)
    part = replace(period, last_day=a_year_before(scope.day))
    coverage = {
        programme.code: coverage_report(
            schools=scope.schools,
            classes=scope.classes_in(programme),
            programme=programme,
            period=part,
            today=scope.today,
        )
        for programme in taught_programmes()
    }
    return _figures(scope, part, coverage)


def _figures(scope: Scope, period: Period, coverage: Mapping[str, CoverageReport] | None = None) -> PeriodFigures:
    """What may follow up a measure, of one period; of the schools that the asker sees, whatever their area."""
    pks = scope.schools.order_by().values("pk")
    until = Period(period.code, period.label, period.first_day, cut_off(period, today=scope.today))
    own = Q(school__isnull=True, municipality=scope.municipality)
    return PeriodFigures(
        coverage=coverage
        or {programme.code: scope.coverage_of(programme, period=period) for programme in taught_programmes()},
        work=school_work(schools=scope.schools, period=period, today=scope.today, own_of=scope.municipality),
        hours=person_hours(
            deliveries=Delivery.objects.filter(planned_session__school_class__school__in=pks),
            staff_meetings=StaffMeeting.objects.filter(school__in=pks),
            parent_groups=ParentGroup.objects.filter(Q(school__in=pks) | own),
            period=until,
        ),
        areas=dict(scope.schools.order_by().values_list("pk", "area")),
    )


def _finding(scope: Scope, rows: Sequence[FollowedUp]) -> Finding:
    if not rows:
        return Finding(_("%(period)s: no measure runs") % {"period": scope.period_words}, ".")
    states = [row.measure.state_on(scope.today) for row in rows]
    lead = ngettext(
        "%(period)s: %(count)s measure, %(done)s followed up",
        "%(period)s: %(count)s measures, %(done)s followed up",
        len(rows),
    ) % {"period": scope.period_words, "count": len(rows), "done": states.count(MeasureState.FOLLOWED_UP)}
    waiting = states.count(MeasureState.TO_FOLLOW_UP)
    late = ngettext(", %(count)s to follow up", ", %(count)s to follow up", waiting) % {"count": waiting}
    known = sum(row.now is not None for row in rows)
    beside = ngettext(
        "%(count)s has a figure that follows it.", "%(count)s have a figure that follows them.", known
    ) % {"count": known}
    after = beside if known else _("None has a figure that follows it.")
    return Finding(lead, (late if waiting else "") + f". {after}")


def _measures(scope: Scope, rows: Sequence[FollowedUp]) -> Section:
    shares = [row for row in rows if row.now and row.now.is_share]
    return Section(
        heading=_("Measures and figures"),
        about=f"{REFERENCE} {_to_same_day(scope)}".strip(),
        bars=Bars(_("The figures that are shares, in the period"), [_bar(row) for row in shares]) if shares else None,
        table=Table(
            name=pgettext("sheet", "Measures"),
            title=_("Measures and the figures that follow them"),
            columns=(
                MEASURE,
                *(column for column in PLAN if column is not MEASURE),
                NOW,
                BEFORE,
                COUNT,
                OF,
                COUNT_BEFORE,
                OF_BEFORE,
            ),
            rows=[_row(scope, row) for row in rows],
        ),
        shown=SHOWN,
        nothing=_("No measure of the action plan runs in the period."),
    )


def _row(scope: Scope, row: FollowedUp) -> Row:
    measure = row.measure
    return [
        measure.measure,
        measure.problem,
        measure.area.name if measure.area else None,
        measure.goal,
        measure.responsible,
        measure.start_date,
        measure.end_date,
        measure.indicator,
        str(MeasureFigure(measure.figure).label) if measure.figure else None,
        str(measure.state_on(scope.today).label),
        measure.follow_up or None,
        _words(row.now),
        _words(row.before),
        *_numbers(row.now),
        *_numbers(row.before),
    ]


def _words(counted: Counted | None) -> str | None:
    """As it is read: `18 of 20, 90.0 %`, or the number alone."""
    if counted is None:
        return None
    if counted.of is None:
        is_hours = isinstance(counted.count, float)
        return hours_words(counted.count) if is_hours else number_format(counted.count, force_grouping=True)
    words = part_words(int(counted.count), counted.of)
    return f"{words}, {percent_words(counted.share)}" if counted.of else words


def _numbers(counted: Counted | None) -> list[Value]:
    return [counted.count, counted.of] if counted else [None, None]


def _bar(row: FollowedUp) -> Bar:
    assert row.now is not None
    assert row.now.of is not None
    return bar_of_share(row.measure.measure, row.now.share, part_words(int(row.now.count), row.now.of))


def _told(row: Measure) -> tuple[str, str]:
    """A measure in words: the problem, what is to be better, who does it and when, and what came of it."""
    when = _("%(who)s, %(first)s – %(last)s.") % {
        "who": row.responsible,
        "first": date_format(row.start_date, "j F Y"),
        "last": date_format(row.end_date, "j F Y"),
    }
    place = row.area.name if row.area else _("The whole municipality")
    return row.measure, paragraphs(
        [
            _("Problem: %(problem)s") % {"problem": f"{full_sentence(row.problem)} {place}."},
            _("Goal: %(goal)s") % {"goal": full_sentence(row.goal)},
            _("Responsible: %(who)s") % {"who": when},
            _("Seen by: %(indicator)s") % {"indicator": full_sentence(row.indicator)},
            _("Follow-up: %(text)s") % {"text": full_sentence(row.follow_up)}
            if row.follow_up
            else _("It is not followed up yet."),
        ]
    )


def _around(series: Sequence[Series]) -> Section:
    """The world around, as others measure it: with its source, beside and not because."""
    return Section(
        heading=_("The world around"),
        about=_("Figures of others, with their source. They stand beside and explain nothing by themselves."),
        table=Table(
            name=pgettext("sheet", "The world around"),
            title=_("Context figures"),
            columns=SERIES,
            rows=[
                [row.name, row.area or None, row.unit, str(year), float(value), ", ".join(row.sources)]
                for row in series
                for year, value in row.values
            ],
        ),
        nothing=_("No context figure is written down."),
    )
