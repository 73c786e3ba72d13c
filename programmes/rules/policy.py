"""The policy file as Python sees it: what each role is, what it may give, and how far each right reaches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise

from programmes.enums import Role

POLICY = Path(__file__).resolve().parent.parent / "policy.yaml"
MENTOR = "mentor"
WORDS = frozenset({"says", "with", "by"})


class Reach(StrEnum):
    """How far a right reaches."""

    CLASS = "class"
    SCHOOL = "school"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True)
class RoleLine:
    """A role in words, and what it may give to others and change."""

    key: str
    name: str | Promise
    who: str
    gives: frozenset[Role] = frozenset()
    programmes: frozenset[str] = frozenset()
    needs_end_date: bool = False
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class RightLine:
    """A right: what it says to people, and how far it reaches for each role that has it.

    `by` names the entry of the role that says how far: the roles that it gives, the programmes that it changes.
    """

    key: str
    says: str
    by: str = ""
    reach: Mapping[str, Reach] = field(default_factory=dict)


@dataclass(frozen=True)
class Policy:
    """The whole file: roles in their order, what lists show, and what may be done."""

    roles: Mapping[str, RoleLine]
    sees: Mapping[str, RightLine]
    may: Mapping[str, RightLine]


@cache
def policy() -> Policy:
    """The file, read once a process. Raises ValueError for a role or a reach that there is not."""
    told = yaml.safe_load(POLICY.read_text(encoding="utf-8"))
    roles = {key: _role(key, line) for key, line in told["roles"].items()}
    if missing := {*Role.values, MENTOR} ^ set(roles):
        raise ValueError(f"The policy and the roles differ: {', '.join(sorted(missing))}.")
    return Policy(roles, *({key: _right(key, told[part], roles) for key in told[part]} for part in ("sees", "may")))


def _role(key: str, line: Mapping[str, Any]) -> RoleLine:
    return RoleLine(
        key=key,
        name=line.get("name") or Role(key).label,
        who=line["who"],
        gives=frozenset(Role(name) for name in line.get("gives", ())),
        programmes=frozenset(line.get("programmes", ())),
        needs_end_date=line.get("needs_end_date", False),
        limits=tuple(line.get("limits", ())),
    )


def _right(key: str, lines: Mapping[str, Mapping[str, str]], roles: Mapping[str, RoleLine]) -> RightLine:
    line = lines[key]
    reach = {role: value for role, value in line.items() if role not in WORDS}
    if not reach and "with" in line and "by" not in line:
        reach = {role: value for role, value in lines[line["with"]].items() if role not in WORDS}
    if unknown := set(reach) - set(roles):
        raise ValueError(f"{key}: there is no role {', '.join(sorted(unknown))}.")
    return RightLine(
        key=key,
        says=line.get("says", ""),
        by=line.get("by", ""),
        reach={role: Reach(value) for role, value in reach.items()},
    )
