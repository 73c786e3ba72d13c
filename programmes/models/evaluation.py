"""Evaluation packages that have been made: kept as they were, so that each can be handed out again to the byte."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.models.schools import Municipality
from programmes.models.terms import school_year_label


class EvaluationPackage(models.Model):
    """A package of one school year: what it was counted to, by which profile and version, and its very bytes."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    export_id = models.CharField(_("export id"), max_length=20, unique=True)
    start_year = models.PositiveSmallIntegerField(_("school year starts in"))
    counted_to = models.DateField(_("counted to"))
    profile = models.CharField(_("profile"), max_length=12)
    version = models.CharField(_("version"), max_length=20)
    checksum = models.CharField(_("checksum"), max_length=64, help_text=_("SHA-256 of the file."))
    content = models.BinaryField(_("content"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("evaluation package")
        verbose_name_plural = _("evaluation packages")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.year_label} {self.export_id}"

    @property
    def year_label(self):
        return school_year_label(self.start_year)

    @property
    def file_name(self):
        return f"stins-utvardering-{self.year_label.replace('/', '-')}-{self.export_id}.zip"
