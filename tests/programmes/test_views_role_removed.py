"""A role ends while a form is open: the save is refused in words, and nothing that was written is lost in silence."""

import pytest

from programmes.enums import Role
from programmes.models import Delivery, Membership, PlannedSession
from tests.factories import ClassFactory, MembershipFactory, PlannedSessionFactory, SchoolFactory

ADDRESS = "/skolor/almskolan/rapportera/?klass=3B&pass=T-B1"
NOTE = "Vi hann inte med den sista övningen."
REPORT = {"outcome": "held", "date": "2026-11-17", "group_size": "20", "present": "19", "note": NOTE}


@pytest.fixture
def planned(school_class):
    return PlannedSessionFactory(school_class=school_class)


@pytest.mark.parametrize("who", ["coordinator", "leader"])
def test_report_is_refused_when_the_role_has_gone(request, client, planned, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(ADDRESS).status_code == 200

    Membership.objects.all().delete()
    response = client.post(ADDRESS, REPORT)

    page = response.content.decode()
    assert response.status_code == 404
    assert "<h1>Inget sparades</h1>" in page
    assert NOTE in page
    assert Delivery.objects.count() == 0


def test_plan_is_refused_when_a_coordinator_has_become_a_leader(client, coordinator, school, planned):
    client.force_login(coordinator)
    row = Membership.objects.get(user=coordinator)
    row.role = Role.LEADER
    row.save()
    row.classes.add(planned.school_class)

    response = client.post("/skolor/almskolan/plan/baspass/")

    assert response.status_code == 403
    assert "<h1>Inget sparades</h1>" in response.content.decode()
    assert PlannedSession.objects.count() == 1


def test_leader_who_got_another_class_does_not_report_for_the_former(client, leader, school, planned):
    client.force_login(leader)
    Membership.objects.get(user=leader).classes.set([ClassFactory(school=school, name="3C")])

    response = client.post(ADDRESS, REPORT)

    assert (response.status_code, Delivery.objects.count()) == (404, 0)


def test_refused_form_does_not_echo_personal_identity_numbers_or_codes(client, coordinator):
    client.force_login(coordinator)

    page = client.post(
        "/skolor/finns-inte/plan/baspass/", {"note": "Ring 19811218 9876 <script>", "old_password": "två ord"}
    ).content.decode()

    assert "9876" not in page
    assert "två ord" not in page


def test_written_words_are_shown_as_words(client, coordinator):
    client.force_login(coordinator)

    page = client.post("/skolor/finns-inte/plan/baspass/", {"note": "a <script>alert(1)</script>"}).content.decode()

    assert "a &lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


# Identifiers of others in form fields and queries


def test_class_of_another_school_in_a_field_is_refused(client, coordinator, municipality, planned):
    elsewhere = ClassFactory(school=SchoolFactory(municipality=municipality, slug="bjorkskolan"), name="2A")
    client.force_login(coordinator)

    in_the_query = client.post("/skolor/almskolan/rapportera/?klass=2A&pass=T-B1", REPORT)
    in_the_plan = client.post("/skolor/almskolan/plan/ny/", {"session": "T-B1", "classes": [elsewhere.pk], "month": 10})

    assert in_the_query.status_code == 404
    assert in_the_plan.status_code == 200
    assert PlannedSession.objects.filter(school_class=elsewhere).count() == 0


@pytest.mark.parametrize("address", ["/rapporter/tackning.csv", "/rapporter/tackning.xlsx", "/rapporter/tackning.pdf"])
def test_file_of_another_school_is_refused(client, coordinator, municipality, stranger, address):
    SchoolFactory(municipality=municipality, slug="bjorkskolan")
    client.force_login(coordinator)

    answers = [client.get(address, {"skola": slug}).status_code for slug in ("bjorkskolan", "granskolan")]

    assert answers == [400, 400]


def test_file_holds_what_its_reader_may_see(client, coordinator, centre, municipality, planned):
    """A file is made with the rights of whoever asks for it: a coordinator's holds one school, the centre's all."""
    other = SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjorkskolan")
    PlannedSessionFactory(school_class=ClassFactory(school=other, name="2A"))

    def schools(user):
        client.force_login(user)
        content = b"".join(client.get("/rapporter/tackning.csv?period=HT2026"))
        return {name for name in ("Almskolan", "Björkskolan") if name.encode() in content}

    assert schools(coordinator) == {"Almskolan"}
    assert schools(centre) == {"Almskolan", "Björkskolan"}


def test_role_at_two_schools_reaches_both_and_no_third(client, coordinator, municipality):
    for slug in ("bjorkskolan", "cedern"):
        SchoolFactory(municipality=municipality, slug=slug)
    MembershipFactory(user=coordinator, school=SchoolFactory(municipality=municipality, slug="djupvik"))
    client.force_login(coordinator)

    assert {school.slug for school in client.get("/skolor/").context["schools"]} == {"almskolan", "djupvik"}
