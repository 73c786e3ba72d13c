"""Days as people write them: in figures by the formats of the language, or with the month in words."""

import re
from datetime import date

from django import forms
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext_lazy as _

_IN_WORDS = re.compile(r"(\d{1,2})\s+([^\W\d]+)\.?\s+(\d{4})")
YEARS = range(2000, 2101)  # a day outside them is a slip of the finger, and has no school year


class DateInput(forms.DateInput):
    """The browser's own calendar; where there is none, a field to write in."""

    input_type = "date"

    def __init__(self, **options):
        super().__init__(format="%Y-%m-%d", **options)


class DateField(forms.DateField):
    """A day that may be written `3 mars 2027`: strptime knows the months of the computer's language only.

    One in a year that Stins does not know, such as 0026, is refused as no day.
    """

    widget = DateInput
    default_error_messages = {"invalid": _("Write the date as 2027-03-03 or 3 March 2027.")}

    def to_python(self, value):
        day = super().to_python(_with_month_in_figures(value) if isinstance(value, str) else value)
        if day is not None and day.year not in YEARS:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


def read_date(text):
    """The day that someone has typed, or None where nobody can tell which it is."""
    try:
        return DateField(required=False).clean(text)
    except forms.ValidationError:
        return None


def _with_month_in_figures(text):
    match = _IN_WORDS.fullmatch(text.strip())
    if match:
        day, word, year = match.groups()
        for number in range(1, 13):
            if word.casefold() in {str(names[number]).casefold().rstrip(".") for names in (MONTHS, MONTHS_3)}:
                try:
                    return date(int(year), number, int(day)).isoformat()
                except ValueError:
                    break
    return text
