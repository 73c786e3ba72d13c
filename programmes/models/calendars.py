"""Private addresses at which a person's own calendar program fetches the dates that the person may see."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.models.invitations import hash_token
from programmes.models.municipalities import Municipality


class CalendarFeedQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)

    def by_token(self, token):
        return self.filter(token_hash=hash_token(token))


class CalendarFeed(models.Model):
    """One person's calendar address in one municipality: whoever knows it reads, until the person closes it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))
    fetched_date = models.DateField(_("last fetched"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality"],
                condition=Q(closed_at__isnull=True),
                name="one_open_calendar_address_a_person",
            )
        ]

    def __str__(self):
        return f"{self.made_at:%Y-%m-%d}"


def new_token() -> str:
    """The secret of an address, of which only a hash is kept."""
    return secrets.token_urlsafe(32)
