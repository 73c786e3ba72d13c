"""Who keeps a school's staff sessions, APT and training."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import Role
from programmes.models import School
from programmes.rules.memberships import has_role_at_school
from programmes.rules.reports import can_read_overview


def can_keep_staff_meetings(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinator writes down what its staff do."""
    return has_role_at_school(user, school, Role.COORDINATOR, on=on)


def can_read_staff_meetings(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinator and leaders, and whoever sees the whole municipality, read them."""
    at_school = has_role_at_school(user, school, Role.COORDINATOR, Role.LEADER, on=on)
    return at_school or can_read_overview(user, school.municipality, on=on)
