"""The first administrator of an empty installation finds the way to a municipality of their own."""

import pytest
from playwright.sync_api import expect

from tests.factories import UserFactory


@pytest.fixture
def starting_database(curriculum_database):
    return curriculum_database


def test_first_administrator_adds_the_municipality_and_sees_the_next_step(wide_page, sign_in, assert_accessible):
    sign_in(wide_page, UserFactory(is_staff=True, is_superuser=True))
    expect(wide_page.get_by_role("heading", level=1, name="Kom igång")).to_be_visible()
    assert_accessible(wide_page)

    wide_page.get_by_role("link", name="Lägg till Kommunen").click()
    wide_page.get_by_label("Namn:").first.fill("Provby kommun")
    wide_page.get_by_label("Kommunkod").fill("9905")
    wide_page.get_by_role("button", name="Spara", exact=True).click()
    expect(wide_page.get_by_text("Du är nu systemadministratör i Provby kommun.")).to_be_visible()

    wide_page.goto("/start/")
    expect(wide_page.get_by_role("banner").get_by_text("Provby kommun")).to_be_visible()
    expect(wide_page.get_by_text("Klart. Provby kommun, 9905")).to_be_visible()
    expect(wide_page.get_by_role("link", name="Lägg till Läsåret 2026/27")).to_be_visible()
