"""Which rows coverage is counted from: the sessions, deliveries, classes and schools of a period, and their sums."""

from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from curriculum.models import Programme
from programmes.models import Delivery, Participation, PlannedSession, School, SchoolClass
from programmes.models.municipalities import DEFAULT_SESSIONS, SESSIONS_PER_YEAR
from programmes.models.terms import Period


def cut_off(period: Period, *, today: date) -> date:
    """The day D that a period is counted to: today, or its last day when that has passed."""
    return min(today, period.last_day)


def sessions_of_period(
    classes: QuerySet[SchoolClass], *, programme: Programme, period: Period, today: date
) -> QuerySet[Any]:
    """The sessions that a report counts, one row per session and class, `with_state` as of the cut-off day.

    Those due in the period where the school ran the programme on the due date, and those held in it whenever due.
    """
    day = cut_off(period, today=today)
    held_in_period = Delivery.objects.filter(planned_session=OuterRef("pk"), date__range=(period.first_day, day))
    return (
        PlannedSession.objects.filter(session__programme=programme, school_class__in=classes.order_by().values("pk"))
        .with_state(on=day)
        .filter(Q(due_date__range=(period.first_day, period.last_day), is_participating=True) | Exists(held_in_period))
    )


def is_expected(due: date | None, *, runs: bool, period: Period, day: date) -> bool:
    """Whether a session is expected by a day: due in the period, not after the day, while the school ran it."""
    return due is not None and runs and period.first_day <= due <= min(day, period.last_day)


def deliveries_of_period(
    classes: QuerySet[SchoolClass], *, programme: Programme, period: Period, today: date
) -> QuerySet[Delivery]:
    """The deliveries dated in a period, up to the cut-off day."""
    return Delivery.objects.filter(
        date__range=(period.first_day, cut_off(period, today=today)),
        planned_session__session__programme=programme,
        planned_session__school_class__in=classes.order_by().values("pk"),
    )


def schools_running(
    schools: QuerySet[School], *, programme: Programme, period: Period, today: date
) -> QuerySet[School]:
    """The schools that ran the programme on some day of the period, so far."""
    return schools.filter(_ran_between("pk", programme, period.first_day, cut_off(period, today=today)))


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _ran_between(school: str, programme: Programme, first_day: date, last_day: date) -> IsNull:
    """Asked school by school: EXISTS may be answered by reading the participations of every municipality."""
    rows = Participation.objects.active().filter(
        Q(end_date__isnull=True) | Q(end_date__gte=first_day),
        school=OuterRef(school),
        programme=programme,
        start_date__lte=last_day,
    )
    return IsNull(Subquery((rows if first_day <= last_day else rows.none()).values("pk")[:1]), False)


def described_classes(
    classes: QuerySet[SchoolClass], *, programme: Programme, period: Period, today: date
) -> QuerySet[Any]:
    """Add to classes: `is_running` (in the class's own part of the period), `is_in_grades`, `target`."""
    of_municipality = "school__municipality__targets"
    default_target = SESSIONS_PER_YEAR.get(programme.code, DEFAULT_SESSIONS)
    is_running = Q(pk__in=[])
    for start_year in period.start_years:
        year = Period.school_year(start_year)
        first_day = max(period.first_day, year.first_day)
        last_day = min(cut_off(period, today=today), year.last_day)
        exists_then = Q(start_date__isnull=True) | Q(start_date__lte=last_day)
        is_running |= Q(_ran_between("school", programme, first_day, last_day), exists_then, start_year=start_year)
    return (
        classes.order_by()
        .annotate(own=FilteredRelation(of_municipality, condition=Q(**{f"{of_municipality}__programme": programme})))
        .annotate(
            lowest=Coalesce("own__lowest_grade", programme.lowest_grade),
            highest=Coalesce("own__highest_grade", programme.highest_grade),
            target=Coalesce("own__sessions_per_year", default_target),
        )
        .annotate(
            is_running=_flag(is_running),
            is_in_grades=_flag(Q(lowest_grade__lte=F("highest"), highest_grade__gte=F("lowest"))),
        )
    )
