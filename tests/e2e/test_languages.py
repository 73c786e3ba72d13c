"""A parent who reads Arabic: from the Swedish start page to the support list, from right to left, in light and dark."""

import shutil

import pytest
from wagtail.models import Page

from tests.e2e.conftest import DESKTOP, PHONE, database_at

NARROW = {"width": 320, "height": 640}
READ = ["/ar/stod/", "/ar/program/abc/", "/ar/for-foraldrar/taget-for-foraldrar/", "/ar/sok/?q=ABC", "/en/", "/ar/nej/"]


@pytest.fixture
def starting_database(curriculum_database, django_db_blocker):
    """The pages that ship, with their translations read and published."""
    path = shutil.copy(curriculum_database, curriculum_database.with_name("languages.sqlite3"))
    with database_at(path, django_db_blocker):
        for page in Page.objects.filter(locale__language_code__in=["ar", "en"]).order_by("depth"):
            page.get_latest_revision().publish()
    return path


def test_parent_chooses_arabic_and_finds_help(new_page, assert_accessible, db):
    page = new_page(viewport=PHONE, reduced_motion="reduce")
    page.goto("/")
    page.get_by_role("link", name="Languages").click()
    page.get_by_role("list", name="Språk").get_by_role("link", name="العربيّة").click()
    page.wait_for_url("**/ar/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.get_by_role("link", name="قائمة الدعم").click()
    page.wait_for_url("**/ar/stod/")
    assert page.get_by_role("link", name="اتصل بـ Bris، 116 111").get_attribute("href") == "tel:116111"

    for address in ["/ar/", *READ]:
        page.goto(address)
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme="light")
            assert_accessible(page)
            page.emulate_media(color_scheme="dark")
            assert_accessible(page, only=["color-contrast"])
        page.set_viewport_size(NARROW)
        assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"], address
        page.set_viewport_size(PHONE)
