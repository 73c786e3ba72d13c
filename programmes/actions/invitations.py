"""Asks people in: makes, sends again, takes back and accepts invitations; each leaves its trace."""

import logging
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.models import User
from programmes.actions.events import log_event
from programmes.enums import EventKind, InvitationState, Role
from programmes.models import Invitation, Membership, Municipality, School, SchoolClass
from programmes.models.invitations import hash_token

logger = logging.getLogger(__name__)


class InvitationRefusedError(Exception):
    """An invitation that cannot be made or accepted; `reason` is its state, or None when one is already open."""

    def __init__(self, reason: InvitationState | None = None):
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def invite_person(
    *,
    by: User,
    email: str,
    role: Role,
    municipality: Municipality,
    school: School | None = None,
    classes: Iterable[SchoolClass] = (),
    end_date: date | None = None,
    now: datetime,
) -> tuple[Invitation, str]:
    """Make an invitation; returns it with the secret of its link, which is kept nowhere else.

    One that has grown too old gives way to the new one; one that still waits refuses it.
    """
    email = email.strip().lower()
    same = Invitation.objects.open().filter(email=email, role=role, municipality=municipality, school=school)
    same.filter(expires_at__lte=now).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                email=email,
                role=role,
                municipality=municipality,
                school=school,
                end_date=end_date,
                invited_by=by,
                token_hash=hash_token(token),
                created_at=now,
                sent_at=now,
                expires_at=now + timedelta(days=settings.INVITATION_DAYS),
            )
    except IntegrityError as error:
        raise InvitationRefusedError from error
    invitation.classes.set(classes)
    _log(EventKind.INVITATION_MADE, invitation, by)
    return invitation, token


@transaction.atomic
def renew_invitation(*, invitation: Invitation, by: User, now: datetime) -> str:
    """Give an open invitation a new link and new days; the old link stops working. Returns the new secret."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.accepted_at or row.revoked_at:
        raise InvitationRefusedError(row.state(at=now))
    token = secrets.token_urlsafe(32)
    row.token_hash = hash_token(token)
    row.sent_at = now
    row.expires_at = now + timedelta(days=settings.INVITATION_DAYS)
    row.save(update_fields=["token_hash", "sent_at", "expires_at"])
    _log(EventKind.INVITATION_RESENT, row, by)
    return token


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User, now: datetime) -> None:
    """Take an open invitation back: its link says so from now on."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.accepted_at or row.revoked_at:
        raise InvitationRefusedError(row.state(at=now))
    row.revoked_at = now
    row.save(update_fields=["revoked_at"])
    _log(EventKind.INVITATION_REVOKED, row, by)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User, today: date, now: datetime) -> Membership:
    """Give the invited person the role, once; a role that the person has there already is left as it is."""
    row = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("school", "municipality")
        .get(pk=invitation.pk)
    )
    if row.state(at=now) != InvitationState.WAITING:
        raise InvitationRefusedError(row.state(at=now))
    if user.email.lower() != row.email:
        raise PermissionError("An invitation is for one address.")
    row.accepted_at = now
    row.save(update_fields=["accepted_at"])
    _log(EventKind.INVITATION_ACCEPTED, row, user)
    place = {"school": row.school} if row.school else {"municipality": row.municipality}
    membership = Membership.objects.active(on=today).filter(user=user, role=row.role, **place).first()
    if membership is None:
        membership = Membership.objects.create(
            user=user, role=row.role, start_date=today, end_date=row.end_date, **place
        )
        log_event(
            kind=EventKind.ROLE_GIVEN,
            actor=row.invited_by,
            person=user,
            municipality=row.municipality,
            school=row.school,
            about={"role": row.role, "classes": row.classes.all(), "start": today, "end": row.end_date},
        )
    membership.classes.add(*row.classes.all())
    user.__dict__.pop("_active_memberships", None)
    return membership


@transaction.atomic
def open_account(
    *,
    invitation: Invitation,
    first_name: str = "",
    last_name: str = "",
    password: str | None = None,
    today: date,
    now: datetime,
) -> User:
    """Make the account of an invited address and accept for it: the link has shown whose the address is.

    Without a password the person signs in with a code by e-mail, a passkey or the municipality's own sign-in.
    """
    user = User.objects.create_user(
        email=invitation.email, password=password or None, first_name=first_name, last_name=last_name
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    accept_invitation(invitation=invitation, user=user, today=today, now=now)
    return user


def _log(kind: EventKind, invitation: Invitation, actor: User) -> None:
    """The address stands in the invitation; the log keeps what was asked, where and by whom."""
    log_event(
        kind=kind,
        actor=actor,
        municipality=invitation.municipality,
        school=invitation.school,
        about={"role": invitation.role},
    )


def send_invitation(*, invitation: Invitation, link: str) -> bool:
    """Send the letter with the link, outside any transaction; whether the mail server took it."""
    words = {"invitation": invitation, "link": link, "place": invitation.school or invitation.municipality}
    subject = _("Invitation to Stins, %(place)s") % {"place": words["place"]}
    message = EmailMessage(
        subject=" ".join(subject.split()),
        body=render_to_string("programmes/invitations/letter.txt", words),
        to=[invitation.email],
    )
    try:
        return bool(message.send())
    except (SMTPException, OSError):
        logger.exception("An invitation could not be sent.")
        return False
