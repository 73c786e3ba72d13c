"""Coming in for the first time, and the second step: an invitation, a passkey under the strict policy, and an app."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from playwright.sync_api import expect

from programmes.models import Membership

LINK = re.compile(r"http://[^/]+(/inbjudan/\S+/)")


@pytest.fixture
def strict(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def app_code(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_colleague_is_invited_and_comes_in(page, new_page, coordinator, school_class, sign_in, assert_accessible):
    # Given a coordinator who invites a leader of 3B
    sign_in(page, coordinator)
    page.goto("/inbjudningar/")
    page.get_by_role("link", name="Bjud in någon").tap()
    page.get_by_label("E-post").fill("nour@ekbacka.example")
    page.get_by_label("passledare").check()
    page.get_by_label("3B").check()
    page.get_by_role("button", name="Skicka inbjudan").tap()
    expect(page.get_by_role("status").get_by_text("Inbjudan är skickad till nour@ekbacka.example.")).to_be_visible()
    assert_accessible(page)

    # When the colleague opens the link and says their name
    invited = new_page(viewport={"width": 390, "height": 844})
    invited.goto(LINK.search(mail.outbox[-1].body)[1])
    assert_accessible(invited)
    invited.get_by_label("Förnamn").fill("Nour")
    invited.get_by_label("Efternamn").fill("Halvarsson")
    invited.get_by_role("button", name="Tacka ja och logga in").click()

    # Then they are at their school, and the link is used up
    expect(invited.get_by_role("heading", level=1, name="Almskolan")).to_be_visible()
    assert Membership.objects.get(user__email="nour@ekbacka.example").classes.get() == school_class
    page.goto(LINK.search(mail.outbox[-1].body)[1])
    expect(page.get_by_role("heading", level=1, name="Inbjudan fungerar inte")).to_be_visible()
    assert_accessible(page)


@pytest.mark.usefixtures("strict")
def test_passkey_is_the_second_step_and_then_the_only_one(new_page, server_address, centre, assert_accessible):
    # Given a device with a finger reader; a passkey belongs to a name, not to a number
    at = server_address.replace("127.0.0.1", "localhost")
    page = new_page(viewport={"width": 1280, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    reader = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    ready = {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**reader, **ready}})

    # When the centre's coordinator signs in with a password, a second step is asked for and set up
    page.goto(f"{at}/konto/logga-in/")
    page.get_by_label("E-post").fill(centre.email)
    page.get_by_label("Lösenord").fill("en-lang-fras-for-proven")
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_text("Din roll kräver två steg vid inloggningen.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Lägg till en passnyckel").click()
    page.get_by_label("Passnyckelns namn").fill("Min dator")
    assert_accessible(page)
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_role("heading", level=1, name="Reservkoder")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Jag har sparat dem, gå vidare").click()
    expect(page.get_by_role("heading", level=1, name="Översikt")).to_be_visible()

    # Then next time the passkey is all that is needed
    page.get_by_text("Meny", exact=True).click()
    page.get_by_role("button", name="Logga ut").click()
    page.goto(f"{at}/konto/logga-in/")
    page.get_by_role("button", name="Använd en passnyckel").click()
    expect(page.get_by_role("heading", level=1, name="Översikt")).to_be_visible()
    page.goto(f"{at}/konto/steg-tva/nycklar/")
    expect(page.get_by_role("link", name="Ändra Min dator")).to_be_visible()
    assert_accessible(page)


@pytest.mark.usefixtures("strict")
def test_app_is_set_up_and_asked_for_without_javascript(new_page, centre):
    page = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto("/konto/logga-in/")
    page.get_by_label("E-post").fill(centre.email)
    page.get_by_label("Lösenord").fill("en-lang-fras-for-proven")
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.get_by_role("link", name="Ordna kod från en app").click()
    page.get_by_text("Går det inte med kameran?").click()
    secret = page.locator("[translate=no]").inner_text()
    page.get_by_label("Autentiseringskod").fill(app_code(secret))
    page.get_by_role("button", name="Slå på").click()
    codes = page.get_by_role("main").get_by_role("listitem").all_inner_texts()
    page.get_by_role("link", name="Jag har sparat dem, gå vidare").click()
    expect(page.get_by_role("heading", level=1, name="Översikt")).to_be_visible()

    # Next time a recovery code does, should the phone be gone
    page.goto("/konto/logga-ut/")
    page.get_by_role("main").get_by_role("button", name="Logga ut").click()
    page.goto("/konto/logga-in/")
    page.get_by_label("E-post").fill(centre.email)
    page.get_by_label("Lösenord").fill("en-lang-fras-for-proven")
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Andra steget")).to_be_visible()
    page.get_by_label("Kod").fill(codes[-1])
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1, name="Översikt")).to_be_visible()
