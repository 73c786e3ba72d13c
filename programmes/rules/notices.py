"""Who writes a crisis notice, and who lets everybody see it: always two persons."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from cms.models import CrisisNotice
from programmes.enums import CENTRE_ROLES, Role
from programmes.models import Municipality
from programmes.rules.memberships import has_role_in_municipality


def can_write_crisis_notice(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """The centre, editors and administrators write a notice, and take down one that is no longer needed."""
    return has_role_in_municipality(user, municipality, *CENTRE_ROLES, Role.EDITOR, Role.ADMINISTRATOR, on=on)


def can_publish_crisis_notice(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """The centre and administrators publish what somebody else has written."""
    return has_role_in_municipality(user, municipality, *CENTRE_ROLES, Role.ADMINISTRATOR, on=on)


def is_second_person(user: User, notice: CrisisNotice) -> bool:
    """Whether somebody else wrote the notice; where it is not known who did, nobody is the second."""
    return notice.written_by_id is not None and notice.written_by_id != user.pk
