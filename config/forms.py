"""How forms are drawn everywhere: what was typed stands there again, but never a personal identity number."""

from django import forms
from django.forms.renderers import TemplatesSetting

from accounts.rules import hide_personal_identity_numbers


class KeptField(forms.BoundField):
    """A field as it is shown again after an error: its words are kept, without the numbers that were refused."""

    def value(self):
        value = super().value()
        return hide_personal_identity_numbers(value) if isinstance(value, str) and self._is_refused else value

    @property
    def _is_refused(self):
        errors = (self.form._errors or {}).get(self.name)
        return bool(errors) and any(error.code == "personal_identity_number" for error in errors.as_data())


class FormRenderer(TemplatesSetting):
    """The project's own templates, ours before Django's."""

    bound_field_class = KeptField
