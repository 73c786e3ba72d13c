"""How many sessions of each class stand where: counted inside the database, each session looked at once.

`with_state` says the same of a single session. Asked of a whole municipality it would look every session's first day up
anew wherever a figure names it.
"""

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from curriculum.enums import SessionKind
from curriculum.models import Programme
from programmes.models import Delivery, Participation, PlannedSession, SchoolClass
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
)

# MATERIALIZED: without it PostgreSQL writes the first day's lookup into every place that names it.
STATEMENT = """
WITH planned (school_class, kind, due_date, school, not_held, first_date) AS MATERIALIZED ({planned}),
running (school, start_date, end_date) AS MATERIALIZED ({running}),
expectable (school, due_date) AS MATERIALIZED (
  SELECT asked.school, asked.due_date
  FROM (SELECT DISTINCT school, due_date FROM planned WHERE due_date BETWEEN %s AND %s) asked
  WHERE EXISTS (
    SELECT 1 FROM running
    WHERE running.school = asked.school AND running.start_date <= asked.due_date
      AND (running.end_date IS NULL OR running.end_date >= asked.due_date)
  )
),
looked_at AS (
  SELECT planned.*,
    CASE WHEN expectable.school IS NULL THEN 0 ELSE 1 END AS is_planned,
    CASE WHEN expectable.school IS NOT NULL AND planned.due_date <= %s THEN 1 ELSE 0 END AS is_expected,
    CASE WHEN planned.first_date <= %s THEN 1 ELSE 0 END AS is_held,
    CASE WHEN planned.first_date > %s OR (planned.first_date IS NULL AND planned.not_held IS NOT NULL)
      THEN 1 ELSE 0 END AS is_cancelled,
    CASE WHEN planned.kind = %s THEN 1 ELSE 0 END AS is_base
  FROM planned
  LEFT JOIN expectable ON expectable.school = planned.school AND expectable.due_date = planned.due_date
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
  SUM(CASE WHEN first_date >= %s THEN is_held ELSE 0 END)
FROM looked_at
GROUP BY school_class
"""


def session_counts(
    classes: QuerySet[SchoolClass], *, programme: Programme, period: Period, day: date
) -> dict[int, dict[str, int]]:
    """Count the sessions of each class by the figures they belong to, up to and including a day.

    A class is there when a session of it was due in the period while its school ran the programme, or was held first
    in the period. One question, which reads the rows of these classes alone.
    """
    planned, planned_values = _planned(classes, programme=programme, period=period, day=day).query.sql_with_params()
    running, running_values = _running(classes, programme=programme).query.sql_with_params()
    first_day, last_day, counted_to = map(
        connection.ops.adapt_datefield_value, (period.first_day, period.last_day, day)
    )
    values = (first_day, last_day, counted_to, counted_to, counted_to, SessionKind.BASE.value, first_day)
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(planned=planned, running=running), [*planned_values, *running_values, *values])
        rows = ((school_class, dict(zip(COUNTS, counts, strict=True))) for school_class, *counts in cursor.fetchall())
        return {school_class: counts for school_class, counts in rows if counts["planned"] or counts["sessions_held"]}


def _planned(
    classes: QuerySet[SchoolClass], *, programme: Programme, period: Period, day: date
) -> QuerySet[PlannedSession, Any]:
    """Every session that could count, with the day it was first held."""
    held_in_period = Delivery.objects.filter(planned_session=OuterRef("pk"), date__range=(period.first_day, day))
    return (
        PlannedSession.objects.filter(session__programme=programme, school_class__in=classes.order_by().values("pk"))
        .filter(Q(due_date__range=(period.first_day, period.last_day)) | Exists(held_in_period))
        .with_first_date()
        .order_by()
        .values_list("school_class", "session__kind", "due_date", "school_class__school", "not_held", "first_date")
    )


def _running(classes: QuerySet[SchoolClass], *, programme: Programme) -> QuerySet[Participation, Any]:
    return (
        Participation.objects.active()
        .filter(programme=programme, school__in=classes.order_by().values("school"))
        .order_by()
        .values_list("school", "start_date", "end_date")
    )
