"""The fixed words of periods that are closed."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class LateKind(TextChoices):
    """What happened to an entry after its period was closed."""

    NEW = "new", pgettext_lazy("late entry", "reported")
    CORRECTED = "corrected", pgettext_lazy("late entry", "corrected")
    REMOVED = "removed", pgettext_lazy("late entry", "removed")
