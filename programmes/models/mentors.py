"""MVP cohorts, in their simplest form: where, when, and the code of the mentors' door."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models.schools import School


class MentorCohort(models.Model):
    """The mentors of a school in a school year; their code opens mentor material and nothing else."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("school"))
    start_year = models.PositiveSmallIntegerField(
        _("school year starts in"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    name = models.CharField(_("name"), max_length=60)
    door_code = models.CharField(
        _("door code"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", _("Four signs, a hyphen and four signs."))],
    )

    class Meta:
        verbose_name = _("mentor cohort")
        verbose_name_plural = _("mentor cohorts")
        constraints = [
            models.UniqueConstraint(fields=["school", "start_year", "name"], name="cohort_once_per_school_and_year")
        ]

    def __str__(self):
        return self.name
