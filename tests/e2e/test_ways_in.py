"""Where people land when they sign in, and how they come on from a page that says no."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from programmes.actions.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD

LANDS_AT = {
    "samordnare": ("/oversikt/", "Översikt"),
    "koordinator": ("/skolor/almskolan/", "Almskolan"),
    "ledare": ("/skolor/almskolan/", "Almskolan"),
    "handledare": ("/skolor/ekbackaskolan/mvp/", "Mentorer i MVP"),
    "redaktor": ("/start/", "Hej, Mirja"),
    "utvarderare": ("/start/", "Hej, Tomas"),
    "admin": ("/oversikt/", "Översikt"),
}


@pytest.fixture
def starting_database(demo_database):
    return demo_database


@pytest.fixture
def person(db):
    return lambda name: User.objects.get(email=f"{name}@ekbacka.example")


def test_every_role_is_tried_with_one_press_and_lands_on_its_page(new_page, assert_accessible):
    found = {}
    for account in DEMO_ACCOUNTS:
        page = new_page()
        page.goto("/konto/logga-in/")
        page.get_by_role("button", name=f"Prova som {account.label}", exact=True).click()
        page.wait_for_url(lambda url: "/konto/" not in url)
        heading = page.get_by_role("heading", level=1)
        found[account.email.split("@")[0]] = (re.sub(r"^https?://[^/]+", "", page.url), heading.inner_text())
    assert_accessible(page)

    assert found == LANDS_AT


def test_without_demo_nobody_is_offered_an_account_or_let_in_by_one(page, person, settings, assert_accessible):
    settings.DEMO = False
    page.goto("/konto/logga-in/")

    expect(page.get_by_role("button", name="Logga in", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Prova som")).to_have_count(0)
    page.get_by_label("E-post").fill(person("admin").email)
    page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).tap()
    expect(page.get_by_text("Det här kontot hör till demokommunen och är stängt här.")).to_be_visible()
    assert_accessible(page)


def test_wrong_password_is_told_and_the_address_stays(page, person, assert_accessible):
    page.goto("/konto/logga-in/")
    page.get_by_label("E-post").fill(person("koordinator").email)
    page.get_by_label("Lösenord").fill("något-helt-annat")
    page.get_by_role("button", name="Logga in", exact=True).tap()

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("E-post")).to_have_value("koordinator@ekbacka.example")
    expect(page.get_by_label("Lösenord")).to_have_value("")
    assert_accessible(page)


def test_sign_in_leads_back_to_the_page_that_asked_for_it(page, person, assert_accessible):
    page.goto("/skolor/almskolan/plan/")
    page.get_by_label("E-post").fill(person("koordinator").email)
    page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).tap()

    expect(page).to_have_url(re.compile("/skolor/almskolan/plan/$"))
    assert_accessible(page)


def test_signing_out_closes_the_pages(page, person, sign_in):
    sign_in(page, person("koordinator"), DEMO_PASSWORD)
    page.get_by_text("Meny", exact=True).tap()
    page.get_by_role("button", name="Logga ut").tap()
    expect(page.get_by_role("status").get_by_text("Du har loggat ut.")).to_be_visible()

    page.goto("/skolor/almskolan/")
    expect(page.get_by_role("heading", level=1, name="Logga in")).to_be_visible()


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/oversikt/", "Du får inte se den här sidan"),
        ("/skolor/bjorkskolan/", "Sidan finns inte här"),
        ("/skolor/almskolan/rapportera/?klass=9Z&pass=T-B1", "Sidan finns inte här"),
        ("/finns/inte/", "Sidan finns inte här"),
    ],
)
def test_page_that_says_no_has_a_way_on(page, person, sign_in, assert_accessible, address, heading):
    sign_in(page, person("ledare"), DEMO_PASSWORD)
    page.goto(address)
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    assert_accessible(page)

    # Then every way on leads to a page that is there
    ways = page.get_by_role("main").get_by_role("link").all()
    assert ways
    for address_on in [way.get_attribute("href") for way in ways]:
        assert page.request.get(address_on).status == 200, address_on
