"""Trygg bas above the school: decided once for the municipality, told when the term is over, the same in any part."""

from datetime import date

import pytest

from programmes.models import Area, CheckRound, ClassCheck, Period
from programmes.reports.secure_base_shares import secure_base_shares
from programmes.reports.suppression import INTERNAL, OPEN
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
