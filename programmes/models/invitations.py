"""Who has been asked to come in: an invitation to one address, for one role at one place."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.enums import INVITES, LIMITED_ROLES, SCHOOL_ROLES, InvitationState, Role
from programmes.models.memberships import Membership

OPEN = Q(accepted_at__isnull=True, revoked_at__isnull=True)


def hash_token(token: str) -> str:
    """What is kept of a link's secret: whoever reads the database cannot open an invitation with it."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither accepted nor taken back; perhaps too old."""
        return self.filter(OPEN)

    def waiting(self, *, at):
        return self.open().filter(expires_at__gt=at)

    def by_token(self, token):
        return self.filter(token_hash=hash_token(token))

    def visible_to(self, user, *, on):
        """Whoever could have made an invitation sees it: the school's coordinator, the centre, the administrator."""
        if user.is_authenticated and user.is_active and user.is_superuser:
            return self.all()
        memberships = Membership.objects.of(user).active(on=on)
        here = {"municipality": OuterRef("municipality")}
        return self.filter(
            Q(
                Exists(memberships.filter(role=Role.COORDINATOR, school=OuterRef("school"))),
                role__in=INVITES[Role.COORDINATOR],
            )
            | Q(Exists(memberships.filter(role=Role.CENTRE_YOUNGER, **here)), role__in=INVITES[Role.CENTRE_YOUNGER])
            | Q(Exists(memberships.filter(role=Role.CENTRE_OLDER, **here)), role__in=INVITES[Role.CENTRE_OLDER])
            | Q(Exists(memberships.filter(role=Role.ADMINISTRATOR, **here)))
        )

    def in_order(self):
        return self.order_by("-created_at", "-pk")


class Invitation(models.Model):
    """One address is asked to take one role at one place; the link in the letter works once and for some days."""

    email = models.EmailField(_("e-mail"), validators=[validate_no_personal_identity_number])
    role = models.CharField(_("role"), max_length=16, choices=Role)
    municipality = models.ForeignKey(
        "programmes.Municipality", on_delete=models.CASCADE, related_name="+", verbose_name=_("municipality")
    )
    school = models.ForeignKey(
        "programmes.School",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("school"),
    )
    classes = models.ManyToManyField("programmes.SchoolClass", blank=True, related_name="+", verbose_name=_("classes"))
    end_date = models.DateField(_("to and including"), null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"))
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("works until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=SCHOOL_ROLES, school__isnull=False)
                | (~Q(role__in=SCHOOL_ROLES) & Q(school__isnull=True)),
                name="invitation_is_to_the_place_of_its_role",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_is_accepted_or_taken_back",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=LIMITED_ROLES) | Q(end_date__isnull=False),
                name="invitation_of_a_limited_role_ends",
            ),
            models.UniqueConstraint(
                Lower("email"), "role", "school", condition=OPEN, name="invitation_open_once_at_a_school"
            ),
            models.UniqueConstraint(
                Lower("email"),
                "role",
                "municipality",
                condition=OPEN & Q(school__isnull=True),
                name="invitation_open_once_in_a_municipality",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "-created_at"], name="invitation_by_municipality")]

    def __str__(self):
        return f"{self.get_role_display()}, {self.school or self.municipality}"

    def state(self, *, at):
        """What has become of it, at a time."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.WAITING if self.expires_at > at else InvitationState.EXPIRED
