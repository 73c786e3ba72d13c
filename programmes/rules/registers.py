"""Who keeps the centre's registers, and who writes what a school makes of its figures."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import CENTRE_ROLES, Role
from programmes.models import Municipality, School
from programmes.rules.memberships import has_role_at_school, has_role_in_municipality
from programmes.rules.reports import can_edit_site, can_read_overview


def can_keep_registers(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """The centre and administrators keep the municipality's registers: schools, years, targets, partners, the plan."""
    return has_role_in_municipality(user, municipality, *CENTRE_ROLES, Role.ADMINISTRATOR, on=on)


def keeps_registers_only(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """Whether somebody comes to the site's administration for the registers and for nothing else there."""
    return can_keep_registers(user, municipality, on=on) and not can_edit_site(user, municipality, on=on)


def can_keep_classes(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinator, the centre and administrators add its classes, and change or end them."""
    return has_role_at_school(user, school, Role.COORDINATOR, on=on) or can_keep_registers(
        user, school.municipality, on=on
    )


def can_read_analyses(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinator, the centre and administrators read the cause analysis and the self-assessment."""
    return has_role_at_school(user, school, Role.COORDINATOR, on=on) or can_read_overview(
        user, school.municipality, on=on
    )


def can_write_analysis(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinator and the centre write down causes and what was decided."""
    return has_role_at_school(user, school, Role.COORDINATOR, on=on) or has_role_in_municipality(
        user, school.municipality, *CENTRE_ROLES, on=on
    )


def can_assess_school(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """A school assesses itself: its coordinator does."""
    return has_role_at_school(user, school, Role.COORDINATOR, on=on)
