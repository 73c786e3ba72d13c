"""Who has a calendar of the year's dates."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.models import Municipality
from programmes.rules.memberships import memberships_in


def can_have_calendar(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """Whoever has a role in the municipality sees its year wheel and may have a calendar address of their own."""
    return user.is_active and bool(memberships_in(user, municipality, on=on))
