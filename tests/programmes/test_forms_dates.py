"""Days typed into a field, as Swedes write them."""

from datetime import date

import pytest
from django import forms

from programmes.forms.dates import DateField, read_date


@pytest.mark.parametrize(
    "text",
    ["3 mars 2027", " 3 Mars 2027 ", "03 mar 2027", "3 mar. 2027", "2027-03-03", "20270303", "3/3 2027", "3.3.2027"],
)
def test_day_is_read_with_its_month_in_words_or_figures(text):
    assert DateField().clean(text) == date(2027, 3, 3)


@pytest.mark.parametrize(
    ("text", "month"),
    [("1 januari 2027", 1), ("1 maj 2027", 5), ("1 juni 2027", 6), ("1 okt 2027", 10), ("1 december 2027", 12)],
)
def test_every_kind_of_month_name_is_known(text, month):
    assert DateField().clean(text) == date(2027, month, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("31 februari 2027", "3 marsch 2027", "mars 3 2027", "3 mars", "3 mars 27", "igår"),
        *("0026-03-03", "3 mars 0001", "1999-12-31", "9999-12-31"),
    ],
)
def test_day_that_nobody_can_tell_is_refused_in_swedish(text):
    with pytest.raises(forms.ValidationError) as refused:
        DateField().clean(text)

    assert refused.value.messages == ["Skriv datumet som 2027-03-03 eller 3 mars 2027."]
    assert read_date(text) is None
