"""Dates and numbers as Swedes write and read them."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.template.defaultfilters import date as date_filter
from django.utils import formats

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("20261122", date(2026, 11, 22)),
        ("22.11.2026", date(2026, 11, 22)),
        ("22/11/2026", date(2026, 11, 22)),
        ("22/11 2026", date(2026, 11, 22)),
        ("22-11-2026", date(2026, 11, 22)),
        ("22 november 2026", date(2026, 11, 22)),
        ("3/11/2026", date(2026, 11, 3)),
        ("3.11.2026", date(2026, 11, 3)),
        ("11/3/2026", date(2026, 3, 11)),
    ],
)
def test_date_is_read_day_first(text, day):
    assert forms.DateField().clean(text) == day


@pytest.mark.parametrize(
    "text", ["11/22/2026", "11.22.2026", "november 22 2026", "2026-22-11", "22 nov", "31.11.2026", "igår"]
)
def test_date_with_the_month_first_is_refused(text):
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean(text)


@pytest.mark.parametrize("text", ["2026-11-22 14:05", "2026-11-22T14:05", "2026-11-22 14:05:00"])
def test_time_of_a_day_is_read(text):
    assert forms.DateTimeField().clean(text).replace(tzinfo=None) == datetime(2026, 11, 22, 14, 5)  # noqa: DTZ001  compared without its zone


@pytest.mark.parametrize("text", ["9:00", "09.00"])
def test_clock_is_read_with_colon_or_dot(text):
    assert forms.TimeField().clean(text) == time(9, 0)


@pytest.mark.parametrize("text", ["1234,5", "1234.5"])
def test_number_is_read_with_a_decimal_comma(text):
    assert forms.DecimalField(localize=True).clean(text) == Decimal("1234.5")


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (1234.5, 1, f"1{NBSP}234,5"),
        (87.6, 1, "87,6"),
        (1234567, 0, f"1{NBSP}234{NBSP}567"),
        (21, None, "21"),
        (-1234, None, f"-1{NBSP}234"),
    ],
)
def test_number_is_written_with_comma_and_no_break_space(number, places, text):
    assert formats.number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True) == text


def test_day_is_written_in_words_in_running_text_and_in_figures_in_tables():
    day = date(2026, 11, 22)

    assert formats.date_format(day) == "22 november 2026"
    assert formats.date_format(day, "SHORT_DATE_FORMAT") == "2026-11-22"
    assert formats.date_format(day, "YEAR_MONTH_FORMAT") == "november 2026"
    assert formats.date_format(day, "MONTH_DAY_FORMAT") == "22 november"
    assert date_filter(day, "l j F") == "söndag 22 november"


def test_clock_is_written_with_a_dot():
    moment = datetime(2026, 11, 22, 9, 5)  # noqa: DTZ001  written as it is

    assert formats.time_format(moment.time()) == "09.05"
    assert formats.date_format(moment, "DATETIME_FORMAT") == "22 november 2026 09.05"
    assert formats.date_format(moment, "SHORT_DATETIME_FORMAT") == "2026-11-22 09.05"


def test_week_begins_on_a_monday():
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
