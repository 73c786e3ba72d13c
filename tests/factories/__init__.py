"""Makes people, schools, classes and sessions for the checks: invented, small, and free of surprises."""

from tests.factories.programmes import (
    ClassFactory,
    DeliveryFactory,
    InvitationFactory,
    MembershipFactory,
    MunicipalityFactory,
    PlannedSessionFactory,
    SchoolFactory,
    SchoolYearFactory,
    SessionFactory,
    UserFactory,
    programme,
)

__all__ = [
    "ClassFactory",
    "DeliveryFactory",
    "InvitationFactory",
    "MembershipFactory",
    "MunicipalityFactory",
    "PlannedSessionFactory",
    "SchoolFactory",
    "SchoolYearFactory",
    "SessionFactory",
    "UserFactory",
    "programme",
]
