"""What a careful reader can conclude when all marks and sums of a tree are laid side by side.

Possible counts are kept as the bits of an integer: bit v is set when the count may be v. The sums of a tree share one
group at most, so passing possibilities up and down until nothing changes finds exactly what can be concluded.
"""

from collections.abc import Iterator, Mapping

from programmes.reports.suppression.groups import Group


def conclusions(whole: Group, by_marks: Mapping[str, int]) -> dict[str, int]:
    """The counts that are possible for each group, by key, given what each group's own mark leaves open."""
    possible = dict(by_marks)
    sums = [group for group in whole.walk() if group.parts]
    changed = True
    while changed:
        changed = False
        for group in (*reversed(sums), *sums):
            changed = _narrow(possible, group) or changed
    return possible


def _runs(possible: int) -> Iterator[tuple[int, int]]:
    """The unbroken runs of possible counts: the first of each, and how many there are."""
    place = 0
    while possible:
        skipped = (possible & -possible).bit_length() - 1
        possible >>= skipped
        length = (~possible & (possible + 1)).bit_length() - 1
        yield place + skipped, length
        possible >>= length
        place += skipped + length


def _widened(possible: int, length: int) -> int:
    """The counts that are at most `length - 1` above a possible one, by doubling: counts come in long runs."""
    done = 1
    while done < length:
        step = min(done, length - done)
        possible |= possible << step
        done += step
    return possible


def _sums(left: int, right: int) -> int:
    """The sums that are possible of two counts, each with its own possibilities."""
    few, many = sorted((left, right), key=lambda count: sum(1 for _run in _runs(count)))
    total = 0
    for first, length in _runs(few):
        total |= _widened(many, length) << first
    return total


def _differences(total: int, others: int) -> int:
    """What a count may be when it and the others together may be `total`."""
    found = 0
    for first, length in _runs(others):
        last = first + length - 1
        lowered = _widened(total, length)  # bit v + last is set when v is a difference
        found |= lowered >> last
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
    changed = any(possible[key] != left for key, left in narrowed.items())
    possible.update(narrowed)
    return changed
