"""The twelve things that a school assesses itself in, as `self_assessment.yaml` says them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

ITEMS = Path(__file__).resolve().parent.parent / "self_assessment.yaml"


@dataclass(frozen=True)
class Item:
    """A thing that a school assesses itself in, and what each level of it looks like."""

    code: str
    title: str
    levels: tuple[str, str, str]


@cache
def items() -> tuple[Item, ...]:
    """The twelve things in their order, read once a process. Raises ValueError unless each has three levels."""
    told = yaml.safe_load(ITEMS.read_text(encoding="utf-8"))["items"]
    return tuple(
        Item(line["code"], line["title"], (first, second, third))
        for line in told
        for first, second, third in [line["levels"]]
    )
