"""Someone who is to hold a session reads its plan on a phone."""

import re

import pytest
from playwright.sync_api import expect

from programmes.models import Delivery
from tests.factories import PlannedSessionFactory

BASE_PLANS = {
    "normer-och-dess-konsekvenser": ("Normer och dess konsekvenser", 40, 4),
    "aktiva-askadare-och-forandring": ("Aktiva åskådare och förändring", 40, 4),
    "vald-i-hemmet": ("Våld i hemmet", 50, 4),
}


@pytest.fixture
def starting_database(curriculum_database):
    return curriculum_database


@pytest.mark.parametrize("slug", BASE_PLANS)
def test_base_plan_is_read_on_a_phone(page, slug, assert_accessible):
    title, minutes, core_parts = BASE_PLANS[slug]

    # When someone finds the plan among the sessions
    page.goto("/program/taget/")
    page.get_by_role("region", name="Passen").get_by_role("link", name=title).tap()

    # Then it says why, how long, and what to do step by step
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(page.get_by_role("heading", name="Mål", exact=True)).to_be_visible()
    expect(page.get_by_text(f"{minutes} minuter · förskoleklass till årskurs 5")).to_be_visible()
    headings = page.get_by_role("region", name="Stegen").get_by_role("heading", level=3).all_inner_texts()
    assert sum(int(re.search(r"(\d+) min", heading)[1]) for heading in headings) == minutes
    assert sum("kärndel" in heading for heading in headings) == core_parts
    for word in ("Säg", "Gör", "Fråga"):
        expect(page.get_by_role("region", name="Stegen").get_by_text(word, exact=True).first).to_be_visible()
    assert_accessible(page)


def test_steps_can_be_read_for_one_age_alone(page):
    page.goto("/program/taget/vald-i-hemmet/")
    for_the_oldest = page.get_by_text("att bli tvingad eller kontrollerad")
    for_the_youngest = page.get_by_text("som när någon skriker så att man blir rädd")
    expect(for_the_oldest).to_be_visible()

    page.get_by_role("navigation", name="Visa för årskurs").get_by_role("link", name="F–1").tap()

    expect(for_the_youngest).to_be_visible()
    expect(for_the_oldest).to_be_hidden()


def test_sensitive_plan_opens_with_guidance_and_has_support_a_tap_away(page, assert_accessible):
    page.goto("/program/taget/vald-i-hemmet/")
    order = page.get_by_role("heading", level=2).all_inner_texts()
    assert order[:2] == ["Läs det här först", "Mål"]
    expect(page.get_by_role("region", name="Läs det här först").get_by_text("anmälningsplikt")).to_be_visible()
    expect(page.get_by_role("heading", name="Om ett barn berättar")).to_be_visible()

    # When the support list is asked for
    page.get_by_role("link", name="Stöd", exact=True).tap()

    # Then the numbers can be rung at once
    support = page.get_by_role("region", name="Stödlistan")
    expect(support).to_be_in_viewport()
    expect(support.get_by_role("link", name="116 111")).to_have_attribute("href", "tel:116111")
    expect(support.get_by_role("link", name="112", exact=False).first).to_be_visible()
    assert_accessible(page)


def test_plan_without_sensitive_matter_has_no_guidance_but_a_way_to_support(page):
    page.goto("/program/taget/normer-och-dess-konsekvenser/")

    expect(page.get_by_role("heading", name="Läs det här först")).to_have_count(0)
    page.get_by_role("link", name="Stöd", exact=True).first.tap()
    expect(page).to_have_url(re.compile("/stod/$"))


def test_coordinator_reports_from_the_plan(page, coordinator, school_class, sign_in, assert_accessible):
    PlannedSessionFactory(school_class=school_class)
    page.goto("/program/taget/normer-och-dess-konsekvenser/")
    expect(page.get_by_role("link", name="Rapportera passet")).to_have_count(0)
    sign_in(page, coordinator)
    page.goto("/program/taget/normer-och-dess-konsekvenser/")

    page.get_by_role("link", name="Rapportera passet").first.tap()

    # Then the session is chosen already, and only the class is asked for
    expect(page.get_by_label("Pass", exact=True)).to_have_value("T-B1")
    assert_accessible(page)
    page.get_by_role("checkbox", name="3B").check()
    page.get_by_role("button", name="Fortsätt").tap()
    page.get_by_role("button", name="Spara").tap()
    expect(page.get_by_role("link", name="3B Normer och dess konsekvenser: genomfört", exact=True)).to_be_visible()
    assert Delivery.objects.count() == 1
