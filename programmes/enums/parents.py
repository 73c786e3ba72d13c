"""The fixed words of parent groups and parent meetings, and of signing up for them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class ChildAge(TextChoices):
    """How old the children are whose parents a group is for."""

    YOUNGEST = "0-2", _("0–2 years")
    CHILDREN = "3-12", _("3–12 years")
    TEENAGERS = "13-18", _("13–18 years")


class GroupFormat(TextChoices):
    """Where the parents of a group meet."""

    ON_SITE = "on_site", _("on site")
    DIGITAL = "digital", _("digital")
    MIXED = "mixed", _("mixed")


class GroupLanguage(TextChoices):
    """The language that a parent group is held in."""

    SWEDISH = "swedish", pgettext_lazy("parent group", "Swedish")
    ARABIC = "arabic", _("Arabic")
    DARI = "dari", _("Dari")
    ENGLISH = "english", pgettext_lazy("parent group", "English")
    FINNISH = "finnish", _("Finnish")
    PERSIAN = "persian", _("Persian")
    POLISH = "polish", _("Polish")
    SOMALI = "somali", _("Somali")
    SORANI = "sorani", _("Sorani")
    SPANISH = "spanish", _("Spanish")
    TIGRINYA = "tigrinya", _("Tigrinya")
    TURKISH = "turkish", _("Turkish")
    UKRAINIAN = "ukrainian", _("Ukrainian")
    OTHER = "other", _("another language")


class ParentGroupState(TextChoices):
    """What has become of a parent group, on a given day."""

    PLANNED = "planned", pgettext_lazy("parent group", "planned")
    RUNNING = "running", pgettext_lazy("parent group", "running")
    FINISHED = "finished", pgettext_lazy("parent group", "finished")
    CANCELLED = "cancelled", pgettext_lazy("parent group", "cancelled")


class SignUpState(TextChoices):
    """What a parent who has signed up for a group has."""

    PLACED = "placed", pgettext_lazy("sign-up", "has a seat")
    WAITING = "waiting", pgettext_lazy("sign-up", "on the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("sign-up", "cancelled")


class ParentLetterKind(TextChoices):
    """What a letter to one who has signed up says; its words stand in templates/programmes/parent_letters/."""

    STATE = "state", _("where the sign-up stands")
    MOVED_UP = "moved_up", _("a seat from the waiting list")
    CHANGED = "changed", _("new days or place")
    REMINDER = "reminder", _("reminder before the first meeting")
    CANCELLED = "cancelled", _("the sign-up is cancelled")
    GROUP_CANCELLED = "group_cancelled", _("the group is cancelled")


class ParentMeetingKind(TextChoices):
    """What brought the parents of a school together once."""

    TRAIN = "train", _("Tåget for parents")
    THEME = "theme", _("theme evening")
    OTHER = "other", _("another parent meeting")
