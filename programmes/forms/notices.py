"""What a crisis notice says, to whom one can turn, and until when it is shown."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from cms.blocks import validate_no_placeholder
from cms.models import SupportContact
from programmes.forms.choices import SeveralField

LONGEST = 30  # days
USUAL = 3


class CrisisNoticeForm(forms.Form):
    heading = forms.CharField(
        label=_("Heading"),
        max_length=80,
        help_text=_("What has happened, in a few words. No names of persons."),
        validators=[validate_no_personal_identity_number, validate_no_placeholder],
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=600,
        help_text=_("What people need to know now, and what to do. Two or three sentences."),
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[validate_no_personal_identity_number, validate_no_placeholder],
    )
    contacts = SeveralField(
        label=_("Whom to turn to"),
        queryset=SupportContact.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The numbers come from the support list."),
    )
    last_date = forms.DateField(
        label=_("Shown until and including"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("After that day it disappears by itself. At most thirty days ahead."),
    )

    def __init__(self, *args, request, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["contacts"].queryset = SupportContact.objects.for_request(request)
        self.fields["last_date"].initial = today + timedelta(days=USUAL)

    def clean_last_date(self):
        day = self.cleaned_data["last_date"]
        if not self.today <= day <= self.today + timedelta(days=LONGEST):
            raise forms.ValidationError(_("Choose a day from today and at most thirty days ahead."))
        return day
