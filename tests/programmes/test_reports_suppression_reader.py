"""A careful reader lays everything that is published side by side, lists every possibility, and learns nothing small.

The reader here shares no code with the module: it tries all counts one by one. That it would find out is shown first:
without the complementary step (the rule applied to each cell alone, as `first_reason` does) it recovers a hidden count.
To see the property tests fail too, let `Table.hide_one_more` return False at once: each of them then names a
municipality in which a count is told.
"""

from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from programmes.reports.suppression import (
    INTERNAL,
    OPEN,
    Group,
    Profile,
    Reason,
    Shown,
    Suppressed,
    first_reason,
    suppressed,
)

STRICTER = Profile("open", 6, smallest_group=12, least_schools=2, inner=Profile("internal", 5, smallest_group=12))
# Who adds up to whom, four leaves at most: 1 is a school or a class, a bracket is a sum of what stands in it.
SHAPES = [((1, 1), (1, 1)), ((1, 1), 1, 1), (((1, 1), 1), 1), ((1,), (1, 1)), ((1, 1, 1),), (1, 1, 1)]


@st.composite
def municipalities(draw):
    """Municipalities of several shapes with persons and counts around the thresholds; some schools report nothing."""
    number = iter(range(10))

    def grown(shape):
        key = f"g{next(number)}"
        if shape != 1:
            return Group.of(key, [grown(part) for part in shape])
        n = draw(st.sampled_from([None, 6, 9, 10, 12, 16]))
        return Group(key, n, None if n is None else draw(st.integers(0, n)))

    return grown(draw(st.sampled_from(SHAPES)))


def leaves(group):
    return [leaf for leaf in group.walk() if not leaf.parts and leaf.n is not None]


def by_the_mark(group, answer, profile):
    """The values that a reader takes for possible from one cell: the legend of the file, and nothing else."""
    n, t = group.n, profile.threshold
    if isinstance(answer.count, int):
        return {answer.count}
    if answer.share == "~0":
        return set(range(1, t + 1))
    if answer.share == "~100":
        return set(range(max(t + 1, n - t), n))
    return set(range(n + 1))


def possibilities(whole, *read):
    """What each count may be, when every cell of all the tables in hand fits: (answers, profile) for each table."""
    cells = [
        (group, set.intersection(*(by_the_mark(group, answers.of(group.key), profile) for answers, profile in read)))
        for group in whole.walk()
        if group.n is not None
    ]
    domains = {group.key: domain for group, domain in cells}
    found = {key: set() for key in domains}
    names = [leaf.key for leaf in leaves(whole)]
    sums = [(group.key, [leaf.key for leaf in leaves(group)]) for group in whole.walk() if group.key in domains]
    for values in product(*(sorted(domains[name]) for name in names)):
        told = dict(zip(names, values, strict=True))
        counts = {key: sum(told[name] for name in below) for key, below in sums}
        if all(counts[key] in domains[key] for key in domains):
            for key, value in counts.items():
                found[key].add(value)
    return found


def by_the_rule(group, profile):
    """The values that a hidden count's own numbers leave open: what a reader may know of it, and no less."""
    n, c, t = group.n, group.c, profile.threshold
    if not c or (group.parts and group.schools < profile.least_schools):
        return None  # a sum over too few schools is hidden whatever it is, and tells by no mark
    if n < profile.smallest_group:
        return set(range(1, n + 1))
    if c <= t:
        return set(range(1, t + 1))
    return set(range(max(t + 1, n - t), n)) if 1 <= n - c <= t else None


def learnt(whole, profile, *read):
    """The small counts of which the tables tell more than the rule lets them, by key."""
    possible = possibilities(whole, *read)
    for group in whole.walk():
        assert group.n is None or group.c in possible[group.key]
    return {
        group.key: possible[group.key]
        for group in whole.walk()
        if (doubt := by_the_rule(group, profile)) and not doubt <= possible[group.key]
    }


def cell_by_cell(whole, profile):
    """The same table without the complementary step."""
    marks = {Reason.FEW: "~0", Reason.FEW_WITHOUT: "~100"}
    return Suppressed(
        profile,
        {
            group.key: Shown(group.n, group.c, group.c / group.n)
            if reason is Reason.OPEN
            else Shown(group.n, "..", marks.get(reason, ".."))
            for group in whole.walk()
            for reason in [first_reason(group, profile)]
        },
    )


def test_reader_finds_out_where_each_cell_is_hidden_for_itself():
    whole = Group.of("all", [Group("A", 16, 2), Group("B", 12, 6), Group("C", 16, 9)])

    assert learnt(whole, INTERNAL, (cell_by_cell(whole, INTERNAL), INTERNAL)) == {"A": {2}}
    assert learnt(whole, INTERNAL, (suppressed(whole, INTERNAL), INTERNAL)) == {}


def test_reader_of_two_profiles_finds_out_where_each_is_made_for_itself():
    """The internal table hides C beside A, the open one B: together they would leave A alone."""
    whole = Group.of("all", [Group("A", 16, 2), Group("B", 40, 8), Group("C", 30, 14)])
    alone = Profile("open", 9)
    together = Profile("open", 9, inner=INTERNAL)
    internal = (suppressed(whole, INTERNAL), INTERNAL)

    assert learnt(whole, INTERNAL, internal, (suppressed(whole, alone), alone)) == {"A": {2}}
    assert learnt(whole, INTERNAL, internal, (suppressed(whole, together), together)) == {}


@pytest.mark.parametrize("opened", [OPEN, STRICTER])
@settings(max_examples=50, deadline=None, derandomize=True)
@given(whole=municipalities())
def test_nothing_small_can_be_worked_out_from_everything_together(opened, whole):
    """The internal tables, the open ones, and both: counts, shares, sums, siblings and every part asked for alone."""
    internal, outside = suppressed(whole, opened.inner), suppressed(whole, opened)

    assert learnt(whole, opened.inner, (internal, opened.inner)) == {}
    assert learnt(whole, opened.inner, (internal, opened.inner), (outside, opened)) == {}
    assert learnt(whole, opened, (outside, opened)) == {}
    for group in whole.walk():
        shown = outside.of(group.key)
        assert shown.is_hidden or shown == internal.of(group.key)
        assert not isinstance(shown.share, float) or shown.share == shown.count / group.n


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 12), min_size=3, max_size=4))
def test_parts_of_a_known_total_are_never_recovered(counts):
    """Parents by language: the year's number of parents is told, whatever is hidden of its parts."""
    total = sum(counts)
    parts = tuple(Group(f"p{place}", total, count) for place, count in enumerate(counts))
    whole = Group("all", total, total, parts, is_known=True)
    answers = suppressed(whole, INTERNAL)
    possible = possibilities(whole, (answers, INTERNAL))

    assert answers.of("all").count == (total or ".")
    for part in parts:
        if by_the_rule(part, INTERNAL):
            assert len(possible[part.key]) > 1, (counts, answers)
