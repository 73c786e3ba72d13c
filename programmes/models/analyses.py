"""What a school makes of its figures: the causes, what was decided, and how it assesses itself."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.enums import Level
from programmes.models.schools import School
from programmes.models.terms import Period, school_year_label

NO_NUMBERS = [validate_no_personal_identity_number]


class CauseAnalysis(models.Model):
    """Why a school year went as it did and what was decided about it. Source: skollagen (2010:800) 4 kap. 3-6 §§."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="analyses", verbose_name=_("school"))
    start_year = models.PositiveSmallIntegerField(
        _("school year starts in"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    analysis = models.TextField(_("why the figures are as they are"), max_length=2000, validators=NO_NUMBERS)
    action = models.TextField(_("what you have decided"), max_length=1000, validators=NO_NUMBERS)
    follow_up_by = models.CharField(
        _("who follows up"), max_length=80, validators=NO_NUMBERS, help_text=_("A function, never a person's name.")
    )
    follow_up_date = models.DateField(_("followed up by"))
    outcome = models.TextField(_("what came of it"), max_length=1000, blank=True, validators=NO_NUMBERS)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("cause analysis")
        verbose_name_plural = _("cause analyses")
        constraints = [models.UniqueConstraint(fields=["school", "start_year"], name="analysis_once_a_school_year")]

    def __str__(self):
        return f"{self.school}, {school_year_label(self.start_year)}"


class SelfAssessment(models.Model):
    """How a school judged its own work in a term, thing by thing."""

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="self_assessments", verbose_name=_("school")
    )
    term = models.CharField(_("term"), max_length=6, validators=[RegexValidator(r"^[HV]T\d{4}$")])
    first_day = models.DateField(editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("self-assessment")
        verbose_name_plural = _("self-assessments")
        constraints = [models.UniqueConstraint(fields=["school", "term"], name="assessed_once_a_term")]

    def __str__(self):
        return f"{self.school}, {self.label}"

    def save(self, *args, **kwargs):
        self.first_day = Period.parse(self.term).first_day
        super().save(*args, **kwargs)

    @property
    def label(self):
        return Period.parse(self.term).label


class AssessedItem(models.Model):
    """One of the twelve things, its level, and what is to be done where it is not in place."""

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(choices=Level)
    action = models.CharField(_("what you will do"), max_length=200, blank=True, validators=NO_NUMBERS)
    responsible = models.CharField(
        _("who sees to it"),
        max_length=80,
        blank=True,
        validators=NO_NUMBERS,
        help_text=_("A function, never a person's name."),
    )
    due_date = models.DateField(_("ready by"), null=True, blank=True)

    class Meta:
        verbose_name = _("thing assessed")
        verbose_name_plural = _("things assessed")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="assessed_once"),
            models.CheckConstraint(condition=Q(level__range=(Level.NOT_YET, Level.IN_PLACE)), name="assessed_0_to_2"),
        ]

    def __str__(self):
        return f"{self.code}: {self.level}"
