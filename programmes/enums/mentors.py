"""The fixed words of the mentors' year in MVP."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class MentorStep(IntegerChoices):
    """How far a mentor has come; each step has those before it behind it."""

    CHOSEN = 1, pgettext_lazy("mentor", "chosen")
    TRAINED = 2, pgettext_lazy("mentor", "trained")
    ACTIVE = 3, pgettext_lazy("mentor", "active")


class MentorLeft(TextChoices):
    """Why a mentor is one no longer; a code, so that nothing is told about a pupil."""

    TIME = "time", _("lack of time")
    MOVED = "moved", _("changed school")
    WISH = "wish", _("own wish")
    OTHER = "other", _("another reason")
