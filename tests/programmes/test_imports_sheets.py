"""Files are read into neutral rows, or refused with a sentence."""

import io
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from programmes.imports import cells, sheets, workbooks
from programmes.imports.cells import BadCell, SheetError
from programmes.imports.classes import CLASS_COLUMNS
from programmes.imports.sheets import Columns, loosely, read_rows
from tests.factories.files import saved, text, with_part, workbook

HEADER = ["Skola", "Klass", "Årskurs", "Antal elever"]
ROWS = [HEADER, ["Björkskolan", "Åk 1-2", "1-2", 15], ["Almskolan", "3B", 3, 21]]
BROKEN = "Filen är trasig eller avklippt. Spara den igen i Excel som .xlsx."
NO_HEADER = "Ingen rad med rubrikerna Klass, och Skola eller Skolenhetskod hittades."


def read(content, columns=CLASS_COLUMNS):
    return read_rows(io.BytesIO(content), columns=columns)


def refusal(content):
    with pytest.raises(SheetError) as refused:
        read(content)
    return str(refused.value)


def as_tuples(reading):
    return [(row.number, dict(row.cells)) for row in reading.rows]


def test_workbook_is_read_into_typed_cells():
    assert as_tuples(read(workbook(*ROWS))) == [
        (2, {"school": "Björkskolan", "class_name": "Åk 1-2", "grade": "1-2", "enrolled": 15}),
        (3, {"school": "Almskolan", "class_name": "3B", "grade": 3, "enrolled": 21}),
    ]


@pytest.mark.parametrize(
    "form",
    [
        {"delimiter": ";", "encoding": "cp1252"},
        {"delimiter": ";", "encoding": "utf-8-sig"},
        {"delimiter": ";", "encoding": "utf-8"},
        {"delimiter": ";", "encoding": "utf-8-sig", "first_line": "sep=;\r\n"},
        {"delimiter": "|", "encoding": "cp1252", "first_line": "sep=|\r\n"},
        {"delimiter": "\t", "encoding": "utf-16"},
        {"delimiter": ",", "encoding": "utf-8"},
        {"delimiter": ",", "encoding": "cp1252"},
    ],
)
def test_every_form_of_text_is_read_alike(form):
    assert as_tuples(read(text(ROWS, **form))) == [
        (2, {"school": "Björkskolan", "class_name": "Åk 1-2", "grade": "1-2", "enrolled": "15"}),
        (3, {"school": "Almskolan", "class_name": "3B", "grade": "3", "enrolled": "21"}),
    ]


def test_columns_that_are_not_read_are_named():
    content = workbook(
        [*HEADER, "Mentor", None, "Tom", "Pnr 20121212-1212"],
        ["Almskolan", "3B", 3, 21, "Ek", "x", None, "y"],
    )
    reading = read(content)
    assert (len(reading.rows), reading.unread_columns) == (1, ["Mentor", "kolumn F", "kolumn H"])
    assert read(workbook(*ROWS)).unread_columns == []


def test_headings_that_take_two_rows_are_read_together():
    book = Workbook()
    for row in (["Skola", "Klass", "Antal", None], [None, None, "elever", "årskurs"], ["Almskolan", "3B", 21, 3]):
        book.active.append(row)
    for merged in ("A1:A2", "B1:B2", "C1:D1"):
        book.active.merge_cells(merged)
    assert as_tuples(read(saved(book))) == [
        (3, {"school": "Almskolan", "class_name": "3B", "enrolled": 21, "grade": 3})
    ]


def test_merged_cell_stands_on_every_row_that_it_covers():
    book = Workbook()
    for row in (HEADER, ["Almskolan", "3B", 3, 21], [None, "3C", 3, 22], [], [None, "4A", 4, 23], [None, "5A", 5, 24]):
        book.active.append(row)
    book.active.merge_cells("A2:A5")
    assert [(number, row["school"]) for number, row in as_tuples(read(saved(book)))] == [
        (2, "Almskolan"),
        (3, "Almskolan"),
        (5, "Almskolan"),
        (6, None),
    ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("SKOLA", "school"),
        (" Skol-namn ", "school"),
        ("skolenhetskod", "unit_code"),
        ("Enhetskod", "unit_code"),
        ("Skolkod", "unit_code"),
        ("Läsår", "school_year"),
        ("lasar", "school_year"),
        ("Åk", "grade"),
        ("Åk.", "grade"),
        ("ak", "grade"),
        ("A\u030arskurs", "grade"),
        ("Arskurs", "grade"),
        ("antal  elever", "enrolled"),
        ("Antal_elever", "enrolled"),
        ("Antal", "enrolled"),
        ("Elever", "enrolled"),
    ],
)
def test_headings_are_matched_loosely(heading, field):
    names = [heading, "Klass"] if field in {"school", "unit_code"} else [heading, "Klass", "Skola"]
    (row,) = read(workbook(names, ["x", "3B", "Almskolan"])).rows

    assert row.cells[field] == "x"


def test_header_is_found_below_title_rows_and_row_numbers_are_those_of_excel():
    content = workbook(["Klasslista"], ["Fylls i av skolan"], [], HEADER, [], ["Almskolan", "3B", 3, 21], [])

    assert as_tuples(read(content)) == [(6, {"school": "Almskolan", "class_name": "3B", "grade": 3, "enrolled": 21})]


def test_every_sheet_with_a_header_is_read_and_the_others_are_named():
    book = Workbook()
    book.active.title = "Information"
    book.active.append(["Så här fyller du i"])
    for name, state in (("Norr", "visible"), ("Gömt", "hidden"), ("Söder", "visible"), ("Tomt", "visible")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        if name != "Tomt":
            sheet.append(HEADER)
            sheet.append(["Almskolan", name, 3, 21])
    reading = read(saved(book))

    assert [(row.sheet, row.number) for row in reading.rows] == [("Norr", 2), ("Söder", 2)]
    assert reading.skipped_sheets == ["Information", "Gömt"]


def test_cells_are_tidied():
    content = workbook(HEADER, ["  Alm\u200bskolan\u00a0", "3\u00adB\n", 3.0, 21.5], ["'=A", "=text", None, " "])
    first, second = read(content).rows

    assert dict(first.cells) == {"school": "Almskolan", "class_name": "3B", "grade": 3, "enrolled": 21.5}
    assert dict(second.cells) == {"school": "=A", "class_name": BadCell.FORMULA, "grade": None, "enrolled": None}


def test_formula_error_and_date_are_told_apart_from_text():
    book = Workbook()
    book.active.append(HEADER)
    book.active.append(["Almskolan", datetime(2026, 4, 3), "#REF!", "=SUM(D1:D1)"])  # noqa: DTZ001  as Excel keeps it
    book.active.append(["=3-4", "@x", "+4", "-5"])
    book.active["A3"].data_type = "s"
    first, second = read(saved(book)).rows

    assert dict(first.cells) == {
        "school": "Almskolan",
        "class_name": datetime(2026, 4, 3),  # noqa: DTZ001  as above
        "grade": BadCell.ERROR,
        "enrolled": BadCell.FORMULA,
    }
    assert dict(second.cells) == {"school": "=3-4", "class_name": "@x", "grade": "+4", "enrolled": "-5"}


def test_size_that_a_sheet_states_of_itself_is_not_believed():
    content = workbook(*ROWS)
    with ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    lying = with_part(content, "xl/worksheets/sheet1.xml", sheet.replace(b'ref="A1:D3"', b'ref="A1:B2"'))

    assert as_tuples(read(lying)) == as_tuples(read(content))


@pytest.mark.parametrize("cell", ["20121212-1212", 201212121212, 9001010017, 501010011, "pnr 900101-0017"])
def test_personal_identity_number_is_seen_in_any_cell_of_a_row(cell):
    content = workbook([*HEADER, "Kommentar"], ["Almskolan", "3B", 3, 21, cell], ["Almskolan", "3A", 3, 21, "tyst"])

    assert [row.has_personal_identity_number for row in read(content).rows] == [True, False]


def test_columns_that_were_not_asked_for_are_not_kept():
    (row,) = read(workbook(["Klass", "Skola", "Mentor"], ["3B", "Almskolan", "Kim"])).rows

    assert dict(row.cells) == {"class_name": "3B", "school": "Almskolan"}


def test_two_columns_of_one_meaning_are_refused():
    content = workbook(["Skola", "Klass", "Antal", "Antal elever"], ["Almskolan", "3B", 1, 2])

    assert refusal(content) == "Två kolumner betyder samma sak: Antal, Antal elever."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen är tom."),
        (b"\xef\xbb\xbf\r\n", "Filen är tom."),
        (b"\x00" * 100, "Filen är tom."),
        (workbook([]), NO_HEADER),
        (workbook(["Namn", "Klass"], ["x", "3B"]), NO_HEADER),
        (workbook(*[["titel"]] * 30, HEADER, ["Almskolan", "3B"]), NO_HEADER),
        (b"Namn;Klass\r\nx;3B\r\n", NO_HEADER),
        (workbook(HEADER), "Det finns inga rader under rubrikraden."),
        (b"Skola;Klass\r\n", "Det finns inga rader under rubrikraden."),
        (workbook(*ROWS)[:-300], BROKEN),
        (workbook(*ROWS)[:60], BROKEN),
        (b"PK\x03\x04" + b"x" * 500, BROKEN),
        (b'Skola;Klass\r\n"Almskolan;3B\r\n', "Filen är trasig eller avklippt. Spara den igen i Excel."),
        ("Skola;Klass\r\nBjörkskolan;3å".encode()[:-1], "Filen är trasig eller avklippt. Spara den igen i Excel."),
        ("Skola\tKlass".encode("utf-16") + b"\x00", "Filen är trasig eller avklippt. Spara den igen i Excel."),
        (b"Skola;Klass\r\nAlm\x00skolan;3B", "Filen är varken en Excel-arbetsbok (.xlsx) eller en textfil (.csv)."),
        ("Skola;Klass".encode("utf-16-le"), "Filen är varken en Excel-arbetsbok (.xlsx) eller en textfil (.csv)."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Filen är varken en Excel-arbetsbok (.xlsx) eller en textfil (.csv)."),
        (b"%PDF-1.7\n1 0 obj\n", NO_HEADER),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
            "Filen är lösenordsskyddad eller i gammalt format. Spara den som .xlsx.",
        ),
        (
            with_part(workbook(*ROWS), "xl/vbaProject.bin", b"macro"),
            "Filen innehåller makron. Spara den som en Excel-arbetsbok utan makron (.xlsx).",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",  # a workbook's bytes hold the time it was made
)
def test_file_that_is_no_list_is_refused_with_a_sentence(content, sentence):
    assert refusal(content) == sentence


def test_zip_that_is_no_workbook_is_refused():
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert refusal(file.getvalue()) == "Filen är inte en Excel-arbetsbok. Spara den som .xlsx."


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE sst SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        "<!-- " + "x" * 5000 + ' --><!DOCTYPE sst [<!ENTITY % p SYSTEM "http://127.0.0.1/">]>',
    ],
)
@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml", "docProps/app.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused(declaration, part, encoding):
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}<sst/>'.encode(encoding)

    sentence = "Filen innehåller XML-deklarationer som inte hör hemma i en arbetsbok."
    assert refusal(with_part(workbook(*ROWS), part, xml)) == sentence


def test_part_with_a_wrong_checksum_is_refused():
    content = bytearray(workbook(*ROWS))
    place = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[place : place + 40] = b"\x00" * 40

    assert refusal(bytes(content)) == BROKEN


def test_zip_bomb_is_refused_before_anything_is_unpacked(monkeypatch):
    monkeypatch.setattr(workbooks, "load_workbook", None)
    monkeypatch.setattr(workbooks, "iterparse", None)
    bomb = with_part(workbook(*ROWS), "xl/media/image1.bin", b"\x00" * 11 * 1024 * 1024)

    assert len(bomb) < 30_000
    assert refusal(bomb) == "Filen packas upp till mycket mer än en lista rymmer."


@pytest.mark.parametrize("limit", ["MAX_UNPACKED_BYTES", "MAX_XML_BYTES"])
def test_file_that_unpacks_to_too_much_in_all_is_refused(monkeypatch, limit):
    monkeypatch.setattr(workbooks, limit, 3_000)

    assert refusal(workbook(*ROWS)) == "Filen packas upp till mycket mer än en lista rymmer."


def test_zip_of_very_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_PARTS", 5)

    assert refusal(workbook(*ROWS)) == "Filen packas upp till mycket mer än en lista rymmer."


def test_file_over_the_size_limit_is_read_no_further():
    file = io.BytesIO(b"x" * (cells.MAX_BYTES + 100))
    with pytest.raises(SheetError) as refused:
        read_rows(file, columns=CLASS_COLUMNS)

    assert str(refused.value) == "Filen är större än 20 MB."
    assert file.tell() == cells.MAX_BYTES + 1


def _sheet_of(count):
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, count + 1))
    return head + rows + b"</sheetData></worksheet>"


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (cells.MAX_ROWS + 1, "Filen har fler än 20000 rader."),
        (1_000_000, "Filen packas upp till mycket mer än en lista rymmer."),
    ],
)
def test_sheet_of_too_many_rows_is_given_up_early(count, sentence):
    content = with_part(workbook(*ROWS), "xl/worksheets/sheet1.xml", _sheet_of(count))

    assert refusal(content) == sentence


def test_row_far_below_the_last_of_excel_is_refused():
    content = workbook(*ROWS)
    with ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = with_part(content, "xl/worksheets/sheet1.xml", sheet.replace(b'<row r="3"', b'<row r="99999999999"'))

    assert refusal(far) == "Filen har fler än 20000 rader."


def test_as_many_rows_as_allowed_are_read_and_one_more_is_refused():
    lines = [HEADER, *(["Almskolan", f"3B{n}", "3", "20"] for n in range(cells.MAX_ROWS - 1))]

    assert len(read(text(lines)).rows) == cells.MAX_ROWS - 1
    assert refusal(text([*lines, ["Almskolan", "3C", "3", "20"]])) == "Filen har fler än 20000 rader."


def test_encrypted_zip_is_refused():
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    content = file.getvalue().replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")

    assert refusal(content) == "Filen är lösenordsskyddad."


@pytest.mark.parametrize("seed", range(40))
def test_damaged_workbook_is_read_or_refused_and_nothing_else(seed):
    """Bytes overwritten here and there: a reading or a sentence, never another error."""
    content = bytearray(workbook(*ROWS))
    for step in range(20):
        content[(seed * 7919 + step * 104729) % len(content)] ^= 1 << (step % 8)
    try:
        reading = read(bytes(content))
    except SheetError as error:
        assert str(error)  # noqa: PT017  either end is right
    else:
        assert reading.rows


def test_another_kind_of_list_brings_its_own_columns():
    columns = Columns({"day": ("Datum",), "code": ("Pass",)}, [frozenset({"day"})], "Datum")
    (row,) = read(workbook(["Pass ", "DATUM"], ["Normer", "v. 38"]), columns).rows

    assert (row.sheet, row.number, dict(row.cells)) == ("Klasser", 2, {"code": "Normer", "day": "v. 38"})


def test_loose_names_ignore_case_space_dots_and_rings():
    assert loosely("  Å.k – Höger_Önskan ") == "akhogeronskan"
    assert sheets.HEADER_WITHIN_ROWS == 30
