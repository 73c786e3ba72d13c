"""Reads what is kept for how long: `config/retention.yaml`, and the municipality's own decisions over it."""

from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from programmes.actions.retention import Decision, RowRule


class RetentionError(Exception):
    """A file of decisions that cannot be used; its text says where, in one sentence."""


def read_policy(path: Path | None = None) -> dict[str, Any]:
    """The whole file as it is written, with the municipality's days and references in place of the defaults."""
    policy = _read(path or settings.RETENTION_FILE)
    if settings.RETENTION_DECISIONS:
        for name, decided in _read(Path(settings.RETENTION_DECISIONS)).items():
            if name not in policy["decisions"] or not {"days", "reference"} >= set(decided):
                raise RetentionError(f"{name}: not a decision with days and reference")
            policy["decisions"][name] |= decided
    return policy


def read_decisions(path: Path | None = None) -> list[Decision]:
    """Every decision with the rules that a machine can follow; raises RetentionError on what makes no sense."""
    policy = read_policy(path)
    return [_decision(name, decided, policy) for name, decided in policy["decisions"].items()]


def days_kept(name: str) -> int:
    """For how many days a decision keeps what it is about; 0 where it has none."""
    return next((row.days or 0 for row in read_decisions() if row.name == name), 0)


def _read(path: Path) -> dict[str, Any]:
    """A file as it is now; it is parsed again only when it has changed."""
    try:
        return deepcopy(_parsed(path, path.stat().st_mtime_ns))
    except (OSError, yaml.YAMLError) as error:
        raise RetentionError(f"{path.name} cannot be read") from error


@lru_cache(maxsize=8)
def _parsed(path: Path, changed: int) -> dict[str, Any]:
    return yaml.safe_load(path.read_text()) or {}


def _decision(name: str, decided: dict[str, Any], policy: dict[str, Any]) -> Decision:
    days, reference = decided["days"], decided["reference"]
    if not (days is None or (isinstance(days, int) and days >= 0)) or (days is not None and not reference):
        raise RetentionError(f"{name}: days is a number, and has a reference")
    rows = policy["rows"].get(name, {})
    rules = [_rule(name, model, line, policy) for model, line in rows.items()]
    return Decision(
        name=name,
        after=decided["after"],
        days=days,
        reference=reference,
        goes_by_itself=bool(decided.get("by_itself")),
        rules=tuple(rules),
    )


def _rule(name: str, model: str, line: dict[str, Any], policy: dict[str, Any]) -> RowRule:
    fields = [field for field, kept in policy["personal"].get(model, {}).items() if kept["keep"] == name]
    return RowRule(
        model=model, deed=line["do"], by=line.get("by", ""), fields=tuple(fields), leaves=line.get("leaves", "")
    )
