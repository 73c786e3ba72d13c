"""What was deleted, when, by whom and by which decision: the record that a deletion leaves behind."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Deletion(models.Model):
    """One deletion (gallring): its decision, and how many rows of what went.

    While it is open, and only inside its own transaction, the event log lets rows go.
    """

    decision = models.CharField(_("decision"), max_length=60, help_text=_("The reference number of the decision."))
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    counts = models.JSONField(_("rows"), default=dict, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")

    def __str__(self):
        return f"{self.decision} {self.started_at:%Y-%m-%d}"
