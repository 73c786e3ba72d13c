"""Who reads the event log."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import Role
from programmes.models import Municipality
from programmes.rules.memberships import has_role_in_municipality


def can_read_event_log(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """The data-protection officer and the system administrators read what happened in their municipality."""
    return has_role_in_municipality(user, municipality, Role.DATA_PROTECTION, Role.ADMINISTRATOR, on=on)
