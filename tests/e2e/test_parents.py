"""A coordinator's parent group: set up with its four meetings, counted after each, and the year's number of parents."""

import pytest
from playwright.sync_api import expect

from programmes.models import ParentGroup
from tests.e2e.conftest import DESKTOP, PHONE

DAYS = ("2026-10-01", "2026-10-15", "2026-11-12", "2026-12-03")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "computer"])
def test_parent_group_is_set_up_and_counted(new_page, coordinator, sign_in, assert_accessible, size):
    page = new_page(viewport=size)
    sign_in(page, coordinator)

    # The school has no group yet, and says what to do
    page.goto("/skolor/almskolan/foraldrar/")
    expect(page.get_by_text("Inga grupper det här läsåret")).to_be_visible()
    assert_accessible(page)

    # A group with its four meetings
    page.get_by_role("link", name="Lägg upp en ABC-grupp").click()
    page.get_by_label("3–12 år").check()
    for number, day in enumerate(DAYS, start=1):
        page.get_by_label(f"Träff {number}", exact=True).fill(day)
    page.get_by_label("Språk").select_option("arabiska")
    assert_accessible(page)
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("heading", level=1, name="ABC 3–12 år, arabiska")).to_be_visible()

    # Those who came are counted; more cannot have completed than started
    for number, parents in enumerate(("12", "13", "11"), start=1):
        page.get_by_label(f"Träff {number}", exact=True).fill(parents)
    page.get_by_label("Fullföljde").fill("14")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_label("Fullföljde")).to_have_value("14")
    assert_accessible(page)
    page.get_by_label("Fullföljde").fill("11")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status").get_by_text("Antalen är sparade.")).to_be_visible()
    assert ParentGroup.objects.get().completed == 11

    # The year's parents
    page.goto("/skolor/almskolan/foraldrar/")
    expect(page.locator("main")).to_contain_text("13 föräldrar har börjat i en grupp i år")
    assert_accessible(page)
