"""What the centre writes down about a course, its units, and an occasion with its participants."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.forms.dates import DateField, DateInput
from programmes.forms.sessions import CountField
from programmes.models import Course, OtherUnit
from programmes.models.courses import LARGEST_UNIT
from programmes.reports.courses import key_of

FEWEST_ROWS, MOST_ROWS = 4, 60


class NamedForm(forms.ModelForm):
    """Something whose name is its own within the municipality."""

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        twins = self._meta.model.objects.filter(municipality=self.instance.municipality, name__iexact=name)
        if twins.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is already one with this name."))
        return name


class CourseForm(NamedForm):
    """A course: its name, whom it is for, whether it is mandatory and how often it is taken."""

    class Meta:
        model = Course
        fields = ("name", "unit_kind", "is_mandatory", "renewal_years")


class UnitForm(NamedForm):
    """A unit that is no school."""

    class Meta:
        model = OtherUnit
        fields = ("name", "kind")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Choose")), *self.fields["kind"].choices[1:]]


class OccasionForm(forms.Form):
    """An occasion: the day, and a row for each unit that came."""

    quiet_optional = True

    date = DateField(
        label=_("Date"),
        widget=DateInput(attrs={"data-day-words": ""}),
        error_messages={"required": _("Fill in the day of the course.")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, units, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.units, self.today = {key_of(unit): unit for unit in units}, today
        self.numbers = range(1, self._row_count() + 1)
        choices = [("", _("– none –")), *((key, str(unit)) for key, unit in self.units.items())]
        for number in self.numbers:
            words = {"number": number}
            self.fields[f"unit_{number}"] = forms.ChoiceField(
                label=_("Unit %(number)s") % words, required=False, choices=choices
            )
            self.fields[f"participants_{number}"] = CountField(
                label=_("Participants %(number)s") % words, required=False, max_value=LARGEST_UNIT
            )
            self.fields[f"staff_{number}"] = CountField(
                label=_("Staff in all %(number)s") % words, required=False, min_value=1, max_value=LARGEST_UNIT
            )

    def _row_count(self):
        """Some rows more than are filled in already, or as many as were sent."""
        names = self.data if self.is_bound else self.initial
        numbers = [
            int(name[5:]) for name in names if name.startswith("unit_") and name[5:].isascii() and name[5:].isdigit()
        ]
        filled = max((number for number in numbers if number <= MOST_ROWS), default=0)
        return min(MOST_ROWS, max(FEWEST_ROWS, filled if self.is_bound else filled + 2))

    @property
    def rows(self):
        return [(self[f"unit_{n}"], self[f"participants_{n}"], self[f"staff_{n}"]) for n in self.numbers]

    def clean(self):
        cleaned = super().clean()
        taken = set()
        for number in self.numbers:
            self._check_row(number, cleaned, taken)
        if not taken and not self.errors and cleaned["date"] <= self.today:
            self.add_error("unit_1", _("Choose at least one unit that took part."))
        return cleaned

    def _check_row(self, number, cleaned, taken):
        unit, participants, staff = (cleaned.get(f"{name}_{number}") for name in ("unit", "participants", "staff"))
        if not unit:
            if f"unit_{number}" not in self.errors and (participants is not None or staff is not None):
                self.add_error(f"unit_{number}", _("Choose which unit the number is for."))
            return
        if unit in taken:
            self.add_error(f"unit_{number}", _("%(unit)s is there twice.") % {"unit": self.units[unit]})
        taken.add(unit)
        if f"participants_{number}" in self.errors or f"staff_{number}" in self.errors:
            return
        if participants is None:
            self.add_error(f"participants_{number}", _("Fill in how many took part."))
        elif staff is not None and participants > staff:
            self.add_error(
                f"participants_{number}",
                _("The participants cannot be more than the staff in all (%(total)s).") % {"total": staff},
            )
        elif cleaned.get("date") and cleaned["date"] > self.today:
            self.add_error(
                f"participants_{number}", _("The date lies ahead: fill in how many were there when it has been held.")
            )

    def counts(self):
        """(participants, staff in all) for each unit that was chosen."""
        cleaned = self.cleaned_data
        return {
            self.units[cleaned[f"unit_{n}"]]: (cleaned[f"participants_{n}"], cleaned[f"staff_{n}"])
            for n in self.numbers
            if cleaned[f"unit_{n}"]
        }


def occasion_values(occasion):
    """An occasion as the form shows it, to be corrected or reported."""
    values = {"date": occasion.date, "seen": occasion.reported_at.isoformat()}
    for number, row in enumerate(occasion.attendances.all(), start=1):
        values[f"unit_{number}"] = key_of(row.school or row.unit)
        values[f"participants_{number}"], values[f"staff_{number}"] = row.participants, row.staff
    return values
