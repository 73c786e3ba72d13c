"""Reads the rows of a closed period back as what a report counts: deliveries in figures, and sessions one by one."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from curriculum.models import Session
from programmes.enums import AdaptationWhat, AdaptationWhy, NotHeldReason, PreparationBand, SessionState
from programmes.exports.frozen import DELIVERIES, SESSIONS, rows_of
from programmes.exports.session_columns import DELIVERY_COLUMNS, SESSION_COLUMNS
from programmes.models import ClosedPeriod
from programmes.models.terms import school_year_label
from programmes.reports.coverage import CoverageReport
from programmes.reports.coverage_rows import is_expected
from programmes.reports.fidelity import Adaptation, FidelityFigures, most_common_first
from programmes.reports.outcomes import SessionRow


def frozen_fidelity(
    closed: ClosedPeriod, *, schools: Collection[int]
) -> tuple[dict[int, FidelityFigures], list[Adaptation]]:
    """How it was done, by school (its pk), and the adaptations, as it was written down when the period was closed."""
    by_code = {row["unit_code"]: row["id"] for row in closed.figures["schools"]}
    with translation.override(settings.LANGUAGE_CODE):
        bands, yes = _by_label(PreparationBand), _("yes")
        whats, whys = _by_label(AdaptationWhat), _by_label(AdaptationWhy)
    found: dict[int, FidelityFigures] = {}
    adapted: Counter[tuple[str, str]] = Counter()
    planned: Counter[tuple[str, str]] = Counter()
    for cells in _cells(closed, DELIVERIES, DELIVERY_COLUMNS, schools):
        school, engagement, band = by_code[cells["unit_code"]], cells["engagement"], bands.get(cells["preparation"])
        is_adapted = cells["is_adapted"] == yes
        found[school] = found.get(school, FidelityFigures()) + FidelityFigures(
            deliveries=1,
            core_told=int(cells["core_parts_total"] is not None),
            engagement=engagement or 0,
            engagement_told=int(engagement is not None),
            adapted=int(is_adapted),
            adapted_told=int(cells["is_adapted"] is not None),
            bands=Counter([band] if band else []),
        )
        if is_adapted:
            key = whats.get(cells["adaptation_what"], ""), whys.get(cells["adaptation_why"], "")
            adapted[key] += 1
            planned[key] += cells["adaptation_planned"] == yes
    return found, most_common_first(Adaptation(*key, number, planned[key]) for key, number in adapted.items())


def frozen_sessions(closed: ClosedPeriod, report: CoverageReport) -> list[SessionRow]:
    """The sessions of a frozen report's classes as they stood, class by class in the order of the due dates."""
    classes = {
        (row.school_class.school.unit_code, school_year_label(row.school_class.start_year), row.school_class.name): row
        for row in report.classes
    }
    places = dict(Session.objects.filter(programme=report.programme).values_list("code", "order"))
    with translation.override(settings.LANGUAGE_CODE):
        states, reasons = _by_label(SessionState), _by_label(NotHeldReason)
    rows = []
    for cells in _cells(closed, SESSIONS, SESSION_COLUMNS, {row.school.pk for row in report.schools}):
        due, code = cells["due"], cells["code"]
        rows.append(
            SessionRow(
                school_class=classes[cells["unit_code"], cells["school_year"], cells["class"]].school_class,
                session=Session(code=code, title=cells["session"], order=places[code]),
                due_date=due,
                first_date=cells["date"],
                state=SessionState(states[cells["state"]]),
                reason=reasons.get(cells["reason"], ""),
                is_expected=is_expected(due, runs=True, period=report.period, day=report.day),
            )
        )
    return sorted(rows, key=_class_by_class)


def _class_by_class(row: SessionRow) -> tuple[str, str, date, int]:
    school_class = row.school_class
    return school_class.school.sort_key, school_class.sort_key, row.due_date or date.max, row.session.order


def _cells(closed: ClosedPeriod, sheet: str, columns: Any, schools: Collection[int]) -> Iterator[dict[str, Any]]:
    keys = [column.key for column in columns]
    return (dict(zip(keys, row, strict=True)) for row in rows_of(closed, sheet, columns=columns, schools=schools))


def _by_label(choices: Any) -> dict[Any, str]:
    return {str(label): value for value, label in choices.choices}
