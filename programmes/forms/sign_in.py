"""The code that was sent by e-mail, guessed at most as often as one code may be, however many guess at once."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm
from allauth.core import context, ratelimit
from django import forms
from django.utils.translation import gettext_lazy as _


class LoginCodeForm(ConfirmLoginCodeForm):
    """The library counts tries in the session, which parallel requests all read before any has written."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def clean_code(self):
        request = context.request
        key = self.expected_code or request.session.session_key or ""
        if not ratelimit.consume(request, action="login_code_guess", key=f"login-code {key}"):
            raise get_adapter().validation_error("too_many_login_attempts")
        return super().clean_code()
