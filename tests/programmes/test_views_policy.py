"""The page that says who may see and do what."""

import re

import pytest

from programmes import rules
from programmes.enums import Role


def sections(response):
    """Each role's part of the page, by its heading's id."""
    found = re.findall(
        r'<section class="role" aria-labelledby="(\w+)">(.*?)</section>', response.content.decode(), re.S
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


def test_leader_reads_where_rights_hold_in_plain_words(client, leader):
    client.force_login(leader)

    words = re.sub(r"<[^>]+>", " ", sections(client.get("/roller/"))[Role.LEADER])

    assert " ".join(words.split()) == (
        "Passledare din roll Du som håller pass med en eller flera klasser. Vad rollen passledare får göra, och var "
        "Får Var, eller vilka Se skolan och dess läsår På skolan "
        "Se klasserna och vad som är planerat och genomfört I sina klasser "
        "Rapportera pass, rätta och ta bort rapporter I sina klasser "
        "Ser inga andra klasser på skolan. Tar inte ut rapporter."
    )


def test_page_of_roles_asks_few_questions(client, centre, query_count):
    client.force_login(centre)

    with query_count(7):
        client.get("/roller/")
