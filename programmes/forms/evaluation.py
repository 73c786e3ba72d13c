"""What an evaluation package is asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.models.terms import school_year_label, start_year_of

YEARS_BACK = 5


class EvaluationForm(forms.Form):
    """A school year that has begun; a running one is counted to today."""

    start_year = forms.TypedChoiceField(label=_("School year"), coerce=int)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        this_year = start_year_of(today)
        self.fields["start_year"].choices = [
            (year, school_year_label(year)) for year in range(this_year, this_year - YEARS_BACK, -1)
        ]
        self.fields["start_year"].initial = this_year
