"""What Ekbacka's pupils have answered: last year before and after, this autumn before, and a few classes today."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from programmes.actions.demo.outcomes import seeded
from programmes.actions.demo.scene import Scene
from programmes.actions.mentors import SIGNS
from programmes.actions.surveys import stored_questions
from programmes.enums import SurveyAudience, SurveyDevices, SurveyMoment
from programmes.models import (
    MenteeGroup,
    MentorCohort,
    Period,
    ProgrammeTarget,
    School,
    SchoolClass,
    Survey,
    SurveyAnswer,
    SurveyItem,
    SurveyQuestion,
    SurveyRound,
)
from programmes.models.surveys import STEPS, WILL_NOT_SAY, answer_field
from programmes.rules.surveys import survey_audience

SCHOOLS, ASKED, DAYS = 6, 0.75, 14
LIKING = {SurveyMoment.BEFORE: (2, 5, 8, 5), SurveyMoment.AFTER: (1, 3, 8, 8)}
FEW = 4  # answers of the class that is too small to be told of


def create_surveys(scene: Scene) -> None:
    """Most classes are asked in August; 5A has few answers, 2A is being asked, 4A is through."""
    questions: dict[SurveyAudience, list[SurveyQuestion]] = {}
    answers: list[SurveyAnswer] = []
    for school in School.objects.filter(municipality=scene.municipality).order_by("pk")[:SCHOOLS]:
        target = ProgrammeTarget.objects.for_school(school, code="taget")
        for group in _groups(scene, school):
            audience = survey_audience(group, target)
            random = seeded(scene.seed, f"{school.slug} {group.start_year} {group.name}", "survey")
            if audience is None or (random.random() > ASKED and school.slug != "almskolan"):
                continue
            if audience not in questions:
                questions[audience] = stored_questions(municipality=scene.municipality, audience=audience)
            answers += _asked(scene, group, audience, questions[audience], random)
    SurveyAnswer.objects.bulk_create(sorted(answers, key=lambda answer: answer.pk), batch_size=2000)


def _groups(scene: Scene, school: School) -> Iterator[SchoolClass | MentorCohort]:
    years = (scene.now.start_year - 1, scene.now.start_year) if scene.with_history else (scene.now.start_year,)
    for year in years:
        yield from SchoolClass.objects.filter(school=school, start_year=year).in_order()
        yield from MenteeGroup.objects.filter(school=school, start_year=year).in_order()
        yield from MentorCohort.objects.filter(school=school, start_year=year).order_by("name")


def _asked(
    scene: Scene,
    group: SchoolClass | MentorCohort,
    audience: SurveyAudience,
    questions: list[SurveyQuestion],
    random: Random,
) -> Iterator[SurveyAnswer]:
    opened = _days(scene, group)
    if not opened:
        return
    has_both = len(opened) == 2
    survey = Survey.objects.create(
        school=group.school,
        start_year=group.start_year,
        audience=audience,
        **({"cohort": group} if isinstance(group, MentorCohort) else {"school_class": group}),
        salt="" if has_both else f"{random.getrandbits(256):064x}",
        salt_until=Period.school_year(group.start_year).last_day,
    )
    SurveyItem.objects.bulk_create(
        SurveyItem(survey=survey, place=place, question=question) for place, question in enumerate(questions, start=1)
    )
    pupils = (group.mentors.filter(left="").count() if isinstance(group, MentorCohort) else group.enrolled) or 12
    codes = [f"{random.getrandbits(256):064x}" for _pupil in range(pupils)]
    for moment, day in opened.items():
        last_day = day + timedelta(days=DAYS)
        signs = "".join(random.choices(SIGNS, k=8))
        round_ = SurveyRound.objects.create(
            survey=survey,
            moment=moment,
            code=f"{signs[:4]}-{signs[4:]}",
            pupils=pupils,
            devices=SurveyDevices.SHARED if audience == SurveyAudience.YOUNGER else SurveyDevices.OWN,
            opened_date=day,
            last_day=last_day,
            closed_at=datetime.combine(last_day, time(14), tzinfo=UTC) if last_day < scene.today else None,
        )
        for code in codes[: _number(scene, group, pupils, random, is_open=round_.closed_at is None)]:
            yield _answer(round_, questions, random, moment, code if random.random() < 0.9 else "")


def _number(scene: Scene, group: SchoolClass | MentorCohort, pupils: int, random: Random, *, is_open: bool) -> int:
    """How many have answered: nearly all, some of a class that is being asked, and few of 5A."""
    if scene.now.start_year == group.start_year and group.school.slug == "almskolan" and group.name == "5A":
        return FEW
    return round(pupils * (random.uniform(0.3, 0.5) if is_open else random.uniform(0.85, 1)))


def _answer(
    round_: SurveyRound, questions: list[SurveyQuestion], random: Random, moment: SurveyMoment, code: str
) -> SurveyAnswer:
    values: dict[str, Any] = {
        answer_field(place): random.choices((WILL_NOT_SAY, *STEPS), weights=(0.5, *LIKING[moment]))[0]
        for place, _question in enumerate(questions, start=1)
    }
    return SurveyAnswer(pk=UUID(int=random.getrandbits(128), version=4), round=round_, match=code, **values)


def _days(scene: Scene, group: SchoolClass | MentorCohort) -> dict[SurveyMoment, date]:
    """When a group is asked: in August and May; this year 4A is through in November, and 2A has not been asked yet."""
    year, is_almskolan = group.start_year, group.school.slug == "almskolan"
    days = {SurveyMoment.BEFORE: date(year, 8, 24)}
    if year < scene.now.start_year:
        days[SurveyMoment.AFTER] = date(year + 1, 5, 11)
    elif is_almskolan and group.name == "4A":
        days[SurveyMoment.AFTER] = scene.today - timedelta(days=DAYS + 2)
    elif is_almskolan and group.name == "2A":
        days = {SurveyMoment.BEFORE: scene.today - timedelta(days=3)}
    return {moment: day for moment, day in days.items() if day <= scene.today}
