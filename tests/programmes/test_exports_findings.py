"""The sentence that answers, in Swedish for none, one and many."""

from datetime import date

import pytest

from programmes.exports.findings import coverage_finding
from programmes.models import Period
from programmes.reports.coverage import CoverageFigures, CoverageReport


def finding(period="HT2026", day=date(2026, 12, 31), **counts):
    report = CoverageReport(
        programme=None,
        period=Period.parse(period),
        day=day,
        classes=[],
        schools=[],
        total=CoverageFigures(**counts),
    )
    return str(coverage_finding(report))


def test_worked_example_is_one_sentence_and_its_base_sessions():
    assert finding(
        expected=10,
        held_of_expected=6,
        not_held=1,
        not_reported=3,
        classes_with_expected_base=4,
        classes_with_all_base=2,
    ) == (
        "HT 2026: 6 av 10 förväntade pass är genomförda, 3 är inte rapporterade, 1 blev inte av. "
        "I 2 av 4 klasser är alla baspass hittills gjorda."
    )


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (
            {"expected": 10, "held_of_expected": 1, "not_reported": 1, "not_held": 8},
            "1 av 10 förväntade pass är genomfört, 1 är inte rapporterat, 8 blev inte av.",
        ),
        (
            {"expected": 2, "not_reported": 2},
            "0 av 2 förväntade pass är genomförda, 2 är inte rapporterade.",
        ),
        (
            {"expected": 99360, "held_of_expected": 89424, "not_reported": 9936},
            "89\N{NO-BREAK SPACE}424 av 99\N{NO-BREAK SPACE}360 förväntade pass är genomförda, "
            "9\N{NO-BREAK SPACE}936 är inte rapporterade.",
        ),
        ({"expected": 1, "held_of_expected": 1}, "1 av 1 förväntat pass är genomfört."),
        ({"expected": 1, "not_held": 1}, "0 av 1 förväntat pass är genomfört, 1 blev inte av."),
        ({"expected": 7, "held_of_expected": 7}, "alla 7 förväntade pass är genomförda."),
        ({}, "inga pass var förväntade till och med 31 december 2026."),
    ],
)
def test_sentence_agrees_with_its_numbers(counts, sentence):
    assert finding(**counts) == f"HT 2026: {sentence}"


@pytest.mark.parametrize(
    ("done", "classes", "sentence"),
    [
        (0, 1, "I 0 av 1 klass är alla baspass hittills gjorda."),
        (1, 1, "I 1 av 1 klass är alla baspass hittills gjorda."),
        (0, 4, "I ingen av 4 klasser är alla baspass hittills gjorda."),
        (1, 4, "I 1 av 4 klasser är alla baspass hittills gjorda."),
        (4, 4, "I alla 4 klasser är alla baspass hittills gjorda."),
    ],
)
def test_base_sentence_agrees_with_its_numbers(done, classes, sentence):
    said = finding(expected=4, held_of_expected=4, classes_with_expected_base=classes, classes_with_all_base=done)
    assert said == f"HT 2026: alla 4 förväntade pass är genomförda. {sentence}"


def test_period_to_come_says_what_is_planned():
    early = date(2026, 11, 22)
    assert finding("VT2027", day=early, planned=2) == "VT 2027: inga pass är förväntade ännu, 2 är planerade."
    assert finding("VT2027", day=early, planned=1) == "VT 2027: inga pass är förväntade ännu, 1 är planerat."
    assert finding("VT2027", day=early) == "VT 2027: inga pass är förväntade ännu."


def test_school_year_is_called_so():
    assert finding("2026/27", expected=2, held_of_expected=2) == (
        "Läsåret 2026/27: alla 2 förväntade pass är genomförda."
    )
