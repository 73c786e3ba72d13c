"""What the staff do first: staff sessions on the themes, workplace meetings, training and exchange."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from curriculum.models import Session
from programmes.enums import StaffGroup, StaffMeetingKind
from programmes.models.leaders import Leader
from programmes.models.schools import School
from programmes.models.terms import Period

LARGEST_STAFF = 500


class StaffMeetingQuerySet(models.QuerySet):
    def visible_to(self, user, *, on):
        """The one gate to staff meetings: whoever sees the school sees how many of its staff met."""
        return self.filter(school__in=School.objects.visible_to(user, on=on))

    def held(self):
        return self.filter(is_held=True)

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def in_period(self, period: Period):
        return self.filter(date__range=(period.first_day, period.last_day))

    def in_order(self):
        return self.order_by("date", "pk")


class StaffMeeting(models.Model):
    """A school's staff met, or will meet: on a theme, at an APT, for training or exchange. Head-counts, no names."""

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="staff_meetings", verbose_name=_("school")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=StaffMeetingKind)
    theme = models.ForeignKey(
        Session,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("theme"),
        help_text=_("The staff session that was held; empty for other meetings."),
    )
    topic = models.CharField(
        _("what it was about"), max_length=120, blank=True, validators=[validate_no_personal_identity_number]
    )
    date = models.DateField(_("date"))
    is_held = models.BooleanField(_("held"), default=False)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    present = models.PositiveSmallIntegerField(_("staff present"), null=True, blank=True)
    total = models.PositiveSmallIntegerField(
        _("staff in all"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(LARGEST_STAFF)]
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(auto_now=True)

    objects = StaffMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff meeting")
        verbose_name_plural = _("staff meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=StaffMeetingKind.STAFF_SESSION, theme__isnull=False)
                | (~Q(kind=StaffMeetingKind.STAFF_SESSION) & Q(theme__isnull=True) & ~Q(topic="")),
                name="staff_session_has_a_theme_others_a_topic",
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(total__isnull=True) | Q(present__lte=F("total")),
                name="staff_present_within_all",
            ),
            models.CheckConstraint(condition=Q(is_held=True) | Q(present__isnull=True), name="staff_counted_when_held"),
            models.UniqueConstraint(
                fields=["school", "date", "theme"],
                condition=Q(theme__isnull=False),
                name="staff_session_once_a_day_on_a_theme",
            ),
        ]
        indexes = [models.Index(fields=["school", "date"], name="staff_meeting_by_school")]

    def __str__(self):
        return f"{self.subject}, {self.date}"

    @property
    def subject(self):
        """What it was about, in words."""
        return self.theme.prepares.title if self.theme_id else self.topic

    def clean(self):
        super().clean()
        if self.present is not None and self.total is not None and self.present > self.total:
            raise ValidationError({"present": _("There cannot be more present than there are staff.")})


class StaffCount(models.Model):
    """How many of one group of staff were there, where the school counts them apart."""

    meeting = models.ForeignKey(StaffMeeting, on_delete=models.CASCADE, related_name="counts")
    group = models.CharField(_("staff group"), max_length=12, choices=StaffGroup)
    present = models.PositiveSmallIntegerField(_("present"), validators=[MaxValueValidator(LARGEST_STAFF)])

    class Meta:
        verbose_name = _("staff count")
        verbose_name_plural = _("staff counts")
        constraints = [models.UniqueConstraint(fields=["meeting", "group"], name="staff_group_counted_once")]

    def __str__(self):
        return f"{self.get_group_display()}: {self.present}"


class StaffMeetingLeader(Leader):
    """One who led a staff meeting: profession and organisation, never who."""

    meeting = models.ForeignKey(StaffMeeting, on_delete=models.CASCADE, related_name="leaders")

    class Meta:
        verbose_name = _("leader of a staff meeting")
        verbose_name_plural = _("leaders of staff meetings")
