"""The page that says who may see and do what."""

import re

import pytest

from programmes import rules
from programmes.enums import Role


def sections(response):
    """Each role's part of the page, by its id."""
    found = re.findall(
        r'<details class="disclosure role" id="(\w+)"[^>]*>(.*?)</details>', response.content.decode(), re.S
    )
    return dict(found)


@pytest.mark.django_db
def test_roles_are_shown_to_anyone_in_their_order(client):
    response = client.get("/roller/")

    assert list(sections(response)) == list(rules.policy().roles)


@pytest.mark.django_db
@pytest.mark.parametrize("role", rules.policy().roles)
def test_role_is_shown_with_exactly_its_rights(client, role):
    shown = re.findall(r'<th scope="row">(.*?)</th>', sections(client.get("/roller/"))[role])

    line = rules.policy().roles[role]
    rights = [*rules.policy().sees.values(), *rules.policy().may.values()]
    assert shown == [
        right.says for right in rights if right.says and (role in right.reach or (right.by and getattr(line, right.by)))
    ]


def where(response, role):
    """What a role may do, with where."""
    return dict(re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', sections(response)[role]))


def test_page_says_how_far_each_right_reaches(client, db):
    response = client.get("/roller/")

    report = "Rapportera pass, rätta och ta bort rapporter"
    assert where(response, Role.LEADER)[report] == "I sina klasser"
    assert where(response, Role.COORDINATOR)[report] == "På skolan"
    assert where(response, Role.CENTRE_YOUNGER)["Läsa översikten över alla skolor"] == "I hela kommunen"
    invite = "Bjuda in till, ändra, lämna över och avsluta rollerna"
    assert where(response, Role.COORDINATOR)[invite] == "passledare, koordinator"


def test_own_role_is_open_and_said_to_be_yours(client, leader):
    client.force_login(leader)

    page = client.get("/roller/").content.decode()

    assert re.findall(r'<details class="disclosure role" id="(\w+)" open>', page) == [Role.LEADER]
    assert page.count("din roll") == 1


def test_page_of_roles_asks_few_questions(client, centre, query_count):
    client.force_login(centre)

    with query_count(7):
        client.get("/roller/")
