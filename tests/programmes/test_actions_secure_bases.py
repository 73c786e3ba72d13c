"""Two people at the same list, rounds that open and close, and lists that move along."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from programmes.actions.check_rounds import (
    RoundRefusedError,
    change_adult,
    close_check_round,
    open_check_round,
    reopen_check_round,
)
from programmes.actions.class_lists import (
    ListConflictError,
    ListEdit,
    ListedValues,
    add_pupils,
    edit_list,
    fetch_lists,
)
from programmes.actions.secure_bases import (
    PupilWords,
    add_secure_base,
    change_words,
    confirm_adults_word,
    record_answer,
    remove_secure_base,
)
from programmes.enums import EventKind
from programmes.models import CheckRound, Event, ListedPupil, SecureBase
from tests.factories import (
    CheckRoundFactory,
    ClassFactory,
    ListedPupilFactory,
    SchoolAdultFactory,
    SecureBaseFactory,
)


@pytest.fixture
def autumn(school):
    return CheckRoundFactory(school=school)


@pytest.fixture
def pupil(school_class):
    return ListedPupilFactory(school_class=school_class, number=4)


@pytest.fixture
def adult(school):
    return SchoolAdultFactory(school=school, name="K.")


@pytest.fixture
def other(school):
    return SchoolAdultFactory(school=school, name="S.")


def links():
    return set(SecureBase.objects.values_list("pupil__number", "adult__name", "word"))


def asked_of(pupil):
    pupil.refresh_from_db()
    return pupil.asked_round, pupil.names_nobody


# One at a time


def test_tapping_twice_is_once(pupil, adult, autumn):
    for _tap in range(2):
        add_secure_base(pupil=pupil, adult=adult, word="adults", check_round=autumn)

    assert links() == {(4, "K.", "adults")}
    assert asked_of(pupil) == (None, False)


def test_pupils_own_word_means_that_the_pupil_was_asked(pupil, adult, autumn):
    record_answer(pupil=pupil, adults=[], check_round=autumn)
    add_secure_base(pupil=pupil, adult=adult, word="pupil", check_round=autumn)

    assert asked_of(pupil) == (autumn, False)


def test_pupil_whose_only_word_is_taken_back_has_not_been_asked(pupil, adult, other, autumn):
    record_answer(pupil=pupil, adults=[adult, other], check_round=autumn)
    standing = {autumn.pk}

    remove_secure_base(pupil=pupil, adult=adult, word="pupil", standing=standing)
    assert asked_of(pupil) == (autumn, False)

    remove_secure_base(pupil=pupil, adult=other, word="pupil", standing=standing)
    assert asked_of(pupil) == (None, False)


def test_answer_replaces_the_pupils_word_and_leaves_the_adults(pupil, adult, other, autumn):
    SecureBaseFactory(pupil=pupil, adult=adult, word="adults", round=autumn)
    record_answer(pupil=pupil, adults=[adult], check_round=autumn)
    record_answer(pupil=pupil, adults=[other], check_round=autumn)

    assert links() == {(4, "K.", "adults"), (4, "S.", "pupil")}

    record_answer(pupil=pupil, adults=[], check_round=autumn)

    assert links() == {(4, "K.", "adults")}
    assert asked_of(pupil) == (autumn, True)


# Two at once


def test_two_who_change_the_same_pupil_lose_nothing(pupil, adult, other, autumn):
    """Both opened the form when K. stood there; one takes K. away, the other adds S."""
    SecureBaseFactory(pupil=pupil, adult=adult, word="adults", round=autumn)
    seen = frozenset({("adults", adult.pk)})

    change_words(pupil=pupil, words=PupilWords(seen, frozenset(), False, False), check_round=autumn)
    said = frozenset({("adults", other.pk)})
    change_words(pupil=pupil, words=PupilWords(frozenset(), said, False, False), check_round=autumn)

    assert links() == {(4, "S.", "adults")}


def test_form_that_says_nobody_gives_way_to_an_answer_given_meanwhile(pupil, adult, autumn):
    add_secure_base(pupil=pupil, adult=adult, word="pupil", check_round=autumn)

    change_words(
        pupil=pupil, words=PupilWords(frozenset(), frozenset(), is_asked=True, names_nobody=True), check_round=autumn
    )

    assert links() == {(4, "K.", "pupil")}
    assert asked_of(pupil) == (autumn, False)


def edit(before="", after="", **options):
    return ListEdit(ListedValues(before), ListedValues(after), **options)


def names_on(school_class):
    return list(school_class.listed_pupils.order_by("number").values_list("number", "short_name"))


def test_two_who_edit_different_pupils_of_a_list_lose_nothing(school_class):
    add_pupils(school_class=school_class, count=2)

    edit_list(school_class=school_class, edits={1: edit(after="Alma"), 2: edit()})
    edit_list(school_class=school_class, edits={1: edit(), 2: edit(after="Bilal")})

    assert names_on(school_class) == [(1, "Alma"), (2, "Bilal")]


def test_two_who_edit_the_same_pupil_are_told_and_nothing_is_saved(school_class):
    add_pupils(school_class=school_class, count=2)
    edit_list(school_class=school_class, edits={1: edit(after="Alma")})

    with pytest.raises(ListConflictError) as caught:
        edit_list(school_class=school_class, edits={1: edit(after="Alva"), 2: edit(after="Bilal")})

    assert caught.value.numbers == [1]
    assert names_on(school_class) == [(1, "Alma"), (2, "")]


def test_pupil_who_left_goes_with_everything(pupil, adult, autumn, school_class):
    SecureBaseFactory(pupil=pupil, adult=adult, round=autumn)

    edit_list(school_class=school_class, edits={4: edit(is_removed=True)})

    assert (names_on(school_class), links()) == ([], set())


def test_numbers_go_on_after_the_last_and_stop_at_sixty(school_class):
    ListedPupilFactory(school_class=school_class, number=58)

    assert add_pupils(school_class=school_class, count=5) == [59, 60]


def test_database_refuses_a_short_name_for_protected_identity(school_class):
    with pytest.raises(IntegrityError), transaction.atomic():
        ListedPupilFactory(school_class=school_class, is_protected=True, short_name="Alma")


# Rounds


def test_term_has_one_round_and_the_second_is_refused(school, coordinator, today):
    opened = open_check_round(school=school, due_date=None, user=coordinator, today=today)

    assert (opened.term, opened.first_day, opened.is_open) == ("HT2026", date(2026, 7, 1), True)
    with pytest.raises(RoundRefusedError):
        open_check_round(school=school, due_date=None, user=coordinator, today=today)
    assert CheckRound.objects.count() == 1


def test_next_term_waits_until_the_last_is_closed(school, coordinator, autumn):
    with pytest.raises(RoundRefusedError):
        open_check_round(school=school, due_date=None, user=coordinator, today=date(2027, 1, 20))


def test_opening_forgets_what_stood_in_no_round_that_counts(school, coordinator, pupil, adult, other, autumn):
    spring = CheckRoundFactory(school=school, term="VT2026", closed_date=date(2026, 6, 1), opened_date=date(2026, 2, 1))
    SecureBaseFactory(pupil=pupil, adult=adult, round=spring)
    SecureBaseFactory(pupil=pupil, adult=other, round=autumn)
    close_check_round(check_round=autumn, figures={}, user=coordinator, today=date(2026, 12, 11))

    open_check_round(school=school, due_date=None, user=coordinator, today=date(2027, 1, 20))

    assert links() == {(4, "S.", "adults")}


FIGURES = {"pupils": 21, "asked": 20, "named": 18, "named_nobody": 2, "by_adults": 17, "covered": 19, "mismatches": 1}


def test_closing_keeps_the_figures_and_reopening_takes_them_back(autumn, school_class, coordinator, today):
    close_check_round(
        check_round=autumn, figures={school_class: FIGURES}, load=[12, 7, 1], user=coordinator, today=today
    )

    autumn.refresh_from_db()
    assert (autumn.load_adults, autumn.load_pairs) == (3, 20)
    assert list(autumn.class_checks.values_list("school_class__name", "covered", "pupils")) == [("3B", 19, 21)]
    with pytest.raises(RoundRefusedError):
        close_check_round(check_round=autumn, figures={}, user=coordinator, today=today)

    reopen_check_round(check_round=autumn, user=coordinator, today=today)

    autumn.refresh_from_db()
    assert (autumn.is_open, autumn.class_checks.count(), autumn.load_adults) == (True, 0, None)
    assert list(Event.objects.order_by("pk").values_list("kind", "about")) == [
        (EventKind.SECURE_BASE_CLOSED, {"term": "HT 2026"}),
        (EventKind.SECURE_BASE_OPENED, {"term": "HT 2026"}),
    ]


def test_round_whose_term_is_over_stays_closed(autumn, school_class, coordinator, today):
    close_check_round(check_round=autumn, figures={school_class: FIGURES}, user=coordinator, today=today)

    with pytest.raises(RoundRefusedError):
        reopen_check_round(check_round=autumn, user=coordinator, today=date(2027, 1, 1))

    assert autumn.class_checks.count() == 1


def test_confirming_is_of_the_adults_word_alone(pupil, adult, other, school, autumn):
    spring = CheckRoundFactory(school=school, term="VT2026", closed_date=date(2026, 6, 1), opened_date=date(2026, 2, 1))
    SecureBaseFactory(pupil=pupil, adult=adult, word="adults", round=spring)
    SecureBaseFactory(pupil=pupil, adult=adult, word="pupil", round=spring)
    SecureBaseFactory(pupil=pupil, adult=other, word="adults", round=spring)

    count = confirm_adults_word(pupils=[pupil], adults=[adult], check_round=autumn, before=spring)

    assert count == 1
    assert list(SecureBase.objects.filter(round=autumn).values_list("adult__name", "word")) == [("K.", "adults")]


def test_two_adults_are_not_called_the_same(school, adult, other):
    assert change_adult(adult=other, role="teacher", name="k.", end_date=None) is False
    assert change_adult(adult=other, role="nurse", name="K.", end_date=None) is True


# The next school year


def test_lists_move_along_and_merge_without_losing_anybody(school, coordinator, adult, autumn):
    first, second = ClassFactory(school=school, name="2A"), ClassFactory(school=school, name="2B")
    new = ClassFactory(school=school, name="3A", start_year=2027)
    for row in (first, second):
        for number in (1, 2):
            SecureBaseFactory(pupil=ListedPupilFactory(school_class=row, number=number), adult=adult, round=autumn)

    assert fetch_lists(school_class=new, earlier=[first, second], user=coordinator) == 4
    assert fetch_lists(school_class=new, earlier=[first, second], user=coordinator) == 0

    assert [number for number, _name in names_on(new)] == [1, 2, 3, 4]
    assert ListedPupil.objects.filter(secure_bases__isnull=False).count() == 4
