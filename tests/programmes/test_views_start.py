"""The first administrator of an empty installation is told what to do, one step after the other."""

import re

import pytest

from programmes.enums import Role
from programmes.models import School
from tests.factories import ClassFactory, MembershipFactory, SchoolFactory, SchoolYearFactory, UserFactory


@pytest.fixture
def administrator(client, db):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def steps_of(client):
    return [(step.title, step.is_done) for step in client.get("/start/").context["steps"]]


def next_address(response):
    return re.findall(r'button--primary" href="([^"]*)"', response.text)


def test_empty_installation_begins_with_the_municipality(client, administrator):
    response = client.get("/start/")

    assert steps_of(client) == [
        ("Kommunen", False),
        ("Läsåret 2026/27", False),
        ("Skolorna", False),
        ("Klasserna", False),
        ("Personerna", False),
    ]
    assert re.findall(r'button--primary" href="([^"]*)"', response.text) == [
        "/django-admin/programmes/municipality/add/"
    ]


def test_steps_are_done_when_the_rows_of_this_school_year_are_there(client, administrator, municipality):
    SchoolYearFactory(municipality=municipality, start_year=2025)
    school = SchoolFactory(municipality=municipality, name="Almskolan")
    ClassFactory(school=school, start_year=2025)
    elsewhere = SchoolFactory(name="Granskolan")
    MembershipFactory(role=Role.COORDINATOR, school=elsewhere)

    response = client.get("/start/")

    assert [done for _title, done in steps_of(client)] == [True, False, True, False, False]
    assert next_address(response) == ["/django-admin/programmes/schoolyear/add/"]
    assert "Granskolan" not in response.text


def test_school_without_a_programme_is_named(client, administrator, municipality):
    SchoolFactory(municipality=municipality, name="Almskolan")
    SchoolFactory(municipality=municipality, name="Björkskolan").participations.all().delete()

    step = client.get("/start/").context["steps"][2]

    assert step.words == "2 skolor. Utan program ännu, och därför utan pass att planera: Björkskolan."


def test_complete_installation_leads_to_the_overview(client, administrator, coordinator, school_class):
    MembershipFactory(user=administrator, role=Role.ADMINISTRATOR, municipality=School.objects.get().municipality)

    assert client.get("/start/").url == "/oversikt/"


@pytest.mark.parametrize("who", ["coordinator", "leader", "centre", "stranger"])
def test_nobody_else_is_asked_to_set_up(request, client, who):
    client.force_login(request.getfixturevalue(who))

    assert "Kom igång" not in client.get("/start/", follow=True).text


@pytest.mark.parametrize("school_count", [1, 3, 30])
def test_steps_ask_the_same_number_of_questions(client, administrator, municipality, school_count, query_count):
    for _number in range(school_count):
        SchoolFactory(municipality=municipality)

    with query_count(11):
        client.get("/start/")


def test_supervisor_of_one_school_lands_on_what_waits_there_and_of_two_chooses(client, school):
    user = UserFactory()
    MembershipFactory(user=user, role=Role.SUPERVISOR, school=school)
    client.force_login(user)

    assert client.get("/start/").url == "/skolor/almskolan/mvp/"

    MembershipFactory(user=user, role=Role.SUPERVISOR, school=SchoolFactory(municipality=school.municipality))
    assert client.get("/start/").status_code == 200
