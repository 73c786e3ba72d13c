"""Who may see and keep trygg bas: the class's leaders and the school's coordinators; the centre sees shares alone."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import CENTRE_ROLES, Role
from programmes.models import Municipality, School, SchoolClass
from programmes.rules.memberships import has_role_at_school, has_role_in_municipality, leads_class


def can_see_secure_bases(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """Coordinators and leaders of the school, each for the classes they see; no administrator, and not the centre."""
    return has_role_at_school(user, school, Role.COORDINATOR, Role.LEADER, on=on)


def can_keep_class_list(user: User | AnonymousUser, school_class: SchoolClass, *, on: date) -> bool:
    """The school's coordinators and the class's own leaders see a class's list, and keep it."""
    return has_role_at_school(user, school_class.school, Role.COORDINATOR, on=on) or leads_class(
        user, school_class, on=on
    )


def can_lead_check_round(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinators open and close its rounds, and say who has left."""
    return has_role_at_school(user, school, Role.COORDINATOR, on=on)


def can_read_secure_base_shares(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """The centre reads each school's shares, with small numbers hidden; a system administrator does not."""
    return has_role_in_municipality(user, municipality, *CENTRE_ROLES, on=on)
