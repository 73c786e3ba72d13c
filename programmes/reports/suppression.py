"""Small numbers are hidden here and nowhere else: counts of people with an attribute, before percent and rounding.

A `Group` is one published number: `n` persons, `c` of them with an (unwanted) attribute, and the groups that it is the
sum of. `suppress` takes the whole tree that a reader may lay side by side (every screen and file of it) and answers
with a `Shown` for each group. Source of the rule: docs/adr-0005-suppression.md. Counts of structure, rates of sessions,
head-counts present and staff never pass through here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

NOT_REPORTED, HIDDEN, NEAR_NONE, NEAR_ALL = ".", "..", "~0", "~100"


@dataclass(frozen=True)
class Profile:
    """How much is hidden: `threshold` is the largest count that is, `smallest_group` the least that is told of at all.

    Where `least_schools` is above 1, a sum over fewer schools is hidden as well.
    """

    code: str
    threshold: int
    smallest_group: int = 10
    least_schools: int = 1


SMALLEST_ANSWERED = 5  # anonymous answers that are told of: nobody knows whose they are, but few could be guessed

INTERNAL = Profile("internal", threshold=4)
OPEN = Profile("open", threshold=9, least_schools=3)
PROFILES = {profile.code: profile for profile in (INTERNAL, OPEN)}


@dataclass(frozen=True)
class Group:
    """`c` of `n` persons have the attribute; `parts` are the groups that add up to this one. None: not reported."""

    key: str
    n: int | None
    c: int | None
    parts: tuple["Group", ...] = ()
    schools: int = 1

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


class Reason(Enum):
    """Why a group is shown or hidden; what a reader can conclude from the marks depends on it."""

    EMPTY = "not reported"
    OPEN = "shown"
    SMALL_GROUP = "fewer persons than the smallest group"
    FEW = "few have the attribute"
    FEW_WITHOUT = "few lack the attribute"
    FEW_SCHOOLS = "a sum over too few schools"
    COMPLEMENT = "hidden so that another cannot be worked out"
    BARE = "hidden with its share, since even the mark would tell"


SENSITIVE = (Reason.SMALL_GROUP, Reason.FEW, Reason.FEW_WITHOUT)


def suppress(whole: Group, *, profile: Profile) -> dict[str, Shown]:
    """What is shown of every group of a tree, by key; nothing hidden can be worked out from what is shown.

    Where the sums would narrow a hidden count beyond what its own mark says, the smallest neighbour is hidden too, then
    the sum above, until they no longer do. The parts of a group must be all of it.
    """
    table = _Table(whole, profile)
    while (told := table.first_that_is_told()) is not None:
        table.hide_one_more(told)
    return {group.key: _shown(group, table.reasons[group.key]) for group in whole.walk()}


def are_enough_answers(number: int) -> bool:
    """Whether so many have answered anonymously that their answers may be shown in sum."""
    return number >= SMALLEST_ANSWERED


def first_reason(group: Group, profile: Profile) -> Reason:
    """How a group is shown by its own numbers alone."""
    n, c, t = group.n, group.c, profile.threshold
    if n is None or c is None or n == 0:
        return Reason.EMPTY
    if group.parts and group.schools < profile.least_schools:
        return Reason.FEW_SCHOOLS
    if c == 0:
        return Reason.OPEN
    if n < profile.smallest_group:
        return Reason.SMALL_GROUP
    if 1 <= c <= t:
        return Reason.FEW
    return Reason.FEW_WITHOUT if 1 <= n - c <= t else Reason.OPEN


@dataclass
class _Table:
    """A tree of groups while it is being hidden, and what a careful reader could conclude from what is left.

    Possible counts are kept as the bits of an integer: bit v is set when the count may be v. The sums of a tree share
    one group at most, so passing possibilities up and down until nothing changes finds exactly what can be concluded.
    """

    whole: Group
    profile: Profile
    reasons: dict[str, Reason] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.groups = {group.key: group for group in self.whole.walk()}
        self.reasons = {key: first_reason(group, self.profile) for key, group in self.groups.items()}
        self.above = {part.key: group for group in self.groups.values() for part in group.parts}

    def by_its_mark(self, group: Group, reason: Reason) -> int:
        """The counts that a reader takes to be possible from a group's own mark."""
        n, c, t = group.n or 0, group.c or 0, self.profile.threshold
        few, few_without = _bits(1, min(t, n)), _bits(max(t + 1, n - t), n - 1)
        match reason:
            case Reason.FEW:
                return few
            case Reason.FEW_WITHOUT:
                return few_without
            case Reason.SMALL_GROUP:
                return _bits(1, n)
            case Reason.COMPLEMENT:
                return _bits(0, n) & ~few & ~few_without
            case Reason.BARE | Reason.FEW_SCHOOLS:
                return _bits(0, n)
        return 1 << c

    def conclusions(self) -> dict[str, int]:
        """The counts that are possible for each group when all marks and sums are laid side by side."""
        possible = {key: self.by_its_mark(group, self.reasons[key]) for key, group in self.groups.items()}
        sums = [group for group in self.groups.values() if group.parts]
        changed = True
        while changed:
            changed = False
            for group in (*reversed(sums), *sums):
                changed = _narrow(possible, group) or changed
        return possible

    def first_that_is_told(self) -> Group | None:
        """A small number of which more can be concluded than its own mark says; None when nothing is told."""
        possible = None
        for key, group in self.groups.items():
            reason = first_reason(group, self.profile)
            if reason in SENSITIVE:
                possible = possible or self.conclusions()
                if self.by_its_mark(group, reason) & ~possible[key]:
                    return group
        return None

    def hide_one_more(self, told: Group) -> None:
        """Hide the smallest shown neighbour in the sums that a group is in, else further up, else the share marks."""
        for neighbours in self._neighbourhoods(told):
            shown = [group for group in neighbours if self.reasons[group.key] == Reason.OPEN]
            if shown:
                smallest = min(shown, key=lambda group: (group.c == 0, group.n or 0, group.key))
                self.reasons[smallest.key] = Reason.COMPLEMENT
                return
        for neighbours in self._neighbourhoods(told):
            marked = [group for group in neighbours if self.reasons[group.key] not in (Reason.BARE, Reason.EMPTY)]
            if marked:
                for group in marked:
                    self.reasons[group.key] = Reason.BARE
                return

    def _neighbourhoods(self, told: Group) -> Iterator[Sequence[Group]]:
        """The groups whose numbers bear on this one, the nearest first: parts, siblings, sum, and so on upwards."""
        yield told.parts
        group: Group | None = told
        while group is not None:
            above = self.above.get(group.key)
            if above is not None:
                yield [part for part in above.parts if part.key != told.key]
                yield [above]
            group = above
        yield list(self.groups.values())


def _shown(group: Group, reason: Reason) -> Shown:
    if reason is Reason.EMPTY or group.n is None or group.c is None:
        return Shown(group.n, NOT_REPORTED, NOT_REPORTED)
    if reason is Reason.OPEN:
        return Shown(group.n, group.c, group.c / group.n)
    share = {Reason.FEW: NEAR_NONE, Reason.FEW_WITHOUT: NEAR_ALL}.get(reason, HIDDEN)
    return Shown(group.n, HIDDEN, share)


def _bits(lowest: int, highest: int) -> int:
    return ((1 << (highest + 1)) - 1) & ~((1 << lowest) - 1) if highest >= lowest else 0


def _values(possible: int) -> Iterator[int]:
    while possible:
        lowest = possible & -possible
        yield lowest.bit_length() - 1
        possible ^= lowest


def _sums(left: int, right: int) -> int:
    """The sums that are possible of two counts, each with its own possibilities."""
    few, many = sorted((left, right), key=int.bit_count)
    total = 0
    for value in _values(few):
        total |= many << value
    return total


def _differences(total: int, others: int) -> int:
    """What a count may be when it and the others together may be `total`."""
    found = 0
    if total.bit_count() < others.bit_count():
        for value in _values(total):
            below = others & _bits(0, value)
            found |= int(f"{below:0{value + 1}b}"[::-1], 2)
        return found
    for value in _values(others):
        found |= total >> value
    return found


def _narrow(possible: dict[str, int], group: Group) -> bool:
    """Pass possibilities between a sum and its parts; whether anything was ruled out."""
    keys = [part.key for part in group.parts if part.n is not None and part.c is not None]
    before = [1]
    for key in keys:
        before.append(_sums(before[-1], possible[key]))
    after = [1]
    for key in reversed(keys):
        after.append(_sums(after[-1], possible[key]))
    after.reverse()
    narrowed = {group.key: possible[group.key] & before[-1]} if keys else {}
    for place, key in enumerate(keys):
        others = _sums(before[place], after[place + 1])
        narrowed[key] = possible[key] & _differences(possible[group.key], others)
    changed = any(possible[key] != bits for key, bits in narrowed.items())
    possible.update(narrowed)
    return changed
