"""Who sees the people, and who gives a role to whom."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from curriculum.models import Programme
from programmes.enums import Role
from programmes.models import Membership, Municipality, School
from programmes.models.memberships import SEES_THE_MUNICIPALITY
from programmes.rules.invitations import can_invite_to
from programmes.rules.memberships import active_memberships, has_role_at_school, has_role_in_municipality
from programmes.rules.policy import policy


def can_see_people(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinators, the centre and administrators see who works at a school."""
    return has_role_at_school(user, school, Role.COORDINATOR, on=on) or can_see_all_people(
        user, school.municipality, on=on
    )


def can_see_all_people(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """The centre and administrators see everybody who has a role in their municipality."""
    return has_role_in_municipality(user, municipality, *SEES_THE_MUNICIPALITY, on=on)


def can_change_membership(user: User | AnonymousUser, membership: Membership, *, on: date) -> bool:
    """Whoever may ask somebody in to a role may also change its dates, hand it over and end it."""
    school = membership.school
    municipality = school.municipality if school else membership.municipality
    return can_invite_to(user, municipality, school, Role(membership.role), on=on)


def can_change_programme(
    user: User | AnonymousUser, municipality: Municipality | None, programme: Programme, *, on: date
) -> bool:
    """The centre decides, each coordinator about the own programmes: younger Tåget and ABC, older MVP."""
    return municipality is not None and any(
        own.municipality_id == municipality.pk and programme.code in policy().roles[own.role].programmes
        for own in active_memberships(user, on=on)
    )
