"""What Ekbacka's parents thought: most meetings this school year were asked about, and the latest still are."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

from programmes.actions.demo.outcomes import seeded
from programmes.actions.demo.scene import Scene
from programmes.actions.mentors import SIGNS
from programmes.models import FeedbackRound, ParentGroupMeeting, ParentMeeting
from programmes.models.feedback import QUESTIONS, STEPS, count_field
from programmes.models.terms import Period

DAYS = 7
ASKED = 0.7
LIKING = (1, 2, 7, 10)  # how often each step of the scale is chosen


def create_feedback(scene: Scene) -> None:
    """Some of those who came have answered, never more than came; a few evenings have too few answers to show."""
    year = Period.school_year(scene.now.start_year)
    days = {"date__gte": year.first_day, "date__lte": scene.today, "parents__gt": 0}
    group_meetings = ParentGroupMeeting.objects.filter(group__municipality=scene.municipality, **days)
    evenings = ParentMeeting.objects.filter(school__municipality=scene.municipality, **days)
    rounds = [_round(scene, f"group {meeting.pk}", meeting, group_meeting=meeting) for meeting in group_meetings]
    rounds += [_round(scene, f"evening {meeting.pk}", meeting, parent_meeting=meeting) for meeting in evenings]
    FeedbackRound.objects.bulk_create(one for one in rounds if one)


def _round(
    scene: Scene, key: str, meeting: ParentGroupMeeting | ParentMeeting, **about: ParentGroupMeeting | ParentMeeting
) -> FeedbackRound | None:
    random = seeded(scene.seed, key, "feedback")
    is_new = meeting.date + timedelta(days=DAYS) >= scene.today
    if random.random() > ASKED and not is_new:
        return None
    answered = round((meeting.parents or 0) * random.uniform(0.3, 0.9))
    counts: Counter[str] = Counter()
    for question in QUESTIONS:
        for step in random.choices(STEPS, weights=LIKING, k=answered):
            counts[count_field(question, step)] += 1
    signs = "".join(random.choices(SIGNS, k=8))
    last_day = meeting.date + timedelta(days=DAYS)
    closed_at = None if is_new else datetime.combine(last_day, time(7), tzinfo=UTC)
    return FeedbackRound(code=f"{signs[:4]}-{signs[4:]}", last_day=last_day, closed_at=closed_at, **about, **counts)
