"""Who may do what."""

import pytest

from programmes import rules
from programmes.enums import Role
from tests.factories import ClassFactory, MembershipFactory, UserFactory


@pytest.mark.parametrize(
    ("who", "may"), [("coordinator", True), ("leader", True), ("centre", False), ("stranger", False)]
)
def test_reporting_of_the_own_class(request, school_class, today, who, may):
    assert rules.can_report_delivery(request.getfixturevalue(who), school_class, on=today) is may


def test_leader_does_not_report_for_another_class(leader, school, today):
    assert rules.can_report_delivery(leader, ClassFactory(school=school, name="3C"), on=today) is False


@pytest.mark.parametrize(
    ("who", "may"), [("coordinator", True), ("leader", False), ("centre", False), ("stranger", False)]
)
def test_planning(request, school, today, who, may):
    assert rules.can_plan_sessions(request.getfixturevalue(who), school, on=today) is may


@pytest.mark.parametrize(
    ("who", "reports", "overview"),
    [
        ("coordinator", True, False),
        ("leader", False, False),
        ("centre", True, True),
        ("stranger", False, False),
    ],
)
def test_reading_reports(request, municipality, today, who, reports, overview):
    user = request.getfixturevalue(who)

    assert (
        rules.can_read_reports(user, municipality, on=today),
        rules.can_read_overview(user, municipality, on=today),
    ) == (reports, overview)


def test_person_may_have_several_roles(school, municipality, today):
    user = UserFactory()
    MembershipFactory(user=user, role=Role.COORDINATOR, school=school)
    MembershipFactory(user=user, role=Role.EDITOR, municipality=municipality)

    assert rules.roles_of(user, on=today) == {Role.COORDINATOR, Role.EDITOR}


def test_inactive_person_has_no_role(coordinator, today):
    coordinator.is_active = False
    coordinator.save()

    assert rules.roles_of(coordinator, on=today) == set()
