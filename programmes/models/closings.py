"""Periods that are closed: their figures and files as they were that day, and the entries that are unlocked again."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from curriculum.models import Programme
from programmes.models.schools import Municipality
from programmes.models.sessions import PlannedSession
from programmes.models.terms import Period


class ClosedPeriodQuerySet(models.QuerySet):
    def standing(self):
        """Those that nobody has reopened."""
        return self.filter(reopened_at__isnull=True)

    def light(self):
        """Without the figures and the rows, which may be large: for lists and locks."""
        return self.defer("figures", "rows")

    def standing_for(self, *, municipality, programme, period):
        """The one that holds a period of a programme in a municipality; None while the period is open."""
        found = self.standing().filter(municipality=municipality, programme=programme, period=period.code)
        return found.select_related("closed_by", "municipality", "programme").first()


class ClosedPeriod(models.Model):
    """The figures of a period as they were when it was closed: never changed, and kept when it is reopened.

    `figures` holds schools, classes and their counts (see exports/frozen.py), `rows` the rows of Pass and Genomföranden
    as compressed lines.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+", verbose_name=_("programme"))
    period = models.CharField(_("period"), max_length=12)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    closed_at = models.DateTimeField(_("closed"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    definitions = models.CharField(_("version of the definitions"), max_length=12)
    version = models.CharField(_("version"), max_length=20)
    figures = models.JSONField(_("figures"))
    rows = models.BinaryField(_("rows"))
    reopened_at = models.DateTimeField(_("reopened"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reopened by"),
    )
    reopen_reason = models.CharField(
        _("why it was reopened"), max_length=300, blank=True, validators=[validate_no_personal_identity_number]
    )

    objects = ClosedPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed period")
        verbose_name_plural = _("closed periods")
        ordering = ["-last_day", "-first_day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "programme", "period"],
                condition=Q(reopened_at__isnull=True),
                name="period_closed_once",
            ),
            models.CheckConstraint(
                condition=Q(first_day__lte=models.F("last_day")), name="closed_period_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | ~Q(reopen_reason=""),
                name="reopened_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.programme} {self.label}"

    @property
    def label(self):
        return Period.parse(self.period).label


class ClosedReport(models.Model):
    """Another report than coverage as it was when its period was closed, for one selection of schools.

    `content` is the report as compressed plain data (see exports/reports/kept.py).
    """

    closed_period = models.ForeignKey(ClosedPeriod, on_delete=models.PROTECT, related_name="reports")
    report = models.CharField(_("report"), max_length=40, help_text=_("Its address."))
    selection = models.CharField(
        _("selection"), max_length=80, blank=True, help_text=_("Which schools it holds; empty for all of them.")
    )
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("report of a closed period")
        verbose_name_plural = _("reports of closed periods")
        constraints = [
            models.UniqueConstraint(fields=["closed_period", "report", "selection"], name="closed_report_once")
        ]

    def __str__(self):
        return f"{self.closed_period} {self.report}"


class ClosedPeriodFile(models.Model):
    """A file of a closed period: made once from the frozen figures and handed out to the byte ever after."""

    closed_period = models.ForeignKey(ClosedPeriod, on_delete=models.PROTECT, related_name="files")
    report = models.ForeignKey(
        ClosedReport,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="files",
        verbose_name=_("report"),
        help_text=_("Empty for coverage."),
    )
    selection = models.CharField(
        _("selection"), max_length=80, blank=True, help_text=_("Which schools it holds; empty for all of them.")
    )
    file_format = models.CharField(_("format"), max_length=4)
    export_id = models.CharField(_("export id"), max_length=20)
    profile = models.CharField(_("profile"), max_length=500)
    words = models.CharField(_("selection in words"), max_length=300)
    checksum = models.CharField(_("checksum"), max_length=64, help_text=_("SHA-256 of the file."))
    content = models.BinaryField(_("content"))
    made_at = models.DateTimeField(_("made"))
    version = models.CharField(_("version"), max_length=20)

    class Meta:
        verbose_name = _("file of a closed period")
        verbose_name_plural = _("files of closed periods")
        constraints = [
            models.UniqueConstraint(
                fields=["closed_period", "selection", "file_format", "profile"],
                condition=Q(report__isnull=True),
                name="closed_period_file_once",
            ),
            models.UniqueConstraint(fields=["report", "file_format"], name="closed_report_file_once"),
        ]

    def __str__(self):
        return f"{self.export_id}.{self.file_format}"


class ClosingInLine(models.Model):
    """A period that somebody has asked to close, until the background worker has done so; at most one of each."""

    # A worker that has begun and not been done for so long has stopped; one that has not begun, does not run.
    SILENT, LONGEST = timedelta(minutes=2), timedelta(minutes=20)

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(_("period"), max_length=12)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(_("asked for at"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    has_failed = models.BooleanField(_("failed"), default=False)

    class Meta:
        verbose_name = _("period being closed")
        verbose_name_plural = _("periods being closed")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "programme", "period"], name="period_closing_once")
        ]

    def __str__(self):
        return f"{self.programme} {self.period}"

    def is_stuck(self, *, now):
        """Whether the worker has not begun, or not come to an end, for so long that somebody should be told."""
        if self.started_at is None:
            return self.asked_at < now - self.SILENT
        return self.started_at < now - self.LONGEST


class UnlockingQuerySet(models.QuerySet):
    def open(self, *, now):
        """Those that let an entry be changed: not used up, and not too old."""
        return self.filter(used_at__isnull=True, until__gte=now)


class Unlocking(models.Model):
    """One session of one class may be changed once, although its period is closed, for a while and for a reason."""

    planned_session = models.ForeignKey(PlannedSession, on_delete=models.CASCADE, related_name="unlockings")
    reason = models.CharField(_("reason"), max_length=300, validators=[validate_no_personal_identity_number])
    unlocked_at = models.DateTimeField(_("unlocked"))
    unlocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    until = models.DateTimeField(_("until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    objects = UnlockingQuerySet.as_manager()

    class Meta:
        verbose_name = _("unlocked session")
        verbose_name_plural = _("unlocked sessions")

    def __str__(self):
        return f"{self.planned_session} {self.unlocked_at:%Y-%m-%d}"
