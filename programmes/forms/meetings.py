"""What is typed about parent groups: how they are set up, how many came, and single parent meetings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.enums import ChildAge, GroupFormat, GroupLanguage, ParentMeetingKind
from programmes.forms.dates import DateField, DateInput
from programmes.forms.leaders import WithLeaders
from programmes.forms.sessions import CountField
from programmes.models.meetings import EARLY, MEETINGS, MOST_AT_A_MEETING, MOST_PARENTS
from programmes.models.terms import Period, start_year_of

NUMBERS = range(1, MEETINGS + 1)
TIMES = ("%H:%M", "%H.%M", "%H:%M:%S")
DESCRIBED = (
    "age",
    "format",
    "language",
    "has_interpreter",
    "place",
    "start_time",
    "end_time",
    "seats",
    "takes_sign_ups",
)


class ParentGroupForm(WithLeaders, forms.Form):
    """A group as it is set up: for whom, when the four meetings are, and who leads."""

    leader_count = 2
    quiet_optional = True

    age = forms.ChoiceField(label=_("The children's age"), choices=ChildAge.choices, widget=forms.RadioSelect)
    format = forms.ChoiceField(
        label=_("Format"), choices=GroupFormat.choices, initial=GroupFormat.ON_SITE, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Language"), choices=GroupLanguage.choices, initial=GroupLanguage.SWEDISH)
    has_interpreter = forms.BooleanField(label=_("An interpreter takes part"), required=False)
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=80,
        validators=[validate_no_personal_identity_number],
        help_text=_("For example the school library."),
    )
    start_time = forms.TimeField(
        label=_("From"), required=False, input_formats=TIMES, widget=forms.TimeInput(attrs={"type": "time"})
    )
    end_time = forms.TimeField(
        label=_("To"), required=False, input_formats=TIMES, widget=forms.TimeInput(attrs={"type": "time"})
    )
    seats = CountField(label=_("Seats"), min_value=1, max_value=MOST_PARENTS, initial=12)
    takes_sign_ups = forms.BooleanField(label=_("Parents see the group on the web and can sign up"), required=False)
    is_cancelled = forms.BooleanField(
        label=_("The group is cancelled"), required=False, help_text=_("Who has signed up is told.")
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in NUMBERS:
            self.fields[f"date_{number}"] = DateField(
                label=_("Meeting %(number)s") % {"number": number},
                widget=DateInput(attrs={"data-day-words": ""}),
                error_messages={"required": _("Fill in the day of meeting %(number)s.") % {"number": number}},
            )
        self.add_leaders()

    @property
    def date_fields(self):
        return [self[f"date_{number}"] for number in NUMBERS]

    def clean(self):
        cleaned = super().clean()
        for number in NUMBERS[1:]:
            before, day = cleaned.get(f"date_{number - 1}"), cleaned.get(f"date_{number}")
            if before and day and day <= before:
                self.add_error(
                    f"date_{number}", _("Meeting %(number)s must come after the one before.") % {"number": number}
                )
        first, last = cleaned.get("date_1"), cleaned.get(f"date_{MEETINGS}")
        start, end = cleaned.get("start_time"), cleaned.get("end_time")
        if end and not start:
            self.add_error("start_time", _("Fill in when the meetings begin."))
        elif start and end and end <= start:
            self.add_error("end_time", _("The meetings must end after they begin."))
        if first and last and (last - first).days > 366:
            self.add_error(f"date_{MEETINGS}", _("The four meetings must be within a year."))
        return cleaned

    def values(self):
        return {name: self.cleaned_data[name] for name in (*DESCRIBED, "is_cancelled")}

    def days(self):
        return [self.cleaned_data[f"date_{number}"] for number in NUMBERS]


class ParentCountForm(forms.Form):
    """How many came to each of the meetings whose day has come, and how many completed."""

    quiet_optional = True

    completed = CountField(label=_("Completed"), required=False, max_value=MOST_PARENTS)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, meetings, needed, today, expected=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expected"] = forms.IntegerField(required=False, initial=expected, widget=forms.HiddenInput)
        self.held = [meeting for meeting in meetings if meeting.date <= today]
        self.fields["completed"].help_text = _("Parents who were at %(needed)s of the four meetings or more.") % {
            "needed": needed
        }
        for meeting in self.held:
            field = CountField(
                label=_("Meeting %(number)s") % {"number": meeting.number}, required=False, max_value=MOST_PARENTS
            )
            # One tap on plus starts from as many as came the last time, or have a seat; the next ones count on
            before = f"parents_{meeting.number - 1}" if meeting.number > 1 else "expected"
            field.widget.attrs["data-step-from"] = f"id_{before}"
            self.fields[f"parents_{meeting.number}"] = field

    @property
    def count_fields(self):
        return [(meeting, self[f"parents_{meeting.number}"]) for meeting in self.held]

    def clean(self):
        cleaned = super().clean()
        completed = cleaned.get("completed")
        early = [cleaned.get(f"parents_{number}") for number in EARLY]
        started = max((count for count in early if count is not None), default=None)
        if completed is None:
            return cleaned
        if started is None:
            self.add_error("completed", _("Fill in how many were at meeting 1 or 2 first: that is how many started."))
        elif completed > started:
            self.add_error(
                "completed",
                _("More cannot have completed than started (%(started)s, the most at meetings 1 and 2).")
                % {"started": started},
            )
        return cleaned

    def parents(self):
        """The count of each meeting by its number; a day that lies ahead has none."""
        return {meeting.number: self.cleaned_data[f"parents_{meeting.number}"] for meeting in self.held}


class ParentMeetingForm(forms.Form):
    """A single parent meeting: what, when, and how many came once it has been."""

    quiet_optional = True

    kind = forms.ChoiceField(label=_("What"), choices=ParentMeetingKind.choices, widget=forms.RadioSelect)
    theme = forms.CharField(
        label=_("What it is about"),
        max_length=120,
        validators=[validate_no_personal_identity_number],
        error_messages={"required": _("Say in a few words what it was about.")},
        help_text=_("Never about individual persons."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=GroupLanguage.choices, initial=GroupLanguage.SWEDISH)
    date = DateField(
        label=_("Date"),
        widget=DateInput(attrs={"data-day-words": ""}),
        error_messages={"required": _("Fill in the day of the meeting.")},
    )
    parents = CountField(label=_("Parents"), required=False, max_value=MOST_AT_A_MEETING)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, start_year, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.start_year, self.today = start_year, today
        self.fields["date"].initial = today if start_year == start_year_of(today) else None

    def clean(self):
        cleaned = super().clean()
        day, year = cleaned.get("date"), Period.school_year(self.start_year)
        if day and not year.first_day <= day <= year.last_day:
            self.add_error(
                "date", _("The date is not in the school year %(year)s (1 July to 30 June).") % {"year": year.label}
            )
        elif day and day > self.today and cleaned.get("parents") is not None:
            self.add_error("parents", _("The date lies ahead: fill in how many were there when it has been held."))
        return cleaned

    def values(self):
        return {name: self.cleaned_data[name] for name in ("kind", "theme", "language", "date", "parents")}


def group_values(group):
    """A group as the form shows it, to be changed."""
    return {
        **{name: getattr(group, name) for name in DESCRIBED},
        "is_cancelled": group.is_cancelled,
        "seen": group.reported_at.isoformat(),
        **{f"date_{meeting.number}": meeting.date for meeting in group.meetings.all()},
        **ParentGroupForm.leader_values(group.leaders.all()),
    }


def count_values(group):
    """A group's counts as the form shows them."""
    return {
        "completed": group.completed,
        "seen": group.reported_at.isoformat(),
        **{f"parents_{meeting.number}": meeting.parents for meeting in group.meetings.all()},
    }


def parent_meeting_values(meeting):
    """A parent meeting as the form shows it, to be corrected or reported."""
    names = ("kind", "theme", "language", "date", "parents")
    return {**{name: getattr(meeting, name) for name in names}, "seen": meeting.reported_at.isoformat()}
