"""What is typed about a class of a school: its name, its grades, how many go there, and when it ends."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.forms.dates import DateField, DateInput
from programmes.forms.grades import GradeField
from programmes.forms.sessions import CountField
from programmes.models import Period, SchoolClass


class ClassForm(forms.ModelForm):
    """A class of the school year that the page is about."""

    quiet_optional = True

    lowest_grade = GradeField(label=_("From year"))
    highest_grade = GradeField(label=_("to year"))
    enrolled = CountField(
        label=_("Enrolled pupils"), required=False, help_text=_("A head-count, never names. Empty when not known.")
    )

    class Meta:
        model = SchoolClass
        fields = ("name", "lowest_grade", "highest_grade", "enrolled")

    def clean(self):
        cleaned = super().clean()
        lowest, highest = cleaned.get("lowest_grade"), cleaned.get("highest_grade")
        if lowest is not None and highest is not None and highest < lowest:
            self.add_error("highest_grade", _("The highest grade comes before the lowest."))
        return cleaned


class EndClassForm(forms.Form):
    """The last day of a class that ends before the school year does."""

    day = DateField(
        label=_("Last day"),
        widget=DateInput(attrs={"data-day-words": ""}),
        error_messages={"required": _("Fill in the last day of the class.")},
    )

    def __init__(self, *args, start_year, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = Period.school_year(start_year)

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not self.year.first_day <= day <= self.year.last_day:
            raise forms.ValidationError(
                _("The date is not in the school year %(year)s (1 July to 30 June).") % {"year": self.year.label}
            )
        return day
