"""Hides small numbers of several attributes of the same persons, which tell of one another side by side."""

from collections.abc import Callable, Mapping, Sequence

from programmes.reports.suppression.groups import Group
from programmes.reports.suppression.hiding import Suppressed, Table, shown_of
from programmes.reports.suppression.marks import SENSITIVE, by_its_mark, first_reason
from programmes.reports.suppression.profiles import Profile
from programmes.reports.suppression.reader import conclusions

Possible = Mapping[str, int]  # for each attribute, the counts that are possible, as bits (see reader)
Relation = Callable[[str, Possible], Possible]


def suppressed_jointly(wholes: Mapping[str, Group], profile: Profile, *, related: Relation) -> dict[str, Suppressed]:
    """Decide what is shown of every group of several trees, one for each attribute, with the same groups in each.

    `related` tells what a reader may conclude in one group (by its key) from what is possible of each attribute. Where
    the attributes together would tell more of a small number than its own mark, the last of the others is hidden too:
    name them with the most important first.
    """
    tables = _decided(wholes, profile, related)
    return {name: Suppressed(profile, shown_of(table)) for name, table in tables.items()}


def _decided(wholes: Mapping[str, Group], profile: Profile, related: Relation) -> dict[str, Table]:
    inner = _decided(wholes, profile.inner, related) if profile.inner else {}
    tables = {
        name: Table.begun(whole, profile, inner[name].reasons if inner else None) for name, whole in wholes.items()
    }
    while (told := _first_that_is_told(tables, related)) is not None:
        if not _hide_one_more(tables, *told):
            break
    return tables


def _first_that_is_told(tables: dict[str, Table], related: Relation) -> tuple[str, Group] | None:
    """A small number, by its attribute, of which more can be concluded than its own mark says."""
    small = [
        (name, group, by_its_mark(group, reason, table.profile))
        for name, table in tables.items()
        for group in table.groups.values()
        if (reason := first_reason(group, table.profile)) in SENSITIVE
    ]
    if not small:
        return None
    possible = _conclusions(tables, related)
    return next(((name, group) for name, group, mark in small if mark & ~possible[name][group.key]), None)


def _conclusions(tables: dict[str, Table], related: Relation) -> dict[str, dict[str, int]]:
    """What a reader of all the trees can conclude: within each, then across in each group, until nothing changes."""
    possible = {name: table.conclusions() for name, table in tables.items()}
    keys = next(iter(tables.values())).groups
    changed = True
    while changed:
        changed = False
        for key in keys:
            before = {name: told[key] for name, told in possible.items()}
            for name, left in related(key, before).items():
                changed = changed or left != before[name]
                possible[name][key] = left
        if changed:
            possible = {name: conclusions(table.whole, possible[name]) for name, table in tables.items()}
    return possible


def _hide_one_more(tables: dict[str, Table], name: str, told: Group) -> bool:
    """Hide what tells of a small number: its neighbours where they alone do, else what else is told of the group."""
    own = tables[name]
    if own.is_told(told):
        return own.hide_one_more(told)
    others = [tables[other] for other in reversed(tables) if other != name]
    near = [[told], *own.neighbourhoods(told)]
    return any(_hide_one(others, [group.key for group in groups]) for groups in near) or own.hide_one_more(told)


def _hide_one(tables: Sequence[Table], keys: Sequence[str]) -> bool:
    """Hide one count of these groups, or where all of them are hidden the mark of one share."""
    counts = any(table.hide(key) for table in tables for key in keys)
    return counts or any(table.hide_mark(key) for table in tables for key in keys)
