"""What happened, and who did it: the event log, which the product only ever adds to."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def midnight(day):
    """The moment when a day begins where the municipality is."""
    return timezone.make_aware(datetime.combine(day, time.min))


class AppendOnlyError(Exception):
    """Somebody tried to change or remove what was logged."""


class EventQuerySet(models.QuerySet):
    def in_municipality(self, municipality):
        """What happened in a municipality, the latest first; nothing where there is no municipality."""
        return self.filter(municipality=municipality or None, municipality__isnull=False).order_by("-at", "-pk")

    def chosen(self, *, kind="", person=None, school=None, first_day=None, last_day=None):
        """Narrow to a kind, to what one person did or met, to a school, to days; what is left out narrows nothing."""
        chosen = self.filter(kind=kind) if kind else self
        if person:
            chosen = chosen.filter(Q(actor=person) | Q(person=person))
        if school:
            chosen = chosen.filter(school=school)
        if first_day:
            chosen = chosen.filter(at__gte=midnight(first_day))
        if last_day:
            chosen = chosen.filter(at__lt=midnight(last_day + timedelta(days=1)))
        return chosen

    def update(self, **values):
        raise AppendOnlyError("The event log is never changed.")

    def delete(self):
        raise AppendOnlyError("The event log is only shortened by a deletion with a decision.")


class Event(models.Model):
    """One thing that happened, written once; the database itself refuses changes (see the migrations).

    Only a deletion with a decision (models/deletions.py) may take an event away, or the person out of it.
    `about` holds plain facts by name and never anything about a pupil; `kind` is one of `enums.EventKind`.
    """

    kind = models.CharField(_("kind"), max_length=40)
    at = models.DateTimeField(_("time"), default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("concerning"),
    )
    municipality = models.ForeignKey(
        "programmes.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    school = models.ForeignKey(
        "programmes.School", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    about = models.JSONField(_("facts"), default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["municipality", "-at"], name="event_by_municipality"),
            models.Index(fields=["actor", "-at"], name="event_by_actor"),
        ]

    def __str__(self):
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError("The event log is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError("The event log is only shortened by a deletion with a decision.")
