"""Many reports at the very same moment, each on a connection of its own, as in a server: one delivery, no crash."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from curriculum.models import Session
from programmes.models import Delivery, PlannedSession
from tests.database import own_database
from tests.factories import MembershipFactory, PlannedSessionFactory, UserFactory

AT_ONCE = 6
ADDRESS = "/skolor/almskolan/rapportera/?klass=3B&pass=T-B1"


@pytest.fixture
def db(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield


@pytest.fixture
def clients(school):
    """As many coordinators of the school, all signed in."""
    clients = []
    for _number in range(AT_ONCE):
        user = UserFactory()
        MembershipFactory(user=user, role="coordinator", school=school)
        clients.append(Client())
        clients[-1].force_login(user)
    return clients


def send_at_once(clients, forms):
    """The answers to forms that are sent when everybody is ready to send."""
    ready = Barrier(len(clients))

    def send(client, form):
        try:
            ready.wait(timeout=20)
            return client.post(ADDRESS, form)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(send, clients, forms))


def form(school_class, **values):
    return {"outcome": "held", "date": "2026-09-15", f"group_size_{school_class.pk}": "21", "group": "0", **values}


@pytest.mark.parametrize("is_planned", [True, False], ids=["planned", "not planned"])
def test_one_of_several_people_wins_and_the_others_see_that_report(clients, school_class, is_planned):
    planned = PlannedSessionFactory(school_class=school_class)
    if not is_planned:
        planned.delete()
    forms = [form(school_class, client_id=uuid4(), **{f"present_{school_class.pk}": 10 + n}) for n in range(AT_ONCE)]

    answers = send_at_once(clients, forms)

    assert Counter(answer.status_code for answer in answers) == {302: 1, 200: AT_ONCE - 1}
    delivery = Delivery.objects.get()
    assert (delivery.date, delivery.history.count()) == (date(2026, 9, 15), 1)
    assert PlannedSession.objects.filter(session=Session.objects.get(code="T-B1")).count() == 1
    told = [answer.text for answer in answers if answer.status_code == 200]
    assert all("Någon hann rapportera samma pass före dig" in text for text in told)
    assert all(f"{delivery.present} av 21 närvarande" in text for text in told)


def test_one_form_sent_many_times_over_is_one_delivery(clients, school_class):
    PlannedSessionFactory(school_class=school_class)
    forms = [form(school_class, client_id="6f1d1c9e-2f3b-4d0e-9a59-0d9c5f7f3b11")] * AT_ONCE

    answers = send_at_once(clients, forms)

    assert [answer.status_code for answer in answers] == [302] * AT_ONCE
    assert (Delivery.objects.count(), Delivery.history.count()) == (1, 1)


def test_groups_of_a_class_are_each_their_own_delivery(clients, school_class):
    PlannedSessionFactory(school_class=school_class)
    forms = [form(school_class, client_id=uuid4(), group=str(1 + number % 2)) for number in range(AT_ONCE)]

    answers = send_at_once(clients, forms)

    assert [answer.status_code for answer in answers] == [302] * AT_ONCE
    assert sorted(Delivery.objects.values_list("group", flat=True)) == [1, 2]


def test_held_and_not_held_at_once_ends_as_held(clients, school_class):
    PlannedSessionFactory(school_class=school_class)
    held = form(school_class, client_id=uuid4())
    not_held = {"outcome": "not_held", "reason": "illness"}

    answers = send_at_once(clients, [held, not_held] * (AT_ONCE // 2))

    assert {answer.status_code for answer in answers} <= {200, 302}
    assert Delivery.objects.count() == 1
    assert "3B Normer och dess konsekvenser: genomfört" in clients[0].get("/skolor/almskolan/").text
