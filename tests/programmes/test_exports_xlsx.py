"""Workbooks read back by the library that others open them with: every cell as it was, and a foot that fits."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest

from programmes.exports.suppression_words import profile_words
from programmes.exports.tables import Book, Column, Cover, Stamp, Table
from programmes.exports.xlsx import write_book
from programmes.reports.suppression import profile_of

COLUMNS = [
    Column("word", "Ord", "text", 12, ""),
    Column("count", "Antal", "integer", 8, ""),
    Column("share", "Andel", "percent", 8, ""),
    Column("day", "Dag", "date", 12, ""),
]


def written(rows=(), *, profile="profil intern", selection="Ekbacka kommun, alla skolor"):
    stamp = Stamp(
        export_id="20270108-0a1b2c3d",
        exported_at=datetime(2027, 1, 8, 13, 5, tzinfo=UTC),
        version="0.1.0",
        period="2026/27",
        selection=selection,
        profile=profile,
    )
    cover = Cover(name="Översikt", title="ABC", finding="Inget.", facts=[("Profil", profile)], tables=[])
    stream = BytesIO()
    write_book(Book(cover=cover, tables=[Table("Rader", "Rader", COLUMNS, rows)], stamp=stamp), stream)
    return openpyxl.load_workbook(stream)


def test_cells_are_read_back_as_they_were():
    rows = [["=1+1", 0, 0.5, date(2027, 1, 8)], [None, None, ".", None], ["-", 18, 1.0, date(2026, 9, 14)]]
    sheet = written(rows)["Rader"]
    read = [[cell.date() if hasattr(cell, "date") else cell for cell in row] for row in sheet.values]
    assert read == [["Ord", "Antal", "Andel", "Dag"], *rows]
    assert [sheet["A2"].data_type, sheet["A2"].quotePrefix, sheet["A4"].quotePrefix] == ["s", True, True]


@pytest.mark.parametrize("code", ["internal", "open"])
def test_foot_has_room_for_a_long_profile_and_what_was_asked(municipality, code):
    profile = profile_words(profile_of(municipality, code))
    book = written(profile=profile, selection="Ekbacka kommun, Tåget, Cedergrensskolan")
    name = {"internal": "Den interna profilen", "open": "Den öppna profilen"}[code]
    number = {"internal": 4, "open": 9}[code]
    assert book["Rader"].oddFooter.left.text == (
        f"2026/27 · Ekbacka kommun, Tåget, Cedergrensskolan · {name} döljer antal om {number} personer eller färre"
        " · 2027-01-08 14:05 · Stins 0.1.0 · 20270108-0a1b2c3d"
    )
    assert book["Översikt"]["B4"].value == profile
