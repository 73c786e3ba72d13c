"""Files too large to wait for: asked for by a person, made by the background worker, kept for some days."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.enums import FileFormat, FileState
from programmes.models.schools import Municipality, School

KEPT_DAYS = 7  # config/retention.yaml says the same
# The worker tells how far it has come at least every few seconds; one that has said nothing for so long has stopped.
SILENT = timedelta(minutes=2)
# So much longer than a large file is read without a word, that it will not be made by the one who began it.
LOST = timedelta(minutes=20)


class PreparedFileQuerySet(models.QuerySet["PreparedFile"]):
    def of_owner(self, user, municipality):
        """A person's own; nobody else's, whatever the role."""
        return self.filter(owner=user, municipality=municipality)

    def kept(self, *, now):
        """Those whose days are not over, also before they have been removed."""
        return self.filter(asked_at__gt=now - timedelta(days=KEPT_DAYS))

    def lost(self, *, now):
        """Those that were begun, and whose worker has ended since: killed, or its computer started anew."""
        return self.filter(state=FileState.MAKING, seen_at__lt=now - LOST)

    def delete(self):
        """Remove files with their bytes, which the database lets go without handing them over first."""
        parts = PreparedFilePart.objects.filter(file__in=self.order_by().values("pk"))
        parts._raw_delete(parts.db)
        return super().delete()


class PreparedFile(models.Model):
    """A file that one person has asked for, and how far it has come.

    `asked` is what was asked for, in the words of the report's address, so that it can be asked again with the rights
    that the person has then; `schools` are those that the file came to hold.
    """

    reference = models.UUIDField(_("reference"), default=uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    file_format = models.CharField(_("format"), max_length=8, choices=FileFormat)
    asked = models.JSONField(_("asked for"), default=dict)
    key = models.CharField(_("key"), max_length=64, help_text=_("The same for the same request on the same day."))
    title = models.CharField(_("title"), max_length=250)
    file_name = models.CharField(_("file name"), max_length=150)
    state = models.CharField(_("state"), max_length=8, choices=FileState, default=FileState.WAITING)
    asked_at = models.DateTimeField(_("asked for at"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    seen_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("times begun"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    schools = models.ManyToManyField(School, related_name="+", verbose_name=_("schools"))
    export_id = models.CharField(_("export id"), max_length=20, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0, help_text=_("In bytes."))
    checksum = models.CharField(_("checksum"), max_length=64, blank=True, help_text=_("SHA-256 of the file."))

    objects = PreparedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("prepared file")
        verbose_name_plural = _("prepared files")
        ordering = ["-asked_at", "-pk"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "key"], condition=~models.Q(state="failed"), name="prepared_file_asked_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(ready_at__isnull=False, size__gt=0),
                name="prepared_file_ready_has_bytes",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def percent(self):
        """How much of its rows is written; a file is not whole before it is kept."""
        return min(self.rows_done * 100 // self.rows_total, 99) if self.rows_total else 0

    @property
    def kept_until(self):
        return self.asked_at + timedelta(days=KEPT_DAYS)

    def is_stuck(self, *, now):
        """Whether the worker has neither begun nor said anything for so long that somebody should be told."""
        heard = self.seen_at or self.asked_at
        return self.state in {FileState.WAITING, FileState.MAKING} and heard < now - SILENT


class PreparedFilePart(models.Model):
    """A piece of a file's bytes, so that no more than what is asked for is ever read at once."""

    SIZE = 1024 * 1024

    file = models.ForeignKey(PreparedFile, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField(_("number"))
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("part of a prepared file")
        verbose_name_plural = _("parts of prepared files")
        ordering = ["file", "number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="prepared_file_part_once")]

    def __str__(self):
        return f"{self.file_id}:{self.number}"
