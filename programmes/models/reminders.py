"""Letters that Stins sends by itself: the weekly digest, and the reminders of what has not been reported."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from curriculum.models import Programme
from programmes.enums import LetterState
from programmes.models.municipalities import Municipality
from programmes.models.schools import School, SchoolClass

ON_THE_WAY = (LetterState.WAITING, LetterState.TAKEN, LetterState.SENDING)
IN_TROUBLE = Q(state__in=[LetterState.FAILED, LetterState.UNSURE]) | Q(state=LetterState.WAITING, attempts__gt=0)


class Reminder(models.Model):
    """Somebody reminded a school, or a class's leaders, of what has not been reported; at most once a day."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("school"))
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("class")
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+", verbose_name=_("programme"))
    period = models.CharField(
        _("period"), max_length=8, validators=[RegexValidator(r"^([HV]T\d{4}|\d{4}/\d{2}|T[123]-\d{4})$")]
    )
    words = models.CharField(
        _("own words"), max_length=500, blank=True, validators=[validate_no_personal_identity_number]
    )
    sent_date = models.DateField(_("sent"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("sent by")
    )
    recipients = models.PositiveSmallIntegerField(_("recipients"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "programme", "sent_date"],
                condition=Q(school_class__isnull=True),
                name="school_reminded_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["school_class", "programme", "sent_date"],
                condition=Q(school_class__isnull=False),
                name="class_reminded_once_a_day",
            ),
            models.CheckConstraint(condition=Q(recipients__gte=1), name="reminder_reaches_somebody"),
        ]

    def __str__(self):
        return f"{self.school_class or self.school}, {self.sent_date}"


class LetterQuerySet(models.QuerySet):
    def to_send(self, *, at):
        """Those that wait, and whose next attempt has come."""
        return self.filter(state=LetterState.WAITING, next_try_at__lte=at)

    def in_trouble(self):
        """Those that the mail server has refused or not answered for, and those that nobody knows about."""
        return self.filter(IN_TROUBLE)


class Letter(models.Model):
    """One letter to one person, written when it is sent: the row is the right to send it, so that nobody gets two.

    A worker takes a letter, says that it is sending it, and then that it is sent. A worker that ends in between leaves
    a letter that may have gone: it is never sent again, and is told about instead.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="letters")
    week = models.DateField(_("the week's Monday"), null=True, blank=True)
    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, null=True, blank=True, related_name="letters")
    state = models.CharField(_("state"), max_length=8, choices=LetterState, default=LetterState.WAITING)
    next_try_at = models.DateTimeField(_("next attempt"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    taken_by = models.UUIDField(null=True, blank=True, editable=False)
    taken_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality", "week"], condition=Q(week__isnull=False), name="digest_once_a_week"
            ),
            models.UniqueConstraint(
                fields=["user", "reminder"], condition=Q(reminder__isnull=False), name="reminder_once_to_a_person"
            ),
            models.CheckConstraint(
                condition=Q(week__isnull=True, reminder__isnull=False) | Q(week__isnull=False, reminder__isnull=True),
                name="letter_is_a_digest_or_a_reminder",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="letter_to_send"),
            models.Index(fields=["municipality", "week"], name="letter_by_week"),
        ]

    def __str__(self):
        return f"{self.get_state_display()} {self.week or self.reminder}"


class DigestRefusal(models.Model):
    """A person who does not want the weekly digest; without a row, it comes."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("no weekly digest")
        verbose_name_plural = _("no weekly digests")

    def __str__(self):
        return str(self.since)
