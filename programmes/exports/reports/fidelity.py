"""Fidelity: how much of each session was done, how many were there, and how it was adapted, where that was recorded."""

from collections.abc import Mapping, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from programmes.enums import AdaptationWhat, AdaptationWhy, PreparationBand
from programmes.exports.charts import Bars, bar_of_share, bars_of_counts
from programmes.exports.figure_columns import (
    ADHERENCE,
    ATTENDANCE,
    CORE_DONE,
    CORE_TOTAL,
    GROUP_SIZE,
    HELD,
    ON_TIME,
    ON_TIME_RATE,
    PRESENT,
)
from programmes.exports.findings import Finding
from programmes.exports.frozen_entries import frozen_fidelity
from programmes.exports.reports.report import NOTHING_HIDDEN, Report, Section
from programmes.exports.reports.scope import Scope, school_keys
from programmes.exports.session_columns import AREA, SCHOOL
from programmes.exports.tables import Column, Row, Table, or_no_denominator
from programmes.exports.words import part_words, percent_words
from programmes.reports.coverage import CoverageFigures
from programmes.reports.coverage_rows import deliveries_of_period
from programmes.reports.fidelity import Adaptation, FidelityFigures, adaptations, fidelity_by_school

DELIVERIES = Column(
    "deliveries",
    pgettext_lazy("column", "Deliveries"),
    "integer",
    12,
    gettext_lazy("Times that a session was held for a class or a group of it in the period."),
)
CORE_TOLD = Column(
    "core_told",
    pgettext_lazy("column", "Core parts recorded"),
    "integer",
    12,
    gettext_lazy("Deliveries where the core parts were recorded; the others are in no adherence."),
)
ENGAGEMENT = Column(
    "engagement_mean",
    pgettext_lazy("column", "Engagement"),
    "decimal",
    12,
    gettext_lazy("Mean of the pupils' engagement as the leader saw it, from 1 (low) to 4 (high)."),
)
ENGAGEMENT_TOLD = Column(
    "engagement_told",
    pgettext_lazy("column", "Engagement recorded"),
    "integer",
    12,
    gettext_lazy("Deliveries where the engagement was recorded; the mean is over these."),
)
ADAPTED = Column(
    "adapted",
    pgettext_lazy("column", "Adapted"),
    "integer",
    10,
    gettext_lazy("Deliveries that differed from the plan."),
)
ADAPTED_TOLD = Column(
    "adapted_told",
    pgettext_lazy("column", "Adapted or not, recorded"),
    "integer",
    12,
    gettext_lazy("Deliveries that said whether they differed from the plan."),
)
ADAPTED_SHARE = Column(
    "adapted_share",
    pgettext_lazy("column", "Share adapted"),
    "percent",
    12,
    gettext_lazy("Adapted, as a share of the deliveries that said whether they were."),
)
BAND = Column(
    "preparation", pgettext_lazy("column", "Preparation"), "text", 20, gettext_lazy("How long the leaders prepared.")
)
BAND_SHARE = Column(
    "share_of_told",
    pgettext_lazy("column", "Share"),
    "percent",
    10,
    gettext_lazy("As a share of the deliveries that recorded it."),
)
WHAT = Column(
    "adaptation_what",
    pgettext_lazy("column", "What was changed"),
    "text",
    24,
    gettext_lazy("What was changed in the session (FRAME). Empty: nobody said."),
)
WHY = Column(
    "adaptation_why",
    pgettext_lazy("column", "Why"),
    "text",
    24,
    gettext_lazy("Why it was changed (FRAME). Empty: nobody said."),
)
PLANNED = Column(
    "adaptation_planned",
    pgettext_lazy("column", "Planned beforehand"),
    "integer",
    12,
    gettext_lazy("How many of them were decided before the session."),
)
OF_COVERAGE = (CORE_DONE, CORE_TOTAL, ADHERENCE, PRESENT, GROUP_SIZE, ATTENDANCE, HELD, ON_TIME, ON_TIME_RATE)
OWN = (DELIVERIES, CORE_TOLD, ENGAGEMENT, ENGAGEMENT_TOLD, ADAPTED, ADAPTED_TOLD, ADAPTED_SHARE)
ON_PAGE = (SCHOOL, ADHERENCE, ATTENDANCE, ON_TIME_RATE, ENGAGEMENT, ADAPTED_SHARE)


def fidelity(scope: Scope) -> Report:
    """Adherence, attendance, time, engagement, preparation and adaptations by school, each over what recorded it.

    Sums over sums, never a mean of shares; what nobody recorded is `.`. Source: measures, "adherence" and on.
    """
    assert scope.programme is not None
    coverage = scope.coverage
    by_school, adapted = _how(scope)
    total = sum(by_school.values(), start=FidelityFigures())
    rows = [(row.school, row.figures, by_school.get(row.school.pk, FidelityFigures())) for row in coverage.schools]
    return Report(
        title=_("Fidelity, %(programme)s, %(period)s")
        % {"programme": scope.programme.name, "period": scope.period.label},
        finding=_finding(scope, total),
        profile=NOTHING_HIDDEN,
        sections=[
            Section(
                heading=_("Schools"),
                bars=Bars(
                    _("Core parts done, by school"),
                    [
                        bar_of_share(school.name, figures.adherence, percent_words(figures.adherence))
                        for school, figures, _own in rows
                    ],
                ),
                table=Table(
                    name=pgettext("sheet", "Schools"),
                    title=_("Fidelity by school"),
                    columns=(AREA, SCHOOL, *OF_COVERAGE, *OWN),
                    rows=[[*school_keys(school), *_row(figures, own)] for school, figures, own in rows],
                    total=[None, _("Together"), *_row(coverage.total, total)],
                ),
                shown=[column.key for column in ON_PAGE],
            ),
            _preparation(total),
            _adaptations(adapted),
        ],
    )


def _how(scope: Scope) -> tuple[dict[int, FidelityFigures], list[Adaptation]]:
    """By school, and the adaptations; of a closed period as they were when it was closed, like the coverage beside."""
    assert scope.programme is not None
    if scope.closed:
        return frozen_fidelity(scope.closed, schools={row.school.pk for row in scope.coverage.schools})
    held = deliveries_of_period(scope.classes, programme=scope.programme, period=scope.period, today=scope.today)
    return fidelity_by_school(held), adaptations(held)


def _row(figures: CoverageFigures, own: FidelityFigures) -> Row:
    return [or_no_denominator(getattr(figures, column.key)) for column in OF_COVERAGE] + [
        or_no_denominator(getattr(own, column.key)) for column in OWN
    ]


def _preparation(total: FidelityFigures) -> Section:
    told = [(capfirst(str(band.label)), total.bands[band.value]) for band in PreparationBand]
    return Section(
        heading=_("Preparation"),
        nothing=_("Nobody has recorded how long they prepared."),
        bars=Bars(
            _("How long the leaders prepared, deliveries"),
            bars_of_counts([(name, count, part_words(count, total.bands_told)) for name, count in told]),
        ),
        table=Table(
            name=pgettext("sheet", "Preparation"),
            title=_("Preparation"),
            columns=(BAND, DELIVERIES, BAND_SHARE),
            rows=[[name, count, count / total.bands_told] for name, count in told] if total.bands_told else [],
        ),
    )


def _adaptations(rows: Sequence[Adaptation]) -> Section:
    whats, whys = (dict(choices.choices) for choices in (AdaptationWhat, AdaptationWhy))
    return Section(
        heading=_("Adaptations"),
        nothing=_("No delivery has been recorded as adapted."),
        table=Table(
            name=pgettext("sheet", "Adaptations"),
            title=_("What was changed, and why"),
            columns=(WHAT, WHY, DELIVERIES, PLANNED),
            rows=[
                [capfirst(_word(whats, row.what)), _word(whys, row.why), row.deliveries, row.planned] for row in rows
            ],
        ),
    )


def _word(words: Mapping[str, object], key: str) -> str:
    return str(words[key]) if key in words else ""


def _finding(scope: Scope, total: FidelityFigures) -> Finding:
    figures = scope.coverage.total
    if not total.deliveries:
        return Finding(_("%(period)s: nothing has been held") % {"period": scope.period_words}, ".")
    names = {"period": scope.period_words, "share": percent_words(figures.adherence)}
    if figures.adherence is None:
        lead = _("%(period)s: nobody has recorded the core parts") % names
    else:
        lead = _("%(period)s: %(share)s of the core parts were done") % names
    told = {"told": total.core_told, "deliveries": total.deliveries}
    rest = _("They are recorded in %(told)s of %(deliveries)s deliveries.") % told
    if total.adapted_share is None:
        return Finding(lead, f". {rest}")
    adapted = _("%(adapted)s of %(told)s were adapted.") % {"adapted": total.adapted, "told": total.adapted_told}
    return Finding(lead, f". {rest} {adapted}")
