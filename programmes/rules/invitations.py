"""Who may ask others in: to which roles, and where."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import INVITES, SCHOOL_ROLES, Role
from programmes.models import Municipality, School
from programmes.rules.memberships import active_memberships


def invitable_roles(
    user: User | AnonymousUser, municipality: Municipality | None, *, school: School | None = None, on: date
) -> list[Role]:
    """The roles that a person may invite to: at a school, or anywhere in the municipality when no school is named."""
    if municipality is None or not user.is_authenticated or not user.is_active:
        return []
    allowed: set[Role] = set(Role) if user.is_superuser else set()
    for membership in active_memberships(user, on=on):
        if _reaches(membership.municipality_id, membership.school, municipality, school):
            allowed |= set(INVITES.get(Role(membership.role), ()))
    return [role for role in Role if role in allowed]


def can_invite(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """Whether a person may invite anyone at all here."""
    return bool(invitable_roles(user, municipality, on=on))


def can_invite_to(
    user: User | AnonymousUser, municipality: Municipality | None, school: School | None, role: Role, *, on: date
) -> bool:
    """Whether a person may invite to this very role at this very place."""
    if (role in SCHOOL_ROLES) != (school is not None):
        return False
    return role in invitable_roles(user, municipality, school=school, on=on)


def _reaches(
    municipality_id: int | None, at_school: School | None, municipality: Municipality, school: School | None
) -> bool:
    """Whether a membership of one place covers another: the municipality covers its schools, a school only itself."""
    if at_school is None:
        return municipality_id == municipality.pk and (school is None or school.municipality_id == municipality.pk)
    return at_school.municipality_id == municipality.pk and (school is None or at_school.pk == school.pk)
