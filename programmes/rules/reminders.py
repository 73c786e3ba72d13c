"""Who reminds whom of what has not been reported."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import CENTRE_ROLES, Role
from programmes.models import Municipality, School
from programmes.rules.memberships import has_role_at_school, has_role_in_municipality


def can_remind(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinators remind its leaders; the centre reminds any school of its municipality."""
    return has_role_at_school(user, school, Role.COORDINATOR, on=on) or can_remind_schools(
        user, school.municipality, on=on
    )


def can_remind_schools(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """The centre reminds schools; which programmes are its own is said by `can_change_programme`."""
    return has_role_in_municipality(user, municipality, *CENTRE_ROLES, on=on)
