"""What a sign-in remembers of the person's roles, and the ending of sign-ins."""

from collections.abc import MutableMapping
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction

from accounts.models import User
from programmes import rules

ROLE_MARK = "role_mark"


def remember_roles(*, session: MutableMapping[str, Any], user: User, on: date) -> None:
    """Keep in the sign-in what the person is now: one that says otherwise later is ended."""
    user.__dict__.pop("_active_memberships", None)
    session[ROLE_MARK] = rules.role_mark(user, on=on)


@transaction.atomic
def keep_address(*, user: User) -> None:
    """Give an account that was made or changed by an administrator the confirmed address that it was given.

    The library would otherwise take the address for one that is on its way, and drop it when a new one is asked for.
    """
    addresses = EmailAddress.objects.filter(user=user)
    email = user.email.lower()
    if not addresses.filter(email=email, verified=True).exists():
        addresses.update(primary=False)
        addresses.update_or_create(email=email, defaults={"user": user, "primary": True, "verified": True})


@transaction.atomic
def end_sign_ins(*, user: User, but: str | None = None) -> None:
    """End what runs on other devices: a phone that is lost may be signed in, and in somebody's hand."""
    for sign_in in UserSession.objects.filter(user=user).exclude(session_key=but):
        sign_in.end()
