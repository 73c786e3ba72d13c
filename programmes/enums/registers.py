"""The fixed words of the centre's registers."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class AgreementArea(TextChoices):
    """The four areas of the cooperation agreement."""

    SAFETY = "safety", _("safety-creating")
    VIOLENCE = "violence", _("violence-preventing")
    PREVENTION = "prevention", _("crime-preventing")
    FIGHTING = "fighting", _("crime-fighting")


class Level(IntegerChoices):
    """How far a school has come with a thing that it assesses itself in."""

    NOT_YET = 0, pgettext_lazy("self-assessment", "not yet")
    PARTLY = 1, pgettext_lazy("self-assessment", "partly")
    IN_PLACE = 2, pgettext_lazy("self-assessment", "in place")


class MeasureState(TextChoices):
    """How far a measure of the action plan has come, on a given day."""

    AHEAD = "ahead", pgettext_lazy("measure", "ahead")
    RUNNING = "running", pgettext_lazy("measure", "running")
    TO_FOLLOW_UP = "to_follow_up", pgettext_lazy("measure", "to follow up")
    FOLLOWED_UP = "followed_up", pgettext_lazy("measure", "followed up")
