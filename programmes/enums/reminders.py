"""The fixed words of what Stins sends by itself: when, about what, and what became of each letter."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Weekday(IntegerChoices):
    """The days of a week, as Python numbers them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class LetterState(TextChoices):
    """What has become of a letter that Stins sends by itself."""

    WAITING = "waiting", pgettext_lazy("letter", "waiting")
    TAKEN = "taken", pgettext_lazy("letter", "about to be sent")
    SENDING = "sending", pgettext_lazy("letter", "being sent")
    SENT = "sent", pgettext_lazy("letter", "sent")
    NOTHING = "nothing", pgettext_lazy("letter", "nothing to say")
    UNSURE = "unsure", pgettext_lazy("letter", "perhaps sent")
    FAILED = "failed", pgettext_lazy("letter", "not sent")


class DigestTopic(TextChoices):
    """What may wait for somebody in a week, in the order of a letter (its words stand in exports/digests.py)."""

    NOT_REPORTED = "not_reported", _("sessions not reported")
    DUE_NOW = "due_now", _("sessions due now")
    STAFF_TO_REPORT = "staff_to_report", _("staff meetings to report")
    PARENTS_TO_COUNT = "parents_to_count", _("parent meetings to count")
    SUPERVISION_TO_REPORT = "supervision_to_report", _("supervision to report")
    CHECK_ROUND = "check_round", _("open check round")
    COMING = "coming", _("this week's meetings")
    SCHOOLS_BEHIND = "schools_behind", _("schools that have not reported")
    TO_READ = "to_read", _("pages waiting to be read")
    LETTERS = "letters", _("letters that were not sent")
