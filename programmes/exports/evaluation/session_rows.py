"""The rows about schools, classes and sessions, in the order of their tables' columns."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Case, Count, Q, Sum, Value, When

from curriculum.enums import Principle
from curriculum.models import Programme, Session
from programmes.enums import Organisation, ParticipationStatus, ProgrammeStatus, Role, SessionState
from programmes.exports.evaluation.scope import TAGET, Row, Scope, week_of
from programmes.models import DeliveryLeader, Membership, Participation
from programmes.models.mentors import PROGRAMME as MVP
from programmes.models.terms import school_year_label, start_year_of
from programmes.reports.coverage import ClassCoverage, CoverageFigures
from programmes.reports.coverage_rows import deliveries_of_period, described_classes, is_expected, sessions_of_period


def school_rows(scope: Scope) -> Iterator[Row]:
    """Every school of the municipality."""
    participations: dict[tuple[int, str], list[Participation]] = {}
    rows = Participation.objects.filter(school__municipality=scope.municipality).select_related("programme")
    for row in rows.order_by("start_date"):
        participations.setdefault((row.school_id, row.programme.code), []).append(row)
    in_grades, in_mvp_grades = (
        Counter(row.school_id for row in scope.eligible.get(code, {}).values()) for code in (TAGET, MVP)
    )
    classes = Q(classes__start_year=scope.start_year, classes__cohort__isnull=True)
    schools = scope.schools.annotate(
        class_count=Count("classes", filter=classes), pupils=Sum("classes__enrolled", filter=classes)
    )
    for school in schools:
        ran = participations.get((school.pk, TAGET), [])
        yield (
            scope.names.of("school", school.pk),
            scope.municipality.code,
            scope.names.of("area", school.area_id),
            _status(ran, scope),
            _status(participations.get((school.pk, MVP), []), scope),
            start_year_of(ran[0].start_date) if ran else None,
            school.class_count,
            in_grades[school.pk],
            school.pupils,
            in_mvp_grades[school.pk],
        )


def _status(rows: list[Participation], scope: Scope) -> str:
    """Where a school stands with a programme on the last day counted; the same words as in the register."""
    day = scope.last_day
    now = [row for row in rows if row.start_date <= day and (row.end_date is None or row.end_date >= day)]
    if now:
        paused = now[-1].status == ParticipationStatus.PAUSED
        return ProgrammeStatus.PAUSED if paused else ProgrammeStatus.ACTIVE
    if any(row.start_date > day for row in rows):
        return ProgrammeStatus.PLANNED
    return ProgrammeStatus.ENDED if rows else ProgrammeStatus.OUTSIDE


def session_rows(scope: Scope) -> Iterator[Row]:
    """The whole catalogue, also what is offered no more."""
    for session in Session.objects.select_related("programme", "prepares"):
        yield (
            session.code,
            session.programme.code,
            session.kind,
            session.title,
            session.lowest_grade,
            session.highest_grade,
            session.planned_minutes,
            *(principle in session.principles for principle in Principle),
            session.prepares.code if session.prepares else None,
        )


def class_rows(scope: Scope) -> Iterator[Row]:
    """Every class of the year, and every mentee group, also those that take no part."""
    for programme in scope.programmes:
        covered = {row.school_class.pk: row for row in scope.coverage[programme.code]}
        described = described_classes(
            scope.classes_of(programme), programme=programme, period=scope.period, today=scope.day
        )
        for school_class in described:
            row = covered.get(school_class.pk)
            yield _class_row(scope, programme, school_class, row)


def _class_row(scope: Scope, programme: Programme, school_class: Any, row: ClassCoverage | None) -> Row:
    figures = row.figures if row else CoverageFigures()
    return (
        scope.names.of("class", school_class.pk),
        scope.names.of("school", school_class.school_id),
        programme.code,
        school_year_label(school_class.start_year),
        school_class.lowest_grade,
        school_class.highest_grade,
        school_class.enrolled,
        school_class.is_in_grades,
        school_class.is_running,
        bool(figures.classes_reached),
        figures.planned,
        figures.expected,
        figures.held_of_expected,
        figures.not_held,
        figures.not_reported,
        figures.on_time,
        figures.sessions_held,
        row is not None and row.counts_in_mean,
        school_class.target,
        figures.present,
        figures.group_size,
        figures.core_parts_done,
        figures.core_parts_total,
        scope.names.of("class", school_class.home_class_id),
        None if school_class.cohort_id else school_class.pk in scope.eligible.get(MVP, {}),
    )


def planned_session_rows(scope: Scope) -> Iterator[Row]:
    """Every session that the year's coverage counts, and whatever a delivery of the year belongs to."""
    for programme in scope.programmes:
        classes = scope.classes_of(programme)
        rows = sessions_of_period(classes, programme=programme, period=scope.period, today=scope.day).values_list(
            "pk",
            "school_class",
            "session__code",
            "session__kind",
            "due_date",
            "is_participating",
            "first_date",
            "state",
            "reason",
        )
        for pk, school_class, code, kind, due, runs, first_date, state, reason in rows.iterator(2000):
            is_held = state == SessionState.HELD
            counts = is_expected(due, runs=runs, period=scope.period, day=scope.last_day)
            yield (
                scope.names.of("planned", pk),
                scope.names.of("class", school_class),
                programme.code,
                code,
                kind,
                week_of(due if runs else None),
                state,
                reason or None,
                week_of(first_date) if is_held else None,
                first_date <= due if is_held and counts else None,
            )


def delivery_rows(scope: Scope) -> Iterator[Row]:
    """Every delivery dated in the year, up to the last day counted."""
    session_leaders = _session_leaders(scope)
    for programme in scope.programmes:
        classes = scope.classes_of(programme)
        deliveries = deliveries_of_period(classes, programme=programme, period=scope.period, today=scope.day)
        leaders = _leaders(deliveries)
        fields = (
            "pk",
            "planned_session",
            "planned_session__school_class",
            "planned_session__session__code",
            "planned_session__session__planned_minutes",
            "group",
            "date",
            "date_precision",
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
            "reported_by",
        )
        for row in deliveries.values_list(*fields).iterator(2000):
            yield (
                *_delivery_row(scope, programme, row, leaders.get(row[0])),
                scope.names.of("leader", row[-1] if row[-1] in session_leaders else None),
            )


def _delivery_row(
    scope: Scope, programme: Programme, row: tuple[Any, ...], led: tuple[int, int | None, int] | None
) -> Row:
    pk, planned, school_class, code, planned_minutes, group, day, precision, size, present, minutes = row[:11]
    done, in_all, engagement, preparation, is_adapted, what, why, adaptation_planned, revision = row[11:20]
    leaders, trained, from_outside = led or (None, None, None)
    return (
        scope.names.of("delivery", pk),
        scope.names.of("planned", planned),
        scope.names.of("class", school_class),
        programme.code,
        code,
        group,
        week_of(day),
        precision,
        size,
        present,
        minutes,
        planned_minutes,
        done,
        in_all,
        engagement,
        preparation or None,
        is_adapted,
        what or None,
        why or None,
        adaptation_planned,
        scope.names.of("version", revision) or None,
        leaders,
        trained,
        from_outside,
        leaders * minutes if leaders and minutes else None,
    )


def _session_leaders(scope: Scope) -> set[int]:
    """Those who lead sessions at some school: what they report, they have led."""
    memberships = Membership.objects.filter(role=Role.LEADER, school__in=scope.schools.order_by().values("pk"))
    return set(memberships.values_list("user", flat=True))


def _leaders(deliveries: Any) -> dict[int, tuple[int, int | None, int]]:
    """How many led each delivery, how many of them trained, and how many from outside; absent where nobody is said.

    Of none is it known whether they are trained: None, and not 0.
    """
    trained = Case(When(is_trained=True, then=Value(1)), When(is_trained=False, then=Value(0)))
    counted = (
        DeliveryLeader.objects.filter(delivery__in=deliveries.order_by().values("pk"))
        .order_by()
        .values("delivery")
        .annotate(
            number=Count("pk"),
            trained=Sum(trained),
            outside=Count("pk", filter=~Q(organisation=Organisation.SCHOOL)),
        )
    )
    return {row["delivery"]: (row["number"], row["trained"], row["outside"]) for row in counted}


def delivery_leader_rows(scope: Scope) -> Iterator[Row]:
    """Everybody who led a delivery of the year: what they are, never who."""
    for programme in scope.programmes:
        deliveries = deliveries_of_period(
            scope.classes_of(programme), programme=programme, period=scope.period, today=scope.day
        )
        leaders = DeliveryLeader.objects.filter(delivery__in=deliveries.order_by().values("pk")).order_by(
            "delivery", "pk"
        )
        rows = leaders.values_list("delivery", "role", "organisation", "is_trained").iterator(2000)
        for delivery, led in groupby(rows, key=itemgetter(0)):
            for number, (_delivery, *told) in enumerate(led, start=1):
                yield scope.names.of("delivery", delivery), number, *told
