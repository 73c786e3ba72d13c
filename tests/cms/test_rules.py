import pytest

from cms.rules import is_near, may_miss, stem, stems_of


@pytest.mark.parametrize(
    ("forms", "shared"),
    [
        (["skola", "skolan", "skolor", "skolorna", "Skolans"], "skol"),
        (["åskådare", "askadare", "ÅSKÅDARNA"], "askad"),
        (["klassrum", "klassrummet"], "klassrum"),
        (["norm", "normer", "normerna"], "norm"),
        (["barn", "barnet", "barnens"], "barn"),
        (["å", "a"], "a"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms, shared):
    assert {stem(form) for form in forms} == {shared}


def test_stems_of_a_text_leave_signs_out():
    assert stems_of("Skolan, skolorna & «norm»!") == {"skol", "norm"}


@pytest.mark.parametrize(
    ("one", "other", "most", "near"),
    [
        ("mobning", "mobbning", 1, True),
        ("vanksap", "vanskap", 1, True),
        ("vald", "mald", 1, True),
        ("vald", "gren", 2, False),
        ("trygg", "tryggheten", 2, False),
        ("norm", "norm", 0, True),
        ("norm", "nord", 0, False),
    ],
)
def test_near_word_differs_by_few_letters(one, other, most, near):
    assert is_near(one, other, most=most) is near


def test_longer_word_may_miss_more_letters():
    assert [may_miss("a" * length) for length in (3, 4, 6, 7)] == [0, 1, 1, 2]
