"""What pages weigh on the wire: 90 kB the first time with every file, 25 kB after, when only the page is new."""

import gzip
from datetime import date
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from bench.weight import MOST_AFTER, MOST_FIRST, files_in
from tests.factories import (
    CheckRoundFactory,
    ClassFactory,
    DeliveryFactory,
    ListedPupilFactory,
    PlannedSessionFactory,
    SchoolAdultFactory,
    SecureBaseFactory,
    SessionFactory,
)

COMPRESSED = {".css", ".js", ".svg"}
CODES = ["T-B1", "T-B2", "T-B3", *(f"T-T{number:02d}" for number in range(1, 11))]
FONT, STYLE, SCRIPT = "fonts/atkinson-hyperlegible-next.woff2", "stins.css", "stins.js"


@pytest.fixture
def weigh():
    """Asks for a page as a browser does; its files by name, its own bytes, and all bytes of a first visit."""

    def weigh(client, address):
        response = client.get(address, headers={"accept-encoding": "gzip"})
        assert (response.status_code, response["Content-Encoding"]) == (200, "gzip")
        page = len(response.content)
        files = files_in(gzip.decompress(response.content).decode())
        return files, page, page + sum(map(weight_of, files))

    return weigh


def weight_of(address):
    path = Path(finders.find(address.removeprefix("/static/")))
    content = path.read_bytes()
    return len(gzip.compress(content) if path.suffix in COMPRESSED else content)


@pytest.fixture
def year_of_thirty(school):
    """Thirty classes with thirteen sessions each, in all the states that a year knows."""
    sessions = [SessionFactory(code=code, title=f"Pass {code} om något viktigt") for code in CODES]
    for number in range(30):
        school_class = ClassFactory(school=school, name=f"{number // 5}{'ABCDE'[number % 5]}", enrolled=15 + number % 9)
        for order, session in enumerate(sessions):
            due = date(2026 + order // 5, (order * 2 + 8) % 12 + 1, 28)
            planned = PlannedSessionFactory(school_class=school_class, session=session, due_date=due)
            if (number + order) % 3 == 0:
                DeliveryFactory(planned_session=planned, date=date(2026, 9, 1 + number % 28))


@pytest.mark.parametrize("view", ["", "?vy=matris"])
def test_year_of_thirty_classes_is_light(client, coordinator, year_of_thirty, weigh, view):
    client.force_login(coordinator)

    files, page, first = weigh(client, f"/skolor/almskolan/{view}")

    assert {f"/static/cms/{name}" for name in (FONT, STYLE, SCRIPT)} <= set(files)
    assert page <= MOST_AFTER
    assert first <= MOST_FIRST


def test_report_form_is_light_with_what_saves_it_in_place(client, coordinator, year_of_thirty, weigh):
    client.force_login(coordinator)

    files, page, first = weigh(client, "/skolor/almskolan/rapportera/?klass=1B&pass=T-B3")

    assert [name for name in files if "htmx" in name] == ["/static/django_htmx/htmx-2.min.js"]
    assert page <= MOST_AFTER
    assert first <= MOST_FIRST


@pytest.mark.parametrize("address", ["/rapporter/", "/oversikt/", "/skolor/"])
def test_pages_of_the_centre_are_light(client, centre, year_of_thirty, weigh, address):
    client.force_login(centre)

    _files, page, first = weigh(client, address)

    assert page <= MOST_AFTER
    assert first <= MOST_FIRST


def test_public_pages_are_light(client, curriculum, weigh):
    weights = {
        address: weigh(client, address)[1:]
        for address in ("/", "/konto/logga-in/", "/program/taget/", "/program/taget/normer-och-dess-konsekvenser/")
    }

    assert {address: page for address, (page, _first) in weights.items() if page > MOST_AFTER} == {}
    assert {address: first for address, (_page, first) in weights.items() if first > MOST_FIRST} == {}


def test_list_of_forty_pupils_is_light(client, coordinator, school, school_class, weigh):
    check_round = CheckRoundFactory(school=school)
    adults = [SchoolAdultFactory(school=school) for _number in range(30)]
    for number in range(1, 41):
        pupil = ListedPupilFactory(school_class=school_class, number=number, short_name="Alexander")
        for adult in adults[number % 20 : number % 20 + 3]:
            SecureBaseFactory(pupil=pupil, adult=adult, round=check_round)
    client.force_login(coordinator)

    _files, page, first = weigh(client, f"/skolor/almskolan/trygg-bas/3B/?vuxen={adults[0].pk}")

    assert page <= MOST_AFTER
    assert first <= MOST_FIRST
