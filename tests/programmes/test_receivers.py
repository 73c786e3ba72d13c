"""Signing in, failing to and signing out leave a trace; an address that failed leaves none."""

import pytest
from django.urls import reverse

from programmes.models import Event
from tests.factories.programmes import PASSWORD


def events():
    return list(Event.objects.order_by("pk").values_list("kind", "actor__email", "municipality__name", "about"))


@pytest.mark.django_db
def test_sign_in_and_sign_out_are_logged_with_person_and_place(client, coordinator):
    client.post(reverse("account_login"), {"login": coordinator.email, "password": PASSWORD})
    client.post(reverse("account_logout"))

    assert events() == [
        ("signed_in", coordinator.email, "Ekbacka kommun", {"method": "password"}),
        ("signed_out", coordinator.email, "Ekbacka kommun", {}),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["coordinator@ekbacka.example", "nobody@ekbacka.example"])
def test_failed_sign_in_is_logged_without_the_address(client, coordinator, address):
    client.post(reverse("account_login"), {"login": address, "password": "fel-losenord-helt"})

    assert events() == [("sign_in_failed", None, "Ekbacka kommun", {})]


def test_password_that_is_changed_is_logged_once(client, coordinator):
    client.force_login(coordinator)
    new = "en-annan-lang-fras-2026"
    answer = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    client.post(reverse("account_change_password"), answer)

    assert [kind for kind, *_rest in events()] == ["password_changed"]
