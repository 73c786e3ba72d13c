"""Makes people, schools, classes and sessions for the checks: invented, small, and free of surprises."""

from tests.factories.mentors import CohortFactory, mentor_plan
from tests.factories.programmes import (
    CheckRoundFactory,
    ClassFactory,
    DeliveryFactory,
    InvitationFactory,
    ListedPupilFactory,
    MembershipFactory,
    MunicipalityFactory,
    PlannedSessionFactory,
    SchoolAdultFactory,
    SchoolFactory,
    SchoolYearFactory,
    SecureBaseFactory,
    SessionFactory,
    StaffMeetingFactory,
    UserFactory,
    programme,
    staff_session,
)

__all__ = [
    "CheckRoundFactory",
    "ClassFactory",
    "CohortFactory",
    "DeliveryFactory",
    "InvitationFactory",
    "ListedPupilFactory",
    "MembershipFactory",
    "MunicipalityFactory",
    "PlannedSessionFactory",
    "SchoolAdultFactory",
    "SchoolFactory",
    "SchoolYearFactory",
    "SecureBaseFactory",
    "SessionFactory",
    "StaffMeetingFactory",
    "UserFactory",
    "mentor_plan",
    "programme",
    "staff_session",
]
