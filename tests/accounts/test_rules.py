"""The detector of personal identity numbers: what it must catch, what it must let pass, how often it errs."""

import random
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings, strategies as st
from personnummer import personnummer

from accounts.rules import (
    PERSONAL_IDENTITY_NUMBER_MESSAGE,
    find_personal_identity_number,
    validate_no_personal_identity_number,
)

CAUGHT = [
    "2012 12 12-1212",
    "900101-0017",
    "199001010017",
    "701063-2391",
    "121212+1212",
    "20121212–1212",
    "20130101TF01",
    "Pnr:20121212-1212.",
    "9001010017",
    "20121212 - 1212",
    "20121212\u00a01212",
    "(20150412-2386)",
    "pratade med 20150412-2386 efteråt",
    "2012-12-12-1212",
    "2012.12.12-1212",
    "20121212-1213",
    "121212-9999",
    "19701063-2391",
    "20121212−1212",
    "20121212/1212",
    "130101-TF01",
    "Elev 900101-0017, klass 3B",
]
PASSED = [
    "2019–2024",
    "20260817-20261218",
    "2024-08-19–2025-06-11",
    "556036-0793",
    "070-123 45 67",
    "Skolenhetskod 12345678",
    "2026-11-22 14:05",
    "2026-11-22-3B",
    "bankgiro 5050-1055",
    "",
    "99000011",
    "0701234567",
    "+46 70 123 45 67",
    "08-530 610 00",
    "v. 47 (16–22 november 2026)",
    "2026-11-22",
    "2026-11-22 14.05",
    "kl. 9.00–15.30",
    "dnr 2026/1234",
    "2026-08-17 – 2026-12-18",
    "2026/27",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_personal_identity_number_is_found(text):
    assert find_personal_identity_number(text) is True


@pytest.mark.parametrize("text", PASSED)
def test_other_numbers_pass(text):
    assert find_personal_identity_number(text) is False


def test_refusal_does_not_repeat_the_text():
    with pytest.raises(ValidationError) as refused:
        validate_no_personal_identity_number("Elev 20121212-1212")

    assert refused.value.messages == [str(PERSONAL_IDENTITY_NUMBER_MESSAGE)]
    assert str(PERSONAL_IDENTITY_NUMBER_MESSAGE) == (
        "Texten ser ut att innehålla ett personnummer. Ta bort det – skriv aldrig uppgifter om enskilda elever här."
    )


@pytest.mark.parametrize("value", ["Klass 3B höll passet", "", None, 20121212])
def test_other_values_are_accepted(value):
    assert validate_no_personal_identity_number(value) is None


@st.composite
def _personal_identity_numbers(draw):
    """A number with a right check digit, written in one of the ways people write it."""
    day = draw(st.dates(date(1920, 1, 1), date(2026, 11, 22)))
    number = draw(st.integers(1, 999))
    day_of_month = day.day + draw(st.sampled_from([0, 60]))
    short = f"{day:%y%m}{day_of_month:02d}"
    digits = f"{short}{number:03d}"
    digits += str(_check_digit(digits))
    century = draw(st.sampled_from(["", f"{day.year // 100}"]))
    sign = draw(st.sampled_from(["", "-", "+", "–", " - ", "\u2212", "\u00a0-"]))
    return f"{century}{short}{sign}{digits[6:]}"


def _check_digit(nine):
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(nine))
    return -sum(value - 9 if value > 9 else value for value in doubled) % 10


@settings(max_examples=500, deadline=None)
@given(
    _personal_identity_numbers(), st.sampled_from(["", "Elev ", "(", "pnr:"]), st.sampled_from(["", ".", " sjuk", ")"])
)
def test_every_valid_number_is_found_however_it_is_written(number, before, after):
    assert find_personal_identity_number(f"{before}{number}{after}") is True


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text):
    assert find_personal_identity_number(text) in {True, False}


@st.composite
def _dates_as_written(draw):
    first, last = (
        draw(st.dates(date(2019, 1, 1), date(2030, 12, 31))),
        draw(st.dates(date(2019, 1, 1), date(2030, 12, 31))),
    )
    form = draw(
        st.sampled_from(
            [
                "{0:%Y-%m-%d}",
                "{0:%Y%m%d}",
                "{0:%d.%m.%Y}",
                "{0:%Y-%m-%d} 09:30",
                "{0:%Y-%m-%d} kl. 14.05",
                "{0:%Y-%m-%d}-3B",
                "{0:%Y%m%d}-{1:%Y%m%d}",
                "{0:%Y-%m-%d}–{1:%Y-%m-%d}",
                "{0:%Y-%m-%d} - {1:%Y-%m-%d}",
                "{0:%Y}–{1:%Y}",
            ]
        )
    )
    return form.format(first, last)


@st.composite
def _phone_numbers_as_written(draw):
    area, rest = draw(st.sampled_from(["70", "72", "73", "76", "79"])), draw(st.from_regex(r"[0-9]{7}", fullmatch=True))
    form = draw(st.sampled_from(["0{0}-{1} {2} {3}", "0{0} {1} {2} {3}", "0{0}-{1}{2}{3}", "+46{0}{1}{2}{3}"]))
    return form.format(area, rest[:3], rest[3:5], rest[5:])


_SCHOOL_UNIT_CODES = st.from_regex(r"(Skolenhetskod )?[1-9][0-9]{7}", fullmatch=True)


@settings(max_examples=2000, deadline=None, derandomize=True)
@given(st.one_of(_dates_as_written(), _phone_numbers_as_written(), _SCHOOL_UNIT_CODES))
def test_dates_phone_numbers_and_school_unit_codes_never_raise_a_false_alarm(text):
    assert find_personal_identity_number(text) is False


def _random_lines(chance, number):
    """Phone numbers, dates, codes and times as people write them, at random; none of them a bare mobile number."""
    for _turn in range(number):
        digits = [chance.randrange(10) for _digit in range(10)]
        d = "".join(map(str, digits))
        month, day, year = chance.randrange(1, 13), chance.randrange(1, 29), chance.randrange(2019, 2031)
        yield chance.choice(
            [
                f"07{d[0]}-{d[1:4]} {d[4:6]} {d[6:8]}",
                f"07{d[0]} {d[1:4]} {d[4:6]} {d[6:8]}",
                f"+467{d[:8]}",
                f"0046 7{d[0]} {d[1:4]} {d[4:6]} {d[6:8]}",
                f"08-{d[:3]} {d[3:6]} {d[6:8]}",
                f"{year}-{month:02}-{day:02}",
                f"{year}{month:02}{day:02}",
                f"{day}.{month}.{year} kl. {digits[0]:02}.{d[1:3]}",
                f"{year}-{month:02}-{day:02} 14:{d[:2]}",
                f"{year}-{month:02}-{day:02}–{year + 1}-{month:02}-{day:02}",
                f"{year}{month:02}{day:02}-{year + 1}{month:02}{day:02}",
                f"Skolenhetskod {chance.randrange(1, 10)}{d[:7]}",
                f"dnr KS {year}/{d[:4]}",
                f"bankgiro {d[:4]}-{d[4:8]}",
                f"{month:02}{d[0]}{d[1:3]} {d[3:5]}",
                f"klass {digits[0]}{chance.choice('ABCD')}, {d[1:3]} elever, {d[3:5]} min",
            ]
        )


def test_100_000_phone_numbers_dates_and_codes_raise_no_false_alarm():
    chance = random.Random(20261122)  # noqa: S311  the same lines every time, and no secret

    assert [line for line in _random_lines(chance, 100_000) if find_personal_identity_number(line)] == []


def test_bare_mobile_numbers_raise_a_false_alarm_once_in_a_hundred():
    """`070` can begin a birth date in 2007: where month, day and check digit fit, nothing tells the two apart.

    The rate stands in docs/threat-model.md; fields for a telephone number are checked as one instead.
    """
    chance = random.Random(2026)  # noqa: S311  the same numbers every time, and no secret
    numbers = [
        chance.choice(["070", "072", "073", "076", "079"]) + f"{chance.randrange(10**7):07d}" for _ in range(20_000)
    ]

    assert sum(find_personal_identity_number(number) for number in numbers) == 208


def test_check_digit_of_these_tests_is_the_one_of_the_library():
    assert _check_digit("701063239") == 1
    assert personnummer.valid("701063-2391") is True
