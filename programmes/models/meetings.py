"""Parents who met: ABC groups with their four meetings, and single parent meetings. Head-counts, no names."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.enums import ChildAge, GroupFormat, GroupLanguage, ParentMeetingKind, SignUpState
from programmes.models.leaders import Leader
from programmes.models.memberships import SEES_THE_MUNICIPALITY, Membership
from programmes.models.schools import Municipality, School
from programmes.models.terms import Period

MEETINGS = 4
EARLY = (1, 2)  # the meetings whose attendance says how many started
MOST_PARENTS = 60  # in a group; ten to fourteen is usual
MOST_AT_A_MEETING = 500


class ParentGroupQuerySet(models.QuerySet):
    def visible_to(self, user, *, on):
        """The one gate to groups: whoever sees the school sees them, the municipality's own whoever sees all of it."""
        sees_all = Membership.objects.of(user).active(on=on).filter(role__in=SEES_THE_MUNICIPALITY)
        return self.filter(
            Q(school__in=School.objects.visible_to(user, on=on))
            | Q(school__isnull=True, municipality__in=sees_all.values("municipality"))
        )

    def meeting_in(self, period: Period):
        """Groups with a meeting in a period."""
        days = ParentGroupMeeting.objects.filter(date__range=(period.first_day, period.last_day))
        return self.filter(pk__in=days.values("group"))

    def open_for_sign_up(self, *, on):
        """Groups that anybody may sign up for: opened, not cancelled, and not begun before the day."""
        return self.filter(takes_sign_ups=True, is_cancelled=False, meetings__number=1, meetings__date__gte=on)

    def with_sign_ups(self):
        """With how many have a seat (`placed`) and how many wait for one (`in_line`)."""
        counts = {
            name: Count("sign_ups", filter=Q(sign_ups__state=state), distinct=True)
            for name, state in (("placed", SignUpState.PLACED), ("in_line", SignUpState.WAITING))
        }
        return self.annotate(**counts)

    def with_meetings(self):
        """With what a list or a figure needs, in a fixed number of queries."""
        meetings = Prefetch("meetings", ParentGroupMeeting.objects.select_related("feedback").order_by("number"))
        return self.select_related("school__area", "municipality").prefetch_related(meetings)


class ParentGroup(models.Model):
    """An ABC group of a school, or of the municipality itself: parents who meet four times, known by number only."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="parent_groups", verbose_name=_("municipality")
    )
    school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parent_groups",
        verbose_name=_("school"),
        help_text=_("Empty for a group of the municipality itself."),
    )
    age = models.CharField(_("children's age"), max_length=5, choices=ChildAge)
    language = models.CharField(_("language"), max_length=12, choices=GroupLanguage, default=GroupLanguage.SWEDISH)
    has_interpreter = models.BooleanField(_("with interpreter"), default=False)
    format = models.CharField(_("format"), max_length=8, choices=GroupFormat, default=GroupFormat.ON_SITE)
    place = models.CharField(_("place"), max_length=80, blank=True, validators=[validate_no_personal_identity_number])
    seats = models.PositiveSmallIntegerField(
        _("seats"), default=12, validators=[MinValueValidator(1), MaxValueValidator(MOST_PARENTS)]
    )
    start_time = models.TimeField(_("from"), null=True, blank=True)
    end_time = models.TimeField(_("to"), null=True, blank=True)
    takes_sign_ups = models.BooleanField(_("open for sign-up"), default=False)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    completed = models.PositiveSmallIntegerField(
        _("parents who completed"), null=True, blank=True, validators=[MaxValueValidator(MOST_PARENTS)]
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(auto_now=True)

    objects = ParentGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("parent group")
        verbose_name_plural = _("parent groups")
        constraints = [
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=MOST_PARENTS), name="parent_group_has_reasonable_seats"
            ),
            models.CheckConstraint(
                condition=Q(completed__isnull=True) | Q(completed__lte=MOST_PARENTS),
                name="parent_group_completed_within_reason",
            ),
            models.CheckConstraint(
                condition=Q(end_time__isnull=True) | Q(start_time__isnull=False, end_time__gt=models.F("start_time")),
                name="parent_group_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "school"], name="parent_group_by_place")]

    def __str__(self):
        return f"ABC {self.get_age_display()}"


class ParentGroupMeeting(models.Model):
    """One of the four meetings of a group: a day, and how many parents were there once it has been held."""

    group = models.ForeignKey(ParentGroup, on_delete=models.CASCADE, related_name="meetings")
    number = models.PositiveSmallIntegerField(_("meeting"))
    date = models.DateField(_("date"))
    parents = models.PositiveSmallIntegerField(_("parents"), null=True, blank=True)

    class Meta:
        verbose_name = _("meeting of a parent group")
        verbose_name_plural = _("meetings of parent groups")
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="parent_group_meets_once_by_number"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MEETINGS), name="parent_group_meets_four_times"
            ),
            models.CheckConstraint(
                condition=Q(parents__isnull=True) | Q(parents__lte=MOST_PARENTS),
                name="parent_group_meeting_within_reason",
            ),
        ]
        indexes = [models.Index(fields=["date"], name="parent_group_meeting_by_day")]

    def __str__(self):
        return f"{self.number}: {self.date}"


class ParentGroupLeader(Leader):
    """One who leads a group: profession and organisation, never who."""

    group = models.ForeignKey(ParentGroup, on_delete=models.CASCADE, related_name="leaders")

    class Meta:
        verbose_name = _("leader of a parent group")
        verbose_name_plural = _("leaders of parent groups")


class ParentMeetingQuerySet(models.QuerySet):
    def visible_to(self, user, *, on):
        """The one gate to single parent meetings: whoever sees the school sees how many parents came."""
        return self.filter(school__in=School.objects.visible_to(user, on=on))

    def in_period(self, period: Period):
        return self.filter(date__range=(period.first_day, period.last_day))

    def in_order(self):
        return self.order_by("date", "pk")


class ParentMeeting(models.Model):
    """A single meeting with parents of a school: Tåget för föräldrar, a theme evening, or another."""

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="parent_meetings", verbose_name=_("school")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ParentMeetingKind)
    language = models.CharField(_("language"), max_length=12, choices=GroupLanguage, default=GroupLanguage.SWEDISH)
    theme = models.CharField(_("what it was about"), max_length=120, validators=[validate_no_personal_identity_number])
    date = models.DateField(_("date"))
    parents = models.PositiveSmallIntegerField(
        _("parents"), null=True, blank=True, validators=[MaxValueValidator(MOST_AT_A_MEETING)]
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(auto_now=True)

    objects = ParentMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("parent meeting")
        verbose_name_plural = _("parent meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(parents__isnull=True) | Q(parents__lte=MOST_AT_A_MEETING),
                name="parent_meeting_within_reason",
            ),
        ]
        indexes = [models.Index(fields=["school", "date"], name="parent_meeting_by_school")]

    def __str__(self):
        return f"{self.theme}, {self.date}"
