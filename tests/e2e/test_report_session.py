"""A coordinator reports a session: on a phone, at a computer, by keyboard, and without scripts."""

from datetime import date

import pytest
from playwright.sync_api import expect

from programmes.models import Delivery, NotHeld
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import ClassFactory, DeliveryFactory, PlannedSessionFactory

NOT_REPORTED = "3B Normer och dess konsekvenser: ej rapporterat"
HELD = "3B Normer och dess konsekvenser: genomfört"
COUNT_TAPS = """addEventListener("pointerdown", () => {
  sessionStorage.taps = Number(sessionStorage.taps || 0) + 1;
}, true);"""


@pytest.fixture
def starting_database(curriculum_database):
    return curriculum_database


@pytest.fixture(autouse=True)
def planned(school_class):
    """Class 3B of 21 pupils, whose first base session was due on 30 September."""
    return PlannedSessionFactory(school_class=school_class)


def the_year(page):
    return page.get_by_role("table", name="Läsåret 2026/27")


def open_report(page, name=NOT_REPORTED):
    the_year(page).get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1, name="Rapportera pass")).to_be_visible()


def save(page, says):
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status").get_by_text(says, exact=True)).to_be_visible()


# The whole journey


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "computer"])
def test_coordinator_reports_a_session_and_takes_it_back(new_page, coordinator, sign_in, assert_accessible, size):
    page = new_page(viewport=size)
    sign_in(page, coordinator)
    assert_accessible(page)

    # When the session that waits is reported, with everybody there
    open_report(page)
    expect(page.get_by_role("radio", name="Genomfört")).to_be_checked()
    expect(page.get_by_role("radio", name="Ej hållet")).not_to_be_checked()
    expect(page.get_by_label("Datum")).to_have_attribute("type", "date")
    expect(page.get_by_label("Datum")).to_have_value("2026-11-22")
    expect(page.get_by_text("söndag 22 november, v. 47", exact=True)).to_be_visible()
    expect(page.get_by_label("Elever i gruppen")).to_have_value("21")
    expect(page.get_by_label("Närvarande elever")).to_have_value("")
    assert_accessible(page)
    page.get_by_label("Datum").fill("2026-09-29")
    expect(page.get_by_text("tisdag 29 september, v. 40", exact=True)).to_be_visible()
    page.get_by_role("button", name="Alla", exact=True).click()
    expect(page.get_by_label("Närvarande elever")).to_have_value("21")
    save(page, "3B Normer och dess konsekvenser: genomfört tisdag 29 september, 21 av 21")

    # Then the station is filled
    expect(the_year(page).get_by_role("link", name=HELD, exact=True)).to_be_visible()
    assert_accessible(page)
    assert list(Delivery.objects.values_list("date", "present", "group_size")) == [(date(2026, 9, 29), 21, 21)]

    # And it can be emptied again
    page.get_by_role("button", name="Ångra").click()
    expect(the_year(page).get_by_role("link", name=NOT_REPORTED, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Ångra")).to_have_count(0)
    assert not Delivery.objects.exists()


def test_plain_report_takes_two_taps_and_a_counted_one_three(page, coordinator, sign_in):
    page.add_init_script(COUNT_TAPS)
    sign_in(page, coordinator)

    def taps(*targets):
        page.evaluate("sessionStorage.taps = 0")
        for target in targets:
            target.tap()
        expect(page.get_by_role("button", name="Ångra")).to_be_visible()
        return int(page.evaluate("sessionStorage.taps"))

    station = the_year(page).get_by_role("link", name="3B Normer och dess konsekvenser")
    everybody = page.get_by_role("button", name="Alla", exact=True)
    spara = page.get_by_role("button", name="Spara")

    assert taps(station, spara) == 2
    page.get_by_role("button", name="Ångra").tap()
    expect(the_year(page).get_by_role("link", name=NOT_REPORTED, exact=True)).to_be_visible()
    assert taps(station, everybody, spara) == 3


def test_report_by_keyboard_alone(wide_page, coordinator, sign_in):
    page = wide_page
    sign_in(page, coordinator)

    tab_to(page, the_year(page).get_by_role("link", name=NOT_REPORTED))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Rapportera pass")).to_be_visible()
    tab_to(page, page.get_by_role("radio", name="Genomfört"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Ej hållet")).to_be_checked()
    page.keyboard.press("ArrowLeft")
    tab_to(page, page.get_by_role("button", name="Alla", exact=True))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Spara"))
    page.keyboard.press("Enter")
    expect(the_year(page).get_by_role("link", name=HELD, exact=True)).to_be_visible()
    assert list(Delivery.objects.values_list("present", flat=True)) == [21]

    tab_to(page, page.get_by_role("button", name="Ångra"))
    page.keyboard.press("Space")
    expect(the_year(page).get_by_role("link", name=NOT_REPORTED, exact=True)).to_be_visible()
    assert not Delivery.objects.exists()


def tab_to(page, locator, most=120):
    for _press in range(most):
        page.keyboard.press("Tab")
        if locator.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{locator} is not reached with the Tab key.")


def test_report_without_scripts(new_page, coordinator, sign_in):
    page = new_page(viewport=PHONE, java_script_enabled=False)
    sign_in(page, coordinator)

    open_report(page)
    expect(page.get_by_role("button", name="Alla", exact=True)).to_be_hidden()
    page.get_by_label("Datum").fill("2026-09-29")
    page.get_by_label("Närvarande elever").fill("19")
    save(page, "3B Normer och dess konsekvenser: genomfört tisdag 29 september, 19 av 21")
    expect(the_year(page).get_by_role("link", name=HELD, exact=True)).to_be_visible()

    page.get_by_role("button", name="Ångra").click()
    expect(the_year(page).get_by_role("link", name=NOT_REPORTED, exact=True)).to_be_visible()
    assert not Delivery.objects.exists()


# The optional part


def test_optional_part_is_recorded_and_opens_by_itself_next_time(
    page, coordinator, school_class, sign_in, assert_accessible
):
    sign_in(page, coordinator)
    open_report(page)
    expect(page.get_by_role("checkbox", name="Vad är en norm?")).to_be_hidden()

    page.get_by_text("Mer om passet").tap()
    for core_part in ("Vad är en norm?", "Normer om tjejer och killar", "När normer gör ont"):
        page.get_by_role("group", name="Kärndelar som gjordes").get_by_label(core_part).check()
    page.get_by_role("group", name="Elevernas engagemang").get_by_label("3").check()
    page.get_by_role("group", name="Förberedelsetid").get_by_label("16–45 min").check()
    page.get_by_label("Ledare 1, yrke").select_option("lärare")
    page.get_by_label("Ledare 1, utbildad").select_option("Ja")
    expect(page.get_by_role("group", name="Vad ändrades")).to_be_hidden()
    page.get_by_role("group", name="Anpassat").get_by_label("Ja").check()
    page.get_by_role("group", name="Vad ändrades").get_by_label("kortare").check()
    page.get_by_label("Anteckning").fill("Lugnt och bra")
    assert_accessible(page)
    save(page, "3B Normer och dess konsekvenser: genomfört söndag 22 november")

    delivery = Delivery.objects.get()
    assert (delivery.core_parts_count, delivery.core_parts_total) == (3, 4)
    assert (delivery.engagement, delivery.preparation, delivery.note) == (3, "up_to_45", "Lugnt och bra")
    assert (delivery.is_adapted, delivery.adaptation_what) == (True, "shortened")
    assert list(delivery.leaders.values_list("role", "organisation", "is_trained")) == [("teacher", "school", True)]

    # Next time it is open, with the same leader
    page.goto("/skolor/almskolan/rapportera/?klass=3B&pass=T-B2")
    expect(page.get_by_role("checkbox", name="Fyra sätt att hjälpa")).to_be_visible()
    expect(page.get_by_label("Ledare 1, yrke")).to_have_value("teacher")
    expect(page.get_by_label("Anteckning")).to_have_value("")


def test_no_core_part_and_core_parts_cannot_both_be_chosen(page, coordinator, sign_in, assert_accessible):
    sign_in(page, coordinator)
    open_report(page)
    page.get_by_text("Mer om passet").tap()
    parts = page.get_by_role("group", name="Kärndelar som gjordes")
    parts.get_by_label("Vad är en norm?").check()
    parts.get_by_label("Inga", exact=True).check()
    page.get_by_role("button", name="Spara").tap()

    expect(page.get_by_role("alert").filter(has_text="En sak behöver rättas")).to_be_visible()
    expect(parts.get_by_label("Vad är en norm?")).to_be_checked()
    assert_accessible(page)
    assert not Delivery.objects.exists()


# Not held, several classes, groups, corrections


def test_session_that_was_not_held_is_reported_with_its_reason(page, coordinator, sign_in, assert_accessible):
    sign_in(page, coordinator)
    open_report(page)
    expect(page.get_by_role("group", name="Orsak")).to_be_hidden()

    page.get_by_role("radio", name="Ej hållet").check()
    expect(page.get_by_label("Närvarande elever")).to_be_hidden()
    page.get_by_role("group", name="Orsak").get_by_label("vikarie eller personalbrist").check()
    assert_accessible(page)
    save(page, "3B Normer och dess konsekvenser: ej hållet (vikarie eller personalbrist)")

    name = "3B Normer och dess konsekvenser: ej hållet"
    expect(the_year(page).get_by_role("link", name=name, exact=True)).to_be_visible()
    assert list(NotHeld.objects.values_list("reason", flat=True)) == ["staffing"]


def test_several_classes_are_reported_in_one_go(page, coordinator, school, planned, sign_in, assert_accessible):
    parallel = ClassFactory(school=school, name="3A", enrolled=23)
    PlannedSessionFactory(school_class=parallel, session=planned.session)
    sign_in(page, coordinator)
    open_report(page)

    page.get_by_text("Rapportera fler klasser på en gång").tap()
    page.get_by_role("checkbox", name="3A").check()
    page.get_by_role("button", name="Lägg till klasserna").tap()
    page.get_by_role("group", name="3A").get_by_label("Närvarande elever").fill("22")
    page.get_by_role("group", name="3B").get_by_role("button", name="Alla").tap()
    assert_accessible(page)
    save(
        page,
        "3A Normer och dess konsekvenser: genomfört söndag 22 november, 22 av 23; "
        "3B Normer och dess konsekvenser: genomfört söndag 22 november, 21 av 21",
    )

    for name in ("3A", "3B"):
        held = f"{name} Normer och dess konsekvenser: genomfört"
        expect(the_year(page).get_by_role("link", name=held, exact=True)).to_be_visible()

    # And both are taken back together
    page.get_by_role("button", name="Ångra").tap()
    expect(the_year(page).get_by_role("link", name=NOT_REPORTED, exact=True)).to_be_visible()
    assert not Delivery.objects.exists()


def test_second_group_of_a_class_is_a_delivery_of_its_own(page, coordinator, planned, sign_in, assert_accessible):
    DeliveryFactory(planned_session=planned, group=1, present=9, group_size=10)
    sign_in(page, coordinator)

    open_report(page, HELD)
    expect(page.get_by_role("region", name="Redan rapporterat").get_by_text("3B, grupp 1")).to_be_visible()
    expect(page.get_by_role("group", name="Grupp", exact=True).get_by_label("grupp 2")).to_be_checked()
    page.get_by_label("Elever i gruppen").fill("11")
    page.get_by_role("button", name="Alla", exact=True).tap()
    assert_accessible(page)
    save(page, "3B Normer och dess konsekvenser: genomfört söndag 22 november, 11 av 11")

    assert sorted(Delivery.objects.values_list("group", "present", "group_size")) == [(1, 9, 10), (2, 11, 11)]


def test_correction_starts_from_the_old_values_and_keeps_them(page, coordinator, planned, sign_in, assert_accessible):
    DeliveryFactory(
        planned_session=planned, date=date(2026, 9, 15), present=18, group_size=20, minutes=35, note="En kvart försenat"
    )
    sign_in(page, coordinator)

    open_report(page, HELD)
    expect(page.get_by_label("Datum")).to_have_value("2026-09-15")
    expect(page.get_by_label("Elever i gruppen")).to_have_value("20")
    expect(page.get_by_label("Närvarande elever")).to_have_value("18")
    expect(page.get_by_label("Anteckning")).to_have_value("En kvart försenat")
    page.get_by_label("Närvarande elever").press("ArrowUp")
    assert_accessible(page)
    save(page, "3B Normer och dess konsekvenser: genomfört tisdag 15 september, 19 av 20")

    corrected = Delivery.objects.get()
    assert (corrected.present, corrected.minutes, corrected.note) == (19, 35, "En kvart försenat")
    assert list(corrected.history.order_by("history_id").values_list("present", flat=True)) == [18, 19]

    page.get_by_role("button", name="Ångra").tap()
    expect(page.get_by_text("Ångrat: allt är som innan du sparade.")).to_be_visible()
    assert Delivery.objects.get().present == 18
