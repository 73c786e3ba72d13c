"""Who takes in files."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import CENTRE_ROLES, Role
from programmes.models import Municipality, School
from programmes.rules.memberships import has_role_at_school, has_role_in_municipality, memberships_in


def can_import_classes(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinator, the centre and administrators take in class lists."""
    return has_role_at_school(user, school, Role.COORDINATOR, on=on) or has_role_in_municipality(
        user, school.municipality, *CENTRE_ROLES, Role.ADMINISTRATOR, on=on
    )


def can_import_deliveries(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinator takes in the school's own log; the centre for younger children does it for a school."""
    return has_role_at_school(user, school, Role.COORDINATOR, on=on) or has_role_in_municipality(
        user, school.municipality, Role.CENTRE_YOUNGER, Role.ADMINISTRATOR, on=on
    )


def can_open_imports(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """Whoever may take in some kind of file for some school of the municipality."""
    roles = {Role.COORDINATOR, *CENTRE_ROLES, Role.ADMINISTRATOR}
    return any(membership.role in roles for membership in memberships_in(user, municipality, on=on))
