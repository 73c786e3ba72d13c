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


class MentorMeetingKind(TextChoices):
    """What brought a school's mentors together beside supervision."""

    TRAINING = "training", pgettext_lazy("mentors", "training")
    GATHERING = "gathering", pgettext_lazy("mentors", "gathering")


class LogFeeling(TextChoices):
    """How a session went, as the group's mentors say it."""

    WELL = "well", pgettext_lazy("mentors' log", "Well")
    FAIR = "fair", pgettext_lazy("mentors' log", "So-so")
    HARD = "hard", pgettext_lazy("mentors' log", "Hard")


class LogReach(TextChoices):
    """How much of the plan there was time for."""

    ALL = "all", pgettext_lazy("mentors' log", "All of it")
    MOST = "most", pgettext_lazy("mentors' log", "Most of it")
    HALF = "half", pgettext_lazy("mentors' log", "Half or less")


class LogTalk(TextChoices):
    """Whether the mentors want to talk with their supervisor."""

    NO = "no", pgettext_lazy("mentors' log", "No need")
    NEXT = "next", pgettext_lazy("mentors' log", "At supervision")
    SOON = "soon", pgettext_lazy("mentors' log", "As soon as possible")
