"""What a person calls a selection of a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.models import SavedReport


class SavedReportForm(forms.ModelForm):
    class Meta:
        model = SavedReport
        fields = ["name"]
        error_messages = {"name": {"required": _("Give the selection a name.")}}
