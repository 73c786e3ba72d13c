"""The rows of the coverage file, read from the database as they are written: one pass, whatever the number."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, Sum, Value as Constant, When
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes.enums import AdaptationWhat, AdaptationWhy, NotHeldReason, PreparationBand, SessionState
from programmes.exports.tables import Column, Row, Value, or_no_denominator
from programmes.models import Delivery, DeliveryLeader, PlannedSession, SchoolClass
from programmes.models.terms import Period, school_year_label
from programmes.reports.coverage import CoverageFigures, CoverageReport
from programmes.reports.coverage_rows import deliveries_of_period, is_expected, sessions_of_period

AT_A_TIME = 2000
IN_ORDER = ("school__sort_key", "school", "start_year", "sort_key", "pk")


def school_row(figures: CoverageFigures, columns: Sequence[Column]) -> list[Value]:
    """The figures of a row of Skolor or of a summary, in the order of its columns."""
    return [or_no_denominator(getattr(figures, column.key)) for column in columns]


def class_rows(report: CoverageReport) -> Iterator[Row]:
    """A row per class of the report."""
    yes_no = _yes_no()
    for row in report.classes:
        figures, keys = row.figures, _class_keys(row.school_class)
        cells = [
            *keys,
            report.programme.name,
            row.school_class.enrolled,
            figures.planned,
            figures.expected,
            figures.held_of_expected,
            figures.not_held,
            figures.not_reported,
            figures.expected_base,
            figures.held_base,
            yes_no[bool(figures.classes_with_all_base)] if figures.expected_base else None,
            figures.on_time,
            figures.sessions_held,
            yes_no[row.counts_in_mean],
            figures.present,
            figures.group_size,
            figures.core_parts_done,
            figures.core_parts_total,
            yes_no[bool(figures.classes_reached)],
        ]
        if report.has_yearly_target:
            cells += [row.target, yes_no[figures.sessions_held >= row.target]]
        yield cells


def session_rows(classes: QuerySet[SchoolClass], report: CoverageReport, *, today: date) -> Iterator[Row]:
    """A row per session and class of the report (see `sessions_of_period`)."""
    keys = _Keys(report)
    states, reasons, yes_no = _labels(SessionState), _labels(NotHeldReason), _yes_no()
    rows = (
        sessions_of_period(classes, programme=report.programme, period=report.period, today=today)
        .order_by(*(f"school_class__{name}" for name in IN_ORDER), "session__order", "session__code")
        .values_list(
            "school_class",
            "session",
            "due_date",
            "is_participating",
            "first_date",
            "state",
            "reason",
        )
    )
    for school_class, session, due, runs, first_date, state, reason in rows.iterator(AT_A_TIME):
        is_held = state == SessionState.HELD
        shown_due = due if runs else None
        expected = is_expected(due, runs=runs, period=report.period, day=report.day)
        yield [
            *keys.of(school_class, session, shown_due or first_date),
            shown_due,
            states[state],
            reasons.get(reason),
            first_date if is_held else None,
            yes_no[first_date <= due] if is_held and expected else None,
        ]


def delivery_rows(classes: QuerySet[SchoolClass], report: CoverageReport, *, today: date) -> Iterator[Row]:
    """A row per delivery dated in the period; its keys are those of its session's row."""
    keys, yes_no = _Keys(report), _yes_no()
    whats, whys, bands = _labels(AdaptationWhat), _labels(AdaptationWhy), _labels(PreparationBand)
    groups = _Groups()
    for row in _deliveries(classes, report, today=today).iterator(AT_A_TIME):
        school_class, session, due, runs, first_date, day, size, present, minutes, done, in_all, engagement = row[:12]
        band, is_adapted, what, why, planned, revision, revised_at, group, leaders, trained = row[12:]
        yield [
            *keys.of(school_class, session, (due if runs else None) or first_date),
            day,
            size,
            present,
            minutes,
            done,
            in_all,
            engagement,
            bands.get(band),
            yes_no.get(is_adapted),
            whats.get(what),
            whys.get(why),
            yes_no.get(planned),
            f"{localtime(revised_at):%Y-%m-%d} ({revision})" if revision else None,
            groups[group],
            leaders,
            trained,
            leaders * minutes if leaders and minutes else None,
        ]


def _deliveries(classes: QuerySet[SchoolClass], report: CoverageReport, *, today: date) -> QuerySet[Delivery, Any]:
    session = PlannedSession.objects.filter(pk=OuterRef("planned_session")).with_state(on=report.day)
    leaders = DeliveryLeader.objects.filter(delivery=OuterRef("pk")).order_by().values("delivery")
    trained = Case(When(is_trained=True, then=Constant(1)), When(is_trained=False, then=Constant(0)))
    return (
        deliveries_of_period(classes, programme=report.programme, period=report.period, today=today)
        .annotate(
            runs=Subquery(session.values("is_participating")),
            first_date=Subquery(session.values("first_date")),
            leader_count=Subquery(leaders.annotate(count=Count("pk")).values("count")),
            trained_count=Subquery(leaders.annotate(count=Sum(trained)).values("count")),
        )
        .order_by(
            *(f"planned_session__school_class__{name}" for name in IN_ORDER),
            "planned_session__session__order",
            "planned_session__session__code",
            "group",
        )
        .values_list(
            "planned_session__school_class",
            "planned_session__session",
            "planned_session__due_date",
            "runs",
            "first_date",
            "date",
            "group_size",
            "present",
            "minutes",
            "core_parts_count",
            "core_parts_total",
            "engagement",
            "preparation",
            "is_adapted",
            "adaptation_what",
            "adaptation_why",
            "adaptation_planned",
            "plan_revision",
            "plan_revision__created_at",
            "group",
            "leader_count",
            "trained_count",
        )
    )


class _Keys:
    """The cells that begin a row of a session; each class and session is put into words once."""

    def __init__(self, report: CoverageReport) -> None:
        kinds = _labels(SessionKind)
        self.classes = {row.school_class.pk: _class_keys(row.school_class) for row in report.classes}
        self.sessions = {
            session.pk: (report.programme.name, session.code, session.title, kinds[session.kind])
            for session in Session.objects.filter(programme=report.programme)
        }
        self.terms: dict[tuple[int, bool], str] = {}

    def of(self, school_class: int, session: int, day: date) -> tuple[Value, ...]:
        term = (day.year, day.month >= 7)
        if term not in self.terms:
            self.terms[term] = Period.term_of(day).label
        code, unit, school, area, year, name, grades = self.classes[school_class]
        return (code, unit, school, area, year, self.terms[term], name, grades, *self.sessions[session])


class _Groups(dict[int, str]):
    """The names of groups: the whole class, or a number."""

    def __missing__(self, group: int) -> str:
        name = _("whole class") if group == Delivery.WHOLE_CLASS else _("group %(number)s") % {"number": group}
        self[group] = name
        return name


def _class_keys(school_class: SchoolClass) -> tuple[Value, ...]:
    school = school_class.school
    return (
        school.municipality.code,
        school.unit_code,
        school.name,
        school.area.name if school.area else None,
        school_year_label(school_class.start_year),
        school_class.name,
        school_class.grades,
    )


def _labels(choices: Any) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}


def _yes_no() -> dict[bool | None, str | None]:
    return {True: _("yes"), False: _("no"), None: None}
