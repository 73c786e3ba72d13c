"""A server that is no demo does not start on the demo's open accounts."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.refusals import refuse_demo_accounts
from tests.factories import UserFactory

ADDRESS, OPEN = "admin@ekbacka.example", "stins-demo"


def test_demo_account_with_its_open_password_stops_the_start(db):
    user = UserFactory(email="koordinator@ekbacka.example")
    user.set_password(OPEN)
    user.save()

    with pytest.raises(ImproperlyConfigured, match=r"koordinator@ekbacka\.example\. Use a database of your own"):
        refuse_demo_accounts()


@pytest.mark.parametrize(
    ("address", "password", "is_active", "demo"),
    [
        (ADDRESS, OPEN, True, True),
        (ADDRESS, OPEN, False, False),
        (ADDRESS, "ett-eget-och-hemligt", True, False),
        ("admin@kommun.example", OPEN, True, False),
    ],
    ids=["in a demo", "closed account", "changed password", "somebody else"],
)
def test_start_is_not_stopped_by(db, settings, address, password, is_active, demo):
    settings.DEMO = demo
    user = UserFactory(email=address, is_active=is_active)
    user.set_password(password)
    user.save()

    assert refuse_demo_accounts() is None


@pytest.mark.parametrize("demo", [True, False])
def test_open_account_is_let_in_by_a_demo_only(client, db, settings, demo):
    settings.DEMO = demo
    user = UserFactory(email=ADDRESS)
    user.set_password(OPEN)
    user.save()

    response = client.post("/konto/logga-in/", {"login": ADDRESS, "password": OPEN}, follow=True)

    assert ("Det här kontot hör till demokommunen och är stängt här." in response.text) is not demo
    assert response.wsgi_request.user.is_authenticated is demo
