"""Why a closed period is reopened, and why a session in it is unlocked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.models import ClosedPeriod, Unlocking


class ReasonForm(forms.Form):
    """A reason in a sentence; nothing about single pupils."""

    skal = forms.CharField(
        label=_("Reason"),
        help_text=_("It stands in the event log. Nothing about single pupils."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, in a sentence.")},
    )

    def __init__(self, *args, field, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["skal"].max_length = field.max_length
        self.fields["skal"].widget.attrs["maxlength"] = field.max_length
        self.fields["skal"].validators += field.validators

    @classmethod
    def to_reopen(cls, data=None):
        return cls(data, field=ClosedPeriod._meta.get_field("reopen_reason"))

    @classmethod
    def to_unlock(cls, data=None):
        return cls(data, field=Unlocking._meta.get_field("reason"))
