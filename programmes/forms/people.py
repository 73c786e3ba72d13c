"""Changing who is what: dates and classes, an end, a hand-over, and looking for people."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from programmes.enums import LIMITED_ROLES, Role
from programmes.forms.choices import SeveralField
from programmes.forms.dates import DateField
from programmes.models import Membership, School, SchoolClass
from programmes.models.terms import school_year_label


class MembershipForm(forms.Form):
    """From when to when, and a leader's classes."""

    start_date = DateField(label=_("From"))
    end_date = DateField(label=_("To and including"), required=False, help_text=_("Empty means until further notice."))
    classes = SeveralField(
        label=_("Classes"),
        queryset=SchoolClass.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A session leader sees these classes only."),
    )

    def __init__(self, *args, classes, start_year, needs_end_date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["classes"].queryset = classes
        self.fields["classes"].label_from_instance = lambda row: (
            row.name if row.start_year == start_year else f"{row.name}, {school_year_label(row.start_year)}"
        )
        if classes is None:
            del self.fields["classes"]
        if needs_end_date:
            self.fields["end_date"].required = True
            self.fields["end_date"].help_text = _("This role is given for a limited time.")

    def clean(self):
        cleaned = super().clean()
        start_date, end_date = cleaned.get("start_date"), cleaned.get("end_date")
        if start_date and end_date and end_date < start_date:
            self.add_error("end_date", _("The last day is before the first."))
        return cleaned


class EndForm(forms.Form):
    """The last day of a role."""

    end_date = DateField(label=_("Last day"))


class HandOverForm(forms.Form):
    """Who takes a role over, from which day, and how long the one before stays."""

    quiet_optional = True

    person = forms.ModelChoiceField(
        label=_("Who takes over"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Choose a person at the school"),
    )
    email = forms.EmailField(
        label=_("or somebody else's e-mail"),
        required=False,
        help_text=_("Somebody who has, or has had, a role in the municipality."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    start_date = DateField(label=_("Takes over on"))
    last_day = DateField(
        label=_("Last day of the one before"), help_text=_("May be later: then both have the role for a while.")
    )

    def __init__(self, *args, people, membership, municipality, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.municipality, self.today = municipality, today
        self.ends = membership.end_date if membership.role in LIMITED_ROLES else None
        self.fields["person"].queryset = people

    def clean(self):
        cleaned = super().clean()
        if not {"person", "email"} & set(self.errors):
            cleaned["to"] = self._chosen(cleaned)
        start_date, last_day = cleaned.get("start_date"), cleaned.get("last_day")
        if start_date and start_date < self.today:
            self.add_error("start_date", _("The day has passed."))
        elif start_date and self.ends and start_date > self.ends:
            self.add_error("start_date", _("The role is over by then. Choose an earlier day, or extend it first."))
        elif start_date and last_day and (start_date - last_day).days > 1:
            self.add_error("last_day", _("Then nobody would have the role in between. Choose a later day."))
        return cleaned

    def _chosen(self, cleaned):
        person, email = cleaned.get("person"), cleaned.get("email")
        if bool(person) == bool(email):
            self.add_error("person", _("Choose a person or write an e-mail address: one of them."))
            return None
        if person:
            return person
        known = Membership.objects.in_municipality(self.municipality).values("user")
        found = User.objects.filter(is_active=True, email__iexact=email, pk__in=known).first()
        if found is None:
            self.add_error("email", _("Nobody in the municipality has this address. Invite the person instead."))
        return found


class PeopleForm(forms.Form):
    """Which people of the municipality are shown; everything is optional."""

    quiet_optional = True
    NOW, COMING, ENDED = "nu", "kommande", "avslutade"
    TIMES = [(NOW, _("Now")), (COMING, _("Coming")), (ENDED, _("Ended"))]

    skola = forms.ModelChoiceField(
        label=_("School"), queryset=None, to_field_name="slug", required=False, empty_label=_("All")
    )
    roll = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All")), *Role.choices])
    tid = forms.ChoiceField(label=_("When"), required=False, choices=TIMES)

    def __init__(self, data, *, schools, **options):
        asked = {name: data.get(name) or "" for name in self.base_fields}
        asked["tid"] = asked["tid"] or self.NOW
        super().__init__(asked, **options)
        self.fields["skola"].queryset = schools

    def clean_skola(self):
        school = self.cleaned_data["skola"]
        if school is not None and not isinstance(school, School):
            raise ValidationError(_("There is no such school among yours."))
        return school
