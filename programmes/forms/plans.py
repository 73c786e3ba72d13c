"""What a coordinator chooses for the year's plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from curriculum.enums import Month, SessionKind
from curriculum.models import Session
from programmes.forms.dates import DateField
from programmes.models import Period, SchoolClass
from programmes.models.terms import last_day_of_month


class PlanForm(forms.Form):
    """An additional session for some classes, by the end of a month or by a day."""

    session = forms.ModelChoiceField(
        label=_("Session"), queryset=Session.objects.none(), to_field_name="code", empty_label=_("Choose a session")
    )
    classes = forms.ModelMultipleChoiceField(
        label=_("Classes"), queryset=SchoolClass.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    month = forms.TypedChoiceField(
        label=_("Month"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Choose a month")), *Month.choices],
        help_text=_("The session is due on the last day of the month."),
    )
    due_date = DateField(label=_("or a day"), required=False, help_text=_("Instead of a month."))

    def __init__(self, *args, classes, start_year, **kwargs):
        super().__init__(*args, **kwargs)
        self.start_year = start_year
        self.fields["classes"].queryset = classes
        sessions = Session.objects.on_offer().filter(kind__in=[SessionKind.ADDITIONAL]).in_order()
        self.fields["session"].queryset = sessions
        self.fields["session"].label_from_instance = lambda session: session.title

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        month, day = cleaned.get("month"), cleaned.get("due_date")
        if bool(month) == bool(day):
            self.add_error("month", _("Choose a month or a day: one of them."))
            return cleaned
        due_date = day or last_day_of_month(self.start_year, month)
        year = Period.school_year(self.start_year)
        if not year.first_day <= due_date <= year.last_day:
            self.add_error("due_date", _("The day is not in the school year %(year)s.") % {"year": year.label})
        cleaned["due_date"] = due_date
        self._check_grades(cleaned["session"], cleaned["classes"])
        return cleaned

    def _check_grades(self, session, classes):
        outside = [
            school_class.name
            for school_class in classes
            if school_class.highest_grade < session.lowest_grade or school_class.lowest_grade > session.highest_grade
        ]
        if outside:
            words = {"classes": ", ".join(outside), "title": session.title}
            self.add_error("classes", _("%(title)s is not meant for the grade of %(classes)s.") % words)
