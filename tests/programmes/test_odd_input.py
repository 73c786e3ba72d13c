"""Addresses and forms with what nobody would type: an answer in words every time, never a crash."""

import pytest
from django.test import Client

from programmes.models import Delivery
from tests.factories import PlannedSessionFactory

ODD = ["\x00", "'\"<b>\N{GRINNING FACE}", "9" * 400, "-1"]
REPORT = "/skolor/almskolan/rapportera/"


@pytest.fixture
def planned(school_class):
    return PlannedSessionFactory(school_class=school_class)


@pytest.fixture
def asking(coordinator, planned):
    client = Client()
    client.force_login(coordinator)
    return client


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:5]))
@pytest.mark.parametrize(
    ("address", "query", "parameters"),
    [
        (REPORT, {"klass": "3B", "pass": "T-B1"}, ["klass", "pass", "lasar", "grupp"]),
        ("/skolor/almskolan/", {}, ["lasar", "vy"]),
        ("/rapporter/", {"period": "HT2026", "program": "taget"}, ["period", "program", "omrade", "skola"]),
        ("/rapporter/tackning.csv", {"period": "HT2026"}, ["period", "program", "omrade", "skola"]),
    ],
)
def test_odd_address_is_answered(asking, address, query, parameters, odd):
    for name in parameters:
        answer = asking.get(address, query | {name: odd})
        assert (name, answer.status_code // 100) in {(name, 2), (name, 4)}
        if answer.streaming:
            answer.getvalue()


def test_nul_in_an_address_is_a_bad_request_with_a_way_on(asking):
    answer = asking.get(REPORT, {"klass": "\x00", "pass": "T-B1"})

    assert (answer.status_code, 'href="/start/"' in answer.text or 'href="/"' in answer.text) == (400, True)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:5]))
def test_odd_report_is_answered_and_not_saved(asking, school_class, odd):
    fields = ["outcome", "date", f"present_{school_class.pk}", "group", "engagement", "minutes", "leader_role_1"]
    form = {"outcome": "held", "date": "2026-09-15", f"group_size_{school_class.pk}": "21"}

    for name in fields:
        answer = asking.post(f"{REPORT}?klass=3B&pass=T-B1", form | {name: odd})
        assert (name, answer.status_code) == (name, 200)
        assert name in answer.context["form"].errors

    assert Delivery.objects.count() == 0


@pytest.mark.parametrize("name", ["client_id", "seen"])
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:5]))
def test_odd_hidden_value_is_no_crash(asking, school_class, name, odd):
    form = {"outcome": "held", "date": "2026-09-15", f"group_size_{school_class.pk}": "21"}
    field = name if name == "client_id" else f"seen_{school_class.pk}"

    answer = asking.post(f"{REPORT}?klass=3B&pass=T-B1", form | {field: odd})

    assert answer.status_code == 200
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize("year", ["0001-01-01", "9999-12-31", "99999-01-01", "0000-00-00"])
def test_odd_day_is_refused(asking, school_class, year):
    form = {"outcome": "held", "date": year, f"group_size_{school_class.pk}": "21"}

    assert "date" in asking.post(f"{REPORT}?klass=3B&pass=T-B1", form).context["form"].errors


@pytest.mark.parametrize("address", ["/skolor/almskolan/plan/ny/", "/skolor/almskolan/mvp/ny/", "/inbjudningar/ny/"])
def test_number_too_long_for_the_database_is_none_of_the_choices(asking, address):
    answer = asking.post(address, {"classes": ["9" * 400]})

    assert answer.status_code == 200
    assert answer.context["form"].has_error("classes", code="invalid_choice")
