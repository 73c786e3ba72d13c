"""Who plans and who reports sessions."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import Role
from programmes.models import School, SchoolClass
from programmes.rules.memberships import has_role_at_school, leads_class


def can_report_delivery(user: User | AnonymousUser, school_class: SchoolClass, *, on: date) -> bool:
    """The school's coordinator and the class's own leaders report; the centre reads but does not report."""
    return has_role_at_school(user, school_class.school, Role.COORDINATOR, on=on) or leads_class(
        user, school_class, on=on
    )


def can_report_at_school(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """Whoever reports for some class of the school: its coordinator and its leaders."""
    return has_role_at_school(user, school, Role.COORDINATOR, Role.LEADER, on=on)


def can_plan_sessions(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinator lays the year's plan; leaders and the centre read it."""
    return has_role_at_school(user, school, Role.COORDINATOR, on=on)
