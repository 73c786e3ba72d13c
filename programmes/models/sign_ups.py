"""Parents who have signed up for a group: a first name and a way to reach them, for a time; and letters to them."""

import re

from django.core.signing import BadSignature, Signer
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.enums import ParentLetterKind, SignUpState
from programmes.models.meetings import ParentGroup

LONGEST_NAME = 40
PHONE = r"^(0|\+)\d{6,14}$"
ACTIVE = (SignUpState.PLACED, SignUpState.WAITING)
ONCE = (ParentLetterKind.MOVED_UP, ParentLetterKind.REMINDER, ParentLetterKind.GROUP_CANCELLED)
MOST_TRIES = 10
LINK = Signer(salt="programmes.parent-sign-up", sep=".")


class ParentSignUpQuerySet(models.QuerySet):
    def active(self):
        """With a seat, or waiting for one."""
        return self.filter(state__in=ACTIVE)

    def in_order(self):
        """The order that people signed up in, which is the order of the waiting list."""
        return self.order_by("created_at", "pk")

    def by_link(self, token):
        """The one whose private link this is; nobody's where the link was changed on the way."""
        try:
            return self.filter(nonce=LINK.unsign(token))
        except BadSignature:
            return self.none()


class ParentSignUp(models.Model):
    """One who wants to come to a group: reached by e-mail or phone, with a seat or in line for one."""

    group = models.ForeignKey(ParentGroup, on_delete=models.CASCADE, related_name="sign_ups")
    first_name = models.CharField(
        _("first name"), max_length=LONGEST_NAME, validators=[validate_no_personal_identity_number]
    )
    email = models.EmailField(_("e-mail"), blank=True, validators=[validate_no_personal_identity_number])
    phone = models.CharField(_("phone"), max_length=16, blank=True, validators=[RegexValidator(PHONE)])
    state = models.CharField(_("state"), max_length=9, choices=SignUpState)
    reference = models.CharField(_("reference"), max_length=7, editable=False)
    nonce = models.CharField(max_length=32, unique=True, editable=False)
    created_at = models.DateTimeField(_("signed up"), default=timezone.now)
    contacted_at = models.DateTimeField(_("contacted"), null=True, blank=True)
    last_day = models.DateField(_("the group's last meeting"))

    objects = ParentSignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up for a parent group")
        verbose_name_plural = _("sign-ups for parent groups")
        constraints = [
            models.CheckConstraint(condition=~Q(email="", phone=""), name="parent_sign_up_can_be_reached"),
            models.UniqueConstraint(
                fields=["group", "email"],
                condition=Q(state__in=ACTIVE) & ~Q(email=""),
                name="parent_sign_up_once_by_email",
            ),
            models.UniqueConstraint(
                fields=["group", "phone"],
                condition=Q(state__in=ACTIVE) & ~Q(phone=""),
                name="parent_sign_up_once_by_phone",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "created_at"], name="parent_sign_up_in_line"),
            models.Index(fields=["last_day"], name="parent_sign_up_by_last_day"),
        ]

    def __str__(self):
        return self.reference

    @property
    def phone_in_groups(self):
        """The number as it is read aloud: `070-174 06 05`; one of another shape or country as it is."""
        return re.sub(r"^(07\d)(\d{3})(\d\d)(\d\d)$", r"\1-\2 \3 \4", self.phone)

    @property
    def link_token(self):
        """What makes the private link one that nobody guesses: signed, and not kept as it is written."""
        return LINK.sign(self.nonce)


class SignUpLetterQuerySet(models.QuerySet):
    def waiting(self, *, at):
        """Not sent, and due to be tried."""
        return self.filter(sent_at=None, next_try_at__lte=at, tries__lt=MOST_TRIES)

    def stuck(self):
        """Tried and not sent: the mail server did not take it."""
        return self.filter(sent_at=None, tries__gt=0)


class SignUpLetter(models.Model):
    """A letter to one who has signed up: kept until the mail server has taken it, and tried again until it has."""

    sign_up = models.ForeignKey(ParentSignUp, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(_("kind"), max_length=16, choices=ParentLetterKind)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = SignUpLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter about a sign-up")
        verbose_name_plural = _("letters about sign-ups")
        constraints = [
            models.UniqueConstraint(
                fields=["sign_up", "kind"], condition=Q(kind__in=ONCE), name="sign_up_letter_once_of_a_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(sent_at=None), name="sign_up_letter_to_send"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.sign_up}"
