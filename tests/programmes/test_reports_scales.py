"""Answers on a scale, at the very edge of what may be told: small groups, statements that nobody agrees with, pairs."""

import pytest

from programmes.reports.suppression import Change, Told, changed, changed_together, told, told_together


@pytest.mark.parametrize("smallest", [5, 10])
def test_a_group_is_told_from_its_smallest_number_on(smallest):
    assert told([3] * (smallest - 1), smallest=smallest) is None
    assert told([3] * smallest, smallest=smallest) == Told((0, 0, smallest, 0))


def test_who_would_not_say_is_not_counted():
    assert told([4, 4, 4, 4, None], smallest=5) is None
    assert told([1, 2, 3, 4, 4, None], smallest=5) == Told((1, 1, 1, 2))


def test_a_statement_that_all_but_one_deny_is_hidden():
    assert told([1, 1, 1, 2, 2, 2], smallest=5) is None
    assert told([1, 1, 1, 2, 2, 4], smallest=5) is None
    assert told([1, 1, 1, 2, 3, 4], smallest=5) == Told((3, 1, 1, 1))


def test_figures_of_what_is_told():
    answers = Told((3, 1, 1, 3))

    assert (answers.number, answers.mean, answers.share_agree) == (8, 2.5, 0.5)


def test_a_hidden_group_is_in_no_sum():
    assert told_together([Told((1, 2, 3, 4)), None, Told((0, 0, 5, 0))]) == Told((1, 2, 8, 4))
    assert told_together([None]) is None


def test_change_is_told_of_enough_whole_pairs():
    pairs = [(1, 4), (2, 2), (3, 2), (4, 4), (1, 2)]

    assert changed(pairs[:4], smallest=5) is None
    assert changed([*pairs[:4], (1, None), (None, 3)], smallest=5) is None
    change = changed(pairs, smallest=5)
    assert (change, change.pairs) == (Change(higher=2, same=2, lower=1), 5)


def test_changes_are_added_without_the_hidden():
    assert changed_together([Change(2, 2, 1), None, Change(0, 3, 4)]) == Change(higher=2, same=5, lower=5)
    assert changed_together([None, None]) is None
