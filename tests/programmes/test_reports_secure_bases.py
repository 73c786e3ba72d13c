"""The measures of trygg bas, row by row: a worked example of one class, and what time does to it."""

from datetime import date

import pytest

from programmes.models import CheckRound, ListedPupil, SchoolClass
from programmes.reports.secure_bases import (
    Rounds,
    SecureBaseFigures,
    load_of,
    rounds_of,
    standings,
)
from tests.factories import (
    CheckRoundFactory,
    ClassFactory,
    ListedPupilFactory,
    SchoolAdultFactory,
    SecureBaseFactory,
)


@pytest.fixture
def spring(school):
    return CheckRoundFactory(school=school, term="VT2026", opened_date=date(2026, 2, 2), closed_date=date(2026, 6, 1))


@pytest.fixture
def autumn(school, spring):
    return CheckRoundFactory(school=school, term="HT2026")


@pytest.fixture
def adults(school):
    return {
        name: SchoolAdultFactory(school=school, name=name, end_date=end)
        for name, end in (("K.", None), ("S.", None), ("M.", None), ("H.", date(2026, 10, 30)))
    }


# Pupil, adults by the pupil's word, by the adults', whether asked; H. has left. None: the pupil named nobody.
EXAMPLE = [
    (1, "K. S.", "K. S.", "both words the same"),
    (2, "-", "K.", "not asked"),
    (3, "M.", "", "the pupil's word alone"),
    (4, None, "", "named nobody, and the adults know of none"),
    (5, None, "S.", "named nobody, but the adults thought of somebody"),
    (6, "M.", "K.", "the words have nobody in common"),
    (7, "K. M.", "K.", "the words have one in common"),
    (8, "H.", "", "named one who has left"),
    (9, "-", "H.", "the adults' word is of one who has left"),
    (10, "-", "", "nothing known"),
]


@pytest.fixture
def example(school_class, adults, autumn):
    for number, by_pupil, by_adults, _why in EXAMPLE:
        pupil = ListedPupilFactory(
            school_class=school_class,
            number=number,
            asked_round=None if by_pupil == "-" else autumn,
            names_nobody=by_pupil is None,
        )
        for word, names in (("pupil", by_pupil), ("adults", by_adults)):
            for name in (names or "").replace("-", "").split():
                SecureBaseFactory(pupil=pupil, adult=adults[name], word=word, round=autumn)
    return school_class


def standing_of(school_class, *, on, rounds=None):
    [row] = standings(
        pupils=ListedPupil.objects.all(),
        classes=[school_class],
        rounds=rounds or rounds_of(school_class.school),
        today=on,
    )
    return row


def numbers(rows):
    return [row.pupil.number for row in rows]


def test_worked_example_row_by_row(example, today):
    row = standing_of(example, on=today)

    assert row.figures == SecureBaseFigures(
        pupils=10, asked=7, named=4, named_nobody=2, by_adults=5, covered=6, mismatches=2
    )
    assert (row.figures.uncovered, row.figures.not_asked) == (4, 3)
    assert numbers(row.uncovered) == [4, 8, 9, 10]
    assert numbers(row.mismatches) == [5, 6]
    assert numbers(row.settled) == [1, 2, 3, 7]


def test_load_counts_each_pupil_once_for_an_adult_by_either_word(example, adults, today):
    assert load_of([standing_of(example, on=today)]) == [(adults["K."], 4), (adults["M."], 3), (adults["S."], 2)]


def test_adult_counts_until_the_last_day_and_not_after(example):
    assert numbers(standing_of(example, on=date(2026, 10, 30)).uncovered) == [4, 10]
    assert numbers(standing_of(example, on=date(2026, 10, 31)).uncovered) == [4, 8, 9, 10]


@pytest.fixture
def carried(school_class, adults, spring, autumn):
    """A pupil whose two words were confirmed in the spring, and one confirmed this autumn."""
    old = ListedPupilFactory(school_class=school_class, number=1, asked_round=spring)
    new = ListedPupilFactory(school_class=school_class, number=2, asked_round=autumn)
    for word in ("pupil", "adults"):
        SecureBaseFactory(pupil=old, adult=adults["K."], word=word, round=spring)
        SecureBaseFactory(pupil=new, adult=adults["S."], word=word, round=autumn)
    return school_class


def test_unconfirmed_counts_as_last_confirmed_while_the_round_is_open(carried, today):
    row = standing_of(carried, on=today)

    assert (row.figures.covered, row.figures.asked, row.unconfirmed) == (2, 2, 1)


def test_unconfirmed_counts_for_nobody_once_the_round_is_closed(carried, autumn, today):
    assert standing_of(carried, on=today, rounds=Rounds(autumn)).figures.covered == 1
    autumn.closed_date = today
    autumn.save()

    row = standing_of(carried, on=today)

    assert (row.figures.covered, row.figures.asked, row.unconfirmed) == (1, 1, 0)


def test_what_was_confirmed_two_rounds_ago_counts_for_nobody(carried, school, autumn, today):
    autumn.closed_date = today
    autumn.save()
    CheckRoundFactory(school=school, term="VT2027", opened_date=date(2027, 1, 20))

    assert standing_of(carried, on=date(2027, 1, 20)).figures.covered == 1


def test_no_round_is_no_figure(school_class, today):
    ListedPupilFactory(school_class=school_class, number=1)

    assert standing_of(school_class, on=today).figures == SecureBaseFigures(pupils=1)


@pytest.mark.parametrize("class_count", [1, 3, 30])
def test_standings_ask_two_questions_however_many_classes(school, adults, autumn, today, class_count, query_count):
    for number in range(class_count):
        row = ClassFactory(school=school, name=f"{number}A")
        for pupil in range(1, 4):
            SecureBaseFactory(
                pupil=ListedPupilFactory(school_class=row, number=pupil), adult=adults["K."], round=autumn
            )
    classes = list(SchoolClass.objects.all())
    rounds = Rounds(*CheckRound.objects.latest_two(school))

    with query_count(2):
        rows = standings(pupils=ListedPupil.objects.all(), classes=classes, rounds=rounds, today=today)

    assert sum(row.figures.covered for row in rows) == 3 * class_count
