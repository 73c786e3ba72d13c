"""What a coordinator chooses for the year's plan: which session, for whom, and by when."""

from datetime import date

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from curriculum.enums import Month, SessionKind, grade_label
from curriculum.models import Session
from programmes.forms.choices import SeveralField
from programmes.forms.dates import DateField
from programmes.models import Period, PlannedSession, SchoolClass
from programmes.models.terms import is_last_of_month, last_day_of_month

WHOLE_SCHOOL = "alla"


class DueDateForm(forms.Form):
    """By when: the end of a month, or a day of the school year."""

    month = forms.TypedChoiceField(
        label=_("Month"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Choose a month")), *Month.choices],
    )
    due_date = DateField(label=_("or a day"), required=False)
    quiet_optional = True

    def __init__(self, *args, start_year, **kwargs):
        super().__init__(*args, **kwargs)
        self.start_year = start_year

    def clean(self):
        cleaned = super().clean()
        if not {"month", "due_date"} & set(self.errors):
            self._check_day(cleaned)
        return cleaned

    def _check_day(self, cleaned):
        month, day = cleaned.get("month"), cleaned.get("due_date")
        if bool(month) == bool(day):
            self.add_error("month", _("Choose a month or a day: one of them."))
            return
        due_date = day or last_day_of_month(self.start_year, month)
        year = Period.school_year(self.start_year)
        if not year.first_day <= due_date <= year.last_day:
            self.add_error("due_date", _("The day is not in the school year %(year)s.") % {"year": year.label})
        cleaned["due_date"] = due_date


class PlanForm(DueDateForm):
    """An additional session for some classes, for grades, or for the whole school at once."""

    session = forms.ModelChoiceField(
        label=_("Session"), queryset=Session.objects.none(), to_field_name="code", empty_label=_("Choose a session")
    )
    grades = forms.MultipleChoiceField(label=_("For whom"), required=False, widget=forms.CheckboxSelectMultiple)
    classes = SeveralField(
        label=_("or single classes"),
        queryset=SchoolClass.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["session", "grades", "classes", "month", "due_date"]

    def __init__(self, *args, classes, start_year, **kwargs):
        super().__init__(*args, start_year=start_year, **kwargs)
        self.all_classes = list(classes)
        self.fields["classes"].queryset = classes
        self.fields["grades"].choices = [(WHOLE_SCHOOL, _("The whole school")), *self._grades()]
        sessions = Session.objects.on_offer().filter(kind=SessionKind.ADDITIONAL).in_order()
        self.fields["session"].queryset = sessions
        self.fields["session"].label_from_instance = lambda session: session.title

    def _grades(self):
        named = {"start_year": self.start_year, "renumbered_from": settings.GRADE_RENUMBERING_START_YEAR}
        grades = {grade for row in self.all_classes for grade in range(row.lowest_grade, row.highest_grade + 1)}
        return [(str(grade), _("Year %(grade)s") % {"grade": grade_label(grade, **named)}) for grade in sorted(grades)]

    def clean(self):
        cleaned = super().clean()
        if {"session", "grades", "classes"} & set(self.errors):
            return cleaned
        session, single = cleaned["session"], list(cleaned["classes"])
        self._check_grades(session, single)
        whole = [row for row in self.all_classes if self._is_asked_for(row, cleaned["grades"]) and row.suits(session)]
        cleaned["classes"] = list({row.pk: row for row in [*single, *whole]}.values())
        if cleaned["grades"] and not cleaned["classes"]:
            self.add_error("grades", _("%(title)s is not meant for any of those classes.") % {"title": session.title})
        elif not cleaned["classes"]:
            self.add_error("grades", _("Choose the whole school, a year or at least one class."))
        return cleaned

    def _is_asked_for(self, school_class, grades):
        return WHOLE_SCHOOL in grades or any(
            school_class.lowest_grade <= int(grade) <= school_class.highest_grade for grade in grades
        )

    def _check_grades(self, session, classes):
        outside = [school_class.name for school_class in classes if not school_class.suits(session)]
        if outside:
            words = {"classes": ", ".join(outside), "title": session.title}
            self.add_error("classes", _("%(title)s is not meant for the grade of %(classes)s.") % words)


class ChangePlanForm(DueDateForm):
    """Another due date for a planned session, and for the same session in other classes if one likes."""

    also = SeveralField(
        label=_("Move it for these classes too"),
        queryset=PlannedSession.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.RegexField(r"^(\d{1,18}:\d{4}-\d\d-\d\d ?)+$", widget=forms.HiddenInput)
    field_order = ["month", "due_date", "also", "seen"]

    def __init__(self, *args, planned, others, **kwargs):
        super().__init__(*args, start_year=planned.school_class.start_year, **kwargs)
        self.planned = planned
        self.fields["also"].queryset = others
        self.fields["also"].label_from_instance = lambda row: (
            _("%(name)s, by %(day)s")
            % {
                "name": row.school_class.name,
                "day": date_format(row.due_date, "j F"),
            }
        )
        self.fields["seen"].initial = seen_of([planned, *others])
        if is_last_of_month(planned.due_date):
            self.fields["month"].initial = planned.due_date.month
        else:
            self.fields["due_date"].initial = planned.due_date

    def clean_seen(self):
        told = dict(part.split(":") for part in self.cleaned_data["seen"].split())
        try:
            return {int(pk): date.fromisoformat(day) for pk, day in told.items()}
        except ValueError as error:
            raise forms.ValidationError(_("Open the page again: the form is incomplete.")) from error

    def seen_dates(self):
        """The rows that are to be moved, each with the due date that the person saw."""
        rows = [self.planned, *self.cleaned_data["also"]]
        return {row.pk: self.cleaned_data["seen"].get(row.pk, row.due_date) for row in rows}


def seen_of(rows):
    """Which due dates the person has before them, to be sent back with the form."""
    return " ".join(f"{row.pk}:{row.due_date.isoformat()}" for row in rows)
