"""The own account on one page, and answers from an identity provider that are no answers at all."""

import logging
from functools import wraps

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.shortcuts import render

logger = logging.getLogger(__name__)


def overview(request):
    user = request.user
    types = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "has_password": user.has_usable_password(),
        "has_app": Authenticator.Type.TOTP in types,
        "passkeys": types.count(Authenticator.Type.WEBAUTHN),
        "sign_ins": UserSession.objects.filter(user=user).count(),
        "has_single_sign_on": bool(settings.SOCIALACCOUNT_PROVIDERS),
        "connections": SocialAccount.objects.filter(user=user).count(),
        "waiting_address": EmailAddress.objects.filter(user=user, verified=False).exclude(email=user.email).first(),
    }
    return render(request, "account/overview.html", context)


def refuse_junk(view):
    """A view that reads an identity provider's answer; what cannot even be parsed is refused like what is not true."""

    @wraps(view)
    def careful(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except (SyntaxError, ValueError):
            logger.warning("An answer from the identity provider could not be read.")
            return render(request, "socialaccount/authentication_error.html", status=401)

    return careful
