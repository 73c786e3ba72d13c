"""What a sign-in remembers of the person's roles, and the ending of sign-ins."""

from collections.abc import MutableMapping
from datetime import date
from typing import Any

from accounts.models import User
from programmes import rules

ROLE_MARK = "role_mark"


def remember_roles(*, session: MutableMapping[str, Any], user: User, on: date) -> None:
    """Keep in the sign-in what the person is now: one that says otherwise later is ended."""
    user.__dict__.pop("_active_memberships", None)
    session[ROLE_MARK] = rules.role_mark(user, on=on)
