"""A school's own log becomes reports: sent, its question answered, taken in, and the refused rows handed back."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from curriculum.enums import SessionKind
from programmes.models import Delivery, SchoolClass
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import ClassFactory, SessionFactory

LOG = Path(__file__).parent.parent / "samples" / "tagetlogg-almskolan.xlsx"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "computer"])
def test_own_log_is_imported_by_the_coordinator(new_page, coordinator, school, sign_in, assert_accessible, size):
    SessionFactory(code="T-B1", title="Normer och dess konsekvenser", short_title="Normer", month=9, order=1)
    SessionFactory(code="T-T05", title="Mobbning", kind=SessionKind.ADDITIONAL, order=2)
    for name in ("3A", "3B", "4A"):
        ClassFactory(school=school, name=name, lowest_grade=int(name[0]), enrolled=25)
    page = new_page(viewport=size)
    sign_in(page, coordinator)

    # The file as the school keeps it
    page.goto("/import/")
    assert_accessible(page)
    page.get_by_label("en logg över pass", exact=True).check()
    page.get_by_label("Fil", exact=True).set_input_files(LOG)
    page.get_by_role("button", name="Granska raderna").click()
    every_row = page.get_by_role("region", name="Varje rad").filter(visible=True)
    for result in ("ny", "fråga", "fel"):
        expect(every_row.get_by_text(result, exact=True).filter(visible=True).first).to_be_visible()
    assert_accessible(page)

    # What is only nearly right is asked; nothing is saved while something is wrong
    page.get_by_label("”Mobbing” är").select_option("T-T05")
    page.get_by_role("button", name="Spara svaren").click()
    page.get_by_role("button", name="Importera").click()
    expect(page.get_by_role("heading", name="Inget importerades")).to_be_visible()
    assert not Delivery.objects.exists()

    # The rest goes in, and the refused rows come back
    page.get_by_label("Hoppa över rader med fel").check()
    page.get_by_role("button", name="Importera").click()
    expect(page.get_by_text("Filen är importerad.")).to_be_visible()
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ner avvisade rader").click()
    assert download.value.suggested_filename == "avvisade-rader-en-logg-over-pass.csv"
    assert set(Delivery.objects.values_list("planned_session__school_class__name", flat=True)) == {"3A", "3B", "4A"}


CLASS_LIST = (
    "Skolans namn;Avdelning;Årskurs;Antal elever\r\nAlmskolan;3A;3;23\r\nAlmskolan;4A;4;många\r\nAlmskolan;5A;5;26\r\n"
)


def test_class_list_whose_columns_are_named_otherwise_is_imported_by_the_centre(
    new_page, centre, school, sign_in, assert_accessible
):
    page = new_page(viewport=PHONE)
    sign_in(page, centre)

    # The list as the municipality's system writes it, with a heading that is known to nobody
    page.goto("/import/")
    page.get_by_label("en klasslista", exact=True).check()
    page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "klasser.csv", "mimeType": "text/csv", "buffer": CLASS_LIST.encode("cp1252")}
    )
    page.get_by_role("button", name="Granska raderna").click()
    expect(page.get_by_role("heading", name="Filens kolumner")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Avdelning").select_option(label="Klass")
    page.get_by_role("button", name="Granska raderna").click()

    # Every row has its result, and what is wrong is skipped only when that is said
    every_row = page.get_by_role("region", name="Varje rad").filter(visible=True)
    expect(every_row.get_by_text("ny", exact=True).filter(visible=True)).to_have_count(2)
    expect(every_row.get_by_text("fel", exact=True).filter(visible=True)).to_have_count(1)
    page.get_by_label("Hoppa över rader med fel").check()
    page.get_by_role("button", name="Importera").click()
    expect(page.get_by_text("Filen är importerad.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ner avvisade rader").click()
    assert "4A" in download.value.path().read_text("utf-8-sig")
    assert dict(SchoolClass.objects.values_list("name", "enrolled")) == {"3A": 23, "5A": 26}
