"""Draws answers on an agree scale as one bar: a part for each step, with its number in it."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

register = template.Library()

NARROWEST_WITH_NUMBER = 7  # per cent of the bar


@register.inclusion_tag("components/scale.html")
def scale(counts: Sequence[int], labels: Sequence[str]) -> dict[str, Any]:
    """Four steps from not at all to completely; the words of each are in the bar's name."""
    total = sum(counts)
    parts, start = [], 0.0
    for step, count in enumerate(counts, start=1):
        width = round(100 * count / total, 2) if total else 0
        parts.append(
            {
                "step": step,
                "count": count,
                "x": round(start, 2),
                "width": width,
                "middle": round(start + width / 2, 2),
                "has_number": width >= NARROWEST_WITH_NUMBER,
            }
        )
        start += width
    words = [f"{label} {count}" for label, count in zip(labels, counts, strict=True)]
    name = _("Of %(total)s: %(parts)s") % {"total": total, "parts": ", ".join(words)}
    return {"parts": [part for part in parts if part["count"]], "name": name}


@register.inclusion_tag("components/scale_legend.html")
def scale_legend(labels: Sequence[str]) -> dict[str, Any]:
    """What the parts of the bars are called."""
    return {"steps": list(enumerate(labels, start=1))}
