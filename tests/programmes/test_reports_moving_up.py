"""Next year's classes as they are proposed."""

from datetime import date

import pytest

from programmes.models import SchoolClass
from programmes.reports.moving_up import propose_classes, year_to_begin


def a_class(name, lowest, highest=None, *, start_year=2026, enrolled=20):
    return SchoolClass(
        name=name,
        lowest_grade=lowest,
        highest_grade=lowest if highest is None else highest,
        start_year=start_year,
        enrolled=enrolled,
    )


def proposed(*classes, start_year=2027):
    return [
        (row.old and row.old.name, row.name, row.lowest_grade, row.highest_grade, row.enrolled)
        for row in propose_classes(classes, start_year=start_year)
    ]


def test_classes_move_up_the_oldest_leave_and_the_youngest_are_new():
    assert proposed(a_class("FA", 0, enrolled=19), a_class("3B", 3, enrolled=21), a_class("5A", 5, enrolled=26)) == [
        (None, "FA", 0, 0, None),
        ("FA", "1A", 1, 1, 19),
        ("3B", "4B", 4, 4, 21),
        ("5A", "", 5, 5, 26),
    ]


def test_mixed_classes_keep_within_the_school():
    assert proposed(a_class("Åk 1-2", 1, 2), a_class("GRAN 4–6", 4, 6)) == [
        (None, "Åk 1-2", 1, 2, None),
        ("Åk 1-2", "Åk 2-3", 2, 3, 20),
        ("GRAN 4–6", "GRAN 5–6", 5, 6, 20),
    ]


@pytest.mark.parametrize(
    ("name", "grade", "becomes"),
    [
        ("3B", 3, "4B"),
        ("3 b", 3, "4 b"),
        ("7:2", 7, "8:2"),
        ("Klass 3", 3, "Klass 4"),
        ("13", 3, "13"),
        ("F", 0, "1"),
        ("FB", 0, "1B"),
        ("F-klass", 0, "1"),
        ("Förskoleklass Ugglan", 0, "1 Ugglan"),
        ("Falken", 0, "Falken"),
        ("Ugglan", 2, "Ugglan"),
    ],
)
def test_name_follows_the_grade(name, grade, becomes):
    assert proposed(a_class(name, grade), a_class("9A", 9))[-2][:2] == (name, becomes)


def test_names_follow_the_renumbering_of_2028():
    """In 2028/29 the preschool class is called year 1, and what was year 3 goes on in year 5."""
    classes = (a_class("FA", 0, start_year=2027), a_class("3B", 3, start_year=2027), a_class("5A", 5, start_year=2027))

    assert [name for _old, name, *_rest in proposed(*classes, start_year=2028)] == ["1A", "2A", "5B", ""]


def test_school_without_classes_proposes_none():
    assert proposed() == []


@pytest.mark.parametrize(
    ("years", "begins"), [([2025], 2026), ([2025, 2026], 2027), ([2026], 2027), ([], 2027), ([2024], 2027)]
)
def test_year_that_begins_is_the_one_that_lacks_classes(years, begins):
    assert year_to_begin(years, today=date(2026, 8, 10)) == begins
