"""Asks Skolverket's register of school units (Skolenhetsregistret v2) for the schools of a municipality.

Its list names the units that are active; the rest of what is known of each is asked for one by one. The head of a
school is a person and is not read. Source: the register's own description of v2; docs/import.md says what Stins
makes of it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import requests
from django.utils.translation import gettext as _

from accounts.rules import find_personal_identity_number
from programmes.imports.rest import MAX_PAGES, NotThereError, RegisterError, Server
from programmes.imports.school_units import UNKNOWN
from programmes.imports.sheets import Reading, Row

ACTIVE = "AKTIV"
# Units that no pupil goes to, and Swedish schools abroad.
NO_SCHOOLS = {"CENTRAL", "UTLAND"}
# Kinds of school without the years that Stins is about; any other kind, also one that is new, is taken for a school.
OTHER_KINDS = {"FTH", "OPPFTH", "OPPFSK", "GY", "GYAN", "GYSAR", "VUX", "KOMVUX", "KOMVUXGRU", "KOMVUXGY", "KOMVUXSAR"}
OTHER_KINDS |= {"SFI", "FHSK", "YH", "KKUSK", "FRISKVARD"}
PRESCHOOL_CLASS = {"FKLASS", "FSK", "FKLASSAN"}
AT_ONCE = 4

Entity = Mapping[str, Any]


def read_school_units(server: Server, *, municipality_code: str, known_codes: Collection[str]) -> Reading:
    """The active units of a municipality, and what the register says of those that Stins knows: rows for the preview.

    Central units and those abroad are left out, and units without preschool class or compulsory school, unless Stins
    knows them. RegisterError where the register cannot be read; an unknown code is never an error.
    """
    listed = [_text(unit.get("schoolUnitCode")) for unit in _listed(server, municipality_code)]
    codes = list(dict.fromkeys([*filter(None, listed), *sorted(known_codes)]))
    found = dict(zip(codes, _details(server, codes), strict=True))
    rows: list[Row] = []
    for code, unit in found.items():
        is_known = code in known_codes
        if is_known or (unit is not None and _is_school_of(unit, municipality_code)):
            rows.append(_row(len(rows) + 1, code, unit))
    return Reading(rows, [])


def _listed(server: Server, municipality_code: str) -> Iterator[Entity]:
    """The list, page by page should it come so; RegisterError where a page comes again."""
    query: dict[str, str | int] = {"municipality_code": municipality_code, "status": ACTIVE}
    seen: set[str] = set()
    for _number in range(MAX_PAGES):
        answer = server.get("/school-units", query)
        units = _mapping(_mapping(answer).get("data")).get("attributes")
        if not isinstance(units, list):
            raise RegisterError(_("The register did not answer as it describes itself."))
        yield from (unit for unit in units if isinstance(unit, dict))
        token = _mapping(answer).get("pageToken")
        if not token:
            return
        if not isinstance(token, str) or token in seen:
            raise RegisterError(_("The register gave the same page twice. Nothing was read."))
        seen.add(token)
        query["pageToken"] = token
    raise RegisterError(_("The register's list does not end."))


def _details(server: Server, codes: Sequence[str]) -> list[Entity | None]:
    """What the register knows of each unit, some asked for at once; None for a code that it does not have."""

    def ask(part: Sequence[str]) -> list[Entity | None]:
        own = replace(server, session=requests.Session())
        own.until = server.until
        return [_detail(own, code) for code in part]

    parts = [codes[start::AT_ONCE] for start in range(AT_ONCE)]
    found: list[Entity | None] = [None] * len(codes)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for start, answers in enumerate(pool.map(ask, parts)):
            found[start::AT_ONCE] = answers
    return found


def _detail(server: Server, code: str) -> Entity | None:
    try:
        answer = server.get(f"/school-units/{code}")
    except NotThereError:
        return None
    unit = _mapping(_mapping(answer).get("data")).get("attributes")
    if not isinstance(unit, dict):
        raise RegisterError(_("The register did not answer as it describes itself."))
    return unit


def _is_school_of(unit: Entity, municipality_code: str) -> bool:
    kinds = _kinds(unit)
    is_there = _text(unit.get("municipalityCode")).zfill(4) in {municipality_code, "0000"}
    return is_there and unit.get("schoolUnitType") not in NO_SCHOOLS and not (kinds and kinds <= OTHER_KINDS)


def _row(number: int, code: str, unit: Entity | None) -> Row:
    name = _text((unit or {}).get("displayName")) or _text((unit or {}).get("name"))
    status = UNKNOWN if unit is None else _text(unit.get("status")).upper()
    cells = {
        "unit_code": code,
        "school": name or None,
        "grades": _grades(unit or {}) or None,
        "closed_date": _text((unit or {}).get("endDate"))[:10] or None,
        "status": status or None,
    }
    return Row("", number, cells, has_personal_identity_number=find_personal_identity_number(name))


def _grades(unit: Entity) -> str:
    """The lowest and the highest of the grades that its kinds of school have, `F-5`; empty when none is told."""
    found: set[int] = set()
    if _kinds(unit) & PRESCHOOL_CLASS:
        found.add(0)
    for properties in _mapping(unit.get("schoolTypeProperties")).values():
        listed = _mapping(properties).get("grades")
        for grade in listed if isinstance(listed, list) else []:
            if isinstance(grade, int | str) and str(grade).isdecimal() and 1 <= int(grade) <= 10:
                found.add(int(grade))
    if not found:
        return ""
    labels = ["F" if grade == 0 else str(grade) for grade in (min(found), max(found))]
    return labels[0] if min(found) == max(found) else "-".join(labels)


def _kinds(unit: Entity) -> set[str]:
    kinds = unit.get("schoolTypes")
    listed = kinds if isinstance(kinds, list) else []
    return {_text(kind.get("code") if isinstance(kind, dict) else kind).upper() for kind in listed} - {""}


def _mapping(value: Any) -> Entity:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
