"""Anonymous answers are told of in sum where enough have answered, and never so that a few are what is left over."""

from programmes.reports.suppression.groups import Group
from programmes.reports.suppression.profiles import Profile


def told_answers(whole: Group, profile: Profile) -> set[str]:
    """The groups of a tree whose answers may be told, by key; `n` of each group is how many have answered in it.

    What remains of a told sum when its told parts are taken away is nobody, or as many as may be told of. Where a few
    would be left over, the smallest told part is left out too; a sum that still leaves a few is not told. What the
    inner profile leaves out is left out as well.
    """
    inner = profile.inner
    allowed = told_answers(whole, inner) if inner else {group.key for group in whole.walk()}
    told: set[str] = set()
    _tell(whole, profile, allowed, told)
    return told


def _tell(group: Group, profile: Profile, allowed: set[str], told: set[str]) -> int:
    """Decide a group after its parts; returns how many of its answers are in no told group."""
    n = group.n or 0
    rests = {part.key: _tell(part, profile, allowed, told) for part in group.parts}
    left = sum(rests.values()) if group.parts else n
    is_many = n >= profile.least_answers and (not group.parts or group.schools >= profile.least_schools)
    if group.key not in allowed or not is_many:
        return left
    while group.parts and 0 < left < profile.least_answers:
        shown = [part for part in group.parts if part.key in told]
        if not shown:
            return left
        smallest = min(shown, key=lambda part: (part.n or 0, part.key))
        told.difference_update(below.key for below in smallest.walk())
        left += smallest.n or 0
    told.add(group.key)
    return 0
