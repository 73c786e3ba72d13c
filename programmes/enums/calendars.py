"""The kinds of dates that a school year is made of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class DateKind(TextChoices):
    """What stands in a calendar, in the order of a day."""

    TERM = "term", _("term")
    BREAK = "break", _("break")
    TERTIAL = "tertial", _("tertial")
    BASE_MONTH = "base_month", _("base session's month")
    SESSION = "session", pgettext_lazy("calendar", "session")
    STAFF = "staff", _("staff meeting")
    PARENTS = "parents", _("parent meeting")
    SUPERVISION = "supervision", _("supervision")
    COURSE = "course", _("course")
    CHECK_ROUND = "check_round", _("check round")
