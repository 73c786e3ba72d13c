"""Trygg bas above the school: decided once for the municipality, told when the term is over, the same in any part."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from programmes.models import Area, CheckRound, ClassCheck, Period, School
from programmes.reports.secure_base_shares import decided, secure_base_shares
from programmes.reports.secure_bases import SecureBaseFigures
from programmes.reports.suppression import ALL, INTERNAL, OPEN
from tests.factories import CheckRoundFactory, ClassFactory, SchoolFactory

TERM = Period.parse("HT2026")
AFTER = date(2027, 1, 1)


def closed(school, *, pupils, without, day=date(2026, 12, 11), asked=None, nobody=0, differ=0):
    check_round = CheckRoundFactory(school=school, closed_date=day)
    return ClassCheck.objects.create(
        round=check_round,
        school_class=ClassFactory(school=school, name="1A"),
        pupils=pupils,
        asked=pupils if asked is None else asked,
        named=0,
        named_nobody=nobody,
        by_adults=0,
        covered=pupils - without,
        mismatches=differ,
    )


@pytest.fixture
def areas(municipality):
    """Norra: A 2 of 40, B 9 of 60, C 8 of 55; Södra: D 12 of 80 and E none of 70."""
    rows = {name: Area.objects.create(municipality=municipality, name=name) for name in ("Norra", "Södra")}
    for name, area, pupils, without in (
        ("A", "Norra", 40, 2),
        ("B", "Norra", 60, 9),
        ("C", "Norra", 55, 8),
        ("D", "Södra", 80, 12),
        ("E", "Södra", 70, 0),
    ):
        closed(SchoolFactory(municipality=municipality, name=name, area=rows[area]), pupils=pupils, without=without)
    return rows


def shares(municipality, *, today=AFTER, profile=INTERNAL):
    return secure_base_shares(municipality=municipality, period=TERM, profile=profile, today=today)


def counts(rows):
    return {(row.school or row.area).name: row.without.count for row in rows}


def test_marks_are_the_same_in_the_whole_and_in_every_part(municipality, areas):
    told = shares(municipality)

    assert counts(told.schools) == {"A": "..", "B": 9, "C": "..", "D": 12, "E": 0}
    assert counts(told.areas) == {"Norra": 19, "Södra": 12}
    assert (told.total.without.count, told.total.pupils) == (31, 305)
    assert counts(told.of_area(areas["Norra"])) == {"A": "..", "B": 9, "C": "..", "Norra": 19}
    assert [counts(told.of_school(row.school)) for row in told.schools] == [
        {"A": ".."},
        {"B": 9},
        {"C": ".."},
        {"D": 12},
        {"E": 0},
    ]


def test_open_profile_hides_what_the_internal_hides_and_more(municipality, areas):
    told = shares(municipality, profile=OPEN)

    assert counts(told.schools) == {"A": "..", "B": "..", "C": "..", "D": 12, "E": 0}
    assert counts(told.areas) == {"Norra": 19, "Södra": ".."}


def test_term_is_told_the_day_after_its_last(municipality, areas):
    running = shares(municipality, today=date(2026, 12, 31))

    assert {row.without.count for row in running.schools} == {"."}
    assert (running.is_told, running.total.pupils, running.total.without.count) == (False, 305, ".")
    assert shares(municipality).is_told


def test_round_closed_after_its_term_stands_alone_and_in_no_sum(municipality, areas):
    late = SchoolFactory(municipality=municipality, name="F", area=areas["Södra"])
    closed(late, pupils=50, without=7, day=date(2027, 1, 9))
    told = shares(municipality, today=date(2027, 1, 10))

    assert counts(told.of_school(late)) == {"F": 7}
    assert (told.total.without.count, told.total.pupils) == (31, 305)


@pytest.mark.parametrize("day", [date(2027, 1, 9), date(2027, 3, 1)])
def test_two_looks_after_the_term_differ_in_nothing_but_the_late_schools_own_row(municipality, areas, day):
    """Figures that grew would tell the late school's small number as the difference between two sums."""
    late = SchoolFactory(municipality=municipality, name="F", area=areas["Södra"])
    open_round = CheckRoundFactory(school=late)
    before = shares(municipality)
    open_round.delete()
    closed(late, pupils=50, without=3, day=day)

    after = shares(municipality, today=day)

    assert (after.areas, after.total) == (before.areas, before.total)
    assert [row for row in after.schools if row.school != late] == [row for row in before.schools if row.school != late]
    assert counts(after.of_school(late)) == {"F": ".."}


def test_open_round_of_a_term_that_is_over_is_not_reported(municipality, areas):
    late = SchoolFactory(municipality=municipality, name="F", area=areas["Södra"])
    CheckRoundFactory(school=late)

    assert counts(shares(municipality).of_school(late)) == {"F": "."}


def test_school_without_a_round_is_not_a_nought(municipality, school):
    [row] = shares(municipality).schools

    assert (row.round, row.pupils, row.without.count, row.nobody.count) == (None, None, ".", ".")


def test_nobody_and_differing_words_are_counted_of_the_asked(municipality, school):
    closed(school, pupils=60, without=11, asked=50, nobody=6, differ=3)

    [row] = shares(municipality).schools

    assert (row.asked, row.nobody.n, row.nobody.count, row.nobody.share) == (50, 50, 6, 0.12)
    assert (row.differ.n, row.differ.count, row.differ.share) == (50, "..", "~0")


@pytest.mark.parametrize("count", [1, 3, 30])
def test_shares_ask_the_same_number_of_questions(municipality, query_count, count):
    for number in range(count):
        closed(SchoolFactory(municipality=municipality), pupils=30 + number, without=number % 8)

    with query_count(3):
        shares(municipality)

    assert CheckRound.objects.count() == count


def test_load_is_told_where_nothing_beside_it_is_hidden(municipality, areas):
    """A, where few are without, has its load hidden, and so has every sum that it is in; C is hidden to protect A."""
    pairs = {"A": 50, "B": 60, "C": 50, "D": 75, "E": 90}
    for check_round in CheckRound.objects.select_related("school"):
        check_round.load_adults, check_round.load_pairs = 10, pairs[check_round.school.name]
        check_round.save()

    told = shares(municipality)

    assert {row.school.name: row.load for row in told.schools} == {"A": "..", "B": 6.0, "C": "..", "D": 7.5, "E": 9.0}
    assert {row.area.name: row.load for row in told.areas} == {"Norra": "..", "Södra": 8.25}
    assert told.total.load == ".."
    assert {row.load for row in shares(municipality, today=date(2026, 12, 31)).schools} == {"."}


# What the careful reader knows of every school: each pupil is one of these, asked or not.
ASKED = {  # (without an adult, named nobody, the words differ)
    "nobody at all": (1, 1, 0),
    "only the adults' word": (0, 1, 1),
    "another than the adults'": (0, 0, 1),
    "one of the adults'": (0, 0, 0),
}
NOT_ASKED = {"nobody": (1, 0, 0), "by the adults' word": (0, 0, 0)}


def figures(pupils, asked, nobody_at_all, only_adults, another, not_asked_without):
    return SecureBaseFigures(
        pupils=pupils,
        asked=asked,
        named_nobody=nobody_at_all + only_adults,
        covered=pupils - nobody_at_all - not_asked_without,
        mismatches=only_adults + another,
    )


@st.composite
def school_figures(draw):
    asked = draw(st.sampled_from([8, 10, 13]))
    others = draw(st.integers(0, 3))
    at_all = draw(st.integers(0, asked))
    only = draw(st.integers(0, asked - at_all))
    another = draw(st.integers(0, asked - at_all - only))
    return figures(asked + others, asked, at_all, only, another, draw(st.integers(0, others)))


def worlds(row):
    """Every (without, nobody, differ) that some pupils could add up to."""
    asked, others = range(row.asked + 1), range(row.not_asked + 1)
    return {
        (at_all + alone, at_all + only, only + another)
        for at_all, only, another in product(asked, repeat=3)
        if at_all + only + another <= row.asked
        for alone in others
    }


def by_marks(shown, profile):
    """What each count may be by its own mark alone."""
    n, t = shown.n, profile.threshold
    if isinstance(shown.count, int):
        return {shown.count}
    if shown.share == "~0":
        return set(range(1, t + 1))
    return set(range(max(t + 1, n - t), n)) if shown.share == "~100" else set(range(n + 1))


def by_the_rule(n, c, profile):
    """What a reader may know of a small count, and no less; None when it is not small."""
    t = profile.threshold
    if c == 0:
        return None
    if n < profile.smallest_group:
        return set(range(1, n + 1))
    if c <= t:
        return set(range(1, t + 1))
    return set(range(max(t + 1, n - t), n)) if 1 <= n - c <= t else None


def learnt_together(rows, profile):
    """The small counts that the three attributes of all schools, read together, tell too much of."""
    schools = [School(pk=pk) for pk in range(1, len(rows) + 1)]
    told = decided(schools, dict(enumerate(rows, start=1)), profile)
    attributes = ("without", "nobody", "differ")
    domains = {
        key: [by_marks(told[name][key], profile) for name in attributes]
        for key in (ALL, *(f"school:{school.pk}" for school in schools))
    }

    def fits(world, key):
        return all(count in domain for count, domain in zip(world, domains[key], strict=True))

    possible = [[world for world in worlds(row) if fits(world, f"school:{pk}")] for pk, row in enumerate(rows, 1)]
    seen = [[set(), set(), set()] for _row in rows]
    for together in product(*possible):
        if fits(tuple(map(sum, zip(*together, strict=True))), ALL):
            for place, world in enumerate(together):
                for attribute, count in enumerate(world):
                    seen[place][attribute].add(count)
    found = {}
    for place, row in enumerate(rows):
        counts = ((row.pupils, row.uncovered), (row.asked, row.named_nobody), (row.asked, row.mismatches))
        for attribute, (n, c) in enumerate(counts):
            doubt = by_the_rule(n, c, profile)
            assert c in seen[place][attribute]
            if doubt and not doubt <= seen[place][attribute] | beyond(row, attribute):
                found[place, attributes[attribute]] = seen[place][attribute]
    return found


def beyond(row, attribute):
    """Counts that no school with so many asked could have, whatever is told."""
    return set(range(row.pupils + 1)) - {world[attribute] for world in worlds(row)}


@pytest.mark.parametrize(
    "row",
    [
        figures(60, 60, 4, 4, 0, 0),  # 8 named nobody and 4 at most differ: 4 at least are without
        figures(25, 24, 0, 0, 6, 1),  # nobody named nobody: who is without one is the pupil who was not asked
        figures(60, 60, 8, 4, 0, 0),  # 12 named nobody, 8 are without: the words differ for 4 at least
    ],
)
def test_three_attributes_of_a_school_do_not_tell_of_one_another(row):
    told = decided([School(pk=1)], {1: row}, INTERNAL)

    assert learnt_together([row], INTERNAL) == {}
    assert [told[name]["school:1"].is_hidden for name in ("without", "nobody", "differ")].count(True) >= 2


@pytest.mark.parametrize("profile", [INTERNAL, OPEN])
@settings(max_examples=40, deadline=None, derandomize=True)
@given(row=school_figures())
def test_nothing_small_can_be_worked_out_from_three_attributes(profile, row):
    assert learnt_together([row], profile) == {}


@settings(max_examples=12, deadline=None, derandomize=True)
@given(rows=st.lists(school_figures(), min_size=2, max_size=2))
def test_nothing_small_can_be_worked_out_from_three_attributes_of_two_schools(rows):
    assert learnt_together(rows, INTERNAL) == {}
