"""How signing in works here: accounts are given, and the municipality's own sign-in says who, never what."""

import base64
import hashlib
import logging
import time
from smtplib import SMTPException

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.rules import find_personal_identity_number
from programmes import rules
from programmes.actions.demo import is_open_account
from programmes.actions.events import log_event
from programmes.actions.invitations import accept_invitation
from programmes.enums import EventKind
from programmes.models import Invitation

logger = logging.getLogger(__name__)

# What is kept of all that an identity provider says about a person.
KEPT_ATTRIBUTES = {
    "email",
    "email_verified",
    "name",
    "given_name",
    "family_name",
    "mail",
    "givenName",
    "sn",
    "eduPersonPrincipalName",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.6",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "urn:oid:2.5.4.42",
    "urn:oid:2.5.4.4",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname",
}
NAMES = ("first_name", "last_name", "name")
CONFIRMATION = "account/email/email_confirmation"  # asked for by somebody who is signed in, and who must be told


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are given, never taken: the sign-up form is closed."""

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """A mail server that does not answer undoes nothing, and tells nobody at the door whether there is an account.

        Only the kind of error is logged: the error itself may repeat the address.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            logger.error("A letter (%s) could not be sent: %s", template_prefix, type(error).__name__)
            if template_prefix == CONFIRMATION:
                messages.error(self.request, _("The letter could not be sent. Try again in a while."))

    def is_reauthentication_required(self, *, app, **kwargs):
        """Who has just signed in need not say the password again to set up a second factor."""
        request = context.request
        records = get_authentication_records(request, request.user)
        newest = max((record.get("at", 0) for record in records), default=0)
        is_fresh = time.time() - newest < account_settings.REAUTHENTICATION_TIMEOUT
        return not is_fresh and super().is_reauthentication_required(app=app, **kwargs)

    def pre_login(self, request, user, **kwargs):
        """Nobody comes in by a demo account whose password everybody knows, unless this is a demo."""
        if is_open_account(user):
            messages.error(request, _("This account belongs to the demo and is closed here."))
            return redirect("account_login")
        return super().pre_login(request, user, **kwargs)


class StaffMFAAdapter(DefaultMFAAdapter):
    """The secrets of second factors are kept encrypted: the database alone opens nothing."""

    def encrypt(self, text):
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _locks().decrypt(encrypted_text.encode()).decode()


class StaffUserSessionsAdapter(DefaultUserSessionsAdapter):
    """Ending the other sign-ins leaves its trace."""

    def end_sessions(self, sessions):
        super().end_sessions(sessions)
        request = context.request
        log_event(kind=EventKind.SIGN_INS_ENDED, actor=request.user, municipality=request.municipality or None)


def _locks():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"second factor {key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class StaffSocialAccountAdapter(DefaultSocialAccountAdapter):
    """An identity provider says whose address somebody has; only a membership or an invitation lets them in."""

    def list_apps(self, request, provider=None, client_id=None):
        """The providers of the settings alone: none is added through the product."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def populate_user(self, request, sociallogin, data):
        """Keep the attributes on the list, and the addresses that this provider may vouch for."""
        provider = sociallogin.provider
        account = sociallogin.account
        account.extra_data = _only_kept(account.extra_data)
        denied = _denied_address(account.extra_data)
        sociallogin.email_addresses = [
            address
            for address in sociallogin.email_addresses
            if self.is_email_verified(provider, address.email) and address.email != denied
        ]
        safe = {name: data[name][:150] for name in NAMES if _is_a_name(data.get(name))}
        email = sociallogin.email_addresses[0].email.lower() if sociallogin.email_addresses else ""
        return super().populate_user(request, sociallogin, {**safe, "email": email})

    def pre_social_login(self, request, sociallogin):
        today = timezone.localdate()
        if sociallogin.is_existing:
            user = sociallogin.user
            if user.is_superuser or rules.active_memberships(user, on=today) or _waiting(request, user.email):
                return
        elif _waiting(request, sociallogin.user.email):
            return
        raise ImmediateHttpResponse(render(request, "socialaccount/no_role.html", status=403))

    def is_open_for_signup(self, request, sociallogin):
        return bool(_waiting(request, sociallogin.user.email))

    def save_user(self, request, sociallogin, form=None):
        user = super().save_user(request, sociallogin, form)
        for invitation in _waiting(request, user.email):
            accept_invitation(invitation=invitation, user=user, today=timezone.localdate(), now=timezone.now())
        return user


def _is_a_name(value):
    return isinstance(value, str) and bool(value) and not find_personal_identity_number(value)


def _waiting(request, email):
    if not email:
        return []
    waiting = Invitation.objects.waiting(at=timezone.now()).filter(email=email.lower())
    return list(waiting.filter(municipality=request.municipality or None))


def _only_kept(data):
    """The attributes on the list; OpenID Connect keeps its own in two parts."""
    if not isinstance(data, dict):
        return {}
    kept = {name: value for name, value in data.items() if name in KEPT_ATTRIBUTES}
    parts = {name: _only_kept(data[name]) for name in ("userinfo", "id_token") if name in data}
    return {**kept, **parts}


def _denied_address(data):
    """An address that the provider itself says is not confirmed."""
    claims = data.get("userinfo") or data.get("id_token") or data
    return claims.get("email") if claims.get("email_verified") is False else None
