"""Where, when, by whom, to how many."""

from programmes.models.analyses import AssessedItem, CauseAnalysis, SelfAssessment
from programmes.models.calendars import CalendarFeed
from programmes.models.closings import ClosedPeriod, ClosedPeriodFile, ClosedReport, ClosingInLine, Unlocking
from programmes.models.cohorts import GroupSession, KeyPersons, MentorLog, MentorMeeting, ScenarioReservation
from programmes.models.courses import Course, CourseAttendance, CourseOccasion, OtherUnit
from programmes.models.deletions import Deletion
from programmes.models.evaluation import EvaluationPackage
from programmes.models.events import Event
from programmes.models.feedback import FeedbackRound
from programmes.models.imports import ImportDraft, KnownHeading, RegisterFile
from programmes.models.invitations import Invitation
from programmes.models.meetings import ParentGroup, ParentGroupLeader, ParentGroupMeeting, ParentMeeting
from programmes.models.memberships import Membership
from programmes.models.mentors import MenteeGroup, Mentor, MentorCohort, MentorVisitor, Supervision
from programmes.models.municipalities import Area, Municipality, ProgrammeTarget
from programmes.models.new_years import MovingUp
from programmes.models.participations import Participation
from programmes.models.prepared_files import PreparedFile, PreparedFilePart
from programmes.models.registers import Indicator, Measure, Partner
from programmes.models.reminders import DigestRefusal, Letter, Reminder
from programmes.models.saved_reports import SavedReport
from programmes.models.schools import School, SchoolClass
from programmes.models.secure_bases import CheckRound, ClassCheck, ListedPupil, SchoolAdult, SecureBase
from programmes.models.sessions import Delivery, DeliveryLeader, NotHeld, PlannedSession
from programmes.models.sign_ups import ParentSignUp, SignUpLetter
from programmes.models.staff import StaffCount, StaffMeeting, StaffMeetingLeader
from programmes.models.surveys import Survey, SurveyAnswer, SurveyItem, SurveyQuestion, SurveyRound
from programmes.models.terms import Break, Period, SchoolYear

__all__ = [
    "Area",
    "AssessedItem",
    "Break",
    "CalendarFeed",
    "CauseAnalysis",
    "CheckRound",
    "ClassCheck",
    "ClosedPeriod",
    "ClosedPeriodFile",
    "ClosedReport",
    "ClosingInLine",
    "Course",
    "CourseAttendance",
    "CourseOccasion",
    "Deletion",
    "Delivery",
    "DeliveryLeader",
    "DigestRefusal",
    "EvaluationPackage",
    "Event",
    "FeedbackRound",
    "GroupSession",
    "ImportDraft",
    "Indicator",
    "Invitation",
    "KeyPersons",
    "KnownHeading",
    "Letter",
    "ListedPupil",
    "Measure",
    "Membership",
    "MenteeGroup",
    "Mentor",
    "MentorCohort",
    "MentorLog",
    "MentorMeeting",
    "MentorVisitor",
    "MovingUp",
    "Municipality",
    "NotHeld",
    "OtherUnit",
    "ParentGroup",
    "ParentGroupLeader",
    "ParentGroupMeeting",
    "ParentMeeting",
    "ParentSignUp",
    "Participation",
    "Partner",
    "Period",
    "PlannedSession",
    "PreparedFile",
    "PreparedFilePart",
    "ProgrammeTarget",
    "RegisterFile",
    "Reminder",
    "SavedReport",
    "ScenarioReservation",
    "School",
    "SchoolAdult",
    "SchoolClass",
    "SchoolYear",
    "SecureBase",
    "SelfAssessment",
    "SignUpLetter",
    "StaffCount",
    "StaffMeeting",
    "StaffMeetingLeader",
    "Supervision",
    "Survey",
    "SurveyAnswer",
    "SurveyItem",
    "SurveyQuestion",
    "SurveyRound",
    "Unlocking",
]
