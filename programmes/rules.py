"""Who may do what, one question a function; lists are narrowed by `visible_to` on the querysets."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import CENTRE_ROLES, Role
from programmes.models import Membership, Municipality, School, SchoolClass


def active_memberships(user: User | AnonymousUser, *, on: date) -> list[Membership]:
    """The memberships that hold on a day, asked for once a request and kept on the person's object."""
    if not user.is_authenticated:
        return []
    kept: dict[date, list[Membership]] = user.__dict__.setdefault("_active_memberships", {})
    if on not in kept:
        kept[on] = list(Membership.objects.of(user).active(on=on).select_related("school"))
    return kept[on]


def roles_of(user: User | AnonymousUser, *, on: date) -> set[Role]:
    """All roles that a person has somewhere on a day."""
    return {Role(membership.role) for membership in active_memberships(user, on=on)}


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


def can_report_delivery(user: User | AnonymousUser, school_class: SchoolClass, *, on: date) -> bool:
    """The school's coordinator and the class's own leaders report; the centre reads but does not report."""
    if has_role_at_school(user, school_class.school, Role.COORDINATOR, on=on):
        return True
    leads = [membership.pk for membership in active_memberships(user, on=on) if membership.role == Role.LEADER]
    return bool(leads) and school_class.memberships.filter(pk__in=leads).exists()


def can_report_at_school(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """Whoever reports for some class of the school: its coordinator and its leaders."""
    return has_role_at_school(user, school, Role.COORDINATOR, Role.LEADER, on=on)


def can_plan_sessions(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinator lays the year's plan; leaders and the centre read it."""
    return has_role_at_school(user, school, Role.COORDINATOR, on=on)


def can_read_reports(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """The centre and administrators read the municipality's reports, a coordinator the own school's."""
    return can_read_overview(user, municipality, on=on) or any(
        membership.role == Role.COORDINATOR
        and membership.school is not None
        and municipality is not None
        and membership.school.municipality_id == municipality.pk
        for membership in active_memberships(user, on=on)
    )


def can_read_overview(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """The centre and administrators see every school of their municipality."""
    return has_role_in_municipality(user, municipality, *CENTRE_ROLES, Role.ADMINISTRATOR, on=on)


def can_export_coverage(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """Whoever reads a report on the screen may take it away as a file, with the same rows."""
    return can_read_reports(user, municipality, on=on)


def can_edit_site(user: User | AnonymousUser, *, on: date) -> bool:
    """Editors and administrators are shown the way to the Wagtail admin, which asks for permissions of its own."""
    return user.is_superuser or bool(roles_of(user, on=on) & {Role.EDITOR, Role.ADMINISTRATOR})
