"""What somebody reminds about, and the own words beside it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.forms.reports import ProgrammeForm, period_choices, period_or_none
from programmes.models import Period

LONGEST = 500
ALL = "alla"


class MissingForm(ProgrammeForm):
    """Which reports are missing: of this term and the first programme, unless something else is chosen."""

    field_order = ["period", "program"]

    period = forms.CharField(label=_("Period"), required=False, widget=forms.Select)

    def __init__(self, data, *, today, **options):
        super().__init__(data, **options)
        self.data.setdefault("period", Period.term_of(today).code)
        chosen = period_or_none(self.data["period"])
        if chosen:
            self.data["period"] = chosen.code
        self.fields["period"].widget.choices = period_choices(today, chosen)

    def clean_period(self):
        period = period_or_none(self.cleaned_data["period"])
        if period is None:
            raise forms.ValidationError(_("Write the period as HT2026, VT2027, 2026/27 or T1-2027."))
        return period


class ReminderForm(forms.Form):
    """Whom to remind, one or all of those that can be reminded today, and what to say."""

    till = forms.ChoiceField(
        label=_("To whom"),
        error_messages={
            "required": _("Choose whom to remind."),
            "invalid_choice": _("That one has reported by now, or is already reminded today. Look at the list again."),
        },
    )
    ord = forms.CharField(
        label=_("Your own words"),
        max_length=LONGEST,
        required=False,
        help_text=_("They stand in the letter under your name. Nothing about single pupils."),
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[validate_no_personal_identity_number],
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["till"].choices = [(ALL, ALL), *((row.key, row.key) for row in rows)]
