"""Puts every report that a closing keeps away, for each selection of schools that somebody may ask for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from curriculum.models import Programme
from programmes.enums import Role
from programmes.exports.reports.closed import selection_key
from programmes.exports.reports.kept import packed
from programmes.exports.reports.kinds import AREA, PROGRAMME, SCHOOL, Kind
from programmes.exports.reports.scope import Scope
from programmes.models import Area, ClosedReport, Membership, Municipality, Period, School


def put_away(
    kinds: Sequence[Kind], *, municipality: Municipality, programme: Programme, period: Period, today: date
) -> Iterator[ClosedReport]:
    """The reports as they stand, not saved: of the municipality, each area, each school, and the schools that somebody
    coordinates together. One that says more to some is there once for each of them."""
    kinds = [kind for kind in kinds if kind.is_kept_with(programme, period)]
    for place in _places(municipality, period, today=today):
        for kind in kinds:
            if _is_asked(kind, place):
                for scope in _askers(kind, replace(place, programme=programme if PROGRAMME in kind.asks else None)):
                    yield ClosedReport(
                        report=kind.slug, selection=selection_key(kind, scope), content=packed(kind.build(scope))
                    )


def _places(municipality: Municipality, period: Period, *, today: date) -> Iterator[Scope]:
    everywhere = School.objects.filter(municipality=municipality)
    whole = Scope(municipality=municipality, period=period, today=today, schools=everywhere, visible=everywhere)
    yield replace(whole, sees_all=True)
    for area in Area.objects.filter(municipality=municipality):
        yield replace(whole, sees_all=True, area=area, schools=everywhere.filter(area=area))
    for school in everywhere.select_related("area"):
        yield replace(whole, school=school, schools=everywhere.filter(pk=school.pk))
    for ids in sorted(_coordinated(municipality, today=today)):
        yield replace(whole, schools=everywhere.filter(pk__in=ids))


def _coordinated(municipality: Municipality, *, today: date) -> set[tuple[int, ...]]:
    """The schools that somebody coordinates together, by their ids: all of them, and those in each area."""
    rows = Membership.objects.active(on=today).filter(role=Role.COORDINATOR, school__municipality=municipality)
    whose: dict[tuple[int, int | None], set[int]] = {}
    for user, school, area in rows.values_list("user", "school", "school__area"):
        for part in {None, area}:
            whose.setdefault((user, part), set()).add(school)
    return {tuple(sorted(schools)) for schools in whose.values() if len(schools) > 1}


def _is_asked(kind: Kind, place: Scope) -> bool:
    """Whether a report can be asked for of such a place."""
    if place.school:
        return SCHOOL in kind.asks
    if kind.of_one_school:
        return False
    return AREA in kind.asks if place.area else place.sees_all or SCHOOL in kind.asks


def _askers(kind: Kind, place: Scope) -> Iterator[Scope]:
    """The same question as it is asked by those whom the report says more or less to."""
    can_be_less = {"sees_all": place.school is not None, "reads_secure_bases": True}
    ways = [(True, False) if can_be_less[flag] else (getattr(place, flag),) for flag in kind.varies_by]
    for flags in product(*ways):
        yield replace(place, **dict(zip(kind.varies_by, flags, strict=True)))
