"""What a supervisor types about a cohort: once to set it up, and later its days, its mentors and supervision."""

import re
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.enums import MentorLeft, MentorStep
from programmes.forms.dates import DateField, DateInput
from programmes.forms.sessions import CountField
from programmes.models import Mentor, SchoolClass
from programmes.models.terms import Period
from programmes.reports.schedules import alternate_weeks

LONGEST_ALIAS = Mentor._meta.get_field("alias").max_length
MOST_MENTORS = 60
FULL_NAME = re.compile(r"[^\W\d_]{2,}[\s\-]+[^\W\d_]{2,}.*")
WHOLE, HALVES = "whole", "halves"


def read_aliases(text):
    """One alias a line; ValidationError that names the line, never what stands in it."""
    aliases = [" ".join(line.split()) for line in text.splitlines()]
    errors = []
    for number, alias in enumerate(aliases, start=1):
        words = {"number": number}
        try:
            validate_no_personal_identity_number(alias)
        except forms.ValidationError:
            errors.append(_("Line %(number)s looks like a personal identity number. Write initials.") % words)
            continue
        if FULL_NAME.fullmatch(alias):
            errors.append(_("Line %(number)s looks like a full name. Write an alias or initials.") % words)
        elif len(alias) > LONGEST_ALIAS:
            errors.append(_("Line %(number)s is too long for an alias.") % words)
    aliases = [alias for alias in aliases if alias]
    if len({alias.casefold() for alias in aliases}) < len(aliases):
        errors.append(_("Two mentors have the same alias. Tell them apart with a letter or a digit."))
    if len(aliases) > MOST_MENTORS:
        errors.append(_("There are at most %(most)s mentors in a cohort.") % {"most": MOST_MENTORS})
    if errors:
        raise forms.ValidationError(errors)
    return aliases


class ClassesField(forms.ModelMultipleChoiceField):
    """Classes of year 6, those of other schools with the name of the school."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.school_id = None

    def label_from_instance(self, school_class):
        if school_class.school_id == self.school_id:
            return school_class.name
        return f"{school_class.name} {school_class.school.name}"


class CohortForm(forms.Form):
    """The whole cohort in one form: mentors, groups, and the first day, from which the others follow."""

    quiet_optional = True

    name = forms.CharField(label=_("Name"), max_length=60, validators=[validate_no_personal_identity_number])
    mentors = forms.CharField(
        label=_("Mentors, one on each line"),
        widget=forms.Textarea(attrs={"rows": 13}),
        help_text=_("Alias or initials, never full names. In order of the groups: the first ones get the first group."),
        error_messages={"required": _("Write the mentors' aliases, one on each line.")},
    )
    applied = CountField(label=_("How many applied?"), required=False, max_value=200)
    classes = ClassesField(
        label=_("Mentees"),
        queryset=SchoolClass.objects.none(),
        error_messages={"required": _("Choose at least one class.")},
    )
    split = forms.ChoiceField(
        label=_("Groups"),
        choices=[(HALVES, _("Each class in two halves")), (WHOLE, _("Whole classes"))],
        initial=HALVES,
        widget=forms.RadioSelect,
    )
    first_date = DateField(
        label=_("First session"),
        widget=DateInput(attrs={"data-day-words": ""}),
        help_text=_("Every second week on that weekday, supervision in the weeks between. Breaks are left out."),
        error_messages={"required": _("Fill in the day of the first session.")},
    )
    room = forms.CharField(
        label=_("Room"), required=False, max_length=60, validators=[validate_no_personal_identity_number]
    )

    def __init__(self, *args, school, start_year, classes, sessions, school_year, breaks, taken, runs_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.start_year, self.sessions, self.taken = start_year, sessions, taken
        self.school_year, self.breaks, self.runs_on = school_year, breaks, runs_on
        self.fields["classes"].queryset = classes
        self.fields["classes"].school_id = school.pk

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if name in self.taken:
            raise forms.ValidationError(_("The school already has mentors of this name that school year."))
        return name

    def clean_mentors(self):
        return read_aliases(self.cleaned_data["mentors"])

    def clean_first_date(self):
        day, year = self.cleaned_data["first_date"], Period.school_year(self.start_year)
        if not year.first_day <= day <= year.last_day:
            raise forms.ValidationError(
                _("The date is not in the school year %(year)s (1 July to 30 June).") % {"year": year.label}
            )
        if day.isoweekday() > 5:
            raise forms.ValidationError(_("Choose a weekday."))
        if not self.runs_on(day):
            raise forms.ValidationError(
                _("The school does not run MVP on that day. The centre writes down which schools are in it.")
            )
        self.schedule = alternate_weeks(
            day, number=len(self.sessions), school_year=self.school_year, breaks=self.breaks
        )
        if not self.schedule.is_whole:
            raise forms.ValidationError(
                _("There is room for %(found)s of %(all)s sessions before the school year ends. Begin earlier.")
                % {"found": len(self.schedule.sessions), "all": len(self.sessions)}
            )
        return day

    @property
    def in_halves(self):
        return self.cleaned_data["split"] == HALVES

    def session_days(self):
        return dict(zip(self.sessions, self.schedule.sessions, strict=True))


class CohortDaysForm(forms.Form):
    """The day of each session, for all groups at once, and of each supervision."""

    def __init__(self, *args, start_year, sessions, supervisions, **kwargs):
        super().__init__(*args, **kwargs)
        self.start_year, self.sessions, self.supervisions = start_year, sessions, supervisions
        for number, (session, day) in enumerate(sessions, start=1):
            label = f"{number}. {session.title}"
            self.fields[f"session_{session.pk}"] = DateField(label=label, initial=day, widget=DateInput())
        for number, row in enumerate(supervisions, start=1):
            label = _("Supervision %(number)s") % {"number": number}
            self.fields[f"supervision_{row.pk}"] = DateField(label=label, initial=row.date, widget=DateInput())

    @property
    def session_fields(self):
        return [self[f"session_{session.pk}"] for session, _day in self.sessions]

    @property
    def supervision_fields(self):
        return [self[f"supervision_{row.pk}"] for row in self.supervisions]

    def clean(self):
        cleaned, year = super().clean(), Period.school_year(self.start_year)
        seen = set()
        for name, day in cleaned.items():
            if isinstance(day, date) and not year.first_day <= day <= year.last_day:
                self.add_error(
                    name, _("The date is not in the school year %(year)s (1 July to 30 June).") % {"year": year.label}
                )
        for row in self.supervisions:
            day = cleaned.get(f"supervision_{row.pk}")
            if day in seen:
                self.add_error(f"supervision_{row.pk}", _("There is already a supervision on that day."))
            seen.add(day)
        return cleaned

    def session_days(self):
        return {session.pk: self.cleaned_data[f"session_{session.pk}"] for session, _day in self.sessions}

    def supervision_days(self):
        return {row.pk: self.cleaned_data[f"supervision_{row.pk}"] for row in self.supervisions}


class MentorsForm(forms.Form):
    """How each mentor stands: the group, the step, and why if the mentor has left."""

    quiet_optional = True

    applied = CountField(label=_("How many applied?"), required=False, max_value=200)
    new = forms.CharField(
        label=_("More mentors, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Alias or initials, never full names."),
    )

    def __init__(self, *args, cohort, mentors, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.mentors, self.groups = mentors, {str(group.pk): group for group in groups}
        self.fields["applied"].initial = cohort.applied
        for mentor in mentors:
            words = {"alias": mentor.alias}
            self.fields[f"group_{mentor.pk}"] = forms.ChoiceField(
                label=_("%(alias)s, group") % words,
                required=False,
                choices=[("", _("no group")), *((str(group.pk), group.name) for group in groups)],
                initial=str(mentor.group_id or ""),
            )
            self.fields[f"step_{mentor.pk}"] = forms.TypedChoiceField(
                label=_("%(alias)s, step") % words, choices=MentorStep.choices, coerce=int, initial=mentor.step
            )
            self.fields[f"left_{mentor.pk}"] = forms.ChoiceField(
                label=_("%(alias)s, has left") % words,
                required=False,
                choices=[("", _("is still a mentor")), *MentorLeft.choices],
                initial=mentor.left,
            )

    @property
    def rows(self):
        return [
            (mentor, self[f"group_{mentor.pk}"], self[f"step_{mentor.pk}"], self[f"left_{mentor.pk}"])
            for mentor in self.mentors
        ]

    def clean_new(self):
        aliases = read_aliases(self.cleaned_data["new"])
        taken = {mentor.alias.casefold() for mentor in self.mentors}
        if taken & {alias.casefold() for alias in aliases}:
            raise forms.ValidationError(_("Two mentors have the same alias. Tell them apart with a letter or a digit."))
        return aliases

    def clean(self):
        cleaned = super().clean()
        applied, count = cleaned.get("applied"), len(self.mentors) + len(cleaned.get("new") or [])
        if applied is not None and applied < count:
            self.add_error("applied", _("Fewer applied than there are mentors (%(count)s).") % {"count": count})
        return cleaned

    def told(self):
        """Each mentor as (alias, group, step, why left), those who are new at the end."""
        cleaned = self.cleaned_data
        rows = [
            (
                mentor.alias,
                self.groups.get(cleaned[f"group_{mentor.pk}"]),
                cleaned[f"step_{mentor.pk}"],
                cleaned[f"left_{mentor.pk}"],
            )
            for mentor in self.mentors
        ]
        return rows + [(alias, None, MentorStep.CHOSEN, "") for alias in cleaned["new"]]


class SupervisionForm(forms.Form):
    """One supervision: the day, and when it has been held the minutes and who was there."""

    quiet_optional = True

    date = DateField(
        label=_("Date"),
        widget=DateInput(attrs={"data-day-words": ""}),
        error_messages={"required": _("Fill in the day of the supervision.")},
    )
    minutes = CountField(
        label=_("Minutes"),
        required=False,
        min_value=1,
        max_value=600,
        help_text=_("Leave empty until it has been held."),
    )
    present = forms.ModelMultipleChoiceField(
        label=_("Mentors present"),
        required=False,
        queryset=Mentor.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, cohort, taken, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort, self.taken, self.today = cohort, taken, today
        self.fields["present"].queryset = Mentor.objects.filter(cohort=cohort).order_by("pk")

    def clean(self):
        cleaned, year = super().clean(), Period.school_year(self.cohort.start_year)
        day = cleaned.get("date")
        if day is None:
            return cleaned
        if not year.first_day <= day <= year.last_day:
            self.add_error(
                "date", _("The date is not in the school year %(year)s (1 July to 30 June).") % {"year": year.label}
            )
        elif day in self.taken:
            self.add_error("date", _("There is already a supervision on that day."))
        elif cleaned.get("minutes") and day > self.today:
            self.add_error("date", _("The date lies ahead. Write down the minutes when it has been held."))
        if cleaned.get("present") and not cleaned.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", _("Fill in how many minutes the supervision took."))
        return cleaned
