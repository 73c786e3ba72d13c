"""What a person is, and where: the memberships that every other rule asks about."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import Role
from programmes.models import Membership, Municipality, School, SchoolClass


def active_memberships(user: User | AnonymousUser, *, on: date) -> list[Membership]:
    """The memberships that hold on a day, asked for once a request and kept on the person's object."""
    if not user.is_authenticated:
        return []
    kept: dict[date, list[Membership]] = user.__dict__.setdefault("_active_memberships", {})
    if on not in kept:
        kept[on] = list(Membership.objects.of(user).active(on=on).select_related("school"))
    return kept[on]


def leads_class(user: User | AnonymousUser, school_class: SchoolClass, *, on: date) -> bool:
    """Whether a person leads this very class on a day; asked for once, however many classes are asked about."""
    leads = [row.pk for row in active_memberships(user, on=on) if row.role == Role.LEADER]
    if not leads:
        return False
    kept: dict[date, set[int]] = user.__dict__.setdefault("_led_classes", {})
    if on not in kept:
        led = Membership.classes.through.objects.filter(membership__in=leads)
        kept[on] = set(led.values_list("schoolclass_id", flat=True))
    return school_class.pk in kept[on]


def roles_of(user: User | AnonymousUser, *, on: date) -> set[Role]:
    """All roles that a person has somewhere on a day."""
    return {Role(membership.role) for membership in active_memberships(user, on=on)}


def memberships_in(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> list[Membership]:
    """The memberships that hold on a day in one municipality and at its schools."""
    return [
        membership
        for membership in active_memberships(user, on=on)
        if municipality
        and municipality.pk in (membership.municipality_id, membership.school and membership.school.municipality_id)
    ]


def has_role_at_school(user: User | AnonymousUser, school: School, *roles: Role, on: date) -> bool:
    """Whether a person has one of the roles at this very school on a day."""
    return any(
        membership.school_id == school.pk and membership.role in roles for membership in active_memberships(user, on=on)
    )


def has_role_in_municipality(
    user: User | AnonymousUser, municipality: Municipality | None, *roles: Role, on: date
) -> bool:
    """Whether a person has one of the roles for this whole municipality on a day."""
    return bool(municipality) and any(
        membership.municipality_id == municipality.pk and membership.role in roles
        for membership in active_memberships(user, on=on)
        if municipality
    )
