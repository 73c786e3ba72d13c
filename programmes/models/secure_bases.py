"""Trygg bas: the adults of a school, a class's list by number, who has whom, and the check round of each term."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.enums import AdultRole, Role, Word
from programmes.models.memberships import Membership
from programmes.models.schools import SchoolClass
from programmes.models.terms import Period

LARGEST_LIST = 60


class CheckRoundQuerySet(models.QuerySet):
    def latest_two(self, school):
        """A school's current round and the one before it, the current first."""
        return self.filter(school=school).order_by("-first_day")[:2]


class CheckRound(models.Model):
    """A school's check round (avstämning) of a term: opened, every link confirmed or made anew, and closed."""

    school = models.ForeignKey("programmes.School", on_delete=models.PROTECT, related_name="check_rounds")
    term = models.CharField(_("term"), max_length=6, validators=[RegexValidator(r"^[HV]T\d{4}$")])
    first_day = models.DateField(_("first day of the term"), editable=False)
    due_date = models.DateField(_("open until"), null=True, blank=True)
    opened_date = models.DateField(_("opened"))
    closed_date = models.DateField(_("closed"), null=True, blank=True)
    # What the adults carried on the day it was closed; empty while it is open, and where it was not counted then.
    load_adults = models.PositiveIntegerField(_("adults whom pupils turn to"), null=True, blank=True, editable=False)
    load_pairs = models.PositiveIntegerField(_("pupils, once for each adult"), null=True, blank=True, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = CheckRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("check round")
        verbose_name_plural = _("check rounds")
        constraints = [
            models.UniqueConstraint(fields=["school", "term"], name="check_round_once_a_term"),
            models.UniqueConstraint(
                fields=["school"], condition=Q(closed_date__isnull=True), name="one_open_check_round_a_school"
            ),
            models.CheckConstraint(
                condition=Q(closed_date__isnull=True) | Q(closed_date__gte=F("opened_date")),
                name="check_round_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(load_adults__isnull=True, load_pairs__isnull=True) | Q(load_pairs__gte=F("load_adults")),
                name="every_adult_carries_somebody",
            ),
        ]

    def __str__(self):
        return self.label

    def save(self, *args, **kwargs):
        self.first_day = self.period.first_day
        super().save(*args, **kwargs)

    @property
    def period(self):
        return Period.parse(self.term)

    @property
    def label(self):
        return self.period.label

    @property
    def is_open(self):
        return self.closed_date is None


class SchoolAdultQuerySet(models.QuerySet):
    def active(self, *, on):
        """Adults who work at the school on a day; one who has left counts for nobody."""
        return self.filter(Q(start_date__lte=on), Q(end_date__isnull=True) | Q(end_date__gte=on))


class SchoolAdult(models.Model):
    """An adult of a school whom pupils may turn to, by role and a name that may be an alias."""

    school = models.ForeignKey("programmes.School", on_delete=models.PROTECT, related_name="adults")
    role = models.CharField(_("role"), max_length=16, choices=AdultRole)
    name = models.CharField(
        _("name"),
        max_length=40,
        validators=[validate_no_personal_identity_number],
        help_text=_("First name and initial are enough. An alias, for whoever has protected identity."),
    )
    start_date = models.DateField(_("from"))
    end_date = models.DateField(_("last day"), null=True, blank=True)

    objects = SchoolAdultQuerySet.as_manager()

    class Meta:
        verbose_name = _("adult of the school")
        verbose_name_plural = _("adults of the school")
        constraints = [
            models.UniqueConstraint(
                "school", "role", Lower("name"), condition=Q(end_date__isnull=True), name="adult_once_at_a_school"
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="adult_leaves_after_the_first_day",
            ),
        ]

    def __str__(self):
        return capfirst(self.inline)

    @property
    def inline(self):
        """The adult as written inside a sentence: `lärare K.`"""
        return self.name if self.role == AdultRole.OTHER else f"{self.get_role_display()} {self.name}"

    def is_active(self, *, on):
        return self.start_date <= on and (self.end_date is None or self.end_date >= on)


class ListedPupilQuerySet(models.QuerySet):
    def visible_to(self, user, *, on):
        """The one gate to class lists: the class's own leaders and the school's coordinators, nobody else at all."""
        memberships = Membership.objects.of(user).active(on=on)
        return self.filter(
            Q(Exists(memberships.filter(role=Role.LEADER, classes=OuterRef("school_class"))))
            | Q(Exists(memberships.filter(role=Role.COORDINATOR, school=OuterRef("school_class__school"))))
        )


class ListedPupil(models.Model):
    """A pupil on a class's list: a number, a first name where that is safe, and what became of asking the pupil."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="listed_pupils")
    number = models.PositiveSmallIntegerField(
        _("number on the list"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST_LIST)]
    )
    short_name = models.CharField(
        _("short name"),
        max_length=12,
        blank=True,
        validators=[
            RegexValidator(r"^[^\W\d_]+(-[^\W\d_]+)?\.?$", _("One short name of letters only: never a surname.")),
            validate_no_personal_identity_number,
        ],
    )
    is_protected = models.BooleanField(_("protected identity"), default=False)
    asked_round = models.ForeignKey(
        CheckRound, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("last asked")
    )
    names_nobody = models.BooleanField(_("named nobody"), default=False)

    objects = ListedPupilQuerySet.as_manager()

    class Meta:
        verbose_name = _("pupil on a list")
        verbose_name_plural = _("pupils on a list")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["school_class", "number"], name="number_once_on_a_list"),
            models.CheckConstraint(condition=Q(number__range=(1, LARGEST_LIST)), name="number_on_a_list_in_range"),
            models.CheckConstraint(
                condition=Q(is_protected=False) | Q(short_name=""), name="protected_pupil_has_no_short_name"
            ),
            models.CheckConstraint(
                condition=Q(names_nobody=False) | Q(asked_round__isnull=False), name="nobody_named_only_when_asked"
            ),
        ]

    def __str__(self):
        return str(self.number)

    def clean(self):
        super().clean()
        if self.is_protected and self.short_name:
            raise ValidationError({"short_name": _("A pupil with protected identity is a number only.")})


class SecureBase(models.Model):
    """A pupil has an adult to turn to, by the pupil's own word or by the adults'; last confirmed in a round."""

    pupil = models.ForeignKey(ListedPupil, on_delete=models.CASCADE, related_name="secure_bases")
    adult = models.ForeignKey(SchoolAdult, on_delete=models.CASCADE, related_name="secure_bases")
    word = models.CharField(_("by whose word"), max_length=6, choices=Word)
    round = models.ForeignKey(CheckRound, on_delete=models.PROTECT, related_name="+", verbose_name=_("confirmed in"))

    class Meta:
        verbose_name = _("secure base")
        verbose_name_plural = _("secure bases")
        constraints = [models.UniqueConstraint(fields=["pupil", "adult", "word"], name="secure_base_once_by_each_word")]

    def __str__(self):
        return f"{self.pupil}: {self.adult}"


class ClassCheck(models.Model):
    """A class's figures on the day its round was closed: head-counts only, kept when the list itself is gone."""

    round = models.ForeignKey(CheckRound, on_delete=models.CASCADE, related_name="class_checks")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")
    pupils = models.PositiveSmallIntegerField(_("pupils on the list"))
    asked = models.PositiveSmallIntegerField(_("asked"))
    named = models.PositiveSmallIntegerField(_("named an adult"))
    named_nobody = models.PositiveSmallIntegerField(_("named nobody"))
    by_adults = models.PositiveSmallIntegerField(_("by the adults' word"))
    covered = models.PositiveSmallIntegerField(_("has a secure adult"))
    mismatches = models.PositiveSmallIntegerField(_("the words differ"))

    class Meta:
        verbose_name = _("figures of a closed round")
        verbose_name_plural = _("figures of closed rounds")
        constraints = [
            models.UniqueConstraint(fields=["round", "school_class"], name="class_once_in_a_closed_round"),
            models.CheckConstraint(
                condition=Q(
                    asked__lte=F("pupils"),
                    covered__lte=F("pupils"),
                    by_adults__lte=F("covered"),
                    mismatches__lte=F("asked"),
                    asked__gte=F("named") + F("named_nobody"),
                ),
                name="closed_figures_within_the_list",
            ),
        ]

    def __str__(self):
        return f"{self.school_class} {self.round}"
