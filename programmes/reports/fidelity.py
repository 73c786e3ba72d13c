"""How it was done: engagement, preparation and adaptations, over the deliveries that recorded them.

Adherence, attendance and time are figures of coverage (see `coverage`); nothing here is a mean of shares.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from programmes.enums import PreparationBand
from programmes.models import Delivery


@dataclass(frozen=True)
class FidelityFigures:
    """Counts of deliveries that may be added. `engagement` is the sum of the marks (1 to 4) over `engagement_told`."""

    deliveries: int = 0
    core_told: int = 0
    engagement: int = 0
    engagement_told: int = 0
    adapted: int = 0
    adapted_told: int = 0
    bands: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "FidelityFigures") -> "FidelityFigures":
        return FidelityFigures(
            *(getattr(self, count.name) + getattr(other, count.name) for count in fields(FidelityFigures))
        )

    @property
    def engagement_mean(self) -> float | None:
        """Between 1 and 4; None when no delivery recorded it."""
        return self.engagement / self.engagement_told if self.engagement_told else None

    @property
    def adapted_share(self) -> float | None:
        """Of the deliveries that said whether they were adapted; None when none did."""
        return self.adapted / self.adapted_told if self.adapted_told else None

    @property
    def bands_told(self) -> int:
        return self.bands.total()


@dataclass(frozen=True)
class Adaptation:
    """What was changed, and why (FRAME); empty where nobody said. `planned`: those that were decided beforehand."""

    what: str
    why: str
    deliveries: int
    planned: int


def fidelity_by_school(deliveries: QuerySet[Delivery]) -> dict[int, FidelityFigures]:
    """Count the deliveries of each school (by its pk) in 1 question."""
    bands = {f"_{band.value}": Count("pk", filter=Q(preparation=band)) for band in PreparationBand}
    rows: Any = (
        deliveries.order_by()
        .values("planned_session__school_class__school")
        .annotate(
            _deliveries=Count("pk"),
            _core_told=Count("core_parts_total"),
            _engagement=Sum("engagement"),
            _engagement_told=Count("engagement"),
            _adapted=Count("pk", filter=Q(is_adapted=True)),
            _adapted_told=Count("is_adapted"),
            **bands,
        )
    )
    return {
        row["planned_session__school_class__school"]: FidelityFigures(
            deliveries=row["_deliveries"],
            core_told=row["_core_told"],
            engagement=row["_engagement"] or 0,
            engagement_told=row["_engagement_told"],
            adapted=row["_adapted"],
            adapted_told=row["_adapted_told"],
            bands=Counter({band.value: row[f"_{band.value}"] for band in PreparationBand}),
        )
        for row in rows
    }


def adaptations(deliveries: QuerySet[Delivery]) -> list[Adaptation]:
    """What was changed and why, the most common first, in 1 question. Source: FRAME (Wiltsey Stirman et al. 2019)."""
    rows = (
        deliveries.filter(is_adapted=True)
        .order_by()
        .values_list("adaptation_what", "adaptation_why")
        .annotate(number=Count("pk"), _planned=Count("pk", filter=Q(adaptation_planned=True)))
    )
    return most_common_first(Adaptation(what, why, number, planned) for what, why, number, planned in rows)


def most_common_first(rows: Iterable[Adaptation]) -> list[Adaptation]:
    """The order that adaptations are told in."""
    return sorted(rows, key=lambda row: (-row.deliveries, row.what, row.why))
