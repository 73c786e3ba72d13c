"""The second factor: asked of some roles, at every door, and looked for in the sign-in and not in the account."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from programmes.enums import SECOND_FACTOR_ROLES, Role
from programmes.exports.event_words import event_sentence
from programmes.models import Event
from tests.factories import MembershipFactory, UserFactory
from tests.factories.programmes import PASSWORD

DOORS = ["/start/", "/oversikt/", "/admin/", "/django-admin/", "/rapporter/tackning.csv", "/"]
CODE_PAGE = "/konto/bekrafta/kod/"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture(autouse=True)
def _nobody_has_tried_before():
    cache.clear()


@pytest.fixture
def secret():
    return generate_totp_secret()


@pytest.fixture
def protected(centre, secret):
    """The centre's coordinator, with an app and recovery codes set up."""
    TOTP.activate(centre, secret)
    RecoveryCodes.activate(centre)
    return centre


def code_now(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def sign_in(client, user, **typed):
    return client.post("/konto/logga-in/", {"login": user.email, "password": PASSWORD, **typed})


# Who is asked


def test_roles_that_see_a_municipality_export_or_administer_are_asked():
    assert set(Role) - set(SECOND_FACTOR_ROLES) == {Role.LEADER, Role.SUPERVISOR}


@pytest.mark.parametrize("door", DOORS)
def test_password_alone_opens_no_door_for_the_centre(client, centre, door):
    sign_in(client, centre)

    assert client.get(door)["Location"] == "/konto/steg-tva/"


@pytest.mark.parametrize("door", DOORS)
def test_password_alone_opens_no_door_for_an_administrator(client, municipality, door):
    administrator = User.objects.create_superuser("root@ekbacka.example", PASSWORD)
    sign_in(client, administrator)

    assert client.get(door)["Location"] == "/konto/steg-tva/"


def test_password_is_enough_for_a_leader(client, leader):
    sign_in(client, leader)

    assert client.get("/skolor/almskolan/").status_code == 200


def test_nothing_is_asked_where_it_is_not_required(client, centre, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(client, centre)

    assert client.get("/oversikt/").status_code == 200


def test_what_is_sent_without_a_second_factor_changes_nothing(client, coordinator, school):
    sign_in(client, coordinator)

    response = client.post("/inbjudningar/ny/", {"email": "ny@x.example", "role": "leader", "school": "almskolan"})

    assert response["Location"] == "/konto/steg-tva/"
    assert mail.outbox == []


def test_saving_in_place_is_led_to_the_second_step_as_a_whole_page(client, centre):
    sign_in(client, centre)

    response = client.get("/oversikt/", headers={"hx-request": "true"})

    assert response["HX-Redirect"] == "/konto/steg-tva/"


# The sign-in decides, not the account


def test_second_factor_on_the_account_is_not_one_in_the_sign_in(client, protected):
    """Whoever came in by another door with a password alone (libraries: Wagtail's own form) is asked for it."""
    client.force_login(protected)

    assert client.get("/oversikt/")["Location"] == f"{CODE_PAGE}?next=%2Foversikt%2F"


@pytest.mark.parametrize("door", ["/admin/login/", "/django-admin/login/"])
def test_forms_of_the_admins_are_closed(client, protected, door):
    for data in ({"username": protected.email, "password": PASSWORD}, {"login": protected.email, "password": PASSWORD}):
        assert client.post(door, data).status_code == 302

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["/admin/password_reset/", "/admin/account/change_password/"])
def test_wagtail_manages_no_passwords(client, protected, address):
    client.force_login(protected)

    assert client.get(address).status_code in {302, 404}
    assert client.get(address).get("Location", "/konto/").startswith("/konto/")


def test_password_and_code_of_the_app_open_the_doors(client, protected, secret):
    assert sign_in(client, protected)["Location"] == "/konto/logga-in/steg-tva/"
    assert "_auth_user_id" not in client.session

    client.post("/konto/logga-in/steg-tva/", {"code": code_now(secret)})

    assert client.get("/oversikt/").status_code == 200


def test_recovery_code_opens_the_door_once(client, protected):
    code = Authenticator.objects.get(user=protected, type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, protected)
    client.post("/konto/logga-in/steg-tva/", {"code": code})
    assert client.get("/oversikt/").status_code == 200
    client.logout()

    sign_in(client, protected)
    page = client.post("/konto/logga-in/steg-tva/", {"code": code})

    assert page.context["form"].errors == {"code": ["Felaktig kod."]}


def test_wrong_codes_are_counted_per_account(client, protected):
    sign_in(client, protected)
    tries = [client.post("/konto/logga-in/steg-tva/", {"code": f"{n:06}"}) for n in range(11)]

    assert "För många misslyckade inloggningsförsök" in str(tries[-1].context["form"].errors)


def test_code_lets_a_sign_in_without_one_go_on_to_what_was_asked(client, protected, secret):
    client.force_login(protected)

    response = client.post(f"{CODE_PAGE}?next=/oversikt/", {"code": code_now(secret), "next": "/oversikt/"})

    assert response["Location"] == "/oversikt/"
    assert client.get("/oversikt/").status_code == 200


def test_another_persons_second_factor_does_not_count(client, protected, stranger, secret, municipality):
    sign_in(client, protected)
    client.post("/konto/logga-in/steg-tva/", {"code": code_now(secret)})
    session = client.session
    other = UserFactory()
    MembershipFactory(user=other, role=Role.CENTRE_OLDER, municipality=municipality)
    names = ("account_authentication_methods", "account_authentication_methods_user")
    kept = {name: session[name] for name in names}
    client.logout()
    client.force_login(other)
    session = client.session
    session.update(kept)
    session.save()

    assert client.get("/oversikt/")["Location"] == "/konto/steg-tva/"


# Setting it up


def test_app_is_set_up_and_the_same_sign_in_goes_on(client, centre, monkeypatch):
    sign_in(client, centre)
    secret = client.get("/konto/steg-tva/app/").context["form"].secret

    # The test's own transaction is never committed.
    monkeypatch.setattr("allauth.mfa.totp.internal.flows.transaction.on_commit", lambda then: then())
    response = client.post("/konto/steg-tva/app/", {"code": code_now(secret)}, follow=True)

    assert response.redirect_chain[-1][0] == "/konto/steg-tva/reservkoder/"
    assert len(response.context["unused_codes"]) == 10
    assert 'href="/start/">Jag har sparat dem, till min sida' in response.text
    assert client.get("/oversikt/").status_code == 200
    assert "Andra steget i Stins" in mail.outbox[-1].subject
    assert "Kod från en app är påslagen för ditt konto." in mail.outbox[-1].body
    assert "second_factor_added" in Event.objects.values_list("kind", flat=True)


def test_page_first_asked_for_waits_while_the_second_factor_is_set_up(client, centre, monkeypatch):
    sign_in(client, centre)
    client.get("/rapporter/?period=HT2026")
    secret = client.get("/konto/steg-tva/app/").context["form"].secret
    monkeypatch.setattr("allauth.mfa.totp.internal.flows.transaction.on_commit", lambda then: then())
    codes = client.post("/konto/steg-tva/app/", {"code": code_now(secret)}, follow=True)

    assert 'href="/rapporter/?period=HT2026">Jag har sparat dem, gå vidare' in codes.text
    assert 'href="/rapporter/?period=HT2026">Gå vidare' in client.get("/konto/steg-tva/").text
    assert client.get("/rapporter/?period=HT2026").status_code == 200
    assert 'href="/start/">Till min sida' in client.get("/konto/steg-tva/").text


def test_secret_of_the_app_is_kept_encrypted(client, protected, secret, settings):
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-that-the-server-was-given-last-night-at-two"
    sign_in(client, protected)
    client.post("/konto/logga-in/steg-tva/", {"code": code_now(secret)})

    assert client.get("/oversikt/").status_code == 200


def test_setting_up_a_second_factor_asks_for_the_password_when_the_sign_in_is_old(client, centre):
    sign_in(client, centre)
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 3600} for record in session["account_authentication_methods"]
    ]
    session.save()

    assert client.get("/konto/steg-tva/app/")["Location"] == "/konto/bekrafta/?next=%2Fkonto%2Fsteg-tva%2Fapp%2F"


def test_administrator_takes_a_lost_second_factor_away_and_reads_no_secret(client, protected, secret):
    administrator = User.objects.create_superuser("root@ekbacka.example", PASSWORD)
    client.force_login(administrator)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session["account_authentication_methods_user"] = client.session["_auth_user_id"]
    session.save()
    row = Authenticator.objects.get(user=protected, type="totp")
    page = client.get(f"/django-admin/mfa/authenticator/{row.pk}/change/").content.decode()
    assert row.data["secret"] not in page

    client.post(f"/django-admin/mfa/authenticator/{row.pk}/delete/", {"post": "yes"})

    assert not Authenticator.objects.filter(pk=row.pk).exists()
    event = Event.objects.get(kind="second_factor_removed")
    assert (event.actor, event.person, event.about) == (administrator, protected, {"method": "totp"})
    assert event_sentence(event) == f"tog bort ett andra steg för {protected} (kod från en app)"
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        ([protected.email], "Stins: Andra steget i Stins")
    ]


def test_second_factors_taken_away_many_at_once_leave_a_trace_each(client, protected):
    administrator = User.objects.create_superuser("root@ekbacka.example", PASSWORD)
    client.force_login(administrator)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    keys = list(Authenticator.objects.values_list("pk", flat=True))

    client.post(
        "/django-admin/mfa/authenticator/",
        {"action": "delete_selected", "_selected_action": keys, "post": "yes"},
    )

    removed = Event.objects.filter(kind="second_factor_removed").order_by("pk")
    assert sorted(event.about["method"] for event in removed) == ["recovery_codes", "totp"]
    assert {(event.actor, event.person) for event in removed} == {(administrator, protected)}


# A lost one


def own_page_with_code(person, secret, counter):
    """A device on which the person is signed in, with both steps."""
    device = Client()
    sign_in(device, person)
    now = next(yield_hotp_counters_from_time())
    device.post("/konto/logga-in/steg-tva/", {"code": format_hotp_value(hotp_value(secret, now + counter))})
    assert device.get("/oversikt/").status_code == 200
    return device


def test_lost_second_factor_ends_what_runs_on_the_lost_phone(client, protected, coordinator, secret):
    phone = own_page_with_code(protected, secret, 0)
    colleague = Client()
    sign_in(colleague, coordinator)
    administrator = User.objects.create_superuser("root@ekbacka.example", PASSWORD)
    client.force_login(administrator)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    row = Authenticator.objects.get(user=protected, type="totp")

    client.post(f"/django-admin/mfa/authenticator/{row.pk}/delete/", {"post": "yes"})

    assert phone.get("/oversikt/")["Location"] == "/konto/logga-in/?next=/oversikt/"
    assert client.get("/django-admin/").status_code == 200
    assert "_auth_user_id" in colleague.session


def test_own_second_factor_taken_away_ends_the_other_sign_ins_and_keeps_this_one(protected, secret):
    phone = own_page_with_code(protected, secret, 0)
    computer = own_page_with_code(protected, secret, 1)

    computer.post("/konto/steg-tva/app/stang-av/")

    assert not Authenticator.objects.filter(user=protected, type="totp").exists()
    assert phone.get("/konto/")["Location"] == "/konto/logga-in/?next=/konto/"
    assert computer.get("/konto/").status_code == 200
