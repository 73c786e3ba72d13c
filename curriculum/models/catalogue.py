"""The catalogue: which programmes there are and which sessions they consist of, by code."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from curriculum.enums import HIGHEST_GRADE, Month, Principle, SessionKind


def validate_principles(value):
    """Every tag is one of the four principles, once."""
    if not isinstance(value, list) or len(set(value)) != len(value) or set(value) - set(Principle.values):
        raise ValidationError(_("Choose among the four principles, each at most once."))


class Programme(models.Model):
    """A programme is a named body of sessions; its code never changes."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80, validators=[validate_no_personal_identity_number])
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    lowest_grade = models.PositiveSmallIntegerField(_("lowest grade"), validators=[MaxValueValidator(HIGHEST_GRADE)])
    highest_grade = models.PositiveSmallIntegerField(_("highest grade"), validators=[MaxValueValidator(HIGHEST_GRADE)])

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lowest_grade__lte=models.F("highest_grade"), highest_grade__lte=HIGHEST_GRADE),
                name="programme_grades_in_order",
            )
        ]

    def __str__(self):
        return self.name


class SessionQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("programme__order", "order", "code")

    def taught_to_classes(self):
        """Sessions that stand on a class's line: staff sessions and parent meetings do not."""
        return self.filter(kind__in=[SessionKind.BASE, SessionKind.ADDITIONAL, SessionKind.MENTOR])

    def on_offer(self):
        return self.filter(is_retired=False)


class Session(models.Model):
    """A session of a programme, known for ever by its code; what is said in it stands on a page."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("programme")
    )
    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-ZÅÄÖ0-9][A-ZÅÄÖ0-9-]*$", _("Use capital letters, digits and hyphens."))],
    )
    title = models.CharField(_("title"), max_length=120, validators=[validate_no_personal_identity_number])
    short_title = models.CharField(
        _("short title"),
        max_length=40,
        blank=True,
        help_text=_("For narrow places such as a column head."),
        validators=[validate_no_personal_identity_number],
    )
    kind = models.CharField(_("kind"), max_length=12, choices=SessionKind)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    month = models.PositiveSmallIntegerField(
        _("month"), choices=Month, null=True, blank=True, help_text=_("Base sessions: the month in which it is held.")
    )
    lowest_grade = models.PositiveSmallIntegerField(_("lowest grade"), validators=[MaxValueValidator(HIGHEST_GRADE)])
    highest_grade = models.PositiveSmallIntegerField(_("highest grade"), validators=[MaxValueValidator(HIGHEST_GRADE)])
    principles = models.JSONField(_("principles"), default=list, blank=True, validators=[validate_principles])
    planned_minutes = models.PositiveSmallIntegerField(_("planned minutes"))
    is_sensitive = models.BooleanField(_("sensitive"), default=False)
    prepares = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="prepared_by", verbose_name=_("prepares")
    )
    is_retired = models.BooleanField(_("retired"), default=False, help_text=_("Stays in history, is offered no more."))

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lowest_grade__lte=models.F("highest_grade"), highest_grade__lte=HIGHEST_GRADE),
                name="session_grades_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(month__isnull=True) | models.Q(month__range=(1, 12)), name="session_month_is_a_month"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=SessionKind.BASE) | models.Q(month__isnull=False),
                name="base_session_has_a_month",
            ),
            models.CheckConstraint(
                condition=models.Q(planned_minutes__range=(1, 600)), name="session_minutes_are_sensible"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def label(self):
        return self.short_title or self.title
