"""An evaluator makes a package of a school year, takes it away in the open profile, and leaves a trace."""

import csv
import io
import json
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from accounts.models import User
from programmes.actions.demo.accounts import ADMINISTRATOR, DEMO_PASSWORD, EVALUATOR
from tests.e2e.conftest import DESKTOP, PHONE


@pytest.fixture
def starting_database(demo_database):
    return demo_database


@pytest.fixture
def open_as(new_page, sign_in):
    def open_as(account, size):
        page = new_page(viewport=size, accept_downloads=True)
        sign_in(page, User.objects.get(email=account.email), DEMO_PASSWORD)
        return page

    return open_as


def test_package_of_a_school_year_is_made_and_taken_with_a_trace(open_as, assert_accessible):
    page = open_as(EVALUATOR, PHONE)
    page.get_by_role("link", name="Underlag för utvärdering").click()
    page.get_by_label("Läsår").select_option("2025/26")
    page.get_by_role("button", name="Gör ett paket").click()

    # The package lies first, with how it can be told from every other
    expect(page.get_by_text("Paketet för 2025/26 är klart att ladda ner här nedanför.")).to_be_visible()
    assert_accessible(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Ladda ner 2025/26").first.click()
    archive = ZipFile(waiting.value.path())
    described = json.loads(archive.read("datapackage.json"))
    assert (described["schoolYear"], described["suppression"]["profile"]) == ("2025/26", "open")

    # Small numbers are hidden in it, and no school is named
    rows = csv.DictReader(io.StringIO(archive.read("secure_bases.csv").decode()))
    told = {(row["place"] == "all", row["without_adult"]) for row in rows}
    assert (False, "..") in told
    assert "Almskolan" not in "".join(archive.read(name).decode() for name in archive.namelist())

    # The administrator reads in the log who took it away
    export_id = waiting.value.suggested_filename.removesuffix(".zip").split("2025-26-")[1]
    page = open_as(ADMINISTRATOR, DESKTOP)
    page.goto("/logg/")
    expect(page.get_by_text(export_id).first).to_contain_text("2025/26")
