"""Which programmes a school runs, from when to when, and why it began, rested or ended."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from curriculum.models import Programme
from programmes.enums import ParticipationStatus
from programmes.models.schools import School


class ParticipationQuerySet(models.QuerySet):
    def covering(self, day):
        """Rows that hold on a day (a date, or a column of an outer query)."""
        return self.filter(Q(start_date__lte=day), Q(end_date__isnull=True) | Q(end_date__gte=day))

    def active(self):
        return self.filter(status=ParticipationStatus.ACTIVE)


class Participation(models.Model):
    """A school runs a programme, or rests from it, between two dates; so any past figure can be made again."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="participations")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+", verbose_name=_("programme"))
    status = models.CharField(
        _("status"), max_length=8, choices=ParticipationStatus, default=ParticipationStatus.ACTIVE
    )
    start_date = models.DateField(_("from"))
    end_date = models.DateField(_("to and including"), null=True, blank=True)
    reason = models.CharField(
        _("reason"), max_length=200, blank=True, validators=[validate_no_personal_identity_number]
    )
    end_reason = models.CharField(
        _("reason that it ended"), max_length=200, blank=True, validators=[validate_no_personal_identity_number]
    )

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme at a school")
        verbose_name_plural = _("programmes at schools")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "programme", "start_date"], name="participation_starts_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=models.F("start_date")),
                name="participation_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return f"{self.school}: {self.programme}"

    def clean(self):
        super().clean()
        if not (self.school_id and self.programme_id and self.start_date):
            return
        others = Participation.objects.filter(school=self.school, programme=self.programme).exclude(pk=self.pk)
        others = others.filter(Q(end_date__isnull=True) | Q(end_date__gte=self.start_date))
        if self.end_date:
            others = others.filter(start_date__lte=self.end_date)
        if others.exists():
            raise ValidationError(_("The school already has this programme on some of these days."))
