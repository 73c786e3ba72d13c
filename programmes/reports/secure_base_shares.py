"""Trygg bas above the school: what of a term's rounds may be told, for each school, area and the municipality.

Definitions: without = pupils on the lists whom neither word gives an adult (see `secure_bases`); nobody = of the asked,
those who named nobody; differ = of the asked, those whose word has nobody in common with the adults'; load = pupils for
each adult whom some pupil turns to, when the round was closed: told where `without` is, and of several schools only
where it is told of each.

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
    Profile,
    Shown,
    area_key,
    school_key,
    suppressed,
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
    told = {
        name: _decided(schools, {pk: count(figures[pk]) for pk in counted}, profile)
        | {key: shown for pk in late for key, shown in _alone(pk, *count(figures[pk]), profile).items()}
        for name, count in COUNTS.items()
    }

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


def _decided(schools: Sequence[School], counts: dict[int, tuple[int, int]], profile: Profile) -> dict[str, Shown]:
    tree = tree_of_schools(schools, counts)
    decided = suppressed(tree, profile)
    return {group.key: decided.of(group.key) for group in tree.walk()}


def _alone(pk: int, n: int, c: int, profile: Profile) -> dict[str, Shown]:
    key = f"school:{pk}"
    return {key: suppressed(Group(key, n, c), profile).of(key)}


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
