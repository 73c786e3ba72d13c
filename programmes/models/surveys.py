"""What pupils are asked before and after a programme, and what they answered: nobody knows who."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.enums import SurveyAudience, SurveyDevices, SurveyMoment
from programmes.models.mentors import MentorCohort
from programmes.models.municipalities import Municipality
from programmes.models.schools import School, SchoolClass

STEPS = (1, 2, 3, 4)  # of the scale, from not at all to completely
WILL_NOT_SAY = 0
PLACES = range(1, 9)
MARGIN = 2  # a pupil who is new, or a tap too many


def answer_field(place: int) -> str:
    """The field that holds the answer to the question in a place."""
    return f"answer_{place}"


class SurveyQuestionQuerySet(models.QuerySet):
    def asked_now(self, municipality, audience):
        """The municipality's own set for an audience; empty until it has asked or changed something."""
        return self.filter(municipality=municipality, audience=audience, is_current=True).order_by("place", "pk")


class SurveyQuestion(models.Model):
    """One wording of a statement. Once a class is asked it, it never changes: a new wording is a new version."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(_("for"), max_length=12, choices=SurveyAudience)
    code = models.SlugField(_("code"), max_length=20)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    place = models.PositiveSmallIntegerField(_("place"), validators=[MinValueValidator(1), MaxValueValidator(99)])
    text_sv = models.CharField(_("in Swedish"), max_length=140, validators=[validate_no_personal_identity_number])
    text_en = models.CharField(
        _("in English"), max_length=140, blank=True, validators=[validate_no_personal_identity_number]
    )
    text_ar = models.CharField(
        _("in Arabic"), max_length=140, blank=True, validators=[validate_no_personal_identity_number]
    )
    is_current = models.BooleanField(_("is asked"), default=True)

    objects = SurveyQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to pupils")
        verbose_name_plural = _("questions to pupils")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "audience", "code", "version"], name="survey_question_once_per_version"
            ),
            models.UniqueConstraint(
                fields=["municipality", "audience", "code"],
                condition=Q(is_current=True),
                name="survey_question_asked_in_one_version",
            ),
        ]

    def __str__(self):
        return self.text_sv

    def text_in(self, language):
        """The statement in a language, or in Swedish where it has not been translated."""
        return getattr(self, f"text_{language}", "") or self.text_sv


class Survey(models.Model):
    """A class's (or a mentor cohort's) questions of a school year: the same ones before and after.

    `salt` goes into every match code and is forgotten when the round after has closed: from then on nobody, the server
    included, can try codes against what is kept.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    start_year = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=12, choices=SurveyAudience)
    school_class = models.OneToOneField(
        SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="survey"
    )
    cohort = models.OneToOneField(MentorCohort, on_delete=models.PROTECT, null=True, blank=True, related_name="survey")
    questions = models.ManyToManyField(SurveyQuestion, through="SurveyItem", related_name="+")
    salt = models.CharField(max_length=64, blank=True, editable=False)
    salt_until = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("questions to a class")
        verbose_name_plural = _("questions to classes")
        constraints = [
            models.CheckConstraint(
                condition=Q(school_class__isnull=True, cohort__isnull=False)
                | Q(school_class__isnull=False, cohort__isnull=True),
                name="survey_is_for_one_group",
            )
        ]

    def __str__(self):
        return str(self.group)

    @property
    def group(self):
        return self.school_class or self.cohort


class SurveyItem(models.Model):
    """A question and its place on a class's page, which is also where its answers stand."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    question = models.ForeignKey(SurveyQuestion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "place"], name="survey_item_once_per_place"),
            models.UniqueConstraint(fields=["survey", "question"], name="survey_item_once_per_question"),
            models.CheckConstraint(condition=Q(place__range=(1, 8)), name="survey_item_has_one_of_eight_places"),
        ]

    def __str__(self):
        return f"{self.place}. {self.question}"


class SurveyRoundQuerySet(models.QuerySet):
    def open(self, *, on):
        """Those that take answers on a day."""
        return self.filter(closed_at=None, last_day__gte=on)

    def closed(self, *, on):
        """Those that take no more answers."""
        return self.exclude(closed_at=None, last_day__gte=on)

    def with_groups(self):
        return self.select_related(
            "survey__school__municipality__site", "survey__school_class", "survey__cohort"
        ).prefetch_related("survey__items__question")


class SurveyRound(models.Model):
    """The asking of a class before, or after: who has the code answers, until the last day."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="rounds")
    moment = models.CharField(_("when"), max_length=6, choices=SurveyMoment)
    code = models.CharField(
        _("code"), max_length=9, unique=True, validators=[RegexValidator(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$")]
    )
    pupils = models.PositiveSmallIntegerField(_("pupils"), validators=[MinValueValidator(1), MaxValueValidator(99)])
    devices = models.CharField(_("answers on"), max_length=6, choices=SurveyDevices, default=SurveyDevices.OWN)
    opened_date = models.DateField(_("opened"))
    last_day = models.DateField(_("last day"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = SurveyRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of questions to pupils")
        verbose_name_plural = _("rounds of questions to pupils")
        constraints = [models.UniqueConstraint(fields=["survey", "moment"], name="survey_round_once_per_moment")]

    def __str__(self):
        return self.code

    def is_open(self, *, on):
        return self.closed_at is None and self.last_day >= on

    @property
    def most(self):
        """How many answers are taken."""
        return self.pupils + MARGIN


class SurveyAnswer(models.Model):
    """One pupil's answers: no name, no device, no time; the number is drawn, so that the order says nothing.

    `match` is a keyed hash of a code that the pupil makes, so that before and after can be laid side by side. An answer
    is a step of the scale, 0 for who does not want to say, and empty in a place that has no question.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(SurveyRound, on_delete=models.CASCADE, related_name="answers")
    match = models.CharField(max_length=64, blank=True, editable=False)
    answer_1 = models.PositiveSmallIntegerField(null=True)
    answer_2 = models.PositiveSmallIntegerField(null=True)
    answer_3 = models.PositiveSmallIntegerField(null=True)
    answer_4 = models.PositiveSmallIntegerField(null=True)
    answer_5 = models.PositiveSmallIntegerField(null=True)
    answer_6 = models.PositiveSmallIntegerField(null=True)
    answer_7 = models.PositiveSmallIntegerField(null=True)
    answer_8 = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("a pupil's answers")
        verbose_name_plural = _("pupils' answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"answer_{place}__isnull": True}) | Q(**{f"answer_{place}__lte": 4}),
                name=f"survey_answer_{place}_is_on_the_scale",
            )
            for place in range(1, 9)
        ]

    def __str__(self):
        return str(self.pk)
