"""Who may do what."""

import pytest

from accounts.models import User
from programmes import rules
from programmes.enums import Role
from tests.factories import ClassFactory, MembershipFactory, SessionFactory, UserFactory


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


@pytest.mark.parametrize("number", [1, 3, 30])
def test_rights_ask_two_questions_whatever_the_number_of_classes(
    leader, school, school_class, today, number, django_assert_num_queries
):
    classes = [ClassFactory(school=school, name=f"{n} X") for n in range(number)]
    user = User.objects.get(pk=leader.pk)

    with django_assert_num_queries(2):
        own = [row for row in [school_class, *classes] if rules.can_report_delivery(user, row, on=today)]
        rules.can_report_at_school(user, school, on=today)
        rules.can_plan_sessions(user, school, on=today)
        rules.can_read_reports(user, school.municipality, on=today)
        rules.can_see_people(user, school, on=today)

    assert own == [school_class]


def test_class_taken_from_a_leader_is_gone_with_the_next_request(client, leader, school, school_class):
    client.force_login(leader)
    address = "/skolor/almskolan/rapportera/?klass=3B&pass=T-B1"
    SessionFactory()
    before = client.get(address).status_code

    leader.memberships.get().classes.clear()

    assert (before, client.get(address).status_code) == (200, 404)
