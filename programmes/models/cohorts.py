"""MVP through the year: training and gatherings, how groups' sessions are arranged, the mentors' own log."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from curriculum.models import Session
from programmes.enums import LogFeeling, LogReach, LogTalk, MentorMeetingKind, Organisation
from programmes.models.mentors import Mentor, MentorCohort
from programmes.models.schools import School, SchoolClass
from programmes.models.sessions import PlannedSession


class MentorMeeting(models.Model):
    """A training or a gathering of a cohort's mentors: when, where, how many, and who else came."""

    cohort = models.ForeignKey(MentorCohort, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(_("what"), max_length=12, choices=MentorMeetingKind, default=MentorMeetingKind.TRAINING)
    date = models.DateField(_("date"))
    place = models.CharField(_("place"), max_length=80, blank=True, validators=[validate_no_personal_identity_number])
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(3000)]
    )
    present = models.ManyToManyField(Mentor, blank=True, related_name="+", verbose_name=_("mentors present"))
    schools = models.ManyToManyField(School, blank=True, related_name="+", verbose_name=_("other schools"))
    # The figures stay when the mentors' aliases are deleted.
    present_count = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    invited = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("training or gathering of mentors")
        verbose_name_plural = _("trainings and gatherings of mentors")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "kind", "date"], name="mentor_meeting_once_a_day"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.date}"

    @property
    def is_held(self):
        return self.present_count is not None


class KeyPersons(models.Model):
    """So many key persons of an organisation took part in a training or gathering."""

    meeting = models.ForeignKey(MentorMeeting, on_delete=models.CASCADE, related_name="key_persons")
    organisation = models.CharField(_("organisation"), max_length=16, choices=Organisation)
    people = models.PositiveSmallIntegerField(
        _("key persons"), validators=[MinValueValidator(1), MaxValueValidator(200)]
    )

    class Meta:
        verbose_name = _("key persons")
        verbose_name_plural = _("key persons")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="key_persons_once_per_organisation")
        ]

    def __str__(self):
        return f"{self.get_organisation_display()} {self.people}"


class GroupSession(models.Model):
    """One session of a mentee group is arranged otherwise than the others: another room, or one pair that leads it."""

    planned_session = models.OneToOneField(PlannedSession, on_delete=models.CASCADE, related_name="arrangement")
    room = models.CharField(_("room"), max_length=60, blank=True, validators=[validate_no_personal_identity_number])
    pair = models.PositiveSmallIntegerField(
        _("pair that leads"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )

    class Meta:
        verbose_name = _("arrangement of a group's session")
        verbose_name_plural = _("arrangements of groups' sessions")
        constraints = [
            models.CheckConstraint(condition=Q(pair__isnull=True) | Q(pair__range=(1, 9)), name="lead_pair_from_1_to_9")
        ]

    def __str__(self):
        return str(self.planned_session)


class ScenarioReservation(models.Model):
    """A group has reserved a scenario of a session, so that the groups of a cohort do not all tell the same story."""

    cohort = models.ForeignKey(MentorCohort, on_delete=models.CASCADE, related_name="reservations")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+", verbose_name=_("session"))
    group = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="+", verbose_name=_("mentee group"))
    scenario = models.CharField(_("scenario"), max_length=80)

    class Meta:
        verbose_name = _("reserved scenario")
        verbose_name_plural = _("reserved scenarios")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "session", "scenario"], name="scenario_reserved_once_per_cohort"),
            models.UniqueConstraint(fields=["group", "session"], name="one_scenario_per_group_and_session"),
        ]

    def __str__(self):
        return self.scenario


class MentorLog(models.Model):
    """How a group's mentors say that a session went: three choices and nothing else, changed until the day is over."""

    planned_session = models.OneToOneField(PlannedSession, on_delete=models.CASCADE, related_name="mentor_log")
    date = models.DateField(_("date"))
    feeling = models.CharField(_("how it went"), max_length=8, choices=LogFeeling)
    reach = models.CharField(_("how much there was time for"), max_length=8, choices=LogReach)
    talk = models.CharField(_("wants to talk"), max_length=8, choices=LogTalk)

    class Meta:
        verbose_name = _("mentors' log")
        verbose_name_plural = _("mentors' logs")

    def __str__(self):
        return f"{self.planned_session} {self.date}"
