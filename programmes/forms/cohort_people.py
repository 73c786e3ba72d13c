"""What a supervisor types about a cohort's mentors, their supervision, and their training and gatherings."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.enums import MentorLeft, MentorMeetingKind, MentorStep, Organisation
from programmes.forms.choices import SeveralField
from programmes.forms.cohorts import SeenForm, read_aliases
from programmes.forms.dates import DateField, DateInput
from programmes.forms.sessions import CountField
from programmes.models import Mentor, School
from programmes.models.terms import Period

PAIRS = [("", _("no pair")), *((str(number), _("pair %(number)s") % {"number": number}) for number in range(1, 10))]
STILL = ("", _("no"))


def in_school_year(form, name, day):
    """Say at the field that a day lies outside the cohort's school year; True when it does not."""
    year = Period.school_year(form.cohort.start_year)
    if year.first_day <= day <= year.last_day:
        return True
    form.add_error(name, _("The date is not in the school year %(year)s (1 July to 30 June).") % {"year": year.label})
    return False


class MentorsForm(SeenForm):
    """How each mentor stands: the group, the step, and why if the mentor has left; what is new is of one day."""

    quiet_optional = True

    applied = CountField(label=_("How many applied?"), required=False, max_value=200)
    day = DateField(
        label=_("What is new is from"),
        widget=DateInput(attrs={"data-day-words": ""}),
        error_messages={"required": _("Fill in from which day.")},
    )
    new = forms.CharField(
        label=_("More mentors, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Alias or initials, never full names."),
    )

    def __init__(self, *args, mentors, groups, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.mentors, self.groups = mentors, {str(group.pk): group for group in groups}
        self.fields["applied"].initial = self.cohort.applied
        year = Period.school_year(self.cohort.start_year)
        self.fields["day"].initial = min(max(today, year.first_day), year.last_day)
        for mentor in mentors:
            self.fields[f"group_{mentor.pk}"] = forms.ChoiceField(
                label=_("Group"),
                required=False,
                choices=[("", _("no group")), *((str(group.pk), group.name) for group in groups)],
                initial=str(mentor.group_id or ""),
            )
            self.fields[f"step_{mentor.pk}"] = forms.TypedChoiceField(
                label=_("Step"), choices=MentorStep.choices, coerce=int, initial=mentor.step
            )
            self.fields[f"left_{mentor.pk}"] = forms.ChoiceField(
                label=_("Has left"),
                required=False,
                choices=[STILL, *MentorLeft.choices],
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
        if cleaned.get("day"):
            in_school_year(self, "day", cleaned["day"])
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


class MentorForm(SeenForm):
    """One mentor put right: alias, group, pair, and the day of each step."""

    quiet_optional = True

    alias = forms.CharField(label=_("Alias"), help_text=_("Alias or initials, never full names."))
    group = forms.ChoiceField(label=_("Mentee group"), required=False)
    pair = forms.ChoiceField(
        label=_("Pair"), required=False, choices=PAIRS, help_text=_("Those of a group who lead together.")
    )
    chosen_date = DateField(label=_("Chosen on"), required=False, widget=DateInput())
    trained_date = DateField(label=_("Trained on"), required=False, widget=DateInput())
    active_date = DateField(label=_("Active from"), required=False, widget=DateInput())
    left = forms.ChoiceField(label=_("Has left"), required=False, choices=[STILL, *MentorLeft.choices])
    left_date = DateField(label=_("Left on"), required=False, widget=DateInput())

    def __init__(self, *args, mentor, groups, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.mentor, self.groups, self.others = mentor, {str(group.pk): group for group in groups}, others
        self.fields["group"].choices = [("", _("no group")), *((str(group.pk), group.name) for group in groups)]

    def clean_alias(self):
        aliases = read_aliases(self.cleaned_data["alias"])
        if len(aliases) != 1:
            raise forms.ValidationError(_("Write one alias."))
        if aliases[0].casefold() in self.others:
            raise forms.ValidationError(_("Two mentors have the same alias. Tell them apart with a letter or a digit."))
        return aliases[0]

    def clean(self):
        cleaned, before = super().clean(), None
        for name in ("chosen_date", "trained_date", "active_date", "left_date"):
            day = cleaned.get(name)
            if day is None or not in_school_year(self, name, day):
                continue
            if before and day < before:
                self.add_error(name, _("This day is before the step that comes first."))
            before = day
        if cleaned.get("active_date") and not cleaned.get("trained_date"):
            self.add_error("trained_date", _("Who is active has been trained: fill in the day."))
        if cleaned.get("left_date") and not cleaned.get("left"):
            self.add_error("left", _("Choose why the mentor has left, or take away the day."))
        if cleaned.get("left") and not cleaned.get("left_date") and "left_date" not in self.errors:
            self.add_error("left_date", _("Fill in the day on which the mentor left."))
        return cleaned

    def write_to(self, mentor):
        """Put what was typed on the mentor, not saved; the step follows from the days."""
        cleaned = self.cleaned_data
        for name in ("alias", "chosen_date", "trained_date", "active_date", "left", "left_date"):
            setattr(mentor, name, cleaned[name])
        mentor.group = self.groups.get(cleaned["group"])
        mentor.pair = int(cleaned["pair"]) if cleaned["pair"] and mentor.group else None
        mentor.step = (
            MentorStep.ACTIVE
            if mentor.active_date
            else MentorStep.TRAINED
            if mentor.trained_date
            else MentorStep.CHOSEN
        )


class SupervisionForm(SeenForm):
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
    present = SeveralField(
        label=_("Mentors present"),
        required=False,
        queryset=Mentor.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, taken, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.taken, self.today = taken, today
        self.fields["present"].queryset = Mentor.objects.filter(cohort=self.cohort).order_by("pk")

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("date")
        if day is None or not in_school_year(self, "date", day):
            return cleaned
        if day in self.taken:
            self.add_error("date", _("There is already a supervision on that day."))
        elif cleaned.get("minutes") and day > self.today:
            self.add_error("date", _("The date lies ahead. Write down the minutes when it has been held."))
        if cleaned.get("present") and not cleaned.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", _("Fill in how many minutes the supervision took."))
        return cleaned


class MentorMeetingForm(SeenForm):
    """A training or a gathering of mentors: when and where, and afterwards who was there and from where."""

    quiet_optional = True

    kind = forms.ChoiceField(label=_("What"), choices=MentorMeetingKind.choices, widget=forms.RadioSelect)
    date = DateField(
        label=_("Date"),
        widget=DateInput(attrs={"data-day-words": ""}),
        error_messages={"required": _("Fill in the day.")},
    )
    place = forms.CharField(
        label=_("Place"), required=False, max_length=80, validators=[validate_no_personal_identity_number]
    )
    minutes = CountField(label=_("Minutes"), required=False, min_value=1, max_value=3000)
    held = forms.BooleanField(label=_("It has been held"), required=False)
    present = SeveralField(
        label=_("Mentors present"),
        required=False,
        queryset=Mentor.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    schools = SeveralField(
        label=_("Mentors from other schools"),
        required=False,
        queryset=School.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, schools, taken, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.taken, self.today = taken, today
        self.fields["present"].queryset = Mentor.objects.filter(cohort=self.cohort).order_by("pk")
        self.fields["schools"].queryset = schools
        for organisation in Organisation:
            self.fields[f"people_{organisation.value}"] = CountField(
                label=capfirst(organisation.label),
                required=False,
                max_value=200,
            )

    @property
    def key_person_fields(self):
        return [self[f"people_{organisation.value}"] for organisation in Organisation]

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("date")
        if day is None or not in_school_year(self, "date", day):
            return cleaned
        if (cleaned.get("kind"), day) in self.taken:
            self.add_error("date", _("There is already one of the same kind on that day."))
        elif cleaned.get("held") and day > self.today:
            self.add_error("date", _("The date lies ahead. Write down who was there when it has been held."))
        people = any(cleaned.get(f"people_{organisation.value}") for organisation in Organisation)
        if (cleaned.get("present") or people) and not cleaned.get("held"):
            self.add_error("held", _("Mark that it has been held when you write down who was there."))
        return cleaned

    def key_persons(self):
        """How many of each organisation."""
        return {
            organisation: self.cleaned_data.get(f"people_{organisation.value}") or 0 for organisation in Organisation
        }
