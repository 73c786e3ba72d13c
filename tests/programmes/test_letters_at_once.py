"""Five hundred letters, by two workers at once: everybody gets theirs, and nobody gets two."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from accounts.models import User
from programmes.actions.letters import plan_digests
from programmes.enums import LetterState, Role
from programmes.models import Letter, Membership
from programmes.tasks import send_letters
from tests.database import own_database
from tests.factories import PlannedSessionFactory

WORKERS, PEOPLE = 2, 500


@pytest.fixture
def db(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield


def send_at_once():
    """Both workers begin in the same moment, each on a connection of its own."""
    ready = Barrier(WORKERS)

    def work(_number):
        try:
            ready.wait(timeout=20)
            send_letters.call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))


def test_two_workers_send_five_hundred_letters_and_none_twice(municipality, school, school_class, today):
    PlannedSessionFactory(school_class=school_class)
    people = User.objects.bulk_create(User(email=f"person{number}@ekbacka.example") for number in range(PEOPLE))
    Membership.objects.bulk_create(
        Membership(user=user, role=Role.COORDINATOR, school=school, start_date=today) for user in people
    )
    assert plan_digests(municipality=municipality, today=today, now=timezone.now()) == PEOPLE

    send_at_once()

    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(user.email for user in people)
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SENT}
