"""The marks that stand instead of a number, why they do, and which counts each of them leaves open."""

from enum import Enum

from programmes.reports.suppression.groups import NEAR_ALL, NEAR_NONE, Group
from programmes.reports.suppression.profiles import Profile


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
SHARES = {Reason.FEW: NEAR_NONE, Reason.FEW_WITHOUT: NEAR_ALL}


def first_reason(group: Group, profile: Profile) -> Reason:
    """How a group is shown by its own numbers alone."""
    n, c, t = group.n, group.c, profile.threshold
    if n is None or c is None or n == 0:
        return Reason.EMPTY
    if group.is_known:
        return Reason.OPEN
    if group.parts and group.schools < profile.least_schools:
        return Reason.FEW_SCHOOLS
    if c == 0:
        return Reason.OPEN
    if n < profile.smallest_group:
        return Reason.SMALL_GROUP
    if 1 <= c <= t:
        return Reason.FEW
    return Reason.FEW_WITHOUT if 1 <= n - c <= t else Reason.OPEN


def by_its_mark(group: Group, reason: Reason, profile: Profile) -> int:
    """The counts that a reader takes to be possible from a group's own mark: bit v is set when the count may be v."""
    n, c, t = group.n or 0, group.c or 0, profile.threshold
    few, few_without = bits(1, min(t, n)), bits(max(t + 1, n - t), n - 1)
    match reason:
        case Reason.FEW:
            return few
        case Reason.FEW_WITHOUT:
            return few_without
        case Reason.SMALL_GROUP:
            return bits(1, n)
        case Reason.COMPLEMENT:
            return bits(0, n) & ~few & ~few_without
        case Reason.BARE | Reason.FEW_SCHOOLS:
            return bits(0, n)
    return 1 << c


def bits(lowest: int, highest: int) -> int:
    """The counts from the lowest to the highest as bits; below 0 there is none."""
    lowest = max(lowest, 0)
    return ((1 << (highest + 1)) - 1) & ~((1 << lowest) - 1) if highest >= lowest else 0
