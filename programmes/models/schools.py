"""Where: schools, their programmes over time, and their classes of each school year."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from curriculum.enums import HIGHEST_GRADE, grade_label
from programmes.enums import Role
from programmes.models.memberships import SEES_THE_MUNICIPALITY, Membership
from programmes.models.municipalities import Area, Municipality

_SWEDISH_ORDER = str.maketrans({"å": "\x7b", "ä": "\x7c", "ö": "\x7d", "é": "e", "ü": "u"})


def name_key(name: str) -> str:
    """A name as it is compared: `3 b` and `3B` are the same class."""
    return re.sub(r"[\s.\-–]+", "", name).casefold()


def sort_key(name: str) -> str:
    """A name as it is sorted: numbers by size, å ä ö after z, the same on every database."""
    padded = re.sub(r"\d+", lambda match: match[0].zfill(4), name.casefold())
    return padded.translate(_SWEDISH_ORDER)


class SchoolQuerySet(models.QuerySet):
    def visible_to(self, user, *, on):
        """The one gate to schools: the centre sees its municipality, others the schools they belong to."""
        memberships = Membership.objects.of(user).active(on=on)
        return self.filter(
            Q(Exists(memberships.filter(school=OuterRef("pk"))))
            | Q(Exists(memberships.filter(role__in=SEES_THE_MUNICIPALITY, municipality=OuterRef("municipality"))))
        )

    def in_order(self):
        return self.order_by("sort_key", "pk")


class School(models.Model):
    """A school is known by its unit code; one that merges or splits gets a new code and a new row."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="schools", verbose_name=_("municipality")
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="schools", verbose_name=_("area")
    )
    name = models.CharField(_("name"), max_length=80, validators=[validate_no_personal_identity_number])
    slug = models.SlugField(_("address"), max_length=60)
    unit_code = models.CharField(
        _("school unit code"),
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[1-9]\d{7}$", _("A school unit code is eight digits."))],
    )
    lowest_grade = models.PositiveSmallIntegerField(_("lowest grade"), null=True, blank=True, editable=False)
    highest_grade = models.PositiveSmallIntegerField(_("highest grade"), null=True, blank=True, editable=False)
    closed_date = models.DateField(
        _("last day of the school"),
        null=True,
        blank=True,
        help_text=_("The last day of a school that is no more; its years stay."),
    )
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="school_slug_in_municipality"),
            models.CheckConstraint(
                condition=Q(lowest_grade__isnull=True, highest_grade__isnull=True)
                | Q(lowest_grade__lte=models.F("highest_grade"), highest_grade__lte=HIGHEST_GRADE),
                name="school_grades_in_order",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self):
        """Bulk writes call this themselves: `save` is not asked then."""
        self.sort_key = sort_key(self.name)

    def clean(self):
        super().clean()
        if self.area_id and self.municipality_id and self.area.municipality_id != self.municipality_id:
            raise ValidationError({"area": _("The area belongs to another municipality.")})


class SchoolClassQuerySet(models.QuerySet):
    def visible_to(self, user, *, on):
        """The one gate to classes: a leader sees the own ones, a coordinator the school's, the centre all."""
        memberships = Membership.objects.of(user).active(on=on)
        return self.filter(
            Q(Exists(memberships.filter(role=Role.LEADER, classes=OuterRef("pk"))))
            | Q(Exists(memberships.filter(role=Role.COORDINATOR, school=OuterRef("school"))))
            | Q(
                Exists(
                    memberships.filter(role__in=SEES_THE_MUNICIPALITY, municipality=OuterRef("school__municipality"))
                )
            )
        )

    def reportable_by(self, user, *, on):
        """Those that a person reports for: a coordinator for the whole school, a leader for the own classes."""
        memberships = Membership.objects.of(user).active(on=on)
        return self.filter(
            Q(Exists(memberships.filter(role=Role.LEADER, classes=OuterRef("pk"))))
            | Q(Exists(memberships.filter(role=Role.COORDINATOR, school=OuterRef("school"))))
        )

    def in_order(self):
        return self.order_by("school__sort_key", "school_id", "sort_key", "pk")


class SchoolClassManager(models.Manager.from_queryset(SchoolClassQuerySet)):
    """Ordinary classes: mentee groups, which stand in the same table, are reached through MenteeGroup."""

    def get_queryset(self):
        return super().get_queryset().filter(cohort__isnull=True)


class SchoolClass(models.Model):
    """A class belongs to a school and a school year; next year's 3B is another class."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="classes", verbose_name=_("school"))
    start_year = models.PositiveSmallIntegerField(
        _("school year starts in"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    name = models.CharField(_("name"), max_length=40, validators=[validate_no_personal_identity_number])
    lowest_grade = models.PositiveSmallIntegerField(_("lowest grade"), validators=[MaxValueValidator(HIGHEST_GRADE)])
    highest_grade = models.PositiveSmallIntegerField(_("highest grade"), validators=[MaxValueValidator(HIGHEST_GRADE)])
    enrolled = models.PositiveSmallIntegerField(
        _("enrolled pupils"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(60)],
        help_text=_("A head-count, never names. Empty when not known."),
    )
    start_date = models.DateField(_("exists from"), null=True, blank=True)
    end_date = models.DateField(_("ended"), null=True, blank=True, help_text=_("Its last day, when it ends early."))
    follows = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="followed_by", verbose_name=_("was last year")
    )
    cohort = models.ForeignKey(
        "programmes.MentorCohort", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    home_class = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    room = models.CharField(
        _("room"), max_length=60, blank=True, editable=False, validators=[validate_no_personal_identity_number]
    )
    name_key = models.CharField(max_length=40, editable=False)
    sort_key = models.CharField(max_length=200, editable=False)

    objects = SchoolClassManager()

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "start_year", "name_key"],
                condition=Q(cohort__isnull=True),
                name="class_once_per_school_and_year",
            ),
            models.UniqueConstraint(
                fields=["cohort", "name_key"], condition=Q(cohort__isnull=False), name="mentee_group_once_per_cohort"
            ),
            models.CheckConstraint(
                condition=Q(home_class__isnull=True) | Q(cohort__isnull=False), name="only_groups_have_a_home_class"
            ),
            models.CheckConstraint(
                condition=Q(lowest_grade__lte=models.F("highest_grade"), highest_grade__lte=HIGHEST_GRADE),
                name="class_grades_in_order",
            ),
        ]
        indexes = [models.Index(fields=["start_year", "school"], name="class_by_year_and_school")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        twins = SchoolClass.objects.filter(
            school=self.school_id, start_year=self.start_year, name_key=name_key(self.name)
        ).exclude(pk=self.pk)
        if twins.exists():
            raise ValidationError({"name": _("The school already has a class of this name that school year.")})

    def set_keys(self):
        """Bulk writes call this themselves: `save` is not asked then."""
        self.name = " ".join(self.name.split())
        self.name_key = name_key(self.name)
        self.sort_key = f"{self.lowest_grade:02d} {sort_key(self.name)}"

    def suits(self, session):
        """Whether some of the class's grades are among those that a session is meant for."""
        return self.lowest_grade <= session.highest_grade and self.highest_grade >= session.lowest_grade

    @property
    def grades(self):
        """The grade, or the span of a mixed class, as it is called that school year."""
        lowest, highest = (
            grade_label(index, start_year=self.start_year, renumbered_from=settings.GRADE_RENUMBERING_START_YEAR)
            for index in (self.lowest_grade, self.highest_grade)
        )
        return lowest if lowest == highest else f"{lowest}–{highest}"
