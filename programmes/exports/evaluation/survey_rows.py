"""The rows about the anonymous questions to pupils: answer by answer, where enough of a group have answered."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import QuerySet

from programmes.enums import SurveyMoment
from programmes.exports.evaluation.scope import Row, Scope, week_of
from programmes.models import Survey, SurveyAnswer, SurveyQuestion
from programmes.models.surveys import PLACES, answer_field
from programmes.reports.suppression import HIDDEN
from programmes.reports.surveys import SurveyResult, survey_results


def survey_question_rows(scope: Scope) -> Iterator[Row]:
    """Every wording that a group of the year has been asked."""
    asked = SurveyQuestion.objects.filter(
        pk__in=_surveys(scope).order_by().values("questions"), municipality=scope.municipality
    )
    for question in asked:
        yield (
            _question_id(question),
            question.audience,
            question.code,
            question.version,
            question.text_sv,
            question.text_en or None,
        )


def survey_round_rows(scope: Scope) -> Iterator[Row]:
    """Every round that has closed, with the number of answers where it is told."""
    for result in _results(scope):
        survey = result.survey
        for state in result.rounds.values():
            if state.is_open or state.round.opened_date > scope.last_day:
                continue
            matched = result.matched if result.matched >= scope.profile.least_answers else HIDDEN
            yield (
                scope.names.of("survey", state.round.pk),
                scope.names.of("school", survey.school_id),
                scope.names.of("class", survey.school_class_id) or None,
                scope.names.of("cohort", survey.cohort_id) or None,
                survey.audience,
                state.round.moment,
                week_of(state.round.opened_date),
                state.round.pupils,
                state.number if state.is_told else HIDDEN,
                not state.is_told,
                matched if state.is_told else HIDDEN,
            )


def survey_answer_rows(scope: Scope) -> Iterator[Row]:
    """The answers of every round that is told, each sheet with a name of its own; pairs only where there are enough.

    A question that is hidden in the round has its answers hidden too, and who would not say is an empty value.
    """
    told = {
        state.round.pk: (result, state.round.moment)
        for result in _results(scope)
        for state in result.rounds.values()
        if state.is_told and state.round.opened_date <= scope.last_day
    }
    fields = ("pk", "round", "match", *(answer_field(place) for place in PLACES))
    sheets = list(SurveyAnswer.objects.filter(round__in=told).values_list(*fields))
    pairs = _pairs([(told[sheet[1]][0], told[sheet[1]][1], sheet[2]) for sheet in sheets], scope)
    for pk, round_, match, *steps in sheets:
        result, moment = told[round_]
        matched = scope.names.of("match", match) if (result.survey.pk, match) in pairs else None
        for item in result.survey.items.all():
            row = next(row for row in result.questions if row.question.pk == item.question_id)
            is_told = (row.before if moment == SurveyMoment.BEFORE else row.after) is not None
            value = steps[item.place - 1] or None
            yield (
                scope.names.of("survey", round_),
                scope.names.of("sheet", str(pk)),
                matched,
                _question_id(item.question),
                value if is_told else HIDDEN,
            )


def _surveys(scope: Scope) -> QuerySet[Survey]:
    schools = scope.schools.order_by().values("pk")
    return Survey.objects.filter(school__in=schools, start_year=scope.start_year).order_by("pk")


def _results(scope: Scope) -> list[SurveyResult]:
    return survey_results(_surveys(scope), today=scope.day, smallest=scope.profile.least_answers)


def _pairs(sheets: list[tuple[SurveyResult, str, str]], scope: Scope) -> set[tuple[int, str]]:
    """The codes that stand once before and once after in a group that has enough of them."""
    seen = Counter((result.survey.pk, moment, match) for result, moment, match in sheets if match)
    once = {key for key, number in seen.items() if number == 1}
    pairs = {
        (survey, match)
        for survey, moment, match in once
        if moment == SurveyMoment.BEFORE and (survey, SurveyMoment.AFTER, match) in once
    }
    enough = {
        survey
        for survey, number in Counter(survey for survey, _match in pairs).items()
        if number >= scope.profile.least_answers
    }
    return {(survey, match) for survey, match in pairs if survey in enough}


def _question_id(question: SurveyQuestion) -> str:
    return f"{question.audience}.{question.code}.{question.version}"
