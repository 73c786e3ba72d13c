"""Hides what is small in a tree, and then as little more as keeps it from being worked out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from programmes.reports.suppression.groups import HIDDEN, NOT_REPORTED, Group, Shown
from programmes.reports.suppression.marks import (
    SENSITIVE,
    SHARES,
    Reason,
    by_its_mark,
    first_reason,
)
from programmes.reports.suppression.profiles import Profile
from programmes.reports.suppression.reader import conclusions


@dataclass(frozen=True)
class Suppressed:
    """What may be shown of every group of a tree, decided once; a sum that is not in the tree was not decided."""

    profile: Profile
    shown: dict[str, Shown]

    def of(self, key: str) -> Shown:
        """What is shown of a group. KeyError for one that the tree does not hold: add it there, never sum yourself."""
        return self.shown[key]


def suppressed(whole: Group, profile: Profile) -> Suppressed:
    """Decide what is shown of every group of a tree; nothing hidden can be worked out from what is shown.

    Where the sums would narrow a hidden count beyond what its own mark says, the smallest neighbour is hidden too, then
    the sum above, until they no longer do; a count that is known anyway is never hidden. The parts of a group must be
    all of it, and the tree everything that is told of the attribute, whatever part of it was asked for.
    """
    return Suppressed(profile, shown_of(_decided(whole, profile)))


def _decided(whole: Group, profile: Profile) -> "Table":
    table = Table.begun(whole, profile, _decided(whole, profile.inner).reasons if profile.inner else None)
    while (told := table.first_that_is_told()) is not None:
        if not table.hide_one_more(told):
            break
    return table


def _first_reasons(whole: Group, profile: Profile, inner: Mapping[str, Reason] | None) -> dict[str, Reason]:
    """How each group is shown before its neighbours are looked at: never more than the inner profile shows of it.

    A mark that says something which the inner profile's mark does not is left out, or the two together would tell.
    """
    own = {group.key: first_reason(group, profile) for group in whole.walk()}
    if profile.inner is None or inner is None:
        return own
    for group in whole.walk():
        reason, within = own[group.key], inner[group.key]
        if within in (Reason.OPEN, Reason.EMPTY):
            continue
        if reason is Reason.OPEN:
            own[group.key] = within
        elif by_its_mark(group, within, profile.inner) & ~by_its_mark(group, reason, profile):
            own[group.key] = Reason.BARE
    return own


@dataclass
class Table:
    """A tree of groups while it is being hidden, and what a careful reader could conclude from what is left."""

    whole: Group
    profile: Profile
    reasons: dict[str, Reason]
    groups: dict[str, Group] = field(init=False)
    above: dict[str, Group] = field(init=False)

    def __post_init__(self) -> None:
        self.groups = {group.key: group for group in self.whole.walk()}
        self.above = {part.key: group for group in self.groups.values() for part in group.parts}

    @classmethod
    def begun(cls, whole: Group, profile: Profile, inner: Mapping[str, Reason] | None) -> "Table":
        """A tree with every group as its own numbers say; `inner` are the reasons that the inner profile came to."""
        return cls(whole, profile, _first_reasons(whole, profile, inner))

    def first_that_is_told(self) -> Group | None:
        """A small number of which more can be concluded than its own mark says; None when nothing is told."""
        possible = None
        for key, group in self.groups.items():
            reason = first_reason(group, self.profile)
            if reason in SENSITIVE:
                possible = possible or self.conclusions()
                if by_its_mark(group, reason, self.profile) & ~possible[key]:
                    return group
        return None

    def is_told(self, group: Group) -> bool:
        """Whether this tree alone tells more of a small number than its own mark says."""
        own = by_its_mark(group, first_reason(group, self.profile), self.profile)
        return bool(own & ~self.conclusions()[group.key])

    def hide(self, key: str) -> bool:
        """Hide a group that is shown; False when it is hidden already, or may not be."""
        if not self._may_be_hidden(self.groups[key], Reason.OPEN):
            return False
        self.reasons[key] = Reason.COMPLEMENT
        return True

    def hide_mark(self, key: str) -> bool:
        """Hide the share's mark of a group whose count is hidden; False when there is none that tells anything."""
        if not self._may_be_hidden(self.groups[key], *SENSITIVE, Reason.COMPLEMENT):
            return False
        self.reasons[key] = Reason.BARE
        return True

    def hide_one_more(self, told: Group) -> bool:
        """Hide the smallest shown neighbour in the sums that a group is in, else further up, else the share marks.

        False when nothing is left to hide.
        """
        for neighbours in self.neighbourhoods(told):
            shown = [group for group in neighbours if self._may_be_hidden(group, Reason.OPEN)]
            if shown:
                smallest = min(shown, key=lambda group: (group.c == 0, group.n or 0, group.c or 0, group.key))
                self.reasons[smallest.key] = Reason.COMPLEMENT
                return True
        for neighbours in self.neighbourhoods(told):
            marked = [group for group in neighbours if self._may_be_hidden(group, *SENSITIVE, Reason.COMPLEMENT)]
            if marked:
                for group in marked:
                    self.reasons[group.key] = Reason.BARE
                return True
        return False

    def _may_be_hidden(self, group: Group, *reasons: Reason) -> bool:
        return self.reasons[group.key] in reasons and not group.is_known

    def conclusions(self) -> dict[str, int]:
        """What a reader of this tree alone can conclude of each group."""
        by_marks = {key: by_its_mark(group, self.reasons[key], self.profile) for key, group in self.groups.items()}
        return conclusions(self.whole, by_marks)

    def neighbourhoods(self, told: Group) -> Iterator[Sequence[Group]]:
        """The groups whose numbers bear on this one, the nearest first: parts, siblings, what those are the sums of,
        the sum, and so on upwards."""
        yield told.parts
        group: Group | None = told
        while group is not None:
            above = self.above.get(group.key)
            if above is not None:
                siblings = [part for part in above.parts if part.key != group.key]
                yield siblings
                yield [below for part in siblings for below in part.walk()]
                yield [above]
            group = above
        yield list(self.groups.values())


def shown_of(table: Table) -> dict[str, Shown]:
    """What is shown of each group as the table stands."""
    return {key: _shown(group, table.reasons[key]) for key, group in table.groups.items()}


def _shown(group: Group, reason: Reason) -> Shown:
    if reason is Reason.EMPTY or group.n is None or group.c is None:
        return Shown(group.n, NOT_REPORTED, NOT_REPORTED)
    if reason is Reason.OPEN:
        return Shown(group.n, group.c, group.c / group.n)
    return Shown(group.n, HIDDEN, SHARES.get(reason, HIDDEN))
