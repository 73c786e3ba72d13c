"""Every file that ought not to be sent, through `/import/`: a sentence or rows, and nothing kept that must not be."""

import io
from collections import Counter
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from curriculum.enums import SessionKind
from programmes.enums import Role
from programmes.models import Delivery, ImportDraft, SchoolClass
from tests.factories import ClassFactory, MembershipFactory, SchoolFactory, SessionFactory
from tests.factories.files import saved, text, with_part, workbook
from tests.programmes.test_imports_deliveries import TITLES

SAMPLES = Path(__file__).parent.parent / "samples"
HEAD = ["Klass", "Pass", "Datum", "Närvarande", "Antal elever", "Kommentar"]
ROW = ["3B", "Normer", "15/9", 20, 21, "bra"]
PERSONAL = "20121212-1212"
READ = (2, "ny", "3B", "T-B1 Normer", "2026-09-15", "20", "21", "Anteckning: bra.")


@pytest.fixture
def wizard(client, coordinator, school_class):
    """Sends a log as the coordinator of the school, whose class 3B has 21 pupils."""
    SessionFactory(code="T-B1", title="Normer och dess konsekvenser", short_title="Normer", month=9, order=1)
    client.force_login(coordinator)

    def send(content, name="", kind="deliveries"):
        file = SimpleUploadedFile(name or ("logg.xlsx" if content.startswith(b"PK") else "logg.csv"), content)
        return client.post("/import/", {"kind": kind, "file": file, "start_year": "2026"}, follow=True)

    return send


def shown(page):
    rows = [(row["number"], row["row"].result.label, *row["cells"], row["row"].reason) for row in page.context["rows"]]
    return [(number, label, *(cell for cell, _kind in cells[1:]), reason) for number, label, *cells, reason in rows]


def merged():
    """A class that is written once for two rows."""
    book = Workbook()
    for row in (HEAD, ROW, [None, "Normer", "16/9", 20, 21, None]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    return saved(book)


def encrypted():
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return file.getvalue().replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


GOOD = workbook(HEAD, ROW)
A_MILLION_ROWS = b"<worksheet><sheetData>" + b'<row r="1"><c r="A1"/></row>' * 1_000_000 + b"</sheetData></worksheet>"
BOMB = "Filen packas upp till mycket mer än en lista rymmer."
NO_TEXT = "Filen är varken en Excel-arbetsbok (.xlsx) eller en textfil (.csv)."
REFUSED = {
    "empty": (b"", "Filen är tom."),
    "cut off": (GOOD[:-300], "Filen är trasig eller avklippt."),
    "text cut off": ("Klass;Pass;Datum\r\n3B;Björk;15/9;å".encode()[:-1], "Filen är trasig eller avklippt."),
    "locked": (encrypted(), "Filen är lösenordsskyddad."),
    "locked by Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Filen är lösenordsskyddad"),
    "macros": (with_part(GOOD, "xl/vbaProject.bin", b"macro"), "Filen innehåller makron."),
    "document type": (
        with_part(GOOD, "xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "a">]><workbook/>'),
        "Filen innehåller XML-deklarationer som inte hör hemma i en arbetsbok.",
    ),
    "bomb": (with_part(GOOD, "xl/media/image1.bin", bytes(11 * 1024 * 1024)), BOMB),
    "a million rows": (with_part(GOOD, "xl/worksheets/sheet1.xml", A_MILLION_ROWS), BOMB),
    "too many rows of text": (
        b"Klass;Pass;Datum\r\n" + b"3B;Normer;15/9\r\n" * 20_000,
        "Filen har fler än 20000 rader.",
    ),
    "NUL": (b"Klass;Pass;Datum\r\n3B;Nor\x00mer;15/9", NO_TEXT),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", NO_TEXT),
}


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("logg.xlsx", "text", "Filen heter som en arbetsbok men är ingen."),
        ("LOGG.XLS", "text", "Filen heter som en arbetsbok men är ingen."),
        ("logg.csv", "workbook", "Filen heter som en textfil men är en arbetsbok från Excel."),
        ("logg.txt", "workbook", "Filen heter som en textfil men är en arbetsbok från Excel."),
    ],
)
def test_file_that_is_not_what_its_name_says_is_refused(wizard, name, content, sentence):
    page = wizard(GOOD if content == "workbook" else text([HEAD, ROW], delimiter=";", encoding="utf-8"), name=name)

    assert [error[: len(sentence)] for error in page.context["form"].errors["file"]] == [sentence]
    assert not ImportDraft.objects.exists()


@pytest.mark.parametrize("name", REFUSED)
def test_file_is_refused_with_a_sentence_and_nothing_is_kept(wizard, name):
    content, sentence = REFUSED[name]
    page = wizard(content)

    assert page.context["form"].errors["file"][0].startswith(sentence)
    assert not ImportDraft.objects.exists()


COMMENTED = [*ROW[:5], f"pratade med {PERSONAL}"]
FORMULA = [*ROW[:3], "=10+10", 21, None]
AS_TEXT = ["3B", "Normer", "2026-09-15", "20", "21 st", "bra"]
READABLE = {
    "two rows of headings": (workbook(["Klassen", None, "Närvaro"], HEAD, ROW), [(3, *READ[1:])]),
    "headings on every page": (
        workbook(HEAD, ROW, HEAD, [*ROW[:2], "16/9", 20, 21, "bra"]),
        [
            READ,
            (4, "fel", "3B", "Normer", "16/9", "20", "21", "Rad Klasser 2 säger något annat om samma pass."),
        ],
    ),
    "merged cells": (
        merged(),
        [READ, (3, "fel", "3B", "Normer", "16/9", "20", "21", "Rad Sheet 2 säger något annat om samma pass.")],
    ),
    "formula": (
        workbook(HEAD, FORMULA),
        [(2, "fel", "3B", "Normer", "15/9", "", "21", "Här står en formel i stället för ett värde: Närvarande.")],
    ),
    "days and numbers as text": (workbook(HEAD, AS_TEXT), [READ]),
    "Windows text": (text([HEAD, ROW], encoding="cp1252"), [READ]),
    "text with its separator": (text([HEAD, ROW], encoding="cp1252", first_line="sep=;\r\n"), [READ]),
    "UTF-8 with a mark": (text([HEAD, ROW], encoding="utf-8-sig"), [READ]),
    "UTF-16 with tabs": (text([HEAD, ROW], delimiter="\t", encoding="utf-16"), [READ]),
    "another sheet first": (workbook(["Så här gör du"], sheet="Information", Logg=[HEAD, ROW]), [READ]),
    "personal number": (
        workbook(HEAD, COMMENTED),
        [
            (
                2,
                "fel",
                "",
                "",
                "",
                "",
                "",
                "Texten ser ut att innehålla ett personnummer. Ta bort det – skriv aldrig "
                "uppgifter om enskilda elever här.",
            )
        ],
    ),
}


@pytest.mark.parametrize("name", READABLE)
def test_file_is_read_into_rows_that_say_what_is_wrong(wizard, name):
    content, rows = READABLE[name]
    page = wizard(content)

    assert shown(page) == rows
    assert PERSONAL not in str(ImportDraft.objects.get().sheets)
    assert PERSONAL not in page.content.decode()


def test_workbook_of_something_else_asks_what_its_columns_mean(wizard):
    page = wizard(workbook(["Datum", "Maträtt"], ["15/9", "Ärtsoppa"], sheet="Matsedel"))

    assert page.redirect_chain == [(f"/import/{ImportDraft.objects.get().pk}/kolumner/", 302)]
    assert "Bladet Matsedel" in page.content.decode()


@pytest.fixture
def sessions(wizard):
    for order, (code, title, short, month) in enumerate(TITLES[1:], start=2):
        kind = SessionKind.BASE if month else SessionKind.ADDITIONAL
        SessionFactory(code=code, title=title, short_title=short, kind=kind, month=month, order=order)


def test_own_log_of_a_school_becomes_deliveries_questions_and_named_errors(wizard, sessions, client, school):
    for name in ("FA", "1A", "2A", "3A", "4A", "5A"):
        ClassFactory(school=school, name=name, lowest_grade=0 if name == "FA" else int(name[0]), enrolled=25)
    page = wizard((SAMPLES / "tagetlogg-almskolan.xlsx").read_bytes())
    rows = [(row["number"], row["row"].result.label, row["row"].reason) for row in page.context["rows"]]

    assert [(number, reason) for number, label, reason in rows if label == "ny"] == [
        ("HT 26 · 5", "Anteckning: gick bra."),
        ("HT 26 · 7", ""),
        ("HT 26 · 8", "Anteckning: en grupp."),
        ("HT 26 · 10", "Anteckning: kortare version."),
        ("HT 26 · 11", ""),
        ("HT 26 · 12", ""),
    ]
    assert [(number, label, reason) for number, label, reason in rows if label in {"fråga", "oförändrad"}] == [
        ("HT 26 · 6", "oförändrad", "Samma som rad HT 26 5."),
        ("HT 26 · 9", "fråga", "Menas Normer och dess konsekvenser?"),
        ("HT 26 · 15", "fråga", "Menas Mobbning?"),
    ]
    assert len(rows) == 19
    assert all(reason for _number, label, reason in rows if label == "fel")
    client.post(page.redirect_chain[-1][0], {"import": "1", "skip_errors": "on"})
    assert Delivery.objects.count() == 6


@pytest.mark.parametrize(
    "name", ["logg-kommaavgransad-cp1252.csv", "logg-sep.csv", "logg-unicode-text.csv", "logg-utf8-bom.csv"]
)
def test_log_in_each_form_of_excel_shows_the_same_rows(wizard, sessions, coordinator, municipality, name):
    other = SchoolFactory(municipality=municipality, name="Björkskolan", unit_code="99000022")
    MembershipFactory(user=coordinator, role=Role.COORDINATOR, school=other)
    for class_name, grade in (("Åk 1-2", 1), ("4B", 4), ("6A", 6)):
        ClassFactory(school=other, name=class_name, lowest_grade=grade, highest_grade=grade, enrolled=20)
    page = wizard((SAMPLES / name).read_bytes(), name=name)

    assert shown(page) == [
        (2, "ny", "Åk 1-2", "T-B1 Normer", "2026-09-21", "14", "15", ""),
        (3, "ny", "4B", "T-T13 Kroppsgränser", "2026-11-05", "20", "22", ""),
        (4, "ny", "6A", "T-T02 Vithetsnormen", "2026-11-10", "23", "24", ""),
    ]


def test_class_list_of_the_sample_comes_in_as_far_as_the_coordinator_may(wizard, client, school):
    page = wizard((SAMPLES / "klasslista-2026-27.xlsx").read_bytes(), kind="classes")
    labels = Counter(row["row"].result.label for row in page.context["rows"])
    client.post(page.redirect_chain[-1][0], {"import": "1", "skip_errors": "on"})

    assert labels == {"ny": 6, "oförändrad": 1, "fel": 4}
    assert [row.name for row in SchoolClass.objects.in_order()] == ["FA", "1A", "2A", "3A", "3B", "4A", "5A"]
