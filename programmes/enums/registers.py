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


class MeasureFigure(TextChoices):
    """A figure that follows up a measure of the action plan, counted as in the reports."""

    TAGET = "taget", _("Tåget: sessions held of those expected")
    BASE = "base", _("Tåget: classes with all base sessions")
    MVP = "mvp", _("MVP: sessions held of those expected")
    STAFF_SESSIONS = "staff_sessions", _("staff sessions held")
    PARENTS = "parents", _("parents who started in ABC groups")
    COURSES = "courses", _("school staff at the municipality's courses")
    HOURS = "person_hours", _("person-hours of those who lead")
