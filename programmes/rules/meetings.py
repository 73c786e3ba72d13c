"""Who keeps and reads a school's parent groups and parent meetings, and the municipality's own groups."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import Role
from programmes.models import Municipality, School
from programmes.rules.memberships import has_role_at_school, has_role_in_municipality
from programmes.rules.reports import can_read_overview


def can_keep_parent_groups(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinator sets up its groups and counts; the younger children's centre for any school."""
    return has_role_at_school(user, school, Role.COORDINATOR, on=on) or can_keep_own_parent_groups(
        user, school.municipality, on=on
    )


def can_keep_own_parent_groups(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """The centre for younger children keeps the groups that belong to no school."""
    return has_role_in_municipality(user, municipality, Role.CENTRE_YOUNGER, on=on)


def can_read_parent_groups(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinator and leaders, and whoever sees the whole municipality, read the counts."""
    at_school = has_role_at_school(user, school, Role.COORDINATOR, Role.LEADER, on=on)
    return at_school or can_read_overview(user, school.municipality, on=on)


def can_read_sign_ups(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """Who has signed up for a group of the school is seen by whoever calls them: its coordinator, and the centre."""
    return can_keep_parent_groups(user, school, on=on)
