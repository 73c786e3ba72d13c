"""What a supervisor types about one mentee group: its name, size and room, and how each session is arranged."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.actions.mentee_groups import Arrangement
from programmes.forms.cohort_people import PAIRS
from programmes.forms.cohorts import SeenForm
from programmes.forms.sessions import CountField
from programmes.models.schools import name_key

EVERYBODY = ("", _("all together"))


class GroupForm(SeenForm):
    """A group, and for each session that lies ahead another room, the pair that leads it, and its scenario."""

    quiet_optional = True

    name = forms.CharField(label=_("Name"), max_length=40, validators=[validate_no_personal_identity_number])
    enrolled = CountField(label=_("Pupils in the group"), required=False, min_value=1)
    room = forms.CharField(
        label=_("Room"), required=False, max_length=60, validators=[validate_no_personal_identity_number]
    )

    def __init__(self, *args, group, stations, taken, **kwargs):
        super().__init__(*args, **kwargs)
        self.taken, self.stations = taken, stations
        self.fields["name"].initial, self.fields["enrolled"].initial = group.name, group.enrolled
        self.fields["room"].initial = group.room
        pairs = [EVERYBODY, *PAIRS[1:5]]
        for station in stations:
            self.fields[f"room_{station.pk}"] = forms.CharField(
                label=_("Another room"),
                required=False,
                max_length=60,
                initial=station.own_room,
                validators=[validate_no_personal_identity_number],
            )
            self.fields[f"pair_{station.pk}"] = forms.ChoiceField(
                label=_("Who leads"), required=False, choices=pairs, initial=str(station.pair or "")
            )
            if station.scenarios:
                free = [(choice.code, choice.title) for choice in station.scenarios if not choice.taken_by]
                self.fields[f"scenario_{station.pk}"] = forms.ChoiceField(
                    label=_("Scenario"),
                    required=False,
                    choices=[("", _("none reserved")), *free],
                    initial=station.scenario,
                )

    @property
    def rows(self):
        """Each session with its fields."""
        names = ("room", "pair", "scenario")
        return [
            (station, [self[f"{name}_{station.pk}"] for name in names if f"{name}_{station.pk}" in self.fields])
            for station in self.stations
        ]

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if name_key(name) in self.taken:
            raise forms.ValidationError(_("There is already a group called %(name)s.") % {"name": name})
        return name

    def arrangements(self):
        """How each session is arranged."""
        cleaned = self.cleaned_data
        return [
            Arrangement(
                planned_session=station.planned,
                room=cleaned[f"room_{station.pk}"],
                pair=int(cleaned[f"pair_{station.pk}"] or 0) or None,
            )
            for station in self.stations
        ]

    def scenarios(self):
        """The code that is reserved for each session whose plan has scenarios; empty for none."""
        return {
            station: self.cleaned_data[f"scenario_{station.pk}"]
            for station in self.stations
            if f"scenario_{station.pk}" in self.fields
        }
