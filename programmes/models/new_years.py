"""The turn of the school year: when a school's classes moved up, by whom, and which classes came of it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models.schools import School, SchoolClass


class MovingUp(models.Model):
    """A school's classes move up to a school year once; the row goes away again when that is undone."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="moves_up", verbose_name=_("school"))
    start_year = models.PositiveSmallIntegerField(
        _("school year starts in"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    classes = models.ManyToManyField(
        SchoolClass,
        related_name="+",
        verbose_name=_("classes"),
        help_text=_("The new classes: those that were there before do not count."),
    )
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    moved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("moving up")
        verbose_name_plural = _("moves up")
        constraints = [models.UniqueConstraint(fields=["school", "start_year"], name="moved_up_once_a_school_year")]

    def __str__(self):
        return f"{self.school} {self.start_year}"
