"""Small numbers: the rule itself, and a careful reader who tries to work out what is hidden."""

import pytest
from hypothesis import given, settings, strategies as st

from programmes.reports.suppression import INTERNAL, OPEN, Group, Shown, suppressed


def shown(n, c, *, profile=INTERNAL):
    answer = suppressed(Group("a", n, c), profile).of("a")
    return answer.count, answer.share


@pytest.mark.parametrize(
    ("n", "c", "internal", "open_"),
    [
        (None, None, (".", "."), (".", ".")),
        (0, 0, (".", "."), (".", ".")),
        (25, 0, (0, 0.0), (0, 0.0)),
        (9, 0, (0, 0.0), (0, 0.0)),
        (9, 5, ("..", ".."), ("..", "..")),
        (10, 5, (5, 0.5), ("..", "~0")),
        (25, 1, ("..", "~0"), ("..", "~0")),
        (25, 4, ("..", "~0"), ("..", "~0")),
        (25, 5, (5, 0.2), ("..", "~0")),
        (25, 10, (10, 0.4), (10, 0.4)),
        (25, 20, (20, 0.8), ("..", "~100")),
        (25, 21, ("..", "~100"), ("..", "~100")),
        (25, 24, ("..", "~100"), ("..", "~100")),
        (25, 25, (25, 1.0), (25, 1.0)),
    ],
)
def test_group_alone_is_shown_by_the_rule(n, c, internal, open_):
    assert shown(n, c, profile=INTERNAL) == internal
    assert shown(n, c, profile=OPEN) == open_


def counts(parts, *, profile=INTERNAL):
    groups = [Group(name, n, c) for name, (n, c) in parts.items()]
    return {key: answer.count for key, answer in suppressed(Group.of("all", groups), profile).shown.items()}


def test_single_hidden_group_takes_its_smallest_neighbour_along():
    assert counts({"A": (21, 2), "B": (40, 9), "C": (30, 8)}) == {"all": 19, "A": "..", "B": 9, "C": ".."}


def test_two_ones_are_not_given_away_by_their_sum():
    """1 + 1 = 2 would tell both: the marks of the shares go, so that either may be none."""
    answer = suppressed(Group.of("all", [Group("A", 21, 1), Group("B", 22, 1)]), INTERNAL).shown

    assert answer == {
        "all": Shown(43, "..", "~0"),
        "A": Shown(21, "..", ".."),
        "B": Shown(22, "..", ".."),
    }


def test_nothing_is_hidden_without_need():
    assert counts({"A": (21, 0), "B": (40, 9), "C": (30, 8)}) == {"all": 17, "A": 0, "B": 9, "C": 8}


def test_school_without_figures_adds_nothing():
    assert counts({"A": (40, 9), "B": (None, None), "C": (50, 10)}) == {"all": 19, "A": 9, "B": ".", "C": 10}


def test_open_profile_sums_three_schools_at_least():
    two = {"A": (90, 30), "B": (80, 20)}

    assert counts(two, profile=OPEN)["all"] == ".."
    assert counts({**two, "C": (70, 20)}, profile=OPEN)["all"] == 70


def test_those_without_the_attribute_turn_the_marks_around():
    assert Shown(25, "..", "~0").complement == Shown(25, "..", "~100")
    assert Shown(25, 5, 0.2).complement == Shown(25, 20, 0.8)
    assert Shown(25, "..", "..").complement == Shown(25, "..", "..")
    assert Shown(None, ".", ".").complement == Shown(None, ".", ".")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(20, 400), st.integers(0, 12)), min_size=2, max_size=40))
def test_many_schools_never_leave_one_hidden_beside_a_shown_sum(parts):
    answers = counts({str(number): part for number, part in enumerate(parts)})
    hidden = [key for key, count in answers.items() if count == ".." and key != "all"]

    assert len(hidden) != 1 or answers["all"] == ".."
