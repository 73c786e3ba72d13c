"""What is counted, as a tree in which every sum is the sum of its parts, and what a reader is given of each group."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from programmes.models import School, SchoolClass

ALL = "all"
NOT_REPORTED, HIDDEN, NEAR_NONE, NEAR_ALL = ".", "..", "~0", "~100"


@dataclass(frozen=True)
class Group:
    """`c` of `n` persons have the attribute; `parts` are the groups that add up to this one. None: not reported.

    `is_known` where the count stands elsewhere too, so that hiding it here would protect nobody.
    """

    key: str
    n: int | None
    c: int | None
    parts: tuple["Group", ...] = ()
    schools: int = 1
    is_known: bool = False

    @classmethod
    def of(cls, key: str, parts: Sequence["Group"]) -> "Group":
        """The sum of some groups; those that are not reported add nothing."""
        told = [part for part in parts if part.n is not None and part.c is not None]
        if not told:
            return cls(key, None, None, tuple(parts), schools=0)
        return cls(
            key,
            sum(part.n or 0 for part in told),
            sum(part.c or 0 for part in told),
            tuple(parts),
            schools=sum(part.schools for part in told),
        )

    def walk(self) -> Iterator["Group"]:
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Shown:
    """What a reader is given of a group: the count and the share (0 to 1), or the mark that stands instead of each."""

    n: int | None
    count: int | str
    share: float | str

    @property
    def is_hidden(self) -> bool:
        return self.count == HIDDEN

    @property
    def complement(self) -> "Shown":
        """The same of those without the attribute: what the share of the others is."""
        if isinstance(self.count, int) and isinstance(self.share, float) and self.n is not None:
            return Shown(self.n, self.n - self.count, 1 - self.share)
        turned = {NEAR_NONE: NEAR_ALL, NEAR_ALL: NEAR_NONE}
        return Shown(self.n, self.count, turned.get(str(self.share), self.share))


def school_key(school: School) -> str:
    return f"school:{school.pk}"


def area_key(area_id: int) -> str:
    return f"area:{area_id}"


def class_key(school_class: SchoolClass) -> str:
    return f"class:{school_class.pk}"


def tree_of_schools(
    schools: Iterable[School],
    counts: Mapping[int, tuple[int, int]],
    *,
    classes: Mapping[int, Sequence[Group]] | None = None,
) -> Group:
    """All schools of a municipality, in their areas, as one tree; its root is `ALL`.

    `counts` are (n, c) by the school's pk; a school that is missing has not reported. Where classes are told of as
    well, `classes` has the groups of each school's, keyed with `class_key`, and the school is their sum. A school
    without an area stands directly under the municipality. Leave no school out, whichever was asked for.
    """
    divided = classes or {}
    in_areas: dict[int, list[Group]] = {}
    alone: list[Group] = []
    for school in schools:
        n, c = counts.get(school.pk, (None, None))
        key = school_key(school)
        group = Group(key, n, c)
        if divided.get(school.pk):
            told = Group.of(key, divided[school.pk])
            group = Group(key, told.n, told.c, told.parts, schools=min(told.schools, 1))
        (alone if school.area_id is None else in_areas.setdefault(school.area_id, [])).append(group)
    areas = [Group.of(area_key(pk), parts) for pk, parts in in_areas.items()]
    return Group.of(ALL, [*areas, *alone])
