"""The centre's courses for those who work with children: when they were held and how many came from each unit."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.enums import UnitKind
from programmes.models.schools import Municipality, School

LARGEST_UNIT = 5000


class Course(models.Model):
    """A course for one kind of units; a renewal interval says after how many years it has to be taken again."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="courses")
    name = models.CharField(_("name"), max_length=100, validators=[validate_no_personal_identity_number])
    unit_kind = models.CharField(_("for"), max_length=16, choices=UnitKind, default=UnitKind.SCHOOL)
    is_mandatory = models.BooleanField(_("mandatory"), default=False)
    renewal_years = models.PositiveSmallIntegerField(
        _("taken again after how many years"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("Empty when once is enough."),
    )

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="course_once_per_municipality")]

    def __str__(self):
        return self.name


class OtherUnit(models.Model):
    """A workplace that is no school of the register: a preschool, a leisure centre, an association, a company."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="other_units")
    name = models.CharField(_("name"), max_length=80, validators=[validate_no_personal_identity_number])
    kind = models.CharField(
        _("kind of unit"), max_length=16, choices=[choice for choice in UnitKind.choices if choice[0] != "school"]
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="unit_once_per_municipality"),
            models.CheckConstraint(condition=~Q(kind=UnitKind.SCHOOL), name="unit_is_no_school"),
        ]

    def __str__(self):
        return self.name


class CourseOccasion(models.Model):
    """A course was held, or will be, on a day."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="occasions")
    date = models.DateField(_("date"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("occasion of a course")
        verbose_name_plural = _("occasions of courses")
        indexes = [models.Index(fields=["course", "date"], name="occasion_by_course")]

    def __str__(self):
        return f"{self.course}, {self.date}"


class CourseAttendance(models.Model):
    """How many came from one unit, a school or another, and how many worked there then. Never who."""

    occasion = models.ForeignKey(CourseOccasion, on_delete=models.CASCADE, related_name="attendances")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(OtherUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances")
    participants = models.PositiveSmallIntegerField(_("participants"), validators=[MaxValueValidator(LARGEST_UNIT)])
    staff = models.PositiveSmallIntegerField(
        _("staff in all"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(LARGEST_UNIT)]
    )

    class Meta:
        verbose_name = _("participants of a unit")
        verbose_name_plural = _("participants of units")
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, unit__isnull=True) | Q(school__isnull=True, unit__isnull=False),
                name="attendance_is_a_schools_or_a_units",
            ),
            models.UniqueConstraint(fields=["occasion", "school"], name="attendance_once_per_school"),
            models.UniqueConstraint(fields=["occasion", "unit"], name="attendance_once_per_unit"),
            models.CheckConstraint(
                condition=Q(staff__isnull=True) | Q(participants__lte=F("staff")), name="participants_within_staff"
            ),
        ]

    def __str__(self):
        return f"{self.school or self.unit}: {self.participants}"

    def clean(self):
        super().clean()
        if self.staff is not None and self.participants is not None and self.participants > self.staff:
            raise ValidationError({"participants": _("There cannot be more participants than there are staff.")})
