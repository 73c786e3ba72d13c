"""Which year wheel is shown: a school year, and a school or the municipality."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.models.terms import parse_school_year, school_year_label, start_year_of

YEARS_BACK, YEARS_AHEAD = 2, 1


class YearWheelForm(forms.Form):
    quiet_optional = True

    lasar = forms.ChoiceField(
        label=_("School year"),
        required=False,
        error_messages={"invalid_choice": _("There is no such school year to choose.")},
    )
    skola = forms.ModelChoiceField(
        label=_("School"),
        queryset=None,
        to_field_name="slug",
        required=False,
        empty_label=_("The whole municipality"),
        error_messages={"invalid_choice": _("There is no such school among yours.")},
    )

    def __init__(self, data, *, schools, only_school, today, **options):
        asked = {name: data[name] for name in self.base_fields if name in data}
        this_year = start_year_of(today)
        asked["lasar"] = _tidy(asked.get("lasar")) or school_year_label(this_year)
        if only_school:
            asked.setdefault("skola", only_school.slug)
        super().__init__(asked, **options)
        years = range(this_year + YEARS_AHEAD, this_year - YEARS_BACK - 1, -1)
        self.fields["lasar"].choices = [(school_year_label(year), school_year_label(year)) for year in years]
        self.fields["skola"].queryset = schools.in_order()

    def clean_lasar(self):
        return parse_school_year(self.cleaned_data["lasar"])


def _tidy(text):
    try:
        return school_year_label(parse_school_year(text or ""))
    except ValueError:
        return text
