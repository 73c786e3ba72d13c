"""What stands where of each class's sessions: counted inside the database, each session and delivery looked at once.

`with_state` says the same of a single session. Asked of a whole municipality it would look every session's first day up
anew wherever a figure names it.
"""

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.expressions import RawSQL

from curriculum.enums import SessionKind
from curriculum.models import Programme
from programmes.models import Delivery, NotHeld, Participation, PlannedSession, SchoolClass
from programmes.models.terms import Period

COUNTS = (
    "planned",
    "expected",
    "held_of_expected",
    "not_held",
    "not_reported",
    "on_time",
    "expected_base",
    "held_base",
    "sessions_held",
    "classes_reached",
    "present",
    "group_size",
    "core_parts_done",
    "core_parts_total",
)

# MATERIALIZED: without it PostgreSQL would choose the sessions anew in every place that names them. IS NOT NULL and not
# EXISTS: that it may answer by reading the participations and reports of every municipality.
STATEMENT = """
WITH chosen (id, school_class, kind, due_date, school) AS MATERIALIZED ({chosen}),
counted AS (
  SELECT chosen.*, delivered.*, CASE WHEN delivered.first_date IS NULL THEN ({not_held}) END AS not_held
  FROM chosen LEFT JOIN {lateral} ({delivered}) delivered ON delivered.planned_session = chosen.id
),
expectable (school, due_date) AS MATERIALIZED (
  SELECT asked.school, asked.due_date
  FROM (SELECT DISTINCT school, due_date FROM chosen) asked
  WHERE ({participation}) IS NOT NULL AND asked.due_date BETWEEN %s AND %s
),
looked_at AS (
  SELECT counted.*,
    CASE WHEN expectable.school IS NULL THEN 0 ELSE 1 END AS is_planned,
    CASE WHEN expectable.school IS NOT NULL AND counted.due_date <= %s THEN 1 ELSE 0 END AS is_expected,
    CASE WHEN counted.first_date <= %s THEN 1 ELSE 0 END AS is_held,
    CASE WHEN counted.first_date > %s OR counted.not_held IS NOT NULL THEN 1 ELSE 0 END AS is_cancelled,
    CASE WHEN counted.kind = %s THEN 1 ELSE 0 END AS is_base
  FROM counted
  LEFT JOIN expectable ON expectable.school = counted.school AND expectable.due_date = counted.due_date
)
SELECT school_class,
  SUM(is_planned),
  SUM(is_expected),
  SUM(is_expected * is_held),
  SUM(is_expected * is_cancelled),
  SUM(is_expected * (1 - is_held - is_cancelled)),
  SUM(CASE WHEN first_date <= due_date THEN is_expected * is_held ELSE 0 END),
  SUM(is_expected * is_base),
  SUM(is_expected * is_held * is_base),
  SUM(CASE WHEN first_date >= %s THEN is_held ELSE 0 END),
  MAX(CASE WHEN deliveries > 0 THEN 1 ELSE 0 END),
  CAST(COALESCE(SUM(sum_present), 0) AS bigint),
  CAST(COALESCE(SUM(sum_group_size), 0) AS bigint),
  CAST(COALESCE(SUM(sum_core_parts_count), 0) AS bigint),
  CAST(COALESCE(SUM(sum_core_parts_total), 0) AS bigint)
FROM looked_at
GROUP BY school_class
"""


def class_counts(
    classes: QuerySet[SchoolClass], *, programme: Programme, period: Period, day: date
) -> dict[int, dict[str, int]]:
    """Count the sessions, head-counts and core parts of each class, up to and including a day.

    A class is there when a session of it was due in the period while its school ran the programme, or was held in the
    period. Head-counts and core parts are added up over the deliveries of the period that recorded them. One question,
    which reads the rows of these classes alone.
    """
    rows_of = {
        "chosen": _chosen(classes, programme=programme, period=period, day=day),
        "delivered": _delivered(period=period, day=day),
        "participation": _participation(programme),
        "not_held": NotHeld.objects.filter(planned_session=RawSQL("chosen.id", ())).values_list("pk"),
    }
    parts = {"lateral": "LATERAL" if _asks_one_by_one() else ""}
    values: list[Any] = []
    for name, rows in rows_of.items():
        parts[name], of_part = rows.query.sql_with_params()
        values += of_part
    first_day, last_day, counted_to = map(
        connection.ops.adapt_datefield_value, (period.first_day, period.last_day, day)
    )
    values += [first_day, last_day, counted_to, counted_to, counted_to, SessionKind.BASE.value, first_day]
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(**parts), values)
        counted = {pk: dict(zip(COUNTS, counts, strict=True)) for pk, *counts in cursor.fetchall()}
    return {pk: counts for pk, counts in counted.items() if counts["planned"] or counts["classes_reached"]}


def _chosen(
    classes: QuerySet[SchoolClass], *, programme: Programme, period: Period, day: date
) -> QuerySet[PlannedSession, Any]:
    """Every session that could count: due in the period, or held in it."""
    held_in_period = Delivery.objects.filter(planned_session=OuterRef("pk"), date__range=(period.first_day, day))
    return (
        PlannedSession.objects.filter(session__programme=programme, school_class__in=classes.order_by().values("pk"))
        .filter(Q(due_date__range=(period.first_day, period.last_day)) | Exists(held_in_period))
        .order_by()
        .values_list("pk", "school_class", "session__kind", "due_date", "school_class__school")
    )


def _delivered(*, period: Period, day: date) -> QuerySet[Delivery, Any]:
    """What was delivered of each chosen session that was held: its first day, and the sums of the period."""
    chosen = (
        Q(planned_session=RawSQL("chosen.id", ()))
        if _asks_one_by_one()
        else Q(planned_session__in=RawSQL("SELECT id FROM chosen", ()))
    )
    in_period = Q(date__range=(period.first_day, day))
    return (
        Delivery.objects.filter(chosen)
        .order_by()
        .values_list("planned_session")
        .annotate(
            first_date=Min("date"),
            deliveries=Count("pk", filter=in_period),
            sum_present=Sum("present", filter=in_period),
            sum_group_size=Sum("group_size", filter=in_period & Q(present__isnull=False)),
            sum_core_parts_count=Sum("core_parts_count", filter=in_period),
            sum_core_parts_total=Sum("core_parts_total", filter=in_period),
        )
    )


def _asks_one_by_one() -> bool:
    """Whether deliveries are looked up session by session: SQLite knows no LATERAL and makes one table of them all.

    On PostgreSQL that table is more than it keeps in memory, and takes half as long again.
    """
    return connection.vendor != "sqlite"


def _participation(programme: Programme) -> QuerySet[Participation, Any]:
    """Whether a school runs the programme on a due date: one row of it, or none."""
    rows = Participation.objects.active().covering(RawSQL("asked.due_date", ()))
    return rows.filter(programme=programme, school=RawSQL("asked.school", ())).order_by().values_list("pk")[:1]
