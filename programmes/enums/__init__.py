"""The fixed words of delivery: roles, states, reasons, and the codes that describe how a session went."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from programmes.enums.calendars import DateKind
from programmes.enums.closings import LateKind
from programmes.enums.events import EventKind
from programmes.enums.files import FileFormat, FileState
from programmes.enums.mentors import LogFeeling, LogReach, LogTalk, MentorLeft, MentorMeetingKind, MentorStep
from programmes.enums.parents import (
    ChildAge,
    GroupFormat,
    GroupLanguage,
    ParentGroupState,
    ParentLetterKind,
    ParentMeetingKind,
    SignUpState,
)
from programmes.enums.registers import AgreementArea, Level, MeasureFigure, MeasureState
from programmes.enums.reminders import DigestTopic, LetterState, Weekday
from programmes.enums.surveys import SurveyAudience, SurveyDevices, SurveyMoment

# What stands in modules of its own; the classes below are exported by being here.
__all__ = [
    "AgreementArea",
    "ChildAge",
    "DateKind",
    "DigestTopic",
    "EventKind",
    "FileFormat",
    "FileState",
    "GroupFormat",
    "GroupLanguage",
    "LateKind",
    "LetterState",
    "Level",
    "LogFeeling",
    "LogReach",
    "LogTalk",
    "MeasureFigure",
    "MeasureState",
    "MentorLeft",
    "MentorMeetingKind",
    "MentorStep",
    "ParentGroupState",
    "ParentLetterKind",
    "ParentMeetingKind",
    "SignUpState",
    "SurveyAudience",
    "SurveyDevices",
    "SurveyMoment",
    "Weekday",
]


class Role(TextChoices):
    """What a person is at a school or in a municipality; one person may be several things."""

    LEADER = "leader", _("session leader")
    COORDINATOR = "coordinator", _("school coordinator")
    SUPERVISOR = "supervisor", _("MVP supervisor")
    CENTRE_YOUNGER = "centre_younger", _("VPC coordinator, younger children")
    CENTRE_OLDER = "centre_older", _("VPC coordinator, older children")
    EDITOR = "editor", _("editor")
    EVALUATOR = "evaluator", _("evaluator")
    DATA_PROTECTION = "data_protection", _("data-protection officer")
    ADMINISTRATOR = "administrator", _("system administrator")


SCHOOL_ROLES = (Role.LEADER, Role.COORDINATOR, Role.SUPERVISOR)
CENTRE_ROLES = (Role.CENTRE_YOUNGER, Role.CENTRE_OLDER)
# Who sees a whole municipality, takes files away or administers: a password alone does not let them in.
SECOND_FACTOR_ROLES = tuple(role for role in Role if role not in {Role.LEADER, Role.SUPERVISOR})
# Who comes for a limited time: such a role always has a last day.
LIMITED_ROLES = (Role.EVALUATOR,)
# Whom somebody may invite: a coordinator to the own school, the others within their municipality.
INVITES = {
    Role.COORDINATOR: (Role.LEADER, Role.COORDINATOR),
    Role.CENTRE_YOUNGER: (Role.LEADER, Role.COORDINATOR, Role.EDITOR, Role.EVALUATOR),
    Role.CENTRE_OLDER: (Role.SUPERVISOR, Role.EDITOR, Role.EVALUATOR),
    Role.ADMINISTRATOR: tuple(Role),
}


class ParticipationStatus(TextChoices):
    """Whether a school runs a programme for a time or rests from it."""

    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")


class ProgrammeStatus(TextChoices):
    """Where a school stands with a programme, on a given day."""

    ACTIVE = "active", pgettext_lazy("school", "active")
    PAUSED = "paused", pgettext_lazy("school", "paused")
    PLANNED = "planned", pgettext_lazy("school", "planned")
    ENDED = "ended", pgettext_lazy("school", "ended")
    OUTSIDE = "outside", pgettext_lazy("school", "not in the programme")


class SessionState(TextChoices):
    """What has become of a planned session, on a given day (the definitions stand in reports/coverage.py)."""

    NOT_PLANNED = "not_planned", _("not planned")
    PLANNED = "planned", _("planned")
    DUE_NOW = "due_now", _("due now")
    NOT_REPORTED = "not_reported", _("not reported")
    NOT_HELD = "not_held", _("not held")
    HELD = "held", _("held")


class PlanAdvice(TextChoices):
    """What a plan is told to look at again; it never stops anybody."""

    SHORT = "short", _("fewer than the target")
    SAME_WEEK = "same_week", _("two in the same week")
    BEFORE_STAFF = "before_staff", _("sensitive, and the staff have not had theirs")
    OUTSIDE_TERM = "outside_term", _("outside the term")
    IN_BREAK = "in_break", _("in a break")
    WEEKEND = "weekend", _("on a weekend")


class NotHeldReason(TextChoices):
    """Why a session was not held."""

    ILLNESS = "illness", _("illness")
    NO_ROOM = "no_room", _("no room")
    STAFFING = "staffing", _("substitute or staff shortage")
    SCHOOL_EVENT = "school_event", _("school activity")
    UNSUITABLE = "unsuitable", _("does not suit the group")
    MOVED = "moved", _("moved to later")
    OTHER = "other", _("other")


class DatePrecision(TextChoices):
    """How exactly a date is known: a week is kept as its Friday."""

    DAY = "day", _("day")
    WEEK = "week", _("week")


class Engagement(IntegerChoices):
    """How the pupils took part, as the leader saw it."""

    LOW = 1, _("1 low")
    FAIRLY_LOW = 2, _("2")
    FAIRLY_HIGH = 3, _("3")
    HIGH = 4, _("4 high")


class PreparationBand(TextChoices):
    """How long the leaders prepared, together."""

    NONE = "none", _("none")
    UP_TO_15 = "up_to_15", _("up to 15 min")
    UP_TO_45 = "up_to_45", _("16–45 min")
    OVER_45 = "over_45", _("over 45 min")


class LeaderRole(TextChoices):
    """What a leader of a session is by profession."""

    TEACHER = "teacher", _("teacher")
    LEISURE = "leisure", _("leisure teacher")
    HEALTH = "health", _("pupil health staff")
    OTHER_STAFF = "other_staff", _("other school staff")
    GUEST = "guest", _("guest")
    MENTOR = "mentor", _("mentor")


class Organisation(TextChoices):
    """Where a leader comes from."""

    SCHOOL = "school", _("the school")
    SOCIAL_SERVICES = "social_services", _("social services")
    POLICE = "police", _("police")
    RESCUE_SERVICE = "rescue_service", _("rescue service")
    HOUSING = "housing", _("housing company")
    CENTRE = "centre", _("violence-prevention centre")
    OTHER = "other", _("other")


class StaffMeetingKind(TextChoices):
    """What brought a school's staff together."""

    STAFF_SESSION = "staff_session", _("staff session")
    WORKPLACE_MEETING = "workplace_meeting", _("APT")
    TRAINING = "training", _("further training")
    EXCHANGE = "exchange", _("exchange with another school")


class StaffGroup(TextChoices):
    """Who the staff are, where a school counts them apart."""

    TEACHERS = "teachers", _("teachers")
    LEISURE = "leisure", _("leisure staff")
    HEALTH = "health", _("pupil health")
    MANAGEMENT = "management", _("school management")
    OTHER = "other", _("other staff")


class UnitKind(TextChoices):
    """What kind of workplace takes part in the centre's courses."""

    SCHOOL = "school", pgettext_lazy("unit of a course", "school")
    PRESCHOOL = "preschool", pgettext_lazy("unit of a course", "preschool")
    LEISURE = "leisure", pgettext_lazy("unit of a course", "open leisure activities")
    CIVIL_SOCIETY = "civil_society", pgettext_lazy("unit of a course", "civil society")
    COMPANY = "company", pgettext_lazy("unit of a course", "housing or other company")


class AdaptationWhat(TextChoices):
    """What was changed in the session. Source: FRAME (Wiltsey Stirman et al. 2019), content modifications."""

    SHORTENED = "shortened", _("shortened")
    LENGTHENED = "lengthened", _("lengthened")
    LEFT_OUT = "left_out", _("a part left out")
    ADDED = "added", _("something added")
    REORDERED = "reordered", _("another order")
    REPLACED = "replaced", _("an exercise replaced")
    SIMPLIFIED = "simplified", _("simplified or translated")


class AdaptationWhy(TextChoices):
    """Why the session was changed. Source: FRAME, reasons."""

    TIME = "time", _("time")
    AGE = "age", _("age or maturity")
    LANGUAGE = "language", _("language")
    NEEDS = "needs", _("pupils' needs")
    EVENT = "event", _("something that happened")
    ROOM = "room", _("room or equipment")
    LEADER = "leader", _("the leader's judgement")


class ImportKind(TextChoices):
    """What is imported: what a file holds, or a register answers."""

    CLASSES = "classes", _("a class list")
    DELIVERIES = "deliveries", _("a log of sessions held")
    SCHOOLS = "schools", _("the schools of the register")


class ImportResult(TextChoices):
    """What an import would do with a row of a file."""

    NEW = "new", pgettext_lazy("row of an import", "new")
    CHANGED = "changed", pgettext_lazy("row of an import", "changed")
    UNCHANGED = "unchanged", pgettext_lazy("row of an import", "unchanged")
    QUESTION = "question", pgettext_lazy("row of an import", "question")
    ERROR = "error", pgettext_lazy("row of an import", "error")


class InvitationState(TextChoices):
    """What has become of an invitation."""

    WAITING = "waiting", pgettext_lazy("invitation", "waiting")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "accepted")
    REVOKED = "revoked", pgettext_lazy("invitation", "taken back")
    EXPIRED = "expired", pgettext_lazy("invitation", "expired")


class AdultRole(TextChoices):
    """What an adult of a school is, as the pupils know them."""

    TEACHER = "teacher", pgettext_lazy("adult of a school", "teacher")
    LEISURE = "leisure", pgettext_lazy("adult of a school", "leisure leader")
    ASSISTANT = "assistant", pgettext_lazy("adult of a school", "pupil assistant")
    SPECIAL = "special", pgettext_lazy("adult of a school", "special needs teacher")
    COUNSELLOR = "counsellor", pgettext_lazy("adult of a school", "counsellor")
    NURSE = "nurse", pgettext_lazy("adult of a school", "school nurse")
    KITCHEN = "kitchen", pgettext_lazy("adult of a school", "kitchen staff")
    CARETAKER = "caretaker", pgettext_lazy("adult of a school", "caretaker")
    PRINCIPAL = "principal", pgettext_lazy("adult of a school", "head teacher")
    OTHER = "other", pgettext_lazy("adult of a school", "another adult")


class Word(TextChoices):
    """By whose word a pupil has a secure adult; the two are kept apart."""

    ADULTS = "adults", _("the adults' word")
    PUPIL = "pupil", _("the pupil's word")
