"""What became of the letters that Stins sends by itself, week by week, and what did not get through."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q

from programmes.enums import LetterState
from programmes.models.reminders import IN_TROUBLE, ON_THE_WAY, LetterQuerySet
from programmes.models.terms import monday_of

WEEKS = 4


@dataclass(frozen=True)
class WeekOfLetters:
    """One week's digests: how many had something to say and went, had nothing, wait, or did not get through."""

    week: date
    sent: int
    nothing: int
    waiting: int
    trouble: int


@dataclass(frozen=True)
class LettersInTrouble:
    """Letters that the mail server has not taken: those tried again (and when), and those that are given up."""

    waiting: int
    next_try_at: datetime | None
    failed: int
    unsure: int

    def __bool__(self) -> bool:
        return bool(self.waiting or self.failed or self.unsure)


@dataclass(frozen=True)
class Letters:
    """The last weeks, the latest first, and what is in trouble now."""

    weeks: list[WeekOfLetters]
    trouble: LettersInTrouble


def letters_of(letters: LetterQuerySet, *, today: date) -> Letters:
    """The last weeks of some letters, the latest first, and what is in trouble now. In 2 questions."""
    since = monday_of(today) - timedelta(weeks=WEEKS - 1)
    stuck = Q(state=LetterState.WAITING, attempts__gt=0)
    rows = (
        letters.filter(week__gte=since)
        .values("week")
        .annotate(
            sent=Count("pk", filter=Q(state=LetterState.SENT)),
            nothing=Count("pk", filter=Q(state=LetterState.NOTHING)),
            waiting=Count("pk", filter=Q(state__in=ON_THE_WAY) & ~stuck),
            trouble=Count("pk", filter=IN_TROUBLE),
        )
    )
    trouble = letters.in_trouble().aggregate(
        waiting=Count("pk", filter=stuck),
        next_try_at=Min("next_try_at", filter=stuck),
        failed=Count("pk", filter=Q(state=LetterState.FAILED)),
        unsure=Count("pk", filter=Q(state=LetterState.UNSURE)),
    )
    return Letters([WeekOfLetters(**row) for row in rows.order_by("-week")], LettersInTrouble(**trouble))
