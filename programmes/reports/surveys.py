"""What pupils answered before and after a programme: a class, and classes together, with small groups left out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from programmes.enums import SurveyMoment
from programmes.models import Survey, SurveyAnswer, SurveyQuestion, SurveyRound
from programmes.models.surveys import PLACES, answer_field
from programmes.reports.suppression import Change, Told, changed, changed_together, told, told_together

Row = tuple[str, tuple[int | None, ...]]  # a match code, and the answers by place


@dataclass(frozen=True)
class QuestionResult:
    """One statement, before and after. None: not asked, still open, or hidden."""

    question: SurveyQuestion
    before: Told | None
    after: Told | None
    change: Change | None

    @property
    def is_told(self) -> bool:
        return self.before is not None or self.after is not None


@dataclass(frozen=True)
class RoundState:
    """How far a round has come: `number` answers of `pupils`; `is_told` when it is closed and large enough."""

    round: SurveyRound
    number: int
    is_open: bool
    is_told: bool


@dataclass(frozen=True)
class SurveyResult:
    """A class's questions on a day."""

    survey: Survey
    rounds: Mapping[str, RoundState]
    questions: tuple[QuestionResult, ...]
    matched: int = 0

    @property
    def is_shown(self) -> bool:
        """Whether there is something to read."""
        return any(state.is_told for state in self.rounds.values())

    @property
    def has_closed(self) -> bool:
        """Whether a round is closed, with too few answers or enough."""
        return any(not state.is_open for state in self.rounds.values())


@dataclass
class Together:
    """Classes in sum: how many classes and answers are in the figures, and how many classes were too small."""

    questions: tuple[QuestionResult, ...] = ()
    classes: int = 0
    answers: dict[str, int] = field(default_factory=dict)
    left_out: int = 0
    closed: set[str] = field(default_factory=set)  # the moments that some class has closed, told or not

    @property
    def all_before(self) -> Told | None:
        """Every answer to any of the statements, before; None where nothing is told."""
        return told_together(row.before for row in self.questions)

    @property
    def all_after(self) -> Told | None:
        """Every answer to any of the statements, after; None where nothing is told."""
        return told_together(row.after for row in self.questions)


def survey_results(surveys: QuerySet[Survey], *, today: date, smallest: int) -> list[SurveyResult]:
    """Each class's results, in four queries however many; rounds that are open tell how many have answered alone.

    `smallest` is how many must have answered (`Profile.least_answers`). Source of the rule: features F6.
    """
    found = list(surveys.select_related("school", "school_class", "cohort").prefetch_related("items__question"))
    rounds: dict[int, list[SurveyRound]] = {}
    for round_ in SurveyRound.objects.filter(survey__in=found):
        rounds.setdefault(round_.survey_id, []).append(round_)
    rows: dict[int, list[Row]] = {}
    fields = [answer_field(place) for place in PLACES]
    answers = SurveyAnswer.objects.filter(round__survey__in=found).order_by("pk")
    for number, match, *steps in answers.values_list("round", "match", *fields):
        rows.setdefault(number, []).append((match, tuple(steps)))
    return [_result(survey, rounds.get(survey.pk, []), rows, today=today, smallest=smallest) for survey in found]


def _result(
    survey: Survey, rounds: Sequence[SurveyRound], rows: Mapping[int, list[Row]], *, today: date, smallest: int
) -> SurveyResult:
    states, shown = {}, {}
    for round_ in rounds:
        own = rows.get(round_.pk, [])
        is_open = round_.is_open(on=today)
        is_told = not is_open and len(own) >= smallest
        states[round_.moment] = RoundState(round_, len(own), is_open, is_told)
        shown[round_.moment] = own if is_told else []
    before, after = (shown.get(moment, []) for moment in (SurveyMoment.BEFORE, SurveyMoment.AFTER))
    pairs = matched_pairs(before, after)
    questions = []
    for item in survey.items.all():
        place = item.place - 1
        questions.append(
            QuestionResult(
                item.question,
                told((steps[place] for _match, steps in before), smallest=smallest),
                told((steps[place] for _match, steps in after), smallest=smallest),
                changed(((first[place], second[place]) for first, second in pairs), smallest=smallest),
            )
        )
    return SurveyResult(survey, states, tuple(questions), len(pairs))


def matched_pairs(
    before: Iterable[Row], after: Iterable[Row]
) -> list[tuple[tuple[int | None, ...], tuple[int | None, ...]]]:
    """Answers with the same code before and after; a code that two pupils share belongs to neither."""
    first, second = _by_code(before), _by_code(after)
    return [(first[code], second[code]) for code in sorted(first.keys() & second.keys())]


def _by_code(rows: Iterable[Row]) -> dict[str, tuple[int | None, ...]]:
    kept = list(rows)
    seen = Counter(match for match, _steps in kept)
    return {match: steps for match, steps in kept if match and seen[match] == 1}


def survey_together(results: Iterable[SurveyResult]) -> Together:
    """Several classes in sum, question by question in each wording; who is hidden in the class is in no sum."""
    together = Together()
    by_question: dict[int, list[QuestionResult]] = {}
    for result in results:
        shown = [state for state in result.rounds.values() if state.is_told]
        together.classes += bool(shown)
        together.left_out += any(not state.is_open and not state.is_told for state in result.rounds.values())
        together.closed |= {state.round.moment for state in result.rounds.values() if not state.is_open}
        for state in shown:
            moment = state.round.moment
            together.answers[moment] = together.answers.get(moment, 0) + state.number
        for row in result.questions:
            by_question.setdefault(row.question.pk, []).append(row)
    together.questions = tuple(
        sorted(
            (
                QuestionResult(
                    rows[0].question,
                    told_together(row.before for row in rows),
                    told_together(row.after for row in rows),
                    changed_together(row.change for row in rows),
                )
                for rows in by_question.values()
            ),
            key=lambda row: (row.question.place, row.question.code, row.question.version),
        )
    )
    return together
