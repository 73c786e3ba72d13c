"""The same period closed several times at the very same moment, each on a connection of its own: it is closed once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from programmes.actions.closings import AlreadyClosedError, ask_to_close, close_period
from programmes.exports.closing import closing_of
from programmes.exports.reports.kinds import KINDS
from programmes.models import ClosedPeriod, ClosedPeriodFile, ClosedReport, ClosingInLine, Event, Period
from programmes.tasks import close_asked_period
from tests.database import own_database
from tests.factories import programme
from tests.factories.coverage import worked_example

AT_ONCE = 4
HT, NOW = Period.parse("HT2026"), datetime(2027, 1, 14, 9, 0, tzinfo=UTC)


@pytest.fixture
def db(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield


@pytest.fixture
def today():
    return date(2027, 1, 14)


@pytest.fixture
def example(municipality):
    return worked_example(municipality)


def at_once(deed):
    """What each of several says who do the same when all are ready."""
    ready = Barrier(AT_ONCE)

    def do(_number):
        try:
            ready.wait(timeout=20)
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(do, range(AT_ONCE)))


def what_is_kept():
    return (
        ClosedPeriod.objects.count(),
        ClosedReport.objects.count(),
        ClosedPeriodFile.objects.count(),
        Event.objects.filter(kind="period_closed").count(),
    )


def test_period_closed_at_once_is_closed_once_with_one_set_of_reports_and_files(municipality, example):
    taget = programme()

    def close():
        closing = closing_of(
            municipality=municipality,
            programme=taget,
            period=HT,
            by=None,
            today=date(2027, 1, 14),
            now=NOW,
            kinds=[KINDS["personal"]],
        )
        try:
            close_period(closing=closing)
        except AlreadyClosedError:
            return "refused"
        return "closed"

    told = at_once(close)

    assert Counter(told) == {"closed": 1, "refused": AT_ONCE - 1}
    assert what_is_kept() == (1, 5, 6, 1)


def test_period_asked_for_at_once_stands_in_line_once(municipality, example, centre):
    taget = programme()

    told = at_once(lambda: ask_to_close(municipality=municipality, programme=taget, period=HT, by=centre, now=NOW))

    assert sorted(is_new for _line, is_new in told) == [False] * (AT_ONCE - 1) + [True]
    assert {line.pk for line, _is_new in told} == {ClosingInLine.objects.get().pk}


def test_several_workers_close_a_period_once(municipality, example, centre):
    line, _is_new = ask_to_close(municipality=municipality, programme=programme(), period=HT, by=centre, now=NOW)

    at_once(lambda: close_asked_period.func(line.pk))

    assert (*what_is_kept()[::3], ClosingInLine.objects.count()) == (1, 1, 0)


def test_button_pressed_at_once_leads_everybody_to_the_closed_period(municipality, example, centre):
    def press():
        client = Client()
        client.force_login(centre)
        return client.post("/rapporter/perioder/HT2026/stang/")["Location"]

    assert set(at_once(press)) == {"/rapporter/perioder/HT2026/?program=taget"}
    assert (*what_is_kept()[::3], ClosingInLine.objects.count()) == (1, 1, 0)
