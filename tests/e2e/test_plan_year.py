"""A coordinator's August: classes move up, the year is planned; and a paper is typed in when the autumn has come."""

from datetime import date

import pytest
from playwright.sync_api import expect

from programmes.models import Delivery, NotHeld, PlannedSession, SchoolClass
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import ClassFactory, PlannedSessionFactory, SchoolYearFactory

SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "computer"])


@pytest.fixture
def starting_database(curriculum_database):
    return curriculum_database


def tell(page, words):
    expect(page.get_by_role("status").get_by_text(words, exact=True)).to_be_visible()


class TestAugust:
    @pytest.fixture
    def today(self):
        return date(2026, 8, 17)

    @pytest.fixture(autouse=True)
    def _last_year(self, municipality, school):
        """Almskolan's classes of 2025/26; nobody has moved them up."""
        SchoolYearFactory(municipality=municipality)
        for name, grade, enrolled in (("FA", 0, 19), ("2B", 2, 21), ("5A", 5, 26)):
            ClassFactory(school=school, name=name, lowest_grade=grade, enrolled=enrolled, start_year=2025)

    @SIZES
    def test_classes_move_up_and_their_year_is_planned(self, new_page, coordinator, sign_in, assert_accessible, size):
        page = new_page(viewport=size)
        sign_in(page, coordinator)

        # The year is empty, and says what to do
        page.goto("/skolor/almskolan/")
        page.get_by_role("link", name="Flytta upp klasserna").click()
        expect(page.get_by_role("heading", level=1, name="Klasserna 2026/27")).to_be_visible()
        expect(page.get_by_label("Namn, 2B")).to_have_value("3B")
        expect(page.get_by_label("Namn, 5A")).to_have_value("")
        assert_accessible(page)
        page.get_by_label("Elever, 2B").fill("22")
        page.get_by_role("button", name="Skapa klasserna").click()
        tell(page, "3 klasser är klara för 2026/27, med 9 planerade pass.")
        assert list(SchoolClass.objects.filter(start_year=2026).in_order().values_list("name", "enrolled")) == [
            ("FA", None),
            ("1A", 19),
            ("3B", 22),
        ]
        assert_accessible(page)

        # A class gets a session out of the catalogue, and the line shows it
        page.get_by_role("table").get_by_role("link", name="3B", exact=True).click()
        page.get_by_label("Lägg till i", exact=True).select_option("oktober")
        page.get_by_role("button", name="Lägg till Grupptryck").click()
        tell(page, "Grupptryck, i oktober, ligger nu på linjen för 3B.")
        station = page.get_by_role("group", name="3B").get_by_role("link", name="3B Grupptryck: oktober, planerat")
        expect(station).to_be_visible()
        assert_accessible(page)

        # It is moved to a day in a week that has another one: told, and let be
        station.click()
        page.get_by_label("Månad").select_option("Välj en månad")
        page.get_by_label("eller en dag").fill("2026-10-14")
        page.get_by_role("button", name="Spara").click()
        tell(page, "Grupptryck är nu planerat senast 14 oktober för 3B.")

        # The whole school gets one more
        page.goto("/skolor/almskolan/plan/ny/?pass=T-T03")
        page.get_by_label("Hela skolan").check()
        page.get_by_label("eller en dag").fill("2026-10-16")
        page.get_by_role("button", name="Lägg till i planen").click()
        tell(page, "Vad innebär vänskap, senast 16 oktober, ligger nu på linjen för FA, 1A, 3B.")
        expect(page.get_by_text("Grupptryck och Vad innebär vänskap ligger i samma vecka (v. 42).")).to_be_visible()
        assert_accessible(page)
        plan = PlannedSession.objects.filter(school_class__name="3B", session__kind="additional").order_by("due_date")
        assert list(plan.values_list("session__code", "due_date")) == [
            ("T-T04", date(2026, 10, 14)),
            ("T-T03", date(2026, 10, 16)),
        ]

        # And the moving up is taken back, since nothing is reported yet
        page.goto("/skolor/almskolan/nytt-lasar/?lasar=2026/27")
        assert_accessible(page)
        page.get_by_role("button", name="Ångra uppflyttningen").click()
        tell(page, "3 klasser togs bort igen.")
        assert not SchoolClass.objects.filter(start_year=2026).exists()


class TestPaper:
    @pytest.fixture(autouse=True)
    def planned(self, school, school_class):
        """Two classes of Almskolan have not reported September's base session."""
        fourth = ClassFactory(school=school, name="4A", lowest_grade=4, enrolled=25)
        return [PlannedSessionFactory(school_class=row) for row in (school_class, fourth)]

    def reported(self):
        held = Delivery.objects.values_list("planned_session__school_class__name", "date", "present", "group_size")
        return [*held, *NotHeld.objects.values_list("planned_session__school_class__name", "reason")]

    def test_paper_is_typed_in_by_keyboard_alone(self, wide_page, coordinator, sign_in, assert_accessible):
        page = wide_page
        sign_in(page, coordinator)
        page.goto("/skolor/almskolan/papper/")
        expect(page.get_by_role("table", name="3B, HT 2026")).to_be_visible()
        assert_accessible(page)
        page.get_by_role("link", name="rapportera flera pass på en gång").press("Enter")
        expect(page.get_by_role("heading", level=1, name="Rapportera flera pass")).to_be_visible()
        assert_accessible(page)

        # A wrong day is told at its row, and everything else is kept
        page.get_by_label("3B Normer och dess konsekvenser, dag").focus()
        page.keyboard.type("31/9")
        page.keyboard.press("Tab")
        page.keyboard.type("18")
        page.keyboard.press("Enter")
        expect(page.get_by_label("4A Normer och dess konsekvenser, dag")).to_be_focused()
        for _field in range(3):
            page.keyboard.press("Tab")
        page.keyboard.type("1")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Skriv dagen som 12/9.")
        expect(page.get_by_label("3B Normer och dess konsekvenser, närvarande")).to_have_value("18")
        expect(page.get_by_label("4A Normer och dess konsekvenser, ej hållet")).to_have_value("illness")
        assert_accessible(page)

        page.get_by_label("3B Normer och dess konsekvenser, dag").focus()
        page.keyboard.press("Control+A")
        page.keyboard.type("14/9")
        page.keyboard.press("Control+Enter")
        tell(page, "2 rapporter är sparade.")
        assert self.reported() == [("3B", date(2026, 9, 14), 18, 21), ("4A", "illness")]

    def test_paper_is_typed_in_without_scripts(self, new_page, coordinator, sign_in, assert_accessible):
        page = new_page(viewport=PHONE, java_script_enabled=False)
        sign_in(page, coordinator)
        page.goto("/skolor/almskolan/rapportera/flera/")

        page.get_by_label("4A Normer och dess konsekvenser, dag").fill("15/9")
        page.get_by_role("button", name="Spara alla").click()

        tell(page, "1 rapport är sparad.")
        assert self.reported() == [("4A", date(2026, 9, 15), None, 25)]
