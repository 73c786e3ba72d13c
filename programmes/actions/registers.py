"""Writes in the centre's registers; every row that is added, changed or removed leaves its trace."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from django.db import models, transaction

from accounts.models import User
from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.models import AssessedItem, CauseAnalysis, Measure, Municipality, School, SelfAssessment

Row = TypeVar("Row", bound=models.Model)


class ChangedMeanwhileError(Exception):
    """Somebody else has changed or removed this meanwhile; nothing was saved now."""


def log_register(
    *, kind: EventKind, row: models.Model, by: User | None, municipality: Municipality, school: School | None = None
) -> None:
    """Write down that a row of a register was added, changed or removed, by the name of its register and its own."""
    about = {"register": row._meta.model_name, "name": str(row)}
    log_event(kind=kind, actor=by, municipality=municipality, school=school, about=about)


@transaction.atomic
def save_register_row(*, row: Row, by: User, municipality: Municipality) -> Row:
    """Add or change a row of a register of the municipality."""
    kind = EventKind.REGISTER_ADDED if row.pk is None else EventKind.REGISTER_CHANGED
    row.save()
    log_register(kind=kind, row=row, by=by, municipality=municipality)
    return row


@transaction.atomic
def save_measure(*, measure: Measure, by: User, seen: datetime | None = None) -> Measure:
    """Write a row of the action plan; `seen` is when the one being changed was last written."""
    if measure.pk is not None:
        current = Measure.objects.select_for_update().filter(pk=measure.pk).first()
        if current is None or current.written_at != seen:
            raise ChangedMeanwhileError
    return save_register_row(row=measure, by=by, municipality=measure.municipality)


@transaction.atomic
def remove_measure(*, measure: Measure, by: User) -> None:
    """Take a row out of the action plan that was written by mistake."""
    log_register(kind=EventKind.REGISTER_REMOVED, row=measure, by=by, municipality=measure.municipality)
    measure.delete()


@transaction.atomic
def save_analysis(*, analysis: CauseAnalysis, by: User, seen: datetime | None = None) -> CauseAnalysis:
    """Write a school year's analysis and what was decided; one that somebody else has written meanwhile refuses."""
    School.objects.select_for_update().get(pk=analysis.school_id)
    found = CauseAnalysis.objects.filter(school=analysis.school_id, start_year=analysis.start_year).first()
    if (found.written_at if found else None) != seen:
        raise ChangedMeanwhileError
    analysis.written_by = by
    analysis.save()
    log_event(
        kind=EventKind.ANALYSIS_WRITTEN,
        actor=by,
        municipality=analysis.school.municipality,
        school=analysis.school,
        about={"year": analysis.start_year},
    )
    return analysis


@transaction.atomic
def save_assessment(
    *, school: School, term: str, levels: Mapping[str, int], by: User, seen: datetime | None = None
) -> SelfAssessment:
    """Write how a school judged its work in a term; what was to be done about a thing stays until it is in place."""
    School.objects.select_for_update().get(pk=school.pk)
    found = SelfAssessment.objects.filter(school=school, term=term).first()
    if (found.written_at if found else None) != seen:
        raise ChangedMeanwhileError
    saved = found or SelfAssessment(school=school, term=term)
    saved.written_by = by
    saved.save()
    AssessedItem.objects.bulk_create(
        [AssessedItem(assessment=saved, code=code, level=level) for code, level in levels.items()],
        update_conflicts=True,
        unique_fields=["assessment", "code"],
        update_fields=["level"],
    )
    log_event(
        kind=EventKind.SCHOOL_ASSESSED, actor=by, municipality=school.municipality, school=school, about={"term": term}
    )
    return saved


@transaction.atomic
def save_assessment_plan(
    *, assessment: SelfAssessment, plan: Mapping[str, tuple[str, str, date | None]]
) -> list[AssessedItem]:
    """Write what is to be done about the things that are not in place: (what, who, by when) for each."""
    items = list(assessment.items.select_for_update().filter(code__in=plan))
    for item in items:
        item.action, item.responsible, item.due_date = plan[item.code]
    AssessedItem.objects.bulk_update(items, ["action", "responsible", "due_date"])
    return items
