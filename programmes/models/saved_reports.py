"""Selections of reports that people have given a name, to find again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.models.municipalities import Municipality

MOST_SAVED = 30


class SavedReportQuerySet(models.QuerySet):
    def of(self, user, municipality):
        """A person's own in a municipality: nobody else sees them."""
        return self.filter(user=user, municipality=municipality).order_by("name", "pk")


class SavedReport(models.Model):
    """One person's named selection: a kind of report and what was asked. It gives no right to see anything."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("report"), max_length=40)
    query = models.CharField(_("selection"), max_length=400, blank=True)
    name = models.CharField(
        _("name"),
        max_length=80,
        validators=[validate_no_personal_identity_number],
        help_text=_("As you will look for it. Nobody else sees it."),
    )

    objects = SavedReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved selection")
        verbose_name_plural = _("saved selections")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality", "name"],
                name="saved_report_once_by_name",
            )
        ]

    def __str__(self):
        return self.name
