"""Classes that have answered the anonymous questions, without a browser and without a person who asks."""

from datetime import UTC, date, datetime

from programmes.actions.surveys import stored_questions
from programmes.enums import SurveyAudience
from programmes.models import MentorCohort, Survey, SurveyAnswer, SurveyItem, SurveyRound


def answered(group, answers, moment="before", *, matches=(), audience=SurveyAudience.YOUNGER, opened=date(2026, 8, 24)):
    """A closed round in which the first statement was answered so, and every other one completely agreed with."""
    about = {"cohort": group} if isinstance(group, MentorCohort) else {"school_class": group}
    survey, is_new = Survey.objects.get_or_create(
        **about,
        defaults={"school": group.school, "start_year": group.start_year, "audience": audience, "salt": "s" * 64},
    )
    if is_new:
        questions = stored_questions(municipality=group.school.municipality, audience=audience)
        SurveyItem.objects.bulk_create(
            SurveyItem(survey=survey, place=place, question=question) for place, question in enumerate(questions, 1)
        )
    number = SurveyRound.objects.count()
    round_ = SurveyRound.objects.create(
        survey=survey,
        moment=moment,
        code=f"AAAA-{number:04d}",
        pupils=25,
        opened_date=opened,
        last_day=date(2026, 12, 1),
        closed_at=datetime(2026, 9, 7, tzinfo=UTC),
    )
    codes = [*matches, *[""] * len(answers)]
    others = {f"answer_{place}": 4 for place in range(2, survey.items.count() + 1)}
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(round=round_, match=match, answer_1=answer, **others)
        for answer, match in zip(answers, codes, strict=False)
    )
    return round_
