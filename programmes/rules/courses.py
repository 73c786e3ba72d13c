"""Who keeps the register of courses."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import CENTRE_ROLES, Role
from programmes.models import Municipality
from programmes.rules.memberships import has_role_in_municipality


def can_keep_courses(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """The centre and administrators keep the municipality's courses; a school reads its own part at its staff page."""
    return has_role_in_municipality(user, municipality, *CENTRE_ROLES, Role.ADMINISTRATOR, on=on)
