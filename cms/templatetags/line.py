"""Draws a year as a line with stations: it knows positions, signs and names, and no school.

A station is placed by a share of the drawing's width and a few pixels beside it. Both come from laying the line out
twice, at its roomy width and at the narrowest one, so that on every screen the stations stand at their dates and no
two touch, without a script and without a second drawing for phones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

register = template.Library()

# Pixels from a sign's middle to its edge along the line: ordinary and base station.
RADII = {"held": (7, 10), "planned": (7, 10), "due": (9, 11), "missing": (10, 13), "cancelled": (7, 9)}
GAP = 2
# Room is kept for rounding: percentages are written with two decimals.
_LAYOUT_GAP = GAP + 0.2
# The widths at which a line may be at its narrowest; below, it scrolls sideways. The stylesheet knows them too.
ROOMS = (216, 320, 480, 640, 960)
# The width at which stations stand at their dates, save for those that would touch.
WIDTH = 800
# A line fuller than this at a width takes the next one, so that crowds do not push others far from their dates.
FULL = 0.8
HIT = 22
MAP_SCALE = 1.7

SIGN_NAMES: dict[str, str | Promise] = {
    "held": gettext_lazy("held"),
    "planned": gettext_lazy("planned"),
    "due": gettext_lazy("due now"),
    "missing": gettext_lazy("not reported"),
    "cancelled": gettext_lazy("not held"),
}


@dataclass(frozen=True)
class Stop:
    """A station: where along the line, what sign, and what it is called."""

    position: float
    sign: str
    name: str
    is_major: bool = False
    url: str = ""
    label: str = ""
    sublabel: str = ""

    def __post_init__(self) -> None:
        if self.sign not in RADII:
            raise ValueError(f"Unknown sign {self.sign!r}; one of {', '.join(RADII)}.")

    @property
    def radius(self) -> int:
        return RADII[self.sign][self.is_major]

    @property
    def symbol(self) -> str:
        return f"sign-{self.sign}-major" if self.is_major else f"sign-{self.sign}"


@dataclass(frozen=True)
class Line:
    """A line: its stations, how far it has come, and its name for those who listen."""

    stops: Sequence[Stop]
    progress: float | None = None
    mark_label: str = ""
    scale: Sequence[tuple[float, str]] = field(default_factory=list)
    programme: str = "taget"
    name: str = ""


@dataclass(frozen=True)
class Placed:
    """A station with its place: a share of the width in per cent, and pixels beside it."""

    stop: Stop
    percent: float
    offset: float
    hit_start: float
    hit_width: float
    anchor: str = "middle"

    def at(self, width: float) -> float:
        return self.percent / 100 * width + self.offset


def spread(targets: Sequence[float], gaps: Sequence[float], width: float) -> list[float]:
    """Move points as little as possible so that neighbours keep their gaps within 0…width; the order is kept.

    Least squares: with the gaps taken out, it is isotonic regression (pool adjacent violators).
    Without room, all gaps shrink alike.
    """
    if not targets:
        return []
    before = [0.0]
    for gap in gaps:
        before.append(before[-1] + gap)
    if before[-1] > width:
        return [position * width / before[-1] for position in before]
    pools: list[list[float]] = []
    for target, taken in zip(targets, before, strict=True):
        pools.append([target - taken, 1])
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            mean, count = pools.pop()
            total = pools[-1][1] + count
            pools[-1] = [(pools[-1][0] * pools[-1][1] + mean * count) / total, total]
    flat = [mean for mean, count in pools for _ in range(int(count))]
    room = width - before[-1]
    return [min(max(value, 0), room) + taken for value, taken in zip(flat, before, strict=True)]


def place(stops: Iterable[Stop], *, width: int = WIDTH, factor: float = 1, room: int = 0) -> tuple[list[Placed], int]:
    """Place the stations for every width from the narrowest up, and tell how wide the narrowest is."""
    ordered = sorted(stops, key=lambda stop: stop.position)
    gaps = [(a.radius + b.radius) * factor + _LAYOUT_GAP for a, b in pairwise(ordered)]
    narrow = next((step for step in ROOMS if step >= room and sum(gaps) <= step * FULL), ROOMS[-1])
    wide = max(width, narrow + 1)
    shares = [min(max(stop.position, 0), 1) for stop in ordered]
    at_narrow = spread([share * narrow for share in shares], gaps, narrow)
    at_wide = spread([share * wide for share in shares], gaps, wide)
    placed = []
    for index, stop in enumerate(ordered):
        share = (at_wide[index] - at_narrow[index]) / (wide - narrow)
        before = (at_narrow[index] - at_narrow[index - 1]) / 2 if index else HIT
        after = (at_narrow[index + 1] - at_narrow[index]) / 2 if index + 1 < len(ordered) else HIT
        offset = at_narrow[index] - share * narrow
        start = min(before, HIT)
        placed.append(
            Placed(
                stop=stop,
                percent=round(share * 100, 2),
                offset=round(offset, 1),
                hit_start=round(offset - start, 1),
                hit_width=round(start + min(after, HIT), 1),
                anchor="start" if shares[index] < 0.06 else "end" if shares[index] > 0.94 else "middle",
            )
        )
    return placed, narrow


@register.inclusion_tag("components/line.html")
def line(drawn: Line, width: int = WIDTH, size: str = "row") -> dict[str, Any]:
    """The line as a drawing: `size="row"` for tables, `size="map"` for a page's own large line with labels."""
    has_labels = any(stop.label for stop in drawn.stops)
    has_sublabels = any(stop.sublabel for stop in drawn.stops)
    factor = MAP_SCALE if size == "map" else 1
    placed, room = place(drawn.stops, width=width, factor=factor, room=640 if has_labels or has_sublabels else 0)
    top = 28 if size == "row" else 36
    has_week = bool(drawn.mark_label) and size == "map"
    if has_labels or has_week:
        top += 16
    return {
        "line": drawn,
        "placed": placed,
        "room": room if room > ROOMS[0] else None,
        "size": size,
        "factor": factor if factor != 1 else None,
        "middle": top,
        "height": top + (28 if size == "row" else 36) + (16 if has_sublabels else 0),
        "label_y": top - (18 if size == "row" else 32),
        "sublabel_y": top + (28 if size == "row" else 42),
        "done": _percent(drawn.progress) if drawn.progress is not None else None,
        "has_week": has_week,
        "has_mark": drawn.progress is not None and 0 < drawn.progress < 1,
    }


@register.inclusion_tag("components/stations.html")
def stations(drawn: Line) -> dict[str, Any]:
    """The same line as a list that runs downwards: for phones, and for stations with long names."""
    ordered = sorted(drawn.stops, key=lambda stop: stop.position)
    return {
        "line": drawn,
        "rows": [(stop, drawn.progress is None or stop.position <= drawn.progress) for stop in ordered],
    }


@register.inclusion_tag("components/line_axis.html")
def line_axis(
    scale: Sequence[tuple[float, str]],
    labels: Sequence[tuple[float, str]] = (),
    mark: float | None = None,
    mark_label: str = "",
) -> dict[str, Any]:
    """Month names above lines in the same column; `labels` (the base sessions) show where there is room."""
    top = 18 if labels else 0
    week = mark if mark_label else None
    return {
        "months": [(_percent(position), text, _near(position, week)) for position, text in scale],
        "labels": [(_percent(position), text) for position, text in labels],
        "mark": _percent(mark) if mark is not None else None,
        "mark_label": mark_label,
        "month_y": top + 16,
        "height": top + 22,
    }


@register.inclusion_tag("components/line_legend.html")
def line_legend(large: str = "") -> dict[str, Any]:
    """What each sign means, in words; `large` says what a large station is where it is no base session."""
    return {"signs": list(SIGN_NAMES.items()), "large": large}


@register.inclusion_tag("components/sign.html")
def sign(name: str, label: str = "", *, major: bool = False) -> dict[str, Any]:
    """One sign alone; give a label where no words stand beside it."""
    return {"symbol": f"sign-{name}-major" if major else f"sign-{name}", "label": label}


@register.inclusion_tag("components/bar.html")
def bar(held: int, cancelled: int, missing: int, total: int | None = None, programme: str = "") -> dict[str, Any]:
    """Held, not held and not reported as parts of what was expected."""
    total = held + cancelled + missing if total is None else total
    parts = [
        ngettext("%(count)s held", "%(count)s held", held) % {"count": held},
        ngettext("%(count)s not held", "%(count)s not held", cancelled) % {"count": cancelled},
        ngettext("%(count)s not reported", "%(count)s not reported", missing) % {"count": missing},
    ]
    return {
        "held": _percent(held / total) if total else 0,
        "cancelled": _percent(cancelled / total) if total else 0,
        "cancelled_start": _percent(held / total) if total else 0,
        "missing": _percent(missing / total) if total else 0,
        "missing_start": _percent((held + cancelled) / total) if total else 0,
        "programme": programme,
        "name": (
            _("Of %(total)s expected: %(parts)s") % {"total": total, "parts": ", ".join(parts)}
            if total
            else _("Nothing expected")
        ),
    }


@register.inclusion_tag("components/ring.html")
def ring(minutes: int, share: float = 1, programme: str = "") -> dict[str, Any]:
    """A quiet ring that shows a step's minutes; `share` is how much of it is filled, 0 to 1."""
    return {"minutes": minutes, "filled": _percent(min(max(share, 0), 1)), "programme": programme}


def _near(position: float, mark: float | None) -> str:
    """A month's name gives way to the week's: everywhere when they would touch, or on narrow lines only."""
    distance = 1 if mark is None else abs(position - mark)
    return "always" if distance < 0.04 else "narrow" if distance < 0.11 else ""


def _percent(share: float) -> float:
    return round(share * 100, 2)
