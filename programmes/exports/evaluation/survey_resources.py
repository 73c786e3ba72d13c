"""The tables about the anonymous questions to pupils, with the words of the codebook."""

from django.utils.translation import gettext_lazy as _

from programmes.enums import SurveyAudience, SurveyMoment
from programmes.exports.evaluation.schema import CONTEXT, DOSE, IDENTITY, REACH, RESPONSE, Field, Resource
from programmes.exports.evaluation.shared import SCHOOL_ID, TO_CLASS, TO_SCHOOL, WEEK, codes_of

ROUND_ID = Field("survey_round_id", "string", _("Pseudonym of the asking of a class, before or after."), IDENTITY)
QUESTION_ID = Field(
    "question_id", "string", _("The set, the code and the version of a statement: another wording is another one.")
)
AUDIENCE = Field("audience", "string", _("Whom the set of questions is written for."), codes=codes_of(SurveyAudience))

SURVEY_QUESTIONS = Resource(
    "survey_questions",
    _("A statement that pupils have been asked this year, in one wording. To agree is what the programme works for."),
    [
        QUESTION_ID,
        AUDIENCE,
        Field("code", "string", _("Code of the statement, the same in every version.")),
        Field("version", "integer", _("Version of the wording.")),
        Field("text_sv", "string", _("The statement in Swedish.")),
        Field("text_en", "string", _("The statement in English; empty when it has not been translated.")),
    ],
    ["question_id"],
)
SURVEY_ROUNDS = Resource(
    "survey_rounds",
    _("The asking of a class, a mentee group or the mentors, before or after; also where answers are withheld."),
    [
        ROUND_ID,
        SCHOOL_ID,
        Field("class_id", "string", _("Pseudonym of the class or mentee group; empty for mentors."), IDENTITY),
        Field("cohort_id", "string", _("Pseudonym of the mentors' cohort; empty for classes."), IDENTITY),
        AUDIENCE,
        Field("moment", "string", _("Before the programme's sessions, or after them."), codes=codes_of(SurveyMoment)),
        Field("week", "string", _("Week that the round was opened."), DOSE, unit=WEEK),
        Field("pupils", "integer", _("Pupils of the group when the round was opened."), REACH, unit="pupils"),
        Field("answered", "integer", _("How many have answered; hidden where few."), REACH, unit="pupils"),
        Field("is_withheld", "boolean", _("Whether the answers are withheld, since few have answered."), CONTEXT),
        Field("matched", "integer", _("Pairs before and after; hidden where few."), REACH, unit="pupils"),
    ],
    ["survey_round_id"],
    {"school_id": TO_SCHOOL, "class_id": TO_CLASS, "cohort_id": ("mentor_cohorts", "cohort_id")},
)
SURVEY_ANSWERS = Resource(
    "survey_answers",
    _("One pupil's answer to one statement; withheld for groups of which few have answered."),
    [
        ROUND_ID,
        Field("respondent_id", "string", _("Pseudonym of a sheet of answers, one for each round."), IDENTITY),
        Field(
            "match_id",
            "string",
            _("The same before and after for one pupil, by a code that the pupil made; empty without a pair."),
            IDENTITY,
        ),
        QUESTION_ID,
        Field(
            "value",
            "integer",
            _(
                "From 1 (not at all) to 4 (completely); empty for who did not want to say, hidden where nearly"
                " everybody in the group disagrees."
            ),
            RESPONSE,
            unit="step of 4",
        ),
    ],
    ["respondent_id", "question_id"],
    {
        "survey_round_id": ("survey_rounds", "survey_round_id"),
        "question_id": ("survey_questions", "question_id"),
    },
)
