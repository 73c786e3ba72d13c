"""The own account: what a person signs in with, on one page."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.shortcuts import render


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
