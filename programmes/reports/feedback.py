"""What parents answered after meetings: shown when the questions have closed and enough have answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from programmes.models import FeedbackRound
from programmes.models.feedback import QUESTIONS, STEPS
from programmes.reports.suppression import Profile

GOOD = STEPS[2:]  # quite a lot, and very much


@dataclass(frozen=True)
class Answers:
    """How many gave each answer to one question, from not at all to very much."""

    question: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def share_good(self) -> float:
        """The share that answered quite a lot or very much."""
        return sum(self.counts[step - 1] for step in GOOD) / self.total


@dataclass(frozen=True)
class Feedback:
    """One meeting's questions on a day. `answers` is empty while they are open, and where fewer than `least` have."""

    number: int
    least: int
    is_open: bool
    answers: tuple[Answers, ...]


def feedback_of(round_: FeedbackRound, *, today: date, profile: Profile) -> Feedback:
    """Open questions tell how many have answered and no more: from two looks in a row an answer could be told."""
    is_open = round_.closed_at is None and round_.last_day >= today
    shown = not is_open and round_.answers >= profile.least_answers
    answers = tuple(Answers(question, round_.counts(question)) for question in QUESTIONS) if shown else ()
    return Feedback(round_.answers, profile.least_answers, is_open, answers)


def feedback_together(rounds: Iterable[FeedbackRound], *, today: date, profile: Profile) -> tuple[Answers, ...]:
    """The answers of several meetings in sum, but only of those that are shown: a hidden one cannot be worked out."""
    shown = [
        told.answers for told in (feedback_of(one, today=today, profile=profile) for one in rounds) if told.answers
    ]
    return tuple(
        Answers(question, tuple(map(sum, zip(*(answers[number].counts for answers in shown), strict=True))))
        for number, question in enumerate(QUESTIONS)
        if shown
    )
