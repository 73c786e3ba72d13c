"""Writes what was planned and reported, many rows at a time, with the day on which each report was sent."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.db.models.functions import Cast
from wagtail.models import PageLogEntry, Revision

from programmes.models import Delivery, DeliveryLeader, Municipality, NotHeld

SENT_AT = time(13, 20, tzinfo=UTC)
ROWS_AT_A_TIME = 500


def save_deliveries(told: Sequence[tuple[Delivery, list[DeliveryLeader]]], *, with_history: bool) -> None:
    """Deliveries and their leaders, reported on the afternoon of the day they were held."""
    deliveries = Delivery.objects.bulk_create([delivery for delivery, _leaders in told], batch_size=ROWS_AT_A_TIME)
    leaders = [leader for _delivery, leaders in told for leader in leaders]
    DeliveryLeader.objects.bulk_create(leaders, batch_size=ROWS_AT_A_TIME)
    for delivery in deliveries:
        delivery.reported_at = sent_at(delivery.date)
    if with_history:
        _record(Delivery, [(row, row.reported_at, row.reported_by) for row in deliveries])
        _record(DeliveryLeader, [(row, row.delivery.reported_at, row.delivery.reported_by) for row in leaders])


def save_not_held(told: Sequence[tuple[NotHeld, date]], *, with_history: bool) -> None:
    """Sessions that were not held, with the day on which that was reported."""
    rows = NotHeld.objects.bulk_create([row for row, _day in told], batch_size=ROWS_AT_A_TIME)
    for row, day in told:
        row.reported_at = sent_at(day)
    NotHeld.objects.bulk_update(rows, ["reported_at"], batch_size=ROWS_AT_A_TIME)
    if with_history:
        _record(NotHeld, [(row, row.reported_at, row.reported_by) for row in rows])


def date_reports(municipality: Municipality) -> None:
    """Give every delivery its day of report: the column says `now` for whatever is inserted."""
    sent = ExpressionWrapper(
        Cast(F("date"), DateTimeField()) + Value(timedelta(hours=SENT_AT.hour, minutes=SENT_AT.minute)),
        output_field=DateTimeField(),
    )
    Delivery.objects.filter(planned_session__school_class__school__municipality=municipality).update(reported_at=sent)


def date_plans(municipality: Municipality, *, day: date) -> None:
    """Say that the plans of the deliveries were published before them, and not when the demo was loaded."""
    deliveries = Delivery.objects.filter(planned_session__school_class__school__municipality=municipality)
    used = Revision.objects.filter(pk__in=list(deliveries.values_list("plan_revision", flat=True).distinct()))
    younger = list(used.filter(created_at__date__gt=day).values_list("pk", flat=True))
    PageLogEntry.objects.filter(revision__in=younger).update(timestamp=sent_at(day))
    Revision.objects.filter(pk__in=younger).update(created_at=sent_at(day))


def sent_at(day: date) -> datetime:
    return datetime.combine(day, SENT_AT)


def _record(model: Any, rows: Sequence[tuple[Any, datetime, Any]]) -> None:
    """The first line of each row's history, so that a correction has an old value to show."""
    for row, moment, user in rows:
        row._history_date, row._history_user = moment, user
    model.history.bulk_history_create([row for row, _moment, _user in rows], batch_size=ROWS_AT_A_TIME)
