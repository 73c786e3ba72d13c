"""Where: a municipality on a site of its own, what it has decided for each programme, and its areas."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from accounts.rules import validate_no_personal_identity_number
from curriculum.enums import HIGHEST_GRADE
from curriculum.models import Programme
from programmes.enums import Weekday

DEFAULT_SESSIONS = 8
# Where the municipality has not decided. In MVP each of the eleven sessions builds on the one before.
SESSIONS_PER_YEAR = {"mvp": 11}
# Small numbers: the largest count that is hidden, and the fewest persons that are told of at all. Nobody goes below.
INTERNAL_THRESHOLD, OPEN_THRESHOLD, SMALLEST_GROUP, LEAST_SCHOOLS = 4, 9, 10, 3
LARGEST_THRESHOLD, LARGEST_SMALLEST_GROUP = 49, 100


class Municipality(models.Model):
    """A municipality stands on a site of its own: its host decides pages, logo and whose schools are shown."""

    site = models.OneToOneField(Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=80, unique=True)
    code = models.CharField(
        _("municipality code"),
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^\d{4}$", _("A municipality code is four digits."))],
    )
    parent_meetings_to_complete = models.PositiveSmallIntegerField(
        _("meetings that complete a parent group"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(4)],
        help_text=_("How many of the four meetings of an ABC group a parent must have been at."),
    )
    digest_weekday = models.PositiveSmallIntegerField(
        _("weekday of the weekly digest"),
        choices=Weekday,
        null=True,
        blank=True,
        default=Weekday.MONDAY,
        help_text=_("What is due goes to each person by e-mail once a week. Empty: no such letters."),
    )
    digest_hour = models.PositiveSmallIntegerField(
        _("hour of the weekly digest"),
        default=7,
        validators=[MaxValueValidator(23)],
        help_text=_("From this hour, in whole hours."),
    )
    internal_threshold = models.PositiveSmallIntegerField(
        _("hidden within the municipality: up to and including"),
        default=INTERNAL_THRESHOLD,
        validators=[MinValueValidator(INTERNAL_THRESHOLD), MaxValueValidator(LARGEST_THRESHOLD)],
        help_text=_(
            "On screens and in the files of the municipality's own. A number of so many persons shows as “..”."
        ),
    )
    open_threshold = models.PositiveSmallIntegerField(
        _("hidden in what leaves the municipality: up to and including"),
        default=OPEN_THRESHOLD,
        validators=[MinValueValidator(INTERNAL_THRESHOLD), MaxValueValidator(LARGEST_THRESHOLD)],
        help_text=_("In evaluation packages. Never lower than within the municipality."),
    )
    smallest_group = models.PositiveSmallIntegerField(
        _("smallest group that is told of"),
        default=SMALLEST_GROUP,
        validators=[MinValueValidator(SMALLEST_GROUP), MaxValueValidator(LARGEST_SMALLEST_GROUP)],
        help_text=_("Of a group with fewer persons than this, only a nought is shown."),
    )

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent_meetings_to_complete__gte=1, parent_meetings_to_complete__lte=4),
                name="parent_group_completed_by_one_to_four",
            ),
            models.CheckConstraint(
                condition=Q(digest_hour__lte=23) & (Q(digest_weekday__isnull=True) | Q(digest_weekday__range=(0, 6))),
                name="digest_has_a_time_of_the_week",
            ),
            models.CheckConstraint(
                condition=Q(
                    internal_threshold__range=(INTERNAL_THRESHOLD, LARGEST_THRESHOLD),
                    open_threshold__range=(INTERNAL_THRESHOLD, LARGEST_THRESHOLD),
                    smallest_group__range=(SMALLEST_GROUP, LARGEST_SMALLEST_GROUP),
                ),
                name="small_numbers_within_bounds",
            ),
            models.CheckConstraint(
                condition=Q(open_threshold__gte=models.F("internal_threshold")),
                name="open_threshold_not_below_internal",
                violation_error_message=_("More may not be shown outside the municipality than within it."),
            ),
        ]

    def __str__(self):
        return self.name


class ProgrammeTargetQuerySet(models.QuerySet):
    def for_school(self, school, *, code):
        """What the school's municipality has decided for a programme; the catalogue's own grades until it has."""
        found = self.filter(municipality=school.municipality_id, programme__code=code).first()
        if found:
            return found
        programme = Programme.objects.filter(code=code).first()
        lowest, highest = (programme.lowest_grade, programme.highest_grade) if programme else (0, HIGHEST_GRADE)
        return ProgrammeTarget(
            programme=programme,
            lowest_grade=lowest,
            highest_grade=highest,
            sessions_per_year=SESSIONS_PER_YEAR.get(code, DEFAULT_SESSIONS),
        )


class ProgrammeTarget(models.Model):
    """What a municipality has decided for a programme: whom it is for and how many sessions a year."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="targets")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+", verbose_name=_("programme"))
    lowest_grade = models.PositiveSmallIntegerField(_("lowest grade"), validators=[MaxValueValidator(HIGHEST_GRADE)])
    highest_grade = models.PositiveSmallIntegerField(_("highest grade"), validators=[MaxValueValidator(HIGHEST_GRADE)])
    sessions_per_year = models.PositiveSmallIntegerField(
        _("pupil sessions a school year"),
        default=DEFAULT_SESSIONS,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    staff_sessions_per_year = models.PositiveSmallIntegerField(
        _("staff sessions a school year"), default=8, validators=[MaxValueValidator(60)]
    )
    workplace_meetings_per_year = models.PositiveSmallIntegerField(
        _("APT on gender equality a school year"), default=4, validators=[MaxValueValidator(60)]
    )

    objects = ProgrammeTargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme target")
        verbose_name_plural = _("programme targets")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "programme"], name="target_once_per_programme"),
            models.CheckConstraint(
                condition=Q(lowest_grade__lte=models.F("highest_grade"), highest_grade__lte=HIGHEST_GRADE),
                name="target_grades_in_order",
                violation_error_message=_("The highest grade comes before the lowest."),
            ),
        ]

    def __str__(self):
        return f"{self.municipality}: {self.programme}"

    def is_for(self, school_class):
        """Whether a class has some of its grades among those that the programme is for."""
        return school_class.lowest_grade <= self.highest_grade and school_class.highest_grade >= self.lowest_grade


class Area(models.Model):
    """A part of a municipality, as its reports are divided."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="areas")
    name = models.CharField(_("name"), max_length=60, validators=[validate_no_personal_identity_number])

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="area_once_per_municipality")]

    def __str__(self):
        return self.name
