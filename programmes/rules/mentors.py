"""Who keeps the mentors' door, and who reads what is behind it."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import Role
from programmes.models import MentorCohort, MentorVisitor, Municipality, School
from programmes.models.mentors import SEES_ALL_COHORTS
from programmes.rules.memberships import has_role_at_school, has_role_in_municipality, memberships_in


def can_keep_mentor_door(user: User | AnonymousUser, cohort: MentorCohort, *, on: date) -> bool:
    """The school's coordinator and supervisors, and the centre for older children, show, change and close a code."""
    school = cohort.school
    return has_role_at_school(user, school, Role.COORDINATOR, Role.SUPERVISOR, on=on) or has_role_in_municipality(
        user, school.municipality, Role.CENTRE_OLDER, on=on
    )


def can_keep_cohorts(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinator and supervisors set up cohorts, report for their groups and keep supervision."""
    return has_role_at_school(user, school, Role.COORDINATOR, Role.SUPERVISOR, on=on)


def can_read_cohorts(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """Who keeps the cohorts of a school, and the centre; nobody else knows of the mentors."""
    return can_keep_cohorts(user, school, on=on) or has_role_in_municipality(
        user, school.municipality, *SEES_ALL_COHORTS, on=on
    )


def can_read_mentor_material(
    user: User | AnonymousUser | MentorVisitor, municipality: Municipality | None, *, on: date
) -> bool:
    """Whoever came in by a cohort's code, and everybody who works with the programmes in the municipality."""
    if municipality is None:
        return False
    return getattr(user, "is_mentor", False) or bool(memberships_in(user, municipality, on=on))
