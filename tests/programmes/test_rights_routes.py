"""Every route for every role: `rights.txt` says what each one gets, and this asks."""

import re
from copy import deepcopy
from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from tests.programmes.rights import DOOR, LIBRARIES, Row, answer_of, library_routes, rows, set_scene

REFUSED = {"403", "404", DOOR}
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """Set once for all rows, since whatever they write is taken back; everybody has come in."""
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: TODAY)
        scene = set_scene()
        scene.cookies = {who: scene.client_of(who).cookies for who in next(rows()).expected}
        yield scene
        transaction.set_rollback(True)


def ask(scene, row, who, method):
    """What somebody gets; whatever was written is taken back."""
    with transaction.atomic():
        client = Client()
        client.cookies = deepcopy(scene.cookies[who])
        response = getattr(client, method.lower())(row.address.format(**scene.keys))
        answer = answer_of(response)
        transaction.set_rollback(True)
    return answer


@pytest.mark.django_db
@pytest.mark.parametrize("row", list(rows()), ids=Row.__str__)
def test_route_answers_each_role_as_the_table_says(scene, row):
    answers = {who: ask(scene, row, who, row.method) for who in row.expected}

    assert answers == row.expected
    refused = [who for who, answer in answers.items() if answer in REFUSED]
    written = {who: ask(scene, row, who, "POST") for who in refused if row.method == "GET"}
    assert {who: answer for who, answer in written.items() if answer not in {*REFUSED, "405"}} == {}


# The libraries' administrations: hundreds of routes that open for two keys.


LEADING_TO_THE_DOOR = {"admin/login/", "admin/logout/", "django-admin/login/"}


def address_of(route):
    """An address that leads to a route: something small for every part that varies."""
    address = re.sub(r"<int:\w+>|\(\\d\+\)", "1", route)
    address = re.sub(r"\((\w+)(\|[^)]*)+\)", r"\1", address).replace("\\.", ".")
    address = re.sub(r"<(slug:|str:)?\w+>|\(\?P<\w+>[^)]*\)|\(\[\^/\]\+\)|\(?\.\*\)?", "1", address)
    return f"/{address}"


def entered(scene, who, prefix):
    """The routes below a prefix that answer somebody with anything but a refusal at the door."""
    client = scene.client_of(who)
    refusal = DOOR if who == "anyone" else "403"
    routes = [route for route in library_routes() if route.startswith(prefix)]
    answers = {route: answer_of(client.get(address_of(route))) for route in routes if route not in LEADING_TO_THE_DOOR}
    assert len(answers) > 40
    return {route: answer for route, answer in answers.items() if answer != refusal}


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", LIBRARIES)
@pytest.mark.parametrize(
    "who", ["anyone", "nobody", "leader", "coordinator", "supervisor", "evaluator", "data_protection"]
)
def test_administration_is_closed_to(scene, who, prefix):
    assert entered(scene, who, prefix) == {}


REGISTERS = "admin/register/"
# What the pages of the registers are made of, and the address that leads to them.
AROUND_THE_REGISTERS = {"admin/", "admin/sprite/", "admin/jsi18n/"}


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["centre_younger", "centre_older"])
def test_centre_comes_to_the_registers_and_to_nothing_else_in_the_administration(scene, who):
    assert entered(scene, who, "django-admin/") == {}
    opened = entered(scene, who, "admin/")
    assert {route for route in opened if not route.startswith(REGISTERS)} == AROUND_THE_REGISTERS
    assert {route for route in opened if route.startswith(REGISTERS)} != set()


@pytest.mark.django_db
def test_editor_does_not_come_to_the_registers(scene):
    assert set(entered(scene, "editor", REGISTERS).values()) == {"302"}  # back to the first page, with a word


@pytest.mark.django_db
def test_editor_is_told_that_the_system_administration_is_not_theirs(scene):
    assert entered(scene, "editor", "django-admin/") == {}
