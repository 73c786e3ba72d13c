"""What may go wrong while a session is reported: two people, no network, an impatient finger, a slip of the pen."""

from datetime import date

import pytest
from playwright.sync_api import expect

from programmes.models import Delivery, NotHeld
from tests.e2e.conftest import PHONE
from tests.factories import PlannedSessionFactory

ADDRESS = "/skolor/almskolan/rapportera/?klass=3B&pass=T-B1"


@pytest.fixture
def starting_database(curriculum_database):
    return curriculum_database


@pytest.fixture(autouse=True)
def planned(school_class):
    """Class 3B of 21 pupils, whose first base session was due on 30 September."""
    return PlannedSessionFactory(school_class=school_class)


def present(page):
    return page.get_by_label("Närvarande elever")


def press_save(page):
    page.get_by_role("button", name="Spara").click()


# Two people at once


@pytest.fixture
def in_conflict(new_page, coordinator, leader, sign_in):
    """Both have the empty form before them; the leader saves 20 on the 15th, then the coordinator 18 on the 22nd."""
    own, other = new_page(viewport=PHONE), new_page(viewport=PHONE)
    for page, user in ((own, coordinator), (other, leader)):
        sign_in(page, user)
        page.goto(ADDRESS)
    other.get_by_label("Datum").fill("2026-09-15")
    present(other).fill("20")
    press_save(other)
    expect(other.get_by_role("button", name="Ångra")).to_be_visible()
    present(own).fill("18")
    press_save(own)
    return own


def test_both_reports_are_shown_to_the_one_who_came_second(in_conflict, assert_accessible):
    alert = in_conflict.get_by_role("alert", name="Någon hann rapportera samma pass före dig")

    expect(alert.get_by_text("tisdag 15 september, 20 av 21 närvarande")).to_be_visible()
    expect(alert.get_by_text("rapporterat av leader@ekbacka.example")).to_be_visible()
    expect(present(in_conflict)).to_have_value("18")
    expect(in_conflict.get_by_label("Datum")).to_have_value("2026-11-22")
    assert_accessible(in_conflict)
    assert list(Delivery.objects.values_list("date", "present")) == [(date(2026, 9, 15), 20)]


def test_the_second_may_let_the_own_report_count(in_conflict):
    in_conflict.get_by_role("button", name="Spara min i stället").click()

    expect(in_conflict.get_by_role("button", name="Ångra")).to_be_visible()
    delivery = Delivery.objects.get()
    assert (delivery.date, delivery.present) == (date(2026, 11, 22), 18)
    assert list(delivery.history.order_by("history_id").values_list("present", flat=True)) == [20, 18]


def test_the_second_may_let_the_other_report_count(in_conflict):
    in_conflict.get_by_role("link", name="Behåll den andra").click()

    held = in_conflict.get_by_role("link", name="3B Normer och dess konsekvenser: genomfört", exact=True)
    expect(held).to_be_visible()
    delivery = Delivery.objects.get()
    assert (delivery.date, delivery.present, delivery.history.count()) == (date(2026, 9, 15), 20, 1)


# The network and the finger


def test_lost_connection_is_told_and_loses_nothing(page, coordinator, sign_in, assert_accessible):
    sign_in(page, coordinator)
    page.goto(ADDRESS)
    page.get_by_label("Datum").fill("2026-09-29")
    present(page).fill("19")

    page.context.set_offline(True)
    press_save(page)
    told = page.get_by_role("alert").filter(has_text="Ingen kontakt med servern. Inget har gått förlorat")
    expect(told).to_be_visible()
    expect(page.get_by_label("Datum")).to_have_value("2026-09-29")
    expect(present(page)).to_have_value("19")
    assert_accessible(page)
    assert not Delivery.objects.exists()

    page.context.set_offline(False)
    press_save(page)
    expect(page.get_by_role("button", name="Ångra")).to_be_visible()
    assert list(Delivery.objects.values_list("date", "present")) == [(date(2026, 9, 29), 19)]


def test_answer_that_is_lost_on_the_way_leaves_one_delivery(page, coordinator, sign_in):
    sign_in(page, coordinator)
    page.goto(ADDRESS)
    present(page).fill("19")

    def saved_but_unanswered(route):
        route.fetch(max_redirects=0)
        route.abort("internetdisconnected")

    page.route("**/rapportera/**", saved_but_unanswered, times=1)
    press_save(page)
    expect(page.get_by_role("alert").filter(has_text="Ingen kontakt med servern")).to_be_visible()
    assert list(Delivery.objects.values_list("present", flat=True)) == [19]

    press_save(page)
    expect(page.get_by_role("link", name="3B Normer och dess konsekvenser: genomfört", exact=True)).to_be_visible()
    delivery = Delivery.objects.get()
    assert (delivery.present, delivery.history.count()) == (19, 1)


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_presses_on_save_make_one_delivery(new_page, coordinator, sign_in, has_scripts):
    page = new_page(viewport=PHONE, java_script_enabled=has_scripts)
    sign_in(page, coordinator)
    page.goto(ADDRESS)
    present(page).fill("19")

    page.get_by_role("button", name="Spara").dblclick()

    expect(page.get_by_role("link", name="3B Normer och dess konsekvenser: genomfört", exact=True)).to_be_visible()
    delivery = Delivery.objects.get()
    assert (delivery.present, delivery.history.count()) == (19, 1)


# Slips of the pen


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_bad_input_is_told_at_once_and_nothing_typed_is_lost(
    new_page, coordinator, sign_in, assert_accessible, has_scripts
):
    page = new_page(viewport=PHONE, java_script_enabled=has_scripts)
    sign_in(page, coordinator)
    page.goto(ADDRESS)
    page.get_by_text("Mer om passet").click()
    page.get_by_label("Anteckning").fill("Två grupper bytte plats")
    page.get_by_label("Datum").fill("2026-11-23")
    present(page).fill("22")
    press_save(page)

    # Then the summary says what is wrong and has the focus
    summary = page.get_by_role("alert").filter(has_text="2 saker behöver rättas")
    expect(summary.get_by_text("Inget är sparat ännu. Det du fyllde i finns kvar.")).to_be_visible()
    if has_scripts:
        expect(summary).to_be_focused()
    wrong = summary.get_by_role("link", name="Närvarande elever kan inte vara fler än eleverna i gruppen (21).")
    ahead = summary.get_by_role("link", name="Datumet ligger framåt i tiden.")
    for link, field in ((wrong, present(page)), (ahead, page.get_by_label("Datum"))):
        link.click()
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Datum")).to_have_value("2026-11-23")
    expect(present(page)).to_have_value("22")
    expect(page.get_by_label("Anteckning")).to_have_value("Två grupper bytte plats")
    if has_scripts:
        assert_accessible(page)
    assert not Delivery.objects.exists()

    # When both are put right, it is saved with the rest
    page.get_by_label("Datum").fill("2026-11-20")
    present(page).fill("21")
    press_save(page)
    expect(page.get_by_role("button", name="Ångra")).to_be_visible()
    assert list(Delivery.objects.values_list("date", "present", "note")) == [
        (date(2026, 11, 20), 21, "Två grupper bytte plats")
    ]


def test_not_held_without_a_reason_asks_for_it(page, coordinator, sign_in, assert_accessible):
    sign_in(page, coordinator)
    page.goto(ADDRESS)
    page.get_by_role("radio", name="Ej hållet").check()
    press_save(page)

    summary = page.get_by_role("alert").filter(has_text="En sak behöver rättas")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link", name="Orsak: Välj varför passet inte hölls.")).to_be_visible()
    expect(page.get_by_role("radio", name="Ej hållet")).to_be_checked()
    assert_accessible(page)
    assert not NotHeld.objects.exists()


def test_form_that_was_open_too_long_says_so(page, coordinator, sign_in, assert_accessible):
    sign_in(page, coordinator)
    page.goto(ADDRESS)
    page.context.clear_cookies()
    press_save(page)

    expect(page.get_by_role("alert").filter(has_text="Det gick inte att spara")).to_be_visible()
    expect(page.get_by_role("heading", level=1, name="Rapportera pass")).to_be_visible()
    assert_accessible(page)
