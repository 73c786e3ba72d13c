"""Reads a municipality's classes as SS 12000 tells them: schools, groups and how many, and not a single person.

Source: SS 12000:2020 with korr 1:2022. Only `/organisations`, `/groups` and `/deletedEntities` are asked for; of a
membership only its days are read, so that a pupil with protected identity is one among the others.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _

from programmes.imports.cells import MAX_BYTES, holds_personal_identity_number
from programmes.imports.rest import NotThereError, RegisterError, Server, pages
from programmes.imports.sheets import Reading, Row
from programmes.models import Period
from programmes.models.schools import name_key

SCHOOL_UNIT, CLASS = "Skolenhet", "Klass"
# So far back deletions are asked for again at every run: an earlier run may have missed them.
REREAD_DAYS = 60
# A school year that is not running is counted as on this day: everybody has come, nobody has moved yet.
COUNTING_DAY = (10, 1)

Entity = Mapping[str, Any]


class Register(Protocol):
    """Where the lists come from."""

    def entities(self, kind: str) -> Iterator[Entity]: ...
    def deleted_groups(self, *, since: date) -> set[str]: ...


@dataclass(frozen=True)
class Folder:
    """A register's answers as files: `organisations.json`, `groups_page1.json`, `deletedEntities.json` …"""

    path: Path

    def entities(self, kind: str) -> Iterator[Entity]:
        files = sorted(self.path.glob(f"{kind}*.json"))
        if not files:
            raise RegisterError(_("The folder has no file %(name)s.") % {"name": f"{kind}.json"})
        for file in files:
            yield from _data(_opened(file))

    def deleted_groups(self, *, since: date) -> set[str]:
        files = sorted(self.path.glob("deletedEntities*.json"))
        return {identifier for file in files for identifier in _deleted(_opened(file))}


@dataclass(frozen=True)
class Service:
    """A register that answers over the network."""

    server: Server

    def entities(self, kind: str) -> Iterator[Entity]:
        query: dict[str, str | int] = {"groupType": CLASS} if kind == "groups" else {}
        for page in pages(self.server, f"/{kind}", query):
            yield from _data(page)

    def deleted_groups(self, *, since: date) -> set[str]:
        """Empty where the register keeps no such list: what has been deleted is not among its groups either."""
        found = pages(self.server, "/deletedEntities", {"after": f"{since.isoformat()}T00:00:00+00:00"})
        try:
            return {identifier for page in found for identifier in _deleted(page)}
        except NotThereError:
            return set()


def token_of(server: Server, *, client_id: str, client_secret: str) -> str:
    """A token by OAuth 2 client credentials (RFC 6749, 4.4); RegisterError where none is given."""
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret}
    answer = server.post("", form)
    token = answer.get("access_token") if isinstance(answer, dict) else None
    if not isinstance(token, str) or not token:
        raise RegisterError(_("The register refuses the token. Check what opens it in the settings."))
    return token


@dataclass
class _Units:
    """The school units of a register, by the id that groups point at."""

    by_id: dict[str, Entity] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)

    def of(self, group: Entity) -> Entity | None:
        return self.by_id.get(_text(_mapping(group.get("organisation")).get("id")))

    def is_elsewhere(self, group: Entity) -> bool:
        return _text(_mapping(group.get("organisation")).get("id")) in self.elsewhere


def read_classes(
    register: Register,
    *,
    start_year: int,
    today: date,
    grades: Mapping[str, str] | None = None,
    municipality_code: str = "",
) -> Reading:
    """The classes of a school year as rows of a class list, ready for the same preview as a file's.

    The number of pupils is the memberships that hold today, or on 1 October of a school year that is not running; a
    class without memberships has an unknown number. `grades` are a person's answers, by class name (`7:2`), for names
    that do not say the grade. Groups that are no classes, of another year, deleted, or (with `municipality_code`) of a
    unit in another municipality are left out. Raises
    RegisterError where the register cannot be read; an unknown code is never an error.
    """
    year = Period.school_year(start_year)
    running = year.first_day <= today <= year.last_day
    day = today if running else date(start_year, *COUNTING_DAY)
    told = {name_key(name): grade for name, grade in (grades or {}).items()}
    listed = list(register.entities("organisations"))
    units = _Units(
        {
            _text(unit.get("id")): unit
            for unit in listed
            if unit.get("organisationType") == SCHOOL_UNIT and unit.get("schoolUnitCode")
        },
        {
            _text(unit.get("id"))
            for unit in listed
            if municipality_code and _text(unit.get("municipalityCode")).zfill(4) not in {municipality_code, "0000"}
        },
    )
    deleted = register.deleted_groups(since=today - timedelta(days=REREAD_DAYS))
    rows: list[Row] = []
    for group in _once(register.entities("groups")):
        if group.get("groupType") != CLASS or _text(group.get("id")) in deleted or not _is_of_year(group, year):
            continue
        if units.is_elsewhere(group):
            continue
        unit = units.of(group)
        name = _text(group.get("displayName"))
        rows.append(
            Row(
                sheet="",
                number=len(rows) + 1,
                cells={
                    "school": _text(unit.get("displayName")) if unit else None,
                    "unit_code": _text(unit.get("schoolUnitCode")) if unit else None,
                    "class_name": name or None,
                    "grade": told.get(name_key(name)),
                    "enrolled": _size(group, day),
                },
                has_personal_identity_number=holds_personal_identity_number(name),
            )
        )
    return Reading(rows, [])


def _once(entities: Iterable[Entity]) -> Iterator[Entity]:
    """Each entity once: a list that grows while it is read can give one again at the head of its next page."""
    seen: set[str] = set()
    for entity in entities:
        identifier = _text(entity.get("id"))
        if identifier not in seen:
            yield entity
        if identifier:
            seen.add(identifier)


def _is_of_year(group: Entity, year: Period) -> bool:
    """Whether a class is taught within a school year, September to May: in the summer two years' classes overlap."""
    first, last = _day(group.get("startDate")), _day(group.get("endDate"))
    autumn, spring = date(year.first_day.year, 9, 1), date(year.last_day.year, 5, 31)
    return (first is None or first <= spring) and (last is None or last >= autumn)


def _size(group: Entity, day: date) -> int | None:
    """How many belong to a group on a day; None where it has no memberships at all, as then nothing is known."""
    memberships = group.get("groupMemberships")
    if not isinstance(memberships, list) or not memberships:
        return None
    return sum(_holds(membership, day) for membership in memberships if isinstance(membership, dict))


def _holds(membership: Entity, day: date) -> bool:
    first, last = _day(membership.get("startDate")), _day(membership.get("endDate"))
    return (first is None or first <= day) and (last is None or day <= last)


def _opened(file: Path) -> Any:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise RegisterError(_("The file %(name)s is too large.") % {"name": file.name})
        return json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        raise RegisterError(_("The file %(name)s cannot be read.") % {"name": file.name}) from None


def _data(page: Any) -> list[Entity]:
    data = page.get("data") if isinstance(page, dict) else None
    if not isinstance(data, list):
        raise RegisterError(_("The register did not answer as the standard says."))
    return [entity for entity in data if isinstance(entity, dict)]


def _deleted(page: Any) -> list[str]:
    data = page.get("data") if isinstance(page, dict) else None
    groups = data.get("groups") if isinstance(data, dict) else None
    return [identifier for identifier in groups if isinstance(identifier, str)] if isinstance(groups, list) else []


def _mapping(value: Any) -> Entity:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _day(value: Any) -> date | None:
    """A day as the standard writes it, with or without a time of day; None for what is no day."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
