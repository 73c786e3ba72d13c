"""Who reads the figures, and who edits the site."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import CENTRE_ROLES, Role
from programmes.models import Municipality
from programmes.rules.memberships import active_memberships, has_role_in_municipality


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


def can_read_rewrite_list(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """Whoever writes the plans, and the centre, see how each has served; no class and no school is told apart."""
    return has_role_in_municipality(user, municipality, *CENTRE_ROLES, Role.EDITOR, Role.ADMINISTRATOR, on=on)


def can_edit_site(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """Editors and administrators are shown the way to the Wagtail admin, which asks for permissions of its own."""
    return user.is_superuser or has_role_in_municipality(user, municipality, Role.EDITOR, Role.ADMINISTRATOR, on=on)
