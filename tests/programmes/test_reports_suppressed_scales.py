"""Anonymous answers: how many are needed, what is too alike, and that no subtraction reaches a hidden class."""

from itertools import combinations

import pytest
from hypothesis import given, settings, strategies as st

from programmes.reports.suppression import (
    INTERNAL,
    OPEN,
    Change,
    Told,
    changed,
    changed_together,
    told,
    told_together,
)

MANY = [3, 3, 4, 2, 1]


def test_five_are_needed_inside_the_municipality_and_ten_outside():
    assert (INTERNAL.least_answers, OPEN.least_answers) == (5, 10)


@pytest.mark.parametrize(("answers", "shown"), [(MANY[:4], None), (MANY, Told((1, 1, 2, 1)))])
def test_answers_are_told_from_the_fifth_on(answers, shown):
    assert told(answers, smallest=5) == shown


def test_who_does_not_want_to_say_is_not_counted():
    assert told([*MANY[:4], 0, 0, None], smallest=5) is None
    assert told([*MANY, 0], smallest=5) == Told((1, 1, 2, 1))


@pytest.mark.parametrize("answers", [[1] * 9, [1] * 5 + [2] * 4, [1] * 8 + [4]], ids=["same", "all", "all but one"])
def test_answers_that_nearly_all_disagree_are_hidden(answers):
    assert told(answers, smallest=5) is None


def test_answers_that_all_agree_are_shown():
    assert told([4] * 9, smallest=5) == Told((0, 0, 0, 9))
    assert told([1] * 7 + [3, 4], smallest=5) == Told((7, 0, 1, 1))


def test_mean_and_share_are_of_those_who_answered():
    shown = Told((1, 1, 2, 1))

    assert (shown.number, shown.mean, shown.share_agree) == (5, 13 / 5, 3 / 5)


def test_sum_leaves_the_hidden_out():
    assert told_together([Told((1, 1, 2, 1)), None, Told((0, 0, 0, 9))]) == Told((1, 1, 2, 10))
    assert told_together([None, None]) is None


def test_change_tells_directions_of_pairs_in_which_both_answered():
    pairs = [(1, 2), (2, 2), (4, 1), (1, 4), (3, 3), (0, 4), (2, None)]

    assert changed(pairs, smallest=5) == Change(higher=2, same=2, lower=1)
    assert changed(pairs[1:], smallest=5) is None
    assert changed_together([Change(2, 2, 1), None, Change(1, 0, 5)]) == Change(3, 2, 6)
    assert changed_together([None]) is None


classes = st.lists(st.lists(st.integers(0, 4), max_size=9), min_size=1, max_size=5)


@given(classes, st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_hidden_class_is_in_no_figure_that_is_published(answers, data):
    """Whatever the classes of a school answer: change a hidden one as one likes, and nothing published moves.

    Nothing can then be concluded of it, by totals, siblings, part sums (filters) or two days. The test fails when
    `told_together` adds hidden classes to the sum.
    """
    hidden = [number for number, row in enumerate(answers) if told(row, smallest=5) is None]
    other = list(answers)
    for number in hidden:
        other[number] = data.draw(st.lists(st.integers(0, 4), max_size=4))

    assert published(answers) == published(other)


def published(answers):
    """Every class by itself, and every selection of classes in sum."""
    rows = [told(row, smallest=5) for row in answers]
    numbers = range(len(rows))
    selections = [chosen for size in range(1, len(rows) + 1) for chosen in combinations(numbers, size)]
    return {chosen: told_together(rows[number] for number in chosen) for chosen in selections}
