"""The world around in figures, to stand beside what was done; nothing here says that one caused the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from programmes.models import Indicator


@dataclass(frozen=True)
class Series:
    """One indicator in one place through the years, the earliest first; `area` is empty for the municipality."""

    name: str
    area: str
    unit: str
    values: Sequence[tuple[int, Decimal]]
    sources: Sequence[str]


def series_of(indicators: Iterable[Indicator]) -> list[Series]:
    """Indicators by what they measure and where: the municipality's first, then area by area.

    The unit is the latest year's; each source is named once. `area` should be fetched with them.
    """
    groups: dict[tuple[str, str], list[Indicator]] = {}
    for indicator in indicators:
        key = (indicator.area.name if indicator.area else "", indicator.name)
        groups.setdefault(key, []).append(indicator)
    found = []
    for (area, name), rows in sorted(groups.items()):
        rows.sort(key=lambda row: row.year)
        found.append(
            Series(
                name=name,
                area=area,
                unit=rows[-1].unit,
                values=[(row.year, row.value.normalize()) for row in rows],
                sources=list(dict.fromkeys(row.source for row in rows)),
            )
        )
    return found
