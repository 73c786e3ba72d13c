"""The fixed words of files that the background worker makes."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class FileFormat(TextChoices):
    """What a large file can be asked for as."""

    XLSX = "xlsx", "Excel"
    CSV = "csv", "CSV"


class FileState(TextChoices):
    """How far a file has come on its way from being asked for to being fetched."""

    WAITING = "waiting", pgettext_lazy("file", "waiting")
    MAKING = "making", pgettext_lazy("file", "being made")
    READY = "ready", pgettext_lazy("file", "ready")
    FAILED = "failed", pgettext_lazy("file", "not made")
