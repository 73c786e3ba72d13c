"""Periods and school years."""

from datetime import date

import pytest

from programmes.models import Period
from programmes.models.terms import parse_school_year, start_year_of


@pytest.mark.parametrize("text", ["2026/27", "2026/2027", "2026-27", "2026–2027", "26/27"])
def test_school_year_is_read_in_every_form(text):
    assert parse_school_year(text) == 2026


@pytest.mark.parametrize("text", ["2026/28", "2026", "", "läsår", "2026/27/28", "0000/01", "9999/00"])
def test_school_year_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match=r"Not a (school )?year"):
        parse_school_year(text)


@pytest.mark.parametrize(
    ("text", "code", "first_day", "last_day"),
    [
        ("HT2026", "HT2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("vt 27", "VT2027", date(2027, 1, 1), date(2027, 6, 30)),
        ("2026/27", "2026/27", date(2026, 7, 1), date(2027, 6, 30)),
        ("T2-2027", "T2-2027", date(2027, 5, 1), date(2027, 8, 31)),
        ("ar2027", "AR2027", date(2027, 1, 1), date(2027, 12, 31)),
    ],
)
def test_period_is_parsed(text, code, first_day, last_day):
    period = Period.parse(text)

    assert (period.code, period.first_day, period.last_day) == (code, first_day, last_day)


def test_bare_year_is_no_period():
    """It could be a school year as well."""
    with pytest.raises(ValueError, match="Not a school year"):
        Period.parse("2026")


@pytest.mark.parametrize("code", ["HT2026", "VT2027", "2026/27", "T2-2027", "AR2027"])
def test_period_is_the_current_one_of_its_kind_on_its_last_day(code):
    period = Period.parse(code)

    assert Period.current(period.kind, today=period.last_day) == period
    assert period.earlier(1).last_day < period.first_day


def test_tertial_over_the_summer_touches_two_school_years():
    assert Period.parse("T2-2027").start_years == [2026, 2027]


@pytest.mark.parametrize(("day", "start_year"), [(date(2027, 6, 30), 2026), (date(2027, 7, 1), 2027)])
def test_school_year_turns_on_the_first_of_july(day, start_year):
    assert start_year_of(day) == start_year
