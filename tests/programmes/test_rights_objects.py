"""Every address with an identifier in it, for those whose it is not: another school, class, municipality or day."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from programmes.enums import Role
from programmes.models import School
from tests.factories import ClassFactory, MunicipalityFactory, SchoolFactory
from tests.programmes.rights import answer_of, rows, set_scene, somebody

# The own account's addresses hold the person's own keys; the secret of an invitation or a sign-up is the right to it;
# the month's theme at a school and the groups to sign up for are for any parent.
OF_THE_PERSON = ("/konto/", "/inbjudan/", "/anmalan/", "/program/abc/grupper/", "/tema/")
ROWS = [row for row in rows() if ("almskolan" in row.address or "{" in row.address)]
ROWS = [row for row in ROWS if not row.address.startswith(OF_THE_PERSON)]
# Rows about one thing at the school: a class by its name, or a key of the scene.
OF_A_THING = [row for row in ROWS if "{" in row.address or "3B" in row.address]
# A parent group and a parent meeting are the whole school's, whichever class one leads.
OF_THE_SCHOOL = ("{parent_group}", "{parent_meeting}")
OF_A_CLASS = [row for row in OF_A_THING if not any(key in row.address for key in OF_THE_SCHOOL)]


def another_school():
    municipality = School.objects.get(slug="almskolan").municipality
    return SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjorkskolan")


def another_municipality(slug="almskolan"):
    """A school of the very same address in another municipality."""
    return SchoolFactory(municipality=MunicipalityFactory(name="Granby kommun", code="9902"), slug=slug)


def almskolan():
    return School.objects.get(slug="almskolan")


OUTSIDERS = {
    "coordinator of another school": lambda today: somebody(Role.COORDINATOR, school=another_school()),
    "leader at another school": lambda today: somebody(Role.LEADER, school=another_school()),
    "supervisor at another school": lambda today: somebody(Role.SUPERVISOR, school=another_school()),
    "coordinator who left yesterday": lambda today: somebody(
        Role.COORDINATOR, school=almskolan(), end_date=today - timedelta(days=1)
    ),
    "coordinator who starts tomorrow": lambda today: somebody(
        Role.COORDINATOR, school=almskolan(), start_date=today + timedelta(days=1)
    ),
    "centre that left yesterday": lambda today: somebody(
        Role.CENTRE_YOUNGER, school=almskolan(), end_date=today - timedelta(days=1)
    ),
    "coordinator of another municipality": lambda today: somebody(Role.COORDINATOR, school=another_municipality()),
    "centre of another municipality": lambda today: somebody(Role.CENTRE_YOUNGER, school=another_municipality()),
}


def answers(client, scene, asked, change=lambda address: address):
    """What each row answers, with whatever was written taken back."""
    found = {}
    for row in asked:
        with transaction.atomic():
            response = getattr(client, row.method.lower())(change(row.address.format(**scene.keys)))
            found[str(row)] = answer_of(response)
            transaction.set_rollback(True)
    return found


def signed_in(user, **headers):
    client = Client(**headers)
    client.force_login(user)
    return client


def not_refused(found, *refusals):
    return {row: answer for row, answer in found.items() if answer not in refusals}


def reached(found):
    """What is not simply absent. Where nobody without the right role gets in, 403 tells nothing of what there is."""
    closed = {str(row) for row in ROWS if row.expected["nobody"] == "403"}
    return {
        row: answer for row, answer in found.items() if answer != "404" and (answer, row in closed) != ("403", True)
    }


@pytest.mark.django_db
@pytest.mark.parametrize("who", OUTSIDERS)
def test_what_is_not_yours_is_not_there(who, today):
    scene = set_scene()
    client = signed_in(OUTSIDERS[who](today))

    assert reached(answers(client, scene, ROWS)) == {}


@pytest.mark.django_db
def test_leader_does_not_reach_another_class(today):
    scene, school = set_scene(), almskolan()
    leader = somebody(Role.LEADER, school=school, classes=[ClassFactory(school=school, name="3C", lowest_grade=3)])

    found = answers(signed_in(leader), scene, OF_A_CLASS)

    assert not_refused(found, "404", "403") == {}
    assert {row for row, answer in found.items() if answer == "403"} <= {
        str(row) for row in OF_A_CLASS if row.expected["leader"] == "403"
    }


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADER])
def test_another_schools_things_are_not_there_at_the_own_school(role):
    """The own school in the address, and somebody else's class, report or pupil after it."""
    scene, school = set_scene(), another_school()
    person = somebody(role, school=school, classes=[ClassFactory(school=school, name="5A")])

    found = answers(signed_in(person), scene, OF_A_THING, lambda path: path.replace("/almskolan/", "/bjorkskolan/"))

    assert not_refused(found, "404", "403") == {}
    assert {row for row, answer in found.items() if answer == "403"} <= {
        str(row) for row in OF_A_THING if row.expected[role] == "403"
    }


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CENTRE_YOUNGER, Role.DATA_PROTECTION, Role.ADMINISTRATOR])
def test_another_municipalitys_things_are_not_there_on_the_own_host(role):
    """The same address of a school in two municipalities: each host shows its own."""
    scene, school = set_scene(), another_municipality()
    person = somebody(role, school=school)
    User.objects.update(is_superuser=False)
    client = signed_in(person, headers={"host": school.municipality.site.hostname})

    assert not_refused(answers(client, scene, OF_A_THING), "404", "403") == {}
    if role != Role.DATA_PROTECTION:
        assert client.get("/skolor/almskolan/").context["school"] == school


@pytest.mark.django_db
def test_centre_of_one_municipality_sees_nothing_of_another_on_its_host():
    set_scene()
    school = another_municipality(slug="granskolan")
    host = {"host": school.municipality.site.hostname}
    everybody_here = set_of_slugs(signed_in(somebody(Role.CENTRE_YOUNGER, school=school), headers=host))
    stranger = signed_in(somebody(Role.CENTRE_OLDER, school=almskolan()), headers=host)

    assert everybody_here == {"granskolan"}
    assert set_of_slugs(stranger) == set()
    refused = ["/oversikt/", "/rapporter/", "/rapporter/tackning.csv", "/personer/", "/inbjudningar/", "/logg/"]
    assert [stranger.get(address).status_code for address in refused] == [403] * len(refused)


def set_of_slugs(client):
    return {school.slug for school in client.get("/skolor/").context["schools"]}
