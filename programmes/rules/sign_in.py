"""How much a person must show to be let in, and what tells that their roles have changed since."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import SECOND_FACTOR_ROLES
from programmes.rules.memberships import active_memberships, roles_of


def needs_second_factor(user: User | AnonymousUser, *, on: date) -> bool:
    """Whoever sees a whole municipality, takes files away or administers gives a second factor at every sign-in."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or user.is_staff or bool(roles_of(user, on=on) & set(SECOND_FACTOR_ROLES))


def has_given_second_factor(records: Iterable[Mapping[str, Any]], *, trusted: Collection[str]) -> bool:
    """Whether a sign-in, step by step as the sign-in library keeps it, held a second factor.

    A passkey counts: it is a thing one has, opened by a finger, a face or a PIN. So does a sign-in of the
    municipality that asks for a second factor itself (`trusted`). What the account has set up does not count.
    """
    return any(
        record.get("method") == "mfa" or (record.get("method") == "socialaccount" and record.get("provider") in trusted)
        for record in records
    )


def role_mark(user: User | AnonymousUser, *, on: date) -> list[str]:
    """What a person is on a day, as a sign-in keeps it: another mark means that the roles have changed."""
    doors = [name for name in ("is_staff", "is_superuser") if getattr(user, name)]
    places = {
        f"{membership.role} {membership.school_id or ''} {membership.municipality_id or ''}".strip()
        for membership in active_memberships(user, on=on)
    }
    return [*doors, *sorted(places)]
