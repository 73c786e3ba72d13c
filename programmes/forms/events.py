"""What someone narrows the event log by: a kind, a person, a school, days."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from programmes.enums import EventKind
from programmes.forms.dates import DateField, DateInput
from programmes.models import Event, School


def people_in_log(municipality):
    """Everyone who did or met something that is logged in a municipality, by name."""
    events = Event.objects.filter(municipality=municipality or None)
    actors, persons = events.order_by().values("actor"), events.order_by().values("person")
    return User.objects.filter(Q(pk__in=actors) | Q(pk__in=persons)).order_by("first_name", "last_name", "email")


class EventLogForm(forms.Form):
    """Everything is optional: without a choice it is all that happened, the latest first."""

    quiet_optional = True

    handelse = forms.ChoiceField(
        label=_("Event"),
        required=False,
        choices=[("", _("All")), *EventKind.choices],
        error_messages={"invalid_choice": _("There is no such kind of event.")},
    )
    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("All"),
        error_messages={"invalid_choice": _("There is no such person in the log.")},
    )
    skola = forms.ModelChoiceField(
        label=_("School"),
        queryset=School.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("All"),
        error_messages={"invalid_choice": _("There is no such school.")},
    )
    fran = DateField(label=_("From"), required=False, widget=DateInput)
    till = DateField(label=_("To and including"), required=False, widget=DateInput)

    def __init__(self, data, *, municipality, **options):
        super().__init__(data, **options)
        self.fields["person"].queryset = people_in_log(municipality)
        self.fields["skola"].queryset = School.objects.filter(municipality=municipality or None).in_order()

    def clean(self):
        asked = super().clean()
        if asked.get("fran") and asked.get("till") and asked["fran"] > asked["till"]:
            self.add_error("till", _("The last day is before the first."))
        return asked

    @property
    def choice(self):
        """What was chosen, as `EventQuerySet.chosen` takes it."""
        asked = self.cleaned_data
        return {
            "kind": asked["handelse"],
            "person": asked["person"],
            "school": asked["skola"],
            "first_day": asked["fran"],
            "last_day": asked["till"],
        }

    @property
    def words(self):
        """What was chosen, in words, for a file and for the log itself; a person is not named in it."""
        asked = self.cleaned_data
        parts = [
            str(EventKind(asked["handelse"]).label) if asked["handelse"] else "",
            str(_("one person")) if asked["person"] else "",
            asked["skola"].name if asked["skola"] else "",
            f"{asked['fran'] or ''}–{asked['till'] or ''}" if asked["fran"] or asked["till"] else "",
        ]
        return ", ".join(filter(None, parts)) or str(_("everything"))
