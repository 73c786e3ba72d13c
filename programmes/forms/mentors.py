"""What is typed at the mentors' door, and tapped behind it."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.enums import LogFeeling, LogReach, LogTalk

SHAPE = re.compile(r"[A-Z0-9]{8}")


class DoorForm(forms.Form):
    kod = forms.CharField(
        label=_("Code"),
        max_length=40,
        validators=[validate_no_personal_identity_number],
        help_text=_("Eight signs, for example ABCD-2345. Your supervisor has it."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "enterkeyhint": "go"}
        ),
    )

    def clean_kod(self):
        """Capital or small, with or without the hyphen: it is the same code."""
        signs = re.sub(r"[\s\-–—.]", "", self.cleaned_data["kod"]).upper()
        if not SHAPE.fullmatch(signs):
            raise forms.ValidationError(_("A code is eight letters and digits. Look once more at the sheet."))
        return f"{signs[:4]}-{signs[4:]}"


class MentorLogForm(forms.Form):
    """Three choices: nothing can be written, so nothing can be said of anybody."""

    feeling = forms.ChoiceField(
        label=_("How did it go?"),
        choices=LogFeeling.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it went.")},
    )
    reach = forms.ChoiceField(
        label=_("Did you have time for it?"),
        choices=LogReach.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how much you had time for.")},
    )
    talk = forms.ChoiceField(label=_("Want to talk?"), choices=LogTalk.choices)
