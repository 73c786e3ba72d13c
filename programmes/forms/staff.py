"""What a coordinator writes down about a staff session, an APT, training or an exchange."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes.enums import StaffGroup, StaffMeetingKind
from programmes.forms.dates import DateField, DateInput
from programmes.forms.leaders import WithLeaders
from programmes.forms.sessions import CountField
from programmes.models.staff import LARGEST_STAFF
from programmes.models.terms import Period


class ThemeField(forms.ModelChoiceField):
    """A staff session, called by the theme that it prepares."""

    def label_from_instance(self, session):
        return session.prepares.title


class StaffMeetingForm(WithLeaders, forms.Form):
    """One meeting: what it was, when, how many were there; and, for who wants to, which groups and who led it."""

    quiet_optional = True

    kind = forms.ChoiceField(label=_("What"), choices=StaffMeetingKind.choices, widget=forms.RadioSelect)
    theme = ThemeField(
        label=_("Theme"),
        required=False,
        queryset=Session.objects.none(),
        to_field_name="code",
        empty_label=_("Choose a theme"),
    )
    topic = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=120,
        validators=[validate_no_personal_identity_number],
        help_text=_("For example a film, a method or a case. Never about individual persons."),
    )
    date = DateField(
        label=_("Date"),
        widget=DateInput(attrs={"data-day-words": ""}),
        error_messages={"required": _("Fill in the day of the meeting.")},
    )
    present = CountField(label=_("Staff present"), required=False, max_value=LARGEST_STAFF)
    total = CountField(label=_("Staff in all"), required=False, min_value=1, max_value=LARGEST_STAFF)
    minutes = CountField(label=_("Minutes"), required=False, min_value=1, max_value=600)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, start_year, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.start_year, self.today = start_year, today
        themes = Session.objects.on_offer().filter(kind=SessionKind.STAFF, prepares__isnull=False)
        self.fields["theme"].queryset = themes.select_related("prepares").in_order()
        self.fields["date"].initial = today
        for group, label in StaffGroup.choices:
            self.fields[f"count_{group}"] = CountField(label=label, required=False, max_value=LARGEST_STAFF)
        self.add_leaders()

    @property
    def count_fields(self):
        return [self[f"count_{group}"] for group in StaffGroup.values]

    @property
    def opens_more(self):
        """Whether the optional part must be seen: it holds an error, or values of the meeting being corrected."""
        more = [name for name in self.fields if name.startswith(("count_", "leader_role_"))]
        return bool(set(self.errors) & set(more)) or any(self.initial.get(name) for name in more)

    def clean(self):
        cleaned = super().clean()
        if "kind" in cleaned:
            self._check_subject(cleaned)
        if cleaned.get("date"):
            self._check_day(cleaned)
        self._check_counts(cleaned)
        return cleaned

    def _check_subject(self, cleaned):
        if cleaned["kind"] == StaffMeetingKind.STAFF_SESSION:
            cleaned["topic"] = ""
            if not cleaned.get("theme") and "theme" not in self.errors:
                self.add_error("theme", _("Choose which theme the staff session was on."))
        else:
            cleaned["theme"] = None
            if not cleaned.get("topic") and "topic" not in self.errors:
                self.add_error("topic", _("Say in a few words what it was about."))

    def _check_day(self, cleaned):
        year = Period.school_year(self.start_year)
        day = cleaned["date"]
        if not year.first_day <= day <= year.last_day:
            self.add_error(
                "date", _("The date is not in the school year %(year)s (1 July to 30 June).") % {"year": year.label}
            )
        elif day > self.today and cleaned.get("present") is not None:
            self.add_error("present", _("The date lies ahead: fill in how many were there when it has been held."))

    def _check_counts(self, cleaned):
        present, total = cleaned.get("present"), cleaned.get("total")
        if present is not None and total is not None and present > total:
            self.add_error(
                "present", _("The staff present cannot be more than the staff in all (%(total)s).") % {"total": total}
            )
        counted = sum(self.counts().values())
        if present is not None and counted > present and "present" not in self.errors:
            self.add_error(
                f"count_{StaffGroup.TEACHERS}",
                _("The groups come to %(counted)s, more than the %(present)s who were there.")
                % {"counted": counted, "present": present},
            )

    def values(self):
        """The columns of a staff meeting, as they were typed; a day that has come is held."""
        cleaned = self.cleaned_data
        names = ("kind", "theme", "topic", "date", "present", "total", "minutes")
        return {**{name: cleaned[name] for name in names}, "is_held": cleaned["date"] <= self.today}

    def counts(self):
        """How many of each group, for the groups that were counted."""
        counts = {group: self.cleaned_data.get(f"count_{group}") for group in StaffGroup.values}
        return {group: count for group, count in counts.items() if count is not None}


def meeting_values(meeting):
    """A staff meeting as the form shows it, to be corrected or reported."""
    return {
        "kind": meeting.kind,
        "theme": meeting.theme.code if meeting.theme else None,
        "topic": meeting.topic,
        "date": meeting.date,
        "present": meeting.present,
        "total": meeting.total,
        "minutes": meeting.minutes,
        "seen": meeting.reported_at.isoformat(),
        **{f"count_{count.group}": count.present for count in meeting.counts.all()},
        **StaffMeetingForm.leader_values(meeting.leaders.all()),
    }
