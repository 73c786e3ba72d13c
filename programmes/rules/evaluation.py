"""Who takes evaluation packages."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import CENTRE_ROLES, Role
from programmes.models import Municipality
from programmes.rules.memberships import has_role_in_municipality


def can_take_evaluation_packages(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """An evaluator, while the time lasts, and the centre; always in the open profile, and each taking is logged."""
    return has_role_in_municipality(user, municipality, *CENTRE_ROLES, Role.EVALUATOR, on=on)
