"""The coordinator at the violence-prevention centre sees how far the schools are, and takes the figures away."""

import csv
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from accounts.models import User
from programmes.actions.demo.accounts import CENTRE, DEMO_PASSWORD
from tests.e2e.conftest import DESKTOP, PHONE


@pytest.fixture
def starting_database(demo_database):
    return demo_database


@pytest.fixture
def open_as_centre(new_page, sign_in):
    def open_as_centre(size):
        page = new_page(viewport=size, accept_downloads=True)
        sign_in(page, User.objects.get(email=CENTRE.email), DEMO_PASSWORD)
        return page

    return open_as_centre


def rows_of(table):
    """The rows of a table that have numbers, by their heading, as they are read."""
    rows = table.get_by_role("row").filter(has=table.page.get_by_role("rowheader"))
    return {
        row.get_by_role("rowheader").inner_text(): " ".join(row.get_by_role("cell").all_inner_texts()).split()
        for row in rows.all()
    }


def the_schools(page):
    return page.get_by_role("table", name=re.compile("^Förväntade pass per skola"))


def download(page, name):
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    return waiting.value


def schools_of(path):
    """The sheet `Skolor` as (held, expected) by school."""
    with path.open("rb") as file:
        headings, *rows = load_workbook(file)["Skolor"].iter_rows(values_only=True)
    records = [dict(zip(headings, row, strict=True)) for row in rows]
    return {row["Skola"]: (row["Genomförda av förväntade"], row["Förväntade"]) for row in records}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "computer"])
def test_coverage_is_read_and_taken_away_as_a_workbook(open_as_centre, assert_accessible, size):
    page = open_as_centre(size)
    page.goto("/rapporter/")
    page.get_by_label("Period").select_option("HT 2026")
    page.get_by_label("Program").select_option("Tåget")
    page.get_by_label("Område").select_option("Alla")
    page.get_by_label("Skola").select_option("Alla")
    page.get_by_role("button", name="Visa").click()

    # The first screen answers the question in one sentence
    sentence = page.get_by_text(re.compile(r"^HT 2026: \d+ av \d+ förväntade pass är genomförda"))
    expect(sentence).to_be_in_viewport()
    held, expected = map(int, re.search(r": (\d+) av (\d+)", sentence.inner_text()).groups())
    on_the_page = rows_of(the_schools(page))
    assert on_the_page["Tillsammans"][:3] == [str(held), "av", str(expected)]
    assert_accessible(page)

    # And the workbook says the same of every school
    file = download(page, "Ladda ner Excel")
    assert file.suggested_filename == "tackning-taget-ht-2026.xlsx"
    in_the_file = schools_of(Path(file.path()))
    for school, figures in on_the_page.items():
        if school != "Tillsammans":
            assert in_the_file[school] == (int(figures[0]), int(figures[2])), school
    assert in_the_file["Almskolan"] == (13, 17)
    document = download(page, "Ladda ner PDF")
    assert document.suggested_filename == "tackning-taget-ht-2026.pdf"
    assert Path(document.path()).read_bytes().startswith(b"%PDF")


def test_bars_say_in_words_what_they_show(open_as_centre):
    page = open_as_centre(DESKTOP)
    page.goto("/rapporter/")

    almskolan = the_schools(page).get_by_role("row", name="Almskolan")
    expect(almskolan.get_by_role("img")).to_have_accessible_name(
        "Av 17 förväntade: 13 genomförda, 1 ej hållet, 3 ej rapporterade"
    )


def test_selection_narrows_the_page_and_the_file_alike(open_as_centre, assert_accessible):
    page = open_as_centre(DESKTOP)
    page.goto("/rapporter/")
    page.get_by_label("Område").select_option("Norra")
    page.get_by_role("button", name="Visa").click()

    expect(page.get_by_label("Område").locator("option:checked")).to_have_text("Norra")
    assert list(rows_of(the_schools(page))) == ["Almskolan", "Djupviks skola", "Tillsammans"]
    assert_accessible(page)

    path = Path(download(page, "Ladda ner CSV").path())
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert {row["Skola"] for row in rows} == {"Almskolan", "Djupviks skola"}
    due = [row for row in rows if row["Skola"] == "Almskolan" and "" < row["Förfaller"] <= "2026-11-22"]
    assert [row["Status"] for row in due].count("genomfört") == 13
    assert len(due) == 17


def test_selection_without_classes_says_what_to_do(open_as_centre, assert_accessible):
    page = open_as_centre(PHONE)
    page.goto("/rapporter/?skola=furuskolan")

    expect(page.get_by_role("heading", name="Det finns inga klasser i urvalet")).to_be_visible()
    expect(page.get_by_role("link", name="Ladda ner Excel")).to_have_count(0)
    assert_accessible(page)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "computer"])
def test_overview_shows_every_school_and_leads_to_its_year(open_as_centre, assert_accessible, size):
    page = open_as_centre(size)

    # The centre lands on the overview
    expect(page).to_have_url(re.compile("/oversikt/$"))
    expect(page.get_by_text(re.compile(r"^Läsåret 2026/27: \d+ av \d+ förväntade pass"))).to_be_in_viewport()
    table = page.get_by_role("table", name=re.compile("^Alla skolor, Tåget"))
    schools = ["Almskolan", "Björkskolan", "Cedergrensskolan", "Djupviks skola", "Ekbackaskolan", "Furuskolan"]
    assert table.get_by_role("link").all_inner_texts() == schools
    assert_accessible(page)

    table.get_by_role("link", name="Cedergrensskolan").click()
    expect(page.get_by_role("table", name="Läsåret 2026/27")).to_be_visible()
    # Who reads but does not report is led to no report
    expect(page.get_by_role("table", name="Läsåret 2026/27").get_by_role("link")).to_have_count(0)
