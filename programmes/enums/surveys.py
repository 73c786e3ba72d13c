"""What the anonymous questions to pupils are told apart by."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SurveyAudience(TextChoices):
    """Whom a set of questions is written for."""

    YOUNGER = "taget_f3", _("Tåget, grades F–3")
    OLDER = "taget_45", _("Tåget, grades 4–5")
    MENTEES = "mvp_6", _("MVP, year 6")
    MENTORS = "mvp_9", _("MVP, mentors")

    @property
    def programme(self) -> str:
        """The code of the programme that the questions are about."""
        return self.value.partition("_")[0]


class SurveyMoment(TextChoices):
    """When a class is asked: before the programme's sessions, and after them."""

    BEFORE = "before", _("before")
    AFTER = "after", _("after")

    @property
    def path(self) -> str:
        """The moment as it stands in an address."""
        return "fore" if self is SurveyMoment.BEFORE else "efter"


class SurveyDevices(TextChoices):
    """What a class answers on: decides whether one device answers once."""

    OWN = "own", _("a phone or computer each")
    SHARED = "shared", _("tablets that several pupils share")
