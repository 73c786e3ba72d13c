"""A class meeting: everybody gets an adult, tap by tap, and the round is closed; with and without scripts."""

import pytest
from playwright.sync_api import expect

from programmes.models import CheckRound, SecureBase
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import CheckRoundFactory, ListedPupilFactory, SchoolAdultFactory, SecureBaseFactory

LIST = "/skolor/almskolan/trygg-bas/3B/"
COUNT_TAPS = """addEventListener("pointerdown", () => {
  sessionStorage.taps = Number(sessionStorage.taps || 0) + 1;
}, true);"""


@pytest.fixture
def autumn(school):
    return CheckRoundFactory(school=school)


@pytest.fixture
def adults(school):
    return [SchoolAdultFactory(school=school, name=name) for name in ("A.", "B.", "C.", "D.", "E.")]


def list_of(school_class, count):
    return [ListedPupilFactory(school_class=school_class, number=number) for number in range(1, count + 1)]


def finding(page, words):
    expect(page.locator("main")).to_contain_text(words)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "computer"])
def test_trygg_bas_from_the_first_list_to_a_closed_round(
    new_page, coordinator, school_class, adults, sign_in, assert_accessible, size
):
    page = new_page(viewport=size)
    sign_in(page, coordinator)

    # Given a round and a list of the class
    page.goto("/skolor/almskolan/trygg-bas/")
    assert_accessible(page)
    page.get_by_role("link", name="Öppna avstämningen för HT 2026").click()
    page.get_by_label("Öppen till").fill("2026-12-11")
    page.get_by_role("button", name="Öppna avstämningen").click()
    page.get_by_role("link", name="Gör listan 3B").click()
    page.get_by_role("button", name="Gör en lista med 21 elever").click()
    finding(page, "0 av 21 elever har en trygg vuxen. 21 saknar.")
    assert_accessible(page)

    # When one pupil gets two adults, by the adults' word and the pupil's own
    page.get_by_role("link", name="Lägg till vuxen för elev 4", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Elev 4, 3B")).to_be_visible()
    page.get_by_role("group", name="De vuxnas ord").get_by_role("checkbox", name="Lärare A.").check()
    page.get_by_role("radio", name="nämnde någon").check()
    page.get_by_role("group", name="Elevens ord").get_by_role("checkbox", name="Lärare B.").check()
    assert_accessible(page)
    page.get_by_role("button", name="Spara").click()

    # Then the words are kept apart, and the others stand first
    finding(page, "1 av 21 elever har en trygg vuxen. 20 saknar.")
    row = page.get_by_role("list", name="Orden skiljer sig").get_by_role("listitem")
    expect(row).to_contain_text("elevens ord: lärare B., vuxnas: lärare A.")
    assert_accessible(page)

    # And the round is closed although most have nobody
    page.goto("/skolor/almskolan/trygg-bas/")
    page.get_by_role("link", name="Avsluta avstämningen").click()
    assert_accessible(page)
    page.get_by_role("button", name="Avsluta avstämningen").click()
    expect(page.get_by_role("status")).to_contain_text("20 elever saknar fortfarande en trygg vuxen")
    assert list(CheckRound.objects.values_list("class_checks__covered", flat=True)) == [1]


def test_thirty_pupils_take_at_most_seventy_taps(page, leader, school_class, autumn, adults, sign_in):
    """Five adults have six pupils each: open, choose, and a tap for each pupil."""
    list_of(school_class, 30)
    page.add_init_script(COUNT_TAPS)
    sign_in(page, leader)
    page.goto(LIST)
    page.evaluate("sessionStorage.taps = 0")

    for order, adult in enumerate(adults):
        page.locator("summary", has_text="vuxen för många" if order == 0 else "byt här").tap()
        page.get_by_role("radio", name=str(adult)).tap()
        for number in range(order * 6 + 1, order * 6 + 7):
            button = page.get_by_role("button", name=f"Lägg till {adult.inline} för elev {number}", exact=True)
            button.tap()
    finding(page, "Alla 30 elever har en trygg vuxen.")

    assert int(page.evaluate("sessionStorage.taps")) == 40
    assert SecureBase.objects.count() == 30


def test_quick_taps_are_all_kept(page, leader, school_class, autumn, adults, sign_in):
    """A person does not wait for the answer before tapping the next."""
    list_of(school_class, 10)
    sign_in(page, leader)
    page.goto(f"{LIST}?vuxen={adults[0].pk}")

    page.evaluate("document.querySelectorAll('#lista li form').forEach(form => form.requestSubmit())")
    finding(page, "Alla 10 elever har en trygg vuxen.")

    assert SecureBase.objects.count() == 10


def test_list_works_without_scripts(new_page, leader, school_class, autumn, adults, sign_in):
    list_of(school_class, 2)
    page = new_page(viewport=PHONE, java_script_enabled=False)
    sign_in(page, leader)
    page.goto(LIST)

    page.locator("summary", has_text="vuxen för många").click()
    page.get_by_role("radio", name="Lärare C.").check()
    page.get_by_role("button", name="Välj", exact=True).click()
    page.get_by_role("button", name="Lägg till lärare C. för elev 2").click()

    expect(page.get_by_role("button", name="Ta bort lärare C. för elev 2")).to_be_visible()
    finding(page, "1 av 2 elever har en trygg vuxen. 1 saknar.")


def test_next_pupil_sees_nothing_of_the_last(page, leader, school_class, autumn, adults, sign_in, assert_accessible):
    first, _second = list_of(school_class, 2)
    SecureBaseFactory(pupil=first, adult=adults[0], round=autumn)
    sign_in(page, leader)
    page.goto(f"{LIST}fraga/")
    assert_accessible(page)

    page.get_by_role("link", name="Elev 1", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="En fråga till dig")).to_be_visible()
    expect(page.get_by_role("link", name="Meny")).to_have_count(0)
    page.get_by_role("checkbox", name="Lärare B.").check()
    assert_accessible(page)
    page.get_by_role("button", name="Klar").click()
    expect(page.get_by_role("heading", level=1, name="Tack")).to_be_visible()

    # Going back shows an empty question, and so does the next pupil's page
    page.go_back()
    expect(page.get_by_role("checkbox", name="Lärare B.")).not_to_be_checked()
    page.goto(f"{LIST}fraga/")
    page.get_by_role("link", name="Elev 2", exact=True).click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    assert list(SecureBase.objects.filter(word="pupil").values_list("adult__name", flat=True)) == ["B."]
