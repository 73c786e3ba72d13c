"""To how many: what is planned for each class, what became of it, and how it went."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from wagtail.models import Revision

from accounts.rules import validate_no_personal_identity_number
from curriculum.models import Session
from programmes.enums import (
    AdaptationWhat,
    AdaptationWhy,
    DatePrecision,
    Engagement,
    NotHeldReason,
    PreparationBand,
    SessionState,
)
from programmes.models.leaders import Leader
from programmes.models.mentors import MenteeGroup
from programmes.models.participations import Participation
from programmes.models.schools import SchoolClass
from programmes.models.terms import Period

LARGEST_GROUP = 60


class PlannedSessionQuerySet(models.QuerySet):
    def visible_to(self, user, *, on):
        """The one gate to session data: whoever sees the class or group sees what is planned and reported for it."""
        return self.filter(
            Q(school_class__in=SchoolClass.objects.visible_to(user, on=on))
            | Q(school_class__in=MenteeGroup.objects.visible_to(user, on=on).values("pk"))
        )

    def planned(self):
        return self.filter(due_date__isnull=False)

    def with_first_date(self):
        """Add `first_date`: the day the session was first held, in whichever group; None when it was not."""
        first = Delivery.objects.filter(planned_session=OuterRef("pk")).order_by("date").values("date")[:1]
        return self.annotate(first_date=Subquery(first))

    def with_state(self, *, on):
        """Add what has become of each session by a day: `first_date`, `is_participating`, `state` and `reason`.

        The one definition of a session's state. A delivery wins over "not held"; one that came only after the
        day counts as moved. Where the school does not run the programme on the due date, nothing is expected.
        """
        participating = (
            Participation.objects.active()
            .covering(OuterRef("due_date"))
            .filter(school=OuterRef("school_class__school"), programme=OuterRef("session__programme"))
        )
        end_of_month = Period.month_of(on).last_day
        return self.with_first_date().annotate(
            is_participating=Exists(participating),
            state=Case(
                When(first_date__lte=on, then=Value(SessionState.HELD)),
                When(due_date__isnull=True, then=Value(SessionState.NOT_PLANNED)),
                When(Q(first_date__isnull=False) | Q(not_held__isnull=False), then=Value(SessionState.NOT_HELD)),
                When(is_participating=False, then=Value(SessionState.PLANNED)),
                When(due_date__lt=on, then=Value(SessionState.NOT_REPORTED)),
                When(due_date__lte=end_of_month, then=Value(SessionState.DUE_NOW)),
                default=Value(SessionState.PLANNED),
                output_field=models.CharField(),
            ),
            reason=Case(
                When(Q(first_date__lte=on) | Q(due_date__isnull=True), then=Value("")),
                When(first_date__isnull=False, then=Coalesce(F("not_held__reason"), Value(NotHeldReason.MOVED))),
                default=Coalesce(F("not_held__reason"), Value("")),
                output_field=models.CharField(),
            ),
        )


class PlannedSession(models.Model):
    """A session stands on a class's line with a due date; without one it was held unplanned and is never expected."""

    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, related_name="planned_sessions", verbose_name=_("class")
    )
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+", verbose_name=_("session"))
    due_date = models.DateField(_("due"), null=True, blank=True)

    objects = PlannedSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned session")
        verbose_name_plural = _("planned sessions")
        constraints = [
            models.UniqueConstraint(fields=["school_class", "session"], name="session_planned_once_per_class")
        ]
        indexes = [models.Index(fields=["due_date"], name="planned_by_due_date")]

    def __str__(self):
        return f"{self.school_class} {self.session}"


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user, *, on):
        """The one gate to deliveries: whoever sees the class or group sees them."""
        return self.filter(planned_session__in=PlannedSession.objects.visible_to(user, on=on))


class Delivery(models.Model):
    """A session was held for a class, or for a numbered group of it: head-counts and codes, never a pupil's name."""

    WHOLE_CLASS = 0

    planned_session = models.ForeignKey(PlannedSession, on_delete=models.PROTECT, related_name="deliveries")
    group = models.PositiveSmallIntegerField(
        _("group"),
        default=WHOLE_CLASS,
        validators=[MaxValueValidator(9)],
        help_text=_("0 is the whole class, 1 and on are groups of a split class."),
    )
    date = models.DateField(_("date"))
    date_precision = models.CharField(max_length=4, choices=DatePrecision, default=DatePrecision.DAY)
    group_size = models.PositiveSmallIntegerField(
        _("pupils in the group"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST_GROUP)]
    )
    present = models.PositiveSmallIntegerField(_("pupils present"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    core_parts_done = models.JSONField(
        _("core parts done"),
        null=True,
        blank=True,
        help_text=_("The ids of the steps, in the version of the plan that was used; empty when not recorded."),
    )
    core_parts_count = models.PositiveSmallIntegerField(null=True, blank=True)
    core_parts_total = models.PositiveSmallIntegerField(null=True, blank=True)
    engagement = models.PositiveSmallIntegerField(_("engagement"), choices=Engagement, null=True, blank=True)
    preparation = models.CharField(_("preparation"), max_length=10, choices=PreparationBand, blank=True)
    is_adapted = models.BooleanField(_("adapted"), null=True, blank=True)
    adaptation_what = models.CharField(_("what was adapted"), max_length=12, choices=AdaptationWhat, blank=True)
    adaptation_why = models.CharField(_("why"), max_length=12, choices=AdaptationWhy, blank=True)
    adaptation_planned = models.BooleanField(_("planned adaptation"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True, validators=[validate_no_personal_identity_number])
    plan_revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("plan version")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    client_id = models.UUIDField(null=True, blank=True, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(auto_now_add=True)

    objects = DeliveryQuerySet.as_manager()
    history = HistoricalRecords(related_name="versions")

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["planned_session", "group"], name="delivered_once_per_group"),
            models.UniqueConstraint(fields=["planned_session", "client_id"], name="delivery_sent_once"),
            models.CheckConstraint(condition=Q(group_size__range=(1, LARGEST_GROUP)), name="delivery_group_has_pupils"),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(present__lte=F("group_size")), name="present_within_the_group"
            ),
            models.CheckConstraint(
                condition=Q(core_parts_count__isnull=True, core_parts_total__isnull=True)
                | Q(core_parts_count__isnull=False, core_parts_total__gte=F("core_parts_count")),
                name="core_parts_within_the_plan",
            ),
            models.CheckConstraint(
                condition=Q(engagement__isnull=True) | Q(engagement__range=(1, 4)), name="engagement_from_1_to_4"
            ),
        ]
        indexes = [
            models.Index(fields=["date"], name="delivery_by_date"),
            # The day a session was first held is asked for every session that a report counts.
            models.Index(fields=["planned_session", "date"], name="delivery_first_date"),
        ]

    def __str__(self):
        return f"{self.planned_session} {self.date}"


class DeliveryLeader(Leader):
    """One who led a delivery."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="leaders")

    history = HistoricalRecords(related_name="versions")

    class Meta:
        verbose_name = _("leader of a delivery")
        verbose_name_plural = _("leaders of deliveries")


class NotHeld(models.Model):
    """A planned session was not held, for a reason; a delivery wins over it."""

    planned_session = models.OneToOneField(PlannedSession, on_delete=models.PROTECT, related_name="not_held")
    reason = models.CharField(_("reason"), max_length=12, choices=NotHeldReason)
    note = models.CharField(_("note"), max_length=300, blank=True, validators=[validate_no_personal_identity_number])
    version = models.PositiveIntegerField(default=1, editable=False)
    client_id = models.UUIDField(null=True, blank=True, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords(related_name="versions")

    class Meta:
        verbose_name = _("session not held")
        verbose_name_plural = _("sessions not held")

    def __str__(self):
        return f"{self.planned_session} {self.get_reason_display()}"
