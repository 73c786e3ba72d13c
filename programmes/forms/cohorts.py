"""What a supervisor types to set up a cohort, to give it more groups, and to move its days."""

import re
from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.actions.cohorts import groups_of
from programmes.forms.choices import SeveralField
from programmes.forms.dates import DateField, DateInput
from programmes.forms.sessions import CountField
from programmes.models import Mentor, SchoolClass
from programmes.models.schools import name_key
from programmes.models.terms import Period
from programmes.reports.schedules import Schedule, alternate_weeks, latest_start

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


class ClassesField(SeveralField):
    """Classes of year 6, those of other schools with the name of the school."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.school_id = None

    def label_from_instance(self, school_class):
        if school_class.school_id == self.school_id:
            return school_class.name
        return f"{school_class.name} {school_class.school.name}"


class SeenForm(forms.Form):
    """Carries which version of the cohort was seen, so that two people do not write over each other."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.fields["seen"].initial = cohort.version

    def has_seen_it_all(self, version):
        """Somebody else was first: the form keeps what was typed, and knows of the other change from now on."""
        self.data = self.data.copy()
        self.data["seen"] = version
        self.add_error(
            None,
            _("Somebody else has changed these mentors meanwhile. Nothing is saved: look through it and save again."),
        )


class GroupsForm(forms.Form):
    """The mentees of a cohort, and the first day, from which the others follow."""

    quiet_optional = True

    classes = ClassesField(
        label=_("Mentees"),
        queryset=SchoolClass.objects.none(),
        required=False,
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
        required=False,
        widget=DateInput(attrs={"data-day-words": ""}),
        help_text=_("Every second week on that weekday, supervision in the weeks between. Breaks are left out."),
    )

    def __init__(self, *args, school, start_year, classes, sessions, school_year, breaks, runs_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.start_year, self.sessions, self.schedule = start_year, sessions, Schedule([], [], True)
        self.school_year, self.breaks, self.runs_on = school_year, breaks, runs_on
        self.fields["classes"].queryset = classes
        self.fields["classes"].school_id = school.pk

    def clean_first_date(self):
        day, year = self.cleaned_data["first_date"], Period.school_year(self.start_year)
        if day is None:
            return day
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
        self.schedule = self._lay(day)
        if not self.schedule.is_whole:
            raise forms.ValidationError(self._no_room())
        return day

    def _lay(self, day):
        return alternate_weeks(day, number=len(self.sessions), school_year=self.school_year, breaks=self.breaks)

    def _no_room(self):
        """How far the days reach, and the last day on which the first session could be."""
        words = {"found": len(self.schedule.sessions), "all": len(self.sessions)}
        latest = latest_start(
            self.cleaned_data["first_date"],
            number=len(self.sessions),
            school_year=self.school_year,
            breaks=self.breaks,
        )
        if latest is None:
            return (
                _("There is room for %(found)s of %(all)s sessions before the school year ends. Begin earlier.") % words
            )
        words["day"] = date_format(latest, "l j F")
        return (
            _(
                "There is room for %(found)s of %(all)s sessions before the school year ends. "
                "Begin on %(day)s at the latest."
            )
            % words
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("classes") and not cleaned.get("first_date") and "first_date" not in self.errors:
            self.add_error("first_date", _("Fill in the day of the first session."))
        return cleaned

    @property
    def in_halves(self):
        return self.cleaned_data["split"] == HALVES

    def session_days(self):
        """The day of each session; none before a first day is chosen."""
        if not self.schedule.sessions:
            return {}
        return dict(zip(self.sessions, self.schedule.sessions, strict=True))


class CohortForm(GroupsForm):
    """The whole cohort in one form: mentors, groups, days. Groups may come later."""

    name = forms.CharField(label=_("Name"), max_length=60, validators=[validate_no_personal_identity_number])
    mentors = forms.CharField(
        label=_("Mentors, one on each line"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Alias or initials, never full names. In order of the groups: the first ones get the first group."),
        error_messages={"required": _("Write the mentors' aliases, one on each line.")},
    )
    applied = CountField(label=_("How many applied?"), required=False, max_value=200)
    room = forms.CharField(
        label=_("Room"), required=False, max_length=60, validators=[validate_no_personal_identity_number]
    )

    def __init__(self, *args, taken, **kwargs):
        super().__init__(*args, **kwargs)
        self.taken = taken
        self.fields["classes"].help_text = _("Choose none when the groups are not made yet. You add them later.")

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if name in self.taken:
            raise forms.ValidationError(_("The school already has mentors of this name that school year."))
        return name

    def clean_mentors(self):
        return read_aliases(self.cleaned_data["mentors"])

    def clean(self):
        cleaned = super().clean()
        applied, count = cleaned.get("applied"), len(cleaned.get("mentors") or [])
        if applied is not None and applied < count:
            self.add_error("applied", _("Fewer applied than there are mentors (%(count)s).") % {"count": count})
        return cleaned


class MoreGroupsForm(GroupsForm, SeenForm):
    """More groups for a cohort that is there: their days follow the others', unless a first day is chosen."""

    def __init__(self, *args, has_days, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.has_days, self.names = has_days, names
        self.fields["classes"].required = True
        if has_days:
            self.fields["first_date"].help_text = _("Leave empty for the same days as the other groups.")

    def clean(self):
        cleaned = super().clean()
        if self.has_days and "first_date" in self.errors and not self.data.get("first_date"):
            del self._errors["first_date"]
        if cleaned.get("classes"):
            groups = groups_of(cleaned["classes"], school_id=self.cohort.school_id, in_halves=self.in_halves)
            taken = [group.name for group in groups if name_key(group.name) in self.names]
            if taken:
                self.add_error("classes", _("There is already a group called %(name)s.") % {"name": ", ".join(taken)})
            self.groups = groups
        return cleaned


class CohortDaysForm(SeenForm):
    """The day of each session, for all groups at once, and of each supervision."""

    def __init__(self, *args, sessions, supervisions, **kwargs):
        super().__init__(*args, **kwargs)
        self.sessions, self.supervisions = sessions, supervisions
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
        cleaned, year = super().clean(), Period.school_year(self.cohort.start_year)
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
