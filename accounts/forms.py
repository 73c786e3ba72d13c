"""What a person types at the door and in the own account, where the sign-in library's own forms do not do."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm
from allauth.core import context, ratelimit
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number


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


class PasskeyForm(AddWebAuthnForm):
    """A passkey opens the door by itself unless the person wants it as the second step only."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        required=False,
        max_length=60,
        help_text=_("So that you know it again: my phone, the computer at school."),
        validators=[validate_no_personal_identity_number],
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with the passkey alone, without password"),
        required=False,
        initial=True,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = self.initial["name"] = ""
