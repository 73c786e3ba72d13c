"""What the centre writes in its registers: where a school stands with a programme, and the action plan."""

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _, pgettext

from accounts.rules import validate_no_personal_identity_number
from curriculum.models import Programme
from programmes.enums import MeasureFigure, ProgrammeStatus
from programmes.forms.dates import DateField, DateInput
from programmes.models import Area, Measure

CHOSEN = (ProgrammeStatus.ACTIVE, ProgrammeStatus.PAUSED, ProgrammeStatus.ENDED)


class SchoolFilterForm(forms.Form):
    """Which schools of all to show: by programme, where they stand with it, and area."""

    quiet_optional = True

    program = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.none(), to_field_name="code", required=False
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *ProgrammeStatus.choices])
    omrade = forms.ModelChoiceField(label=_("Area"), queryset=Area.objects.none(), required=False)

    def __init__(self, *args, programmes, areas, **kwargs):
        super().__init__(*args, **kwargs)
        for name, queryset in (("program", programmes), ("omrade", areas)):
            self.fields[name].queryset = queryset
            self.fields[name].empty_label = _("All")


class ParticipationForm(forms.Form):
    """A school begins, rests from, resumes or ends a programme: which, from which day, and why."""

    quiet_optional = True

    programme = forms.ModelChoiceField(
        label=_("Programme"),
        queryset=Programme.objects.none(),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    status = forms.ChoiceField(
        label=_("What happens"),
        choices=[
            (ProgrammeStatus.ACTIVE, _("Begins or resumes")),
            (ProgrammeStatus.PAUSED, _("Pauses")),
            (ProgrammeStatus.ENDED, _("Ends")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happens.")},
    )
    day = DateField(
        label=_("Date"),
        widget=DateInput(attrs={"data-day-words": ""}),
        help_text=_("The first day. When the school ends: the last day."),
        error_messages={"required": _("Fill in from which day.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        validators=[validate_no_personal_identity_number],
        help_text=_("In a few words. Never about individual persons."),
        error_messages={"required": _("Say in a few words why.")},
    )

    def __init__(self, *args, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes
        if len(programmes) == 1:
            self.fields["programme"].initial = programmes[0].code


class MeasureForm(forms.ModelForm):
    """A row of the action plan."""

    start_date = DateField(label=_("Begins"), widget=DateInput(attrs={"data-day-words": ""}))
    end_date = DateField(label=_("Ready"), widget=DateInput(attrs={"data-day-words": ""}))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Measure
        fields = (
            "problem",
            "area",
            "goal",
            "measure",
            "responsible",
            "start_date",
            "end_date",
            "indicator",
            "figure",
            "follow_up",
        )
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 2}) for name in ("problem", "goal", "measure")},
            "follow_up": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.filter(municipality=self.instance.municipality).order_by("name")
        self.fields["area"].empty_label = _("The whole municipality")
        self.fields["figure"].choices = [("", pgettext("figure", "None")), *MeasureFigure.choices]
        self.fields["follow_up"].help_text = _("What came of it. Empty until it has been followed up.")
        if self.instance.pk:
            self.fields["seen"].initial = self.instance.written_at.isoformat()


class RegisterForm(forms.ModelForm):
    """A row of a register: what must be unique is so within the municipality, which nobody chooses."""

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"municipality"}


class RegisterSchoolForm(RegisterForm):
    """A school; its address is made from its name unless somebody writes another."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("The end of the school's address. Empty: made from the name.")

    def clean_slug(self):
        return self.cleaned_data.get("slug") or slugify(self.cleaned_data.get("name", ""))
