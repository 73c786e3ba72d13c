"""Changes what pupils are asked: a statement that has been asked stays as it was, and gets a new version."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from programmes.actions.events import log_event
from programmes.actions.surveys import stored_questions
from programmes.enums import EventKind, SurveyAudience
from programmes.models import Municipality, SurveyItem, SurveyQuestion
from programmes.rules.survey_texts import FEWEST, MOST


class SetSizeError(Exception):
    """The set would have too few or too many statements."""


@transaction.atomic
def word_question(
    *, municipality: Municipality, audience: SurveyAudience, code: str, texts: Mapping[str, str], by: User
) -> SurveyQuestion | None:
    """Word a statement anew, by language; None when it is no longer in the set. The same words change nothing."""
    asked = stored_questions(municipality=municipality, audience=audience)
    question = next((row for row in asked if row.code == code), None)
    if question is None or all(getattr(question, f"text_{language}") == text for language, text in texts.items()):
        return question
    words = {f"text_{language}": text for language, text in texts.items()}
    if SurveyItem.objects.filter(question=question).exists():
        SurveyQuestion.objects.filter(pk=question.pk).update(is_current=False)
        question = SurveyQuestion.objects.create(
            municipality=municipality,
            audience=audience,
            code=code,
            version=_last_version(municipality, audience, code) + 1,
            place=question.place,
            **words,
        )
    else:
        SurveyQuestion.objects.filter(pk=question.pk).update(**words)
        question.refresh_from_db()
    _log(question, by)
    return question


@transaction.atomic
def add_question(
    *, municipality: Municipality, audience: SurveyAudience, texts: Mapping[str, str], by: User
) -> SurveyQuestion:
    """Add a statement of the municipality's own, last in the set. Raises SetSizeError when the set is full."""
    asked = stored_questions(municipality=municipality, audience=audience)
    if len(asked) >= MOST:
        raise SetSizeError
    own = SurveyQuestion.objects.filter(municipality=municipality, audience=audience, code__startswith="own-")
    question = SurveyQuestion.objects.create(
        municipality=municipality,
        audience=audience,
        code=f"own-{own.values('code').distinct().count() + 1}",
        place=max(row.place for row in asked) + 1,
        **{f"text_{language}": text for language, text in texts.items()},
    )
    _log(question, by)
    return question


@transaction.atomic
def leave_out_question(*, municipality: Municipality, audience: SurveyAudience, code: str, by: User) -> None:
    """Ask a statement no more; what was answered stays. Raises SetSizeError when too few would be left."""
    asked = stored_questions(municipality=municipality, audience=audience)
    question = next((row for row in asked if row.code == code), None)
    if question is None:
        return
    if len(asked) <= FEWEST:
        raise SetSizeError
    SurveyQuestion.objects.filter(pk=question.pk).update(is_current=False)
    _log(question, by)


def _last_version(municipality: Municipality, audience: SurveyAudience, code: str) -> int:
    versions = SurveyQuestion.objects.filter(municipality=municipality, audience=audience, code=code)
    return int(versions.aggregate(last=Max("version"))["last"] or 0)


def _log(question: SurveyQuestion, by: User) -> None:
    about = {"audience": question.audience, "question": question.text_sv}
    log_event(kind=EventKind.SURVEY_QUESTIONS_CHANGED, actor=by, municipality=question.municipality, about=about)
