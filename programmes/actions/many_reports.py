"""Records many reports at once, typed from a paper: all of them, or none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from accounts.models import User
from programmes.actions.locks import PeriodClosedError
from programmes.actions.sessions import (
    AlreadyHeldError,
    Change,
    DeliveryReport,
    NotHeldReport,
    ReportConflictError,
    report_deliveries,
    report_not_held,
)
from programmes.models import Delivery, NotHeld


@dataclass
class ManyConflictsError(Exception):
    """Somebody else has reported some of the rows meanwhile; nothing was saved.

    `existing` says for each such row what stands there; `held` are rows that cannot be `not held`, as they were held;
    `locked` are rows whose reports lie in a closed period.
    """

    existing: dict[int, Delivery | NotHeld] = field(default_factory=dict)
    held: set[int] = field(default_factory=set)
    locked: dict[int, PeriodClosedError] = field(default_factory=dict)


@transaction.atomic
def report_many(
    *, reports: Mapping[int, DeliveryReport | NotHeldReport], user: User, client_id: UUID | None
) -> list[Change]:
    """Record a report for each row of the plan (by its id), with the rules of a single report.

    The rows are taken in the order of their ids, so that two people who send at once wait for each other in turn.
    """
    conflicts = ManyConflictsError()
    changes: list[Change] = []
    for row_id, report in sorted(reports.items()):
        try:
            with transaction.atomic():
                changes += _report(report, user, client_id)
        except ReportConflictError as error:
            conflicts.existing[row_id] = error.existing[0]
        except AlreadyHeldError:
            conflicts.held.add(row_id)
        except PeriodClosedError as error:
            conflicts.locked[row_id] = error
    if conflicts.existing or conflicts.held or conflicts.locked:
        raise conflicts
    return changes


def _report(report: DeliveryReport | NotHeldReport, user: User, client_id: UUID | None) -> list[Change]:
    if isinstance(report, NotHeldReport):
        return report_not_held(reports=[report], user=user, client_id=client_id)
    return report_deliveries(reports=[report], user=user, client_id=client_id)
