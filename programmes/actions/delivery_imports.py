"""Takes in what a school has logged in a file of its own: all of it, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import User
from curriculum.models import Session, SessionPlanPage
from programmes.actions.locks import PeriodClosedError, require_open
from programmes.actions.previews import (
    BATCH,
    ImportOutcome,
    ImportRefusedError,
    Preview,
    PreviewedRow,
    require_takeable,
    taken_in,
)
from programmes.enums import ImportResult
from programmes.models import Delivery, Municipality, PlannedSession, SchoolClass


@dataclass(frozen=True, kw_only=True)
class DeliveryRow(PreviewedRow):
    """A row of a log.

    `values` are columns of Delivery as they would be saved; `seen` is the version of the report that stands there
    already; `choices` are the sessions that a text may mean, and `asked` is that text as answers name it.
    """

    school_class: SchoolClass | None = None
    session: Session | None = None
    group: int = Delivery.WHOLE_CLASS
    values: Mapping[str, Any]
    seen: int | None = None
    choices: Sequence[Session] = ()

    @property
    def key(self) -> tuple[int, int, int]:
        """Class, session and group: what a delivery is one of. Only for rows that are no errors."""
        if self.school_class is None or self.session is None:
            raise ValueError("A row that is no error knows its class and its session.")
        return self.school_class.pk, self.session.pk, self.group


DeliveryPreview = Preview[DeliveryRow]


@transaction.atomic
def import_deliveries(*, preview: DeliveryPreview, skip_errors: bool, user: User | None = None) -> ImportOutcome:
    """Create and correct the deliveries of a previewed log, in one transaction, with every old value kept.

    Refused while a row is an error or asks something, unless those rows are to be skipped, and when somebody has
    reported the same meanwhile. A session that nobody planned is added as unplanned. The same log again changes
    nothing; a correction in a closed period is refused. Needs six queries and three for each five hundred rows.
    """
    require_takeable(preview, skip_errors=skip_errors)
    new, changed = preview.with_result(ImportResult.NEW), preview.with_result(ImportResult.CHANGED)
    planned = _planned(new + changed)
    existing = _existing(planned, new + changed)
    if any(row.key in existing for row in new) or any(
        row.key not in existing or existing[row.key].version != row.seen for row in changed
    ):
        raise ImportRefusedError(_changed_meanwhile())
    _create(new, planned, preview.municipality, user)
    try:
        _change(changed, existing, user)
    except PeriodClosedError as error:
        raise ImportRefusedError(str(error)) from error
    return taken_in(preview, what="deliveries", user=user)


def _changed_meanwhile() -> str:
    return _("Nothing was imported: somebody has reported the same sessions meanwhile. Try again.")


def _planned(rows: Sequence[DeliveryRow]) -> dict[tuple[int, int], PlannedSession]:
    """The places on the classes' lines that the rows are about, locked; a session that nobody planned gets one."""
    wanted = {row.key[:2] for row in rows}
    found = _locked(wanted)
    missing = sorted(wanted - set(found))
    if missing:
        PlannedSession.objects.bulk_create(
            [PlannedSession(school_class_id=school_class, session_id=session) for school_class, session in missing],
            batch_size=BATCH,
            ignore_conflicts=True,
        )
        found = _locked(wanted)
    return found


def _locked(wanted: set[tuple[int, int]]) -> dict[tuple[int, int], PlannedSession]:
    rows = PlannedSession.objects.select_for_update().filter(
        school_class__in={school_class for school_class, _session in wanted},
        session__in={session for _school_class, session in wanted},
    )
    return {(row.school_class_id, row.session_id): row for row in rows.order_by("pk")}


def _existing(
    planned: Mapping[tuple[int, int], PlannedSession], rows: Sequence[DeliveryRow]
) -> dict[tuple[int, int, int], Delivery]:
    classes = {row.key[0] for row in rows}
    deliveries = Delivery.objects.filter(planned_session__school_class__in=classes)
    keys = {row.pk: key for key, row in planned.items()}
    return {
        (*keys[delivery.planned_session_id], delivery.group): delivery
        for delivery in deliveries
        if delivery.planned_session_id in keys
    }


def _create(
    rows: Sequence[DeliveryRow],
    planned: Mapping[tuple[int, int], PlannedSession],
    municipality: Municipality,
    user: User | None,
) -> None:
    if not rows:
        return
    publications = SessionPlanPage.objects.publications(site=municipality.site)
    deliveries = [
        Delivery(
            planned_session=planned[row.key[:2]],
            group=row.group,
            plan_revision_id=_version_on(row.values["date"], publications.get(row.key[1], [])),
            reported_by=user,
            **row.values,
        )
        for row in rows
    ]
    try:
        with transaction.atomic():
            bulk_create_with_history(deliveries, Delivery, batch_size=BATCH, default_user=user)
    except IntegrityError as error:
        raise ImportRefusedError(_changed_meanwhile()) from error


def _version_on(day: date, published: Sequence[tuple[datetime, int]]) -> int | None:
    """The version of a plan that was live in the evening of a day; before the first publication, the first one."""
    evening = make_aware(datetime.combine(day + timedelta(days=1), time.min))
    before = [revision for moment, revision in published if moment < evening]
    return before[-1] if before else next((revision for _moment, revision in published), None)


def _change(rows: Sequence[DeliveryRow], existing: Mapping[tuple[int, int, int], Delivery], user: User | None) -> None:
    deliveries: list[Delivery] = []
    columns = {"version"}
    if rows:
        require_open([existing[row.key] for row in rows])
    for row in rows:
        delivery = existing[row.key]
        delivery.version += 1
        for column, value in row.values.items():
            if getattr(delivery, column) != value:
                setattr(delivery, column, value)
                columns.add(column)
        deliveries.append(delivery)
    if deliveries:
        bulk_update_with_history(deliveries, Delivery, sorted(columns), batch_size=BATCH, default_user=user)
