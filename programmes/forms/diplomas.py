"""The names on the diplomas: typed when they are printed, and kept nowhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number

LONGEST_NAME = 60


class DiplomasForm(forms.Form):
    """A name for each mentor who is to have a diploma; an empty one is left out."""

    quiet_optional = True

    def __init__(self, *args, mentors, **kwargs):
        super().__init__(*args, **kwargs)
        self.mentors = mentors
        for mentor in mentors:
            self.fields[f"name_{mentor.pk}"] = forms.CharField(
                label=mentor.alias,
                required=False,
                max_length=LONGEST_NAME,
                validators=[validate_no_personal_identity_number],
                widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.names():
            raise forms.ValidationError(_("Write at least one name."))
        return cleaned

    def names(self):
        """(mentor, name) for each name that was typed."""
        typed = [(mentor, self.cleaned_data.get(f"name_{mentor.pk}", "").strip()) for mentor in self.mentors]
        return [(mentor, name) for mentor, name in typed if name]
