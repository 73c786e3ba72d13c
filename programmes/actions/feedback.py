"""Opens the two questions after a meeting with parents, counts the answers, and closes them."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from programmes.actions.mentors import new_door_code
from programmes.models import FeedbackRound, ParentGroupMeeting, ParentMeeting
from programmes.models.feedback import count_field


@transaction.atomic
def open_feedback(*, meeting: ParentGroupMeeting | ParentMeeting, today: date) -> FeedbackRound:
    """Give a meeting its questions, with a code that nobody guesses; once: what has been closed stays closed."""
    about = {"group_meeting": meeting} if isinstance(meeting, ParentGroupMeeting) else {"parent_meeting": meeting}
    last_day = max(today, meeting.date) + timedelta(days=settings.FEEDBACK_DAYS)
    defaults = {"code": new_door_code(), "last_day": last_day}
    return FeedbackRound.objects.get_or_create(**about, defaults=defaults)[0]


@transaction.atomic
def close_feedback(*, feedback: FeedbackRound, now: datetime) -> None:
    """Take no more answers, and show them from now on."""
    FeedbackRound.objects.filter(pk=feedback.pk, closed_at=None).update(closed_at=now)


def count_answer(*, feedback: FeedbackRound, useful: int, welcome: int, today: date) -> bool:
    """Count one parent's answers; False when the questions have closed meanwhile."""
    fields = (count_field("useful", useful), count_field("welcome", welcome))
    still_open = FeedbackRound.objects.open(on=today).filter(pk=feedback.pk)
    return bool(still_open.update(**{field: F(field) + 1 for field in fields}))
