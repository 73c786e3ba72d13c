"""The fixed words of what is taught: kinds of session, principles, and how a year of schooling is called."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

LOWEST_GRADE, HIGHEST_GRADE = 0, 9


class SessionKind(TextChoices):
    """What a session is to its programme."""

    BASE = "base", _("base session")
    ADDITIONAL = "additional", _("additional session")
    STAFF = "staff", _("staff session")
    MENTOR = "mentor", _("mentor session")
    MEETING = "meeting", _("parent meeting")


class Principle(TextChoices):
    """Tåget's four principles, each a tag on a session."""

    BYSTANDER = "bystander", _("bystander perspective")
    ATTACHMENT = "attachment", _("attachment")
    NORMS = "norms", _("challenging stereotyped gender norms")
    LEADERSHIP = "leadership", _("leadership")


class LineKind(TextChoices):
    """What the leader does with a line of a step."""

    SAY = "say", _("Say")
    DO = "do", _("Do")
    ASK = "ask", _("Ask")


class TalkForm(TextChoices):
    """How many talk with each other."""

    ANY = "", _("as you like")
    PAIRS = "pairs", _("two and two")
    GROUPS = "groups", _("in small groups")
    ALL = "all", _("all together")


class GradeBand(TextChoices):
    """Whom a line is for, where younger and older pupils differ."""

    ALL = "", _("all grades")
    F_1 = "F-1", _("preschool class to year 1")
    G2_3 = "2-3", _("years 2 to 3")
    G4_5 = "4-5", _("years 4 to 5")


class Month(IntegerChoices):
    """The months, in the order of a school year."""

    AUGUST = 8, _("August")
    SEPTEMBER = 9, _("September")
    OCTOBER = 10, _("October")
    NOVEMBER = 11, _("November")
    DECEMBER = 12, _("December")
    JANUARY = 1, _("January")
    FEBRUARY = 2, _("February")
    MARCH = 3, _("March")
    APRIL = 4, _("April")
    MAY = 5, _("May")
    JUNE = 6, _("June")


def grade_label(index: int, *, start_year: int, renumbered_from: int) -> str:
    """Name a year of schooling (0–9) as it is called in a school year: F, 1 … 9, and from the renumbering on 1 … 10.

    Source: Riksdagen, betänkande 2024/25:UbU17 (in force 1 July 2028).
    """
    if not LOWEST_GRADE <= index <= HIGHEST_GRADE:
        raise ValueError(f"A year of schooling is an index from 0 to 9, not {index}.")
    if start_year >= renumbered_from:
        return str(index + 1)
    return str(index) if index else "F"
