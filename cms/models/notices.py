"""What everybody has to know at once: a notice that two persons stand behind, until its last day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from accounts.rules import validate_no_personal_identity_number
from cms.blocks import validate_no_placeholder


class CrisisNoticeQuerySet(models.QuerySet):
    def in_order(self):
        """The newest first."""
        return self.order_by("-written_at", "-pk")

    def waiting(self, *, on):
        """Written, and not yet published by anyone, taken back, or past its last day."""
        return self.filter(published_at__isnull=True, ended_at__isnull=True, last_date__gte=on)


class CrisisNotice(models.Model):
    """A notice on every page of a site: written by one person, published by another, gone after its last day."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+", verbose_name=_("site"))
    heading = models.CharField(
        _("heading"), max_length=80, validators=[validate_no_personal_identity_number, validate_no_placeholder]
    )
    text = models.TextField(
        _("text"), max_length=600, validators=[validate_no_personal_identity_number, validate_no_placeholder]
    )
    contacts = models.ManyToManyField("cms.SupportContact", blank=True, related_name="+", verbose_name=_("contacts"))
    last_date = models.DateField(_("shown until and including"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    ended_at = models.DateTimeField(_("taken down"), null=True, blank=True)

    objects = CrisisNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("crisis notice")
        verbose_name_plural = _("crisis notices")
        constraints = [
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("written_by")),
                name="crisis_notice_has_two_persons",
            ),
        ]

    def __str__(self):
        return self.heading

    def is_showing(self, *, on):
        return self.published_at is not None and self.ended_at is None and self.last_date >= on

    def contacts_in_order(self):
        return self.contacts.order_by("order", "name")
