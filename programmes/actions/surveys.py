"""Opens the questions to a class, keeps what pupils answer without a trace of who, and closes them."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.models import User
from programmes.actions.events import log_event
from programmes.actions.mentors import new_door_code
from programmes.enums import EventKind, SurveyAudience, SurveyDevices, SurveyMoment
from programmes.models import (
    MentorCohort,
    Municipality,
    Period,
    SchoolClass,
    Survey,
    SurveyAnswer,
    SurveyItem,
    SurveyQuestion,
    SurveyRound,
)
from programmes.models.surveys import answer_field
from programmes.rules.survey_texts import shipped_questions

DAYS = 14


class SurveyRefusedError(Exception):
    """The questions cannot be opened; the message says why, in one sentence."""


class Kept(Enum):
    """What became of an answer."""

    KEPT = "kept"
    CLOSED = "closed"
    FULL = "full"


def questions_asked(*, municipality: Municipality, audience: SurveyAudience) -> list[SurveyQuestion]:
    """The set that is asked now: the municipality's own rows, or those that ship, not yet stored."""
    own = list(SurveyQuestion.objects.asked_now(municipality, audience))
    return own or [
        SurveyQuestion(
            municipality=municipality,
            audience=audience,
            code=question.code,
            place=question.place,
            **{f"text_{language}": text for language, text in question.text.items()},
        )
        for question in shipped_questions(audience)
    ]


@transaction.atomic
def stored_questions(*, municipality: Municipality, audience: SurveyAudience) -> list[SurveyQuestion]:
    """The set that is asked now, as rows of the municipality's own."""
    Municipality.objects.select_for_update().get(pk=municipality.pk)  # two who begin at once make one set
    asked = questions_asked(municipality=municipality, audience=audience)
    if asked and asked[0].pk is None:
        SurveyQuestion.objects.bulk_create(asked)
        asked = list(SurveyQuestion.objects.asked_now(municipality, audience))
    return asked


@transaction.atomic
def open_survey_round(
    *,
    group: SchoolClass | MentorCohort,
    audience: SurveyAudience,
    moment: SurveyMoment,
    pupils: int,
    last_day: date,
    devices: SurveyDevices,
    by: User,
    today: date,
) -> SurveyRound:
    """Ask a group, with a code that nobody guesses; the round after asks what the round before asked.

    Once: a round that is there is answered with as it is. Raises SurveyRefusedError for a round before that would come
    after the round after.
    """
    municipality = group.school.municipality
    about = {"cohort": group} if isinstance(group, MentorCohort) else {"school_class": group}
    questions = stored_questions(municipality=municipality, audience=audience)
    survey, is_new = Survey.objects.get_or_create(
        **about,
        defaults={
            "school": group.school,
            "start_year": group.start_year,
            "audience": audience,
            "salt": secrets.token_hex(32),
            "salt_until": Period.school_year(group.start_year).last_day,
        },
    )
    if is_new:
        SurveyItem.objects.bulk_create(
            SurveyItem(survey=survey, place=place, question=question)
            for place, question in enumerate(questions, start=1)
        )
    if moment == SurveyMoment.BEFORE and survey.rounds.filter(moment=SurveyMoment.AFTER).exists():
        raise SurveyRefusedError
    values = {
        "code": new_door_code(),
        "pupils": pupils,
        "last_day": last_day,
        "devices": devices,
        "opened_date": today,
    }
    round_, was_opened = SurveyRound.objects.get_or_create(survey=survey, moment=moment, defaults=values)
    if was_opened:
        if moment == SurveyMoment.AFTER:
            Survey.objects.filter(pk=survey.pk).update(salt_until=last_day)
        _log(EventKind.SURVEY_OPENED, round_, by)
    return round_


@transaction.atomic
def close_survey_round(*, round_: SurveyRound, by: User, now: datetime) -> None:
    """Take no more answers; after the round after, what the codes were made with is forgotten.

    The rows are written anew in the order of their drawn numbers, so that not even the database's own order is left.
    """
    if SurveyRound.objects.filter(pk=round_.pk, closed_at=None).update(closed_at=now):
        if round_.moment == SurveyMoment.AFTER:
            Survey.objects.filter(pk=round_.survey_id).update(salt="")
        answers = list(round_.answers.order_by("pk"))
        round_.answers.all().delete()
        SurveyAnswer.objects.bulk_create(answers)
        _log(EventKind.SURVEY_CLOSED, round_, by)


@transaction.atomic
def keep_answer(
    *,
    round_: SurveyRound,
    sheet: UUID,
    answers: Mapping[int, int],
    match: Sequence[str],
    today: date,
) -> Kept:
    """Keep one pupil's answers, by the place of each question; the same sheet again changes nothing.

    The number of the row is made of the sheet with the server's key: who has seen the page cannot point out the row.
    """
    locked = SurveyRound.objects.select_for_update(of=("self",)).select_related("survey").get(pk=round_.pk)
    number = UUID(bytes=_keyed(f"sheet:{sheet}")[:16], version=4)
    if SurveyAnswer.objects.filter(pk=number).exists():
        return Kept.KEPT
    if not locked.is_open(on=today):
        return Kept.CLOSED
    if locked.answers.count() >= locked.most:
        return Kept.FULL
    values: dict[str, Any] = {answer_field(place): answer for place, answer in answers.items()}
    SurveyAnswer.objects.create(pk=number, round=locked, match=match_code(locked.survey, match), **values)
    return Kept.KEPT


def match_code(survey: Survey, parts: Sequence[str]) -> str:
    """The keyed hash of the three things that a pupil chose; empty where none was chosen, or the salt is forgotten."""
    if not survey.salt or not all(parts) or not parts:
        return ""
    return _keyed(f"match:{survey.salt}:{':'.join(parts)}").hex()


def _keyed(text: str) -> bytes:
    secret = settings.PSEUDONYM_KEY or settings.SECRET_KEY
    return hmac.new(f"stins survey {secret}".encode(), text.encode(), hashlib.sha256).digest()


def _log(kind: EventKind, round_: SurveyRound, by: User) -> None:
    school = round_.survey.school
    about = {"class": str(round_.survey), "moment": round_.moment}
    log_event(kind=kind, actor=by, municipality=school.municipality, school=school, about=about)
