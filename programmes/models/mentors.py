"""MVP cohorts, in their simplest form: where, when, and the code of the mentors' door."""

import hmac

from django.contrib.auth.models import AnonymousUser, Group
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cms.enums import ReaderGroup
from programmes.enums import Role
from programmes.models.memberships import Membership
from programmes.models.schools import School
from programmes.models.terms import start_year_of

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
