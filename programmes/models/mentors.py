"""MVP: the mentors of a school year, the groups that they teach, their supervision, and the code of their door."""

import hmac

from django.contrib.auth.models import AnonymousUser, Group
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from cms.enums import ReaderGroup
from curriculum.models import Programme
from programmes.enums import MentorLeft, MentorStep, Role
from programmes.models.memberships import Membership
from programmes.models.schools import School, SchoolClass, SchoolClassQuerySet
from programmes.models.terms import start_year_of

PROGRAMME = "mvp"
DOOR = "mentor_door"  # in the session: the cohort, the code that it was opened with, and what this phone marked as held
SEES_COHORTS = (Role.COORDINATOR, Role.SUPERVISOR)
SEES_ALL_COHORTS = (Role.CENTRE_YOUNGER, Role.CENTRE_OLDER, Role.ADMINISTRATOR)


class MentorCohortQuerySet(models.QuerySet):
    def visible_to(self, user, *, on):
        """The one gate to cohorts: the school's coordinator and supervisors see its own, the centre all."""
        memberships = Membership.objects.of(user).active(on=on)
        municipality = OuterRef("school__municipality")
        return self.filter(
            Q(Exists(memberships.filter(role__in=SEES_COHORTS, school=OuterRef("school"))))
            | Q(Exists(memberships.filter(role__in=SEES_ALL_COHORTS, municipality=municipality)))
        )

    def with_open_door(self, *, on):
        """Cohorts whose code opens on a day: not closed by a person, and the school year is not over."""
        return self.filter(door_closed_at__isnull=True, start_year__gte=start_year_of(on))

    def with_readers(self):
        """Each with `readers`, the number of the group that its visitors read as."""
        group = Group.objects.filter(name=ReaderGroup.MENTORS)
        return self.annotate(readers=Subquery(group.values("pk")[:1]))


class MentorCohort(models.Model):
    """The mentors of a school in a school year; their code opens mentor material and nothing else."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("school"))
    start_year = models.PositiveSmallIntegerField(
        _("school year starts in"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    name = models.CharField(_("name"), max_length=60)
    door_code = models.CharField(
        _("door code"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", _("Four signs, a hyphen and four signs."))],
    )
    applied = models.PositiveSmallIntegerField(
        _("pupils who applied"), null=True, blank=True, help_text=_("A head-count. Who was not chosen is not kept.")
    )
    room = models.CharField(_("room"), max_length=60, blank=True, validators=[validate_no_personal_identity_number])
    version = models.PositiveIntegerField(default=1, editable=False)
    door_closed_at = models.DateTimeField(
        _("door closed"), null=True, blank=True, help_text=_("Empty while the code opens.")
    )

    objects = MentorCohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("mentor cohort")
        verbose_name_plural = _("mentor cohorts")
        constraints = [
            models.UniqueConstraint(fields=["school", "start_year", "name"], name="cohort_once_per_school_and_year")
        ]

    def __str__(self):
        return self.name

    @property
    def door_key(self):
        """What the QR link carries beside the code: it cannot be guessed, and dies with the code."""
        return salted_hmac("programmes.mentor_door", f"{self.pk}:{self.door_code}").hexdigest()[:20]

    def has_door_key(self, key):
        return hmac.compare_digest(self.door_key.encode(), key.encode())


class MenteeGroupQuerySet(SchoolClassQuerySet):
    def visible_to(self, user, *, on):
        """The one gate to groups: who sees the cohort, and the coordinator of the school that the pupils come from."""
        memberships = Membership.objects.of(user).active(on=on)
        municipality = OuterRef("school__municipality")
        return self.filter(
            Q(Exists(memberships.filter(role__in=SEES_COHORTS, school=OuterRef("school"))))
            | Q(Exists(memberships.filter(role=Role.COORDINATOR, school=OuterRef("home_class__school"))))
            | Q(Exists(memberships.filter(role__in=SEES_ALL_COHORTS, municipality=municipality)))
        )


class MenteeGroupManager(models.Manager.from_queryset(MenteeGroupQuerySet)):
    """The rows of classes that belong to a cohort."""

    def get_queryset(self):
        return super().get_queryset().filter(cohort__isnull=False)


class MenteeGroup(SchoolClass):
    """A class of year 6, or half of it, that a cohort teaches: a class of its own, planned for eleven sessions."""

    objects = MenteeGroupManager()

    class Meta:
        proxy = True
        verbose_name = _("mentee group")
        verbose_name_plural = _("mentee groups")


def taught_in(programme: Programme):
    """Whom the sessions of a programme are for: mentee groups in the mentors' programme, classes in the others."""
    return MenteeGroup.objects.all() if programme.code == PROGRAMME else SchoolClass.objects.all()


class Mentor(models.Model):
    """A pupil in year 9 who teaches one mentee group, known by an alias or initials and nothing else."""

    cohort = models.ForeignKey(MentorCohort, on_delete=models.CASCADE, related_name="mentors")
    alias = models.CharField(_("alias"), max_length=20, validators=[validate_no_personal_identity_number])
    group = models.ForeignKey(
        SchoolClass, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("mentee group")
    )
    pair = models.PositiveSmallIntegerField(
        _("pair"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    step = models.PositiveSmallIntegerField(_("step"), choices=MentorStep, default=MentorStep.CHOSEN)
    chosen_date = models.DateField(_("chosen on"), null=True, blank=True)
    trained_date = models.DateField(_("trained on"), null=True, blank=True)
    active_date = models.DateField(_("active from"), null=True, blank=True)
    left = models.CharField(_("left because of"), max_length=12, choices=MentorLeft, blank=True)
    left_date = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        verbose_name = _("mentor")
        verbose_name_plural = _("mentors")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "alias"], name="mentor_once_per_cohort"),
            models.CheckConstraint(
                condition=Q(left_date__isnull=True) | ~Q(left=""), name="mentor_who_left_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(pair__isnull=True) | Q(pair__range=(1, 9)), name="mentor_pair_from_1_to_9"
            ),
        ]

    def __str__(self):
        return self.alias


class Supervision(models.Model):
    """The mentors meet their supervisor: planned for a day, and held when its minutes are written down."""

    cohort = models.ForeignKey(MentorCohort, on_delete=models.CASCADE, related_name="supervisions")
    date = models.DateField(_("date"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    present = models.ManyToManyField(Mentor, blank=True, related_name="+", verbose_name=_("mentors present"))
    # The figures stay when the mentors' aliases are deleted.
    present_count = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    invited = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("supervision")
        verbose_name_plural = _("supervisions")
        constraints = [models.UniqueConstraint(fields=["cohort", "date"], name="supervision_once_a_day")]

    def __str__(self):
        return f"{self.cohort} {self.date}"

    @property
    def is_held(self):
        return self.minutes is not None


class OneGroup:
    """What page privacy asks a person for, with exactly one group in it."""

    def __init__(self, group):
        self._groups = [group]

    def all(self):
        return self._groups


class MentorVisitor(AnonymousUser):
    """Whoever came in by a cohort's code: no account and no name, a reader of what mentors read."""

    is_mentor = True

    def __init__(self, cohort):
        super().__init__()
        self.cohort = cohort
        self._groups = OneGroup(Group(pk=cohort.readers, name=ReaderGroup.MENTORS))

    @property
    def home_url(self):
        return reverse("programmes:mentor_page")

    @property
    def leave_url(self):
        return reverse("programmes:mentor_leave")
