"""Makes people, schools, classes and sessions for the checks: invented, small, and free of surprises."""

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
    UserFactory,
    programme,
)

__all__ = [
    "CheckRoundFactory",
    "ClassFactory",
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
    "UserFactory",
    "programme",
]
