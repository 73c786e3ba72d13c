"""Trygg bas above the school: what of a term's rounds may be told, for each school, area and the municipality.

Definitions: without = pupils on the lists whom neither word gives an adult (see `secure_bases`); nobody = of the asked,
those who named nobody; differ = of the asked, those whose word has nobody in common with the adults'; load = pupils for
each adult whom some pupil turns to, when the round was closed: told where `without` is, and of several schools only
where it is told of each.

The three tell of one another: if eight named nobody and the words differ for four at most, four at least are without.
They are decided together (`_related`).

A term is told when it is over, from the rounds that were closed in it: while rounds are open and closed one after
another, two looks would tell by their difference what each of them hides. A round that is closed after its term stands
on its own row, and in no sum.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from programmes.models import Area, CheckRound, ClassCheck, Municipality, Period, School
from programmes.reports.secure_bases import SecureBaseFigures, live_figures
from programmes.reports.suppression import (
    ALL,
    HIDDEN,
    NOT_REPORTED,
    Group,
    Possible,
    Profile,
    Shown,
    area_key,
    bits,
    school_key,
    suppressed_jointly,
    tree_of_schools,
)

# Each attribute as (persons, of them with it), by the name that a `Share` has it under.
COUNTS: Mapping[str, Callable[[SecureBaseFigures], tuple[int, int]]] = {
    "without": lambda row: (row.pupils, row.uncovered),
    "nobody": lambda row: (row.asked, row.named_nobody),
    "differ": lambda row: (row.asked, row.mismatches),
}


@dataclass(frozen=True)
class Share:
    """What may be told of a school, an area (`area`), or all (neither). `pupils` and `asked` are None: no round."""

    school: School | None
    area: Area | None
    round: CheckRound | None
    pupils: int | None
    asked: int | None
    without: Shown
    nobody: Shown
    differ: Shown
    load: float | str = NOT_REPORTED


@dataclass(frozen=True)
class Shares:
    """A term's shares: decided once for the whole municipality, whatever part of it somebody asks for."""

    period: Period
    is_told: bool
    schools: Sequence[Share]
    areas: Sequence[Share]
    total: Share

    def of_area(self, area: Area) -> list[Share]:
        """An area's schools and then the area itself: the marks are those of the whole municipality's table."""
        schools = [row for row in self.schools if row.school and row.school.area_id == area.pk]
        return [*schools, *(row for row in self.areas if row.area == area)]

    def of_school(self, school: School) -> list[Share]:
        return [row for row in self.schools if row.school == school]


def secure_base_shares(*, municipality: Municipality, period: Period, profile: Profile, today: date) -> Shares:
    """The shares of one term in the whole municipality; the same number of questions for any number of schools.

    While the term goes on, `pupils` and `asked` tell how far the rounds have come, and nothing else is told.
    """
    schools = list(School.objects.filter(municipality=municipality).select_related("area").order_by("sort_key", "pk"))
    rounds = {row.school_id: row for row in CheckRound.objects.filter(school__in=schools, term=period.code)}
    figures = _figures(rounds, period, today)
    is_told = period.last_day < today
    in_time = {pk for pk, row in rounds.items() if row.closed_date and row.closed_date <= period.last_day}
    counted = in_time if is_told else set()
    late = {pk for pk, row in rounds.items() if not row.is_open} - in_time if is_told else set()
    told = decided(schools, {pk: figures[pk] for pk in counted}, profile)
    for pk in late:
        for name, shown in _alone(pk, figures[pk], profile).items():
            told[name] |= shown

    def share(key: str, of: set[int], *, school: School | None = None, area: Area | None = None) -> Share:
        known = [figures[pk] for pk in of if pk in figures]
        return Share(
            school=school,
            area=area,
            round=rounds.get(school.pk) if school else None,
            pupils=sum(row.pupils for row in known) if known else None,
            asked=sum(row.asked for row in known) if known else None,
            **{name: decided[key] for name, decided in told.items()},
            load=_load([rounds[pk] for pk in of & counted], told["without"]),
        )

    in_sums = in_time if is_told else set(rounds)
    areas = dict.fromkeys(row.area for row in schools if row.area)
    return Shares(
        period=period,
        is_told=is_told,
        schools=[share(school_key(row), {row.pk}, school=row) for row in schools],
        areas=[
            share(area_key(area.pk), {row.pk for row in schools if row.area_id == area.pk} & in_sums, area=area)
            for area in sorted(areas, key=lambda area: area.name)
        ],
        total=share(ALL, in_sums),
    )


def _load(rounds: Sequence[CheckRound], without: Mapping[str, Shown]) -> float | str:
    """Pupils per adult: beside a hidden number of pupils without any, it would tell of that number."""
    if any(without[f"school:{row.school_id}"].is_hidden for row in rounds):
        return HIDDEN
    adults = sum(row.load_adults or 0 for row in rounds)
    return sum(row.load_pairs or 0 for row in rounds) / adults if adults else NOT_REPORTED


def decided(
    schools: Sequence[School], figures: Mapping[int, SecureBaseFigures], profile: Profile
) -> dict[str, dict[str, Shown]]:
    """What is shown of each attribute, by the key of each group; figures by the school's pk."""
    trees = {
        name: tree_of_schools(schools, {pk: count(row) for pk, row in figures.items()})
        for name, count in COUNTS.items()
    }
    return _shown(trees, profile)


def _alone(pk: int, row: SecureBaseFigures, profile: Profile) -> dict[str, dict[str, Shown]]:
    return _shown({name: Group(f"school:{pk}", *count(row)) for name, count in COUNTS.items()}, profile)


def _shown(trees: Mapping[str, Group], profile: Profile) -> dict[str, dict[str, Shown]]:
    groups = {name: {group.key: group for group in tree.walk()} for name, tree in trees.items()}

    def related(key: str, possible: Possible) -> Possible:
        return _related({name: of[key] for name, of in groups.items()}, possible)

    return {name: dict(answer.shown) for name, answer in suppressed_jointly(trees, profile, related=related).items()}


def _related(group: Mapping[str, Group], possible: Possible) -> Possible:
    """What the attributes tell of one another, each as the bits of its possible counts.

    Who named nobody is without an adult, or the words differ; who is without one named nobody, or was not asked; nobody
    is without an adult and has words that differ. Where that does not hold (an adult has left since a pupil named
    them), a reader who thinks so is wrong, and learns nothing.
    """
    pupils, asked = group["without"].n or 0, group["nobody"].n or 0
    without, nobody, differ = (group[name].c or 0 for name in COUNTS)
    if nobody > without + differ or without + differ > pupils:
        return possible
    others = pupils - asked if without <= nobody + pupils - asked else pupils
    least, most = ({name: edge(possible[name]) for name in COUNTS} for edge in (_lowest, _highest))
    fits = {
        "without": bits(least["nobody"] - most["differ"], min(most["nobody"] + others, pupils - least["differ"])),
        "nobody": bits(least["without"] - others, most["without"] + most["differ"]),
        "differ": bits(least["nobody"] - most["without"], pupils - least["without"]),
    }
    return {name: possible[name] & fits[name] for name in COUNTS}


def _lowest(possible: int) -> int:
    return (possible & -possible).bit_length() - 1


def _highest(possible: int) -> int:
    return possible.bit_length() - 1


def _figures(rounds: dict[int, CheckRound], period: Period, today: date) -> dict[int, SecureBaseFigures]:
    """Raw head-counts by school, for this module alone: of an open round as it stands, else as it was closed."""
    by_round: dict[int, SecureBaseFigures] = {}
    for check in ClassCheck.objects.filter(round__in=[row for row in rounds.values() if not row.is_open]):
        so_far = by_round.get(check.round_id, SecureBaseFigures())
        by_round[check.round_id] = so_far + SecureBaseFigures(
            **{field.name: getattr(check, field.name) for field in fields(SecureBaseFigures)}
        )
    [start_year] = period.start_years
    by_round |= live_figures([row for row in rounds.values() if row.is_open], start_year=start_year, today=today)
    return {pk: by_round.get(row.pk, SecureBaseFigures()) for pk, row in rounds.items()}
