"""What parents thought of a meeting: two questions, counted and never kept answer by answer."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programmes.models.meetings import ParentGroupMeeting, ParentMeeting

STEPS = (1, 2, 3, 4)  # of the scale, from not at all to very much
QUESTIONS = ("useful", "welcome")


def count_field(question: str, step: int) -> str:
    """The field that counts one answer to one question."""
    return f"{question}_{step}"


class FeedbackRoundQuerySet(models.QuerySet):
    def open(self, *, on):
        """Those that take answers on a day."""
        return self.filter(closed_at=None, last_day__gte=on)

    def with_meetings(self):
        return self.select_related(
            "group_meeting__group__school",
            "group_meeting__group__municipality__site",
            "parent_meeting__school__municipality__site",
        )


class FeedbackRound(models.Model):
    """The two questions after one meeting: who has the code answers, once for each device, until the last day.

    Answers are counters: neither who answered, nor when, nor which answers belong together is kept.
    """

    group_meeting = models.OneToOneField(
        ParentGroupMeeting, on_delete=models.CASCADE, null=True, blank=True, related_name="feedback"
    )
    parent_meeting = models.OneToOneField(
        ParentMeeting, on_delete=models.CASCADE, null=True, blank=True, related_name="feedback"
    )
    code = models.CharField(
        _("code"), max_length=9, unique=True, validators=[RegexValidator(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$")]
    )
    last_day = models.DateField(_("last day"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    useful_1 = models.PositiveIntegerField(default=0)
    useful_2 = models.PositiveIntegerField(default=0)
    useful_3 = models.PositiveIntegerField(default=0)
    useful_4 = models.PositiveIntegerField(default=0)
    welcome_1 = models.PositiveIntegerField(default=0)
    welcome_2 = models.PositiveIntegerField(default=0)
    welcome_3 = models.PositiveIntegerField(default=0)
    welcome_4 = models.PositiveIntegerField(default=0)

    objects = FeedbackRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("questions after a meeting")
        verbose_name_plural = _("questions after meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(group_meeting__isnull=True, parent_meeting__isnull=False)
                | Q(group_meeting__isnull=False, parent_meeting__isnull=True),
                name="feedback_is_about_one_meeting",
            ),
            models.CheckConstraint(
                condition=Q(
                    useful_1=F("welcome_1")
                    + F("welcome_2")
                    + F("welcome_3")
                    + F("welcome_4")
                    - F("useful_2")
                    - F("useful_3")
                    - F("useful_4")
                ),
                name="feedback_answers_both_questions",
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def meeting(self):
        return self.group_meeting or self.parent_meeting

    @property
    def municipality(self):
        return self.group_meeting.group.municipality if self.group_meeting else self.parent_meeting.school.municipality

    @property
    def answers(self):
        """How many have answered."""
        return sum(getattr(self, count_field("useful", step)) for step in STEPS)

    def counts(self, question):
        """How many gave each answer to a question, from not at all to very much."""
        return tuple(getattr(self, count_field(question, step)) for step in STEPS)
