"""A class list becomes a preview: what each row would make, and why not; then the import takes it in."""

import io
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.actions.imports import import_classes
from programmes.actions.previews import ImportOutcome, ImportRefusedError
from programmes.enums import ImportResult
from programmes.imports.classes import CLASS_COLUMNS, preview_classes
from programmes.imports.grades import grades_by_label, grades_from_name, read_grades
from programmes.imports.refused import refused_csv
from programmes.imports.sheets import read_rows
from programmes.models import PlannedSession, SchoolClass
from tests.factories import ClassFactory, MunicipalityFactory, SchoolFactory, SessionFactory
from tests.factories.files import text, workbook

SAMPLE = Path(__file__).parent.parent / "samples" / "klasslista-2026-27.xlsx"
HEADER = ["Skola", "Skolenhetskod", "Klass", "Årskurs", "Antal elever"]
LIST = [
    ("Almskolan", "FA", 0, 0, 19),
    ("Almskolan", "1A", 1, 1, 22),
    ("Almskolan", "2A", 2, 2, 24),
    ("Almskolan", "3A", 3, 3, 23),
    ("Almskolan", "3B", 3, 3, 21),
    ("Almskolan", "4A", 4, 4, 25),
    ("Almskolan", "5A", 5, 5, 26),
    ("Björkskolan", "Förskoleklass Ugglan", 0, 0, 17),
    ("Björkskolan", "Åk 1-2", 1, 2, 15),
    ("Björkskolan", "4 b", 4, 4, 22),
    ("Björkskolan", "6A", 6, 6, 24),
]
NUMBER_SENTENCE = "Klassnamnet är ett tal: Excel har gjort om det. Formatera kolumnen som text."
DATE_SENTENCE = "Klassnamnet är ett datum: Excel har gjort om det. Formatera kolumnen som text."
PERSON_SENTENCE = (
    "Texten ser ut att innehålla ett personnummer. Ta bort det – skriv aldrig uppgifter om enskilda elever här."
)


@pytest.fixture
def schools(school, municipality):
    return school, SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjork", unit_code="99000022")


@pytest.fixture
def base_sessions():
    return [SessionFactory(code=f"T-B{number}", month=month) for number, month in ((1, 9), (2, 10), (3, 12))]


def preview(content, municipality, start_year=2026):
    reading = read_rows(io.BytesIO(content), columns=CLASS_COLUMNS)
    return preview_classes(reading, municipality=municipality, start_year=start_year)


def take_in(content, municipality, *, skip_errors=False):
    return import_classes(preview=preview(content, municipality), skip_errors=skip_errors)


def results(seen):
    return [str(row.result.label) for row in seen.rows]


def one_row(municipality, *cells, header=HEADER, start_year=2026):
    (row,) = preview(workbook(header, list(cells)), municipality, start_year).rows
    return row


def stored():
    columns = ("school__name", "name", "lowest_grade", "highest_grade", "enrolled")
    return list(SchoolClass.objects.order_by("pk").values_list(*columns))


def test_sample_list_makes_eleven_classes_with_their_base_sessions(schools, municipality, base_sessions):
    outcome = take_in(SAMPLE.read_bytes(), municipality)

    assert outcome == ImportOutcome(created=11, changed=0, unchanged=0, refused=0, planned=30)
    assert stored() == LIST
    assert set(SchoolClass.objects.values_list("start_year", flat=True)) == {2026}
    planned = PlannedSession.objects.filter(school_class__name="3B").order_by("due_date")
    assert list(planned.values_list("session__code", "due_date")) == [
        ("T-B1", date(2026, 9, 30)),
        ("T-B2", date(2026, 10, 31)),
        ("T-B3", date(2026, 12, 31)),
    ]
    assert not PlannedSession.objects.filter(school_class__name="6A").exists()


def test_same_list_again_changes_nothing(schools, municipality, base_sessions):
    take_in(SAMPLE.read_bytes(), municipality)
    before = list(SchoolClass.objects.values()), list(PlannedSession.objects.values())
    again = preview(SAMPLE.read_bytes(), municipality)

    assert results(again) == ["oförändrad"] * 11
    assert import_classes(preview=again, skip_errors=False) == ImportOutcome(
        created=0, changed=0, unchanged=11, refused=0, planned=0
    )
    assert (list(SchoolClass.objects.values()), list(PlannedSession.objects.values())) == before


@pytest.mark.parametrize(
    "form",
    [
        {"delimiter": ";", "encoding": "cp1252"},
        {"delimiter": ";", "encoding": "utf-8-sig"},
        {"delimiter": ";", "encoding": "utf-8-sig", "first_line": "sep=;\r\n"},
        {"delimiter": "\t", "encoding": "utf-16"},
        {"delimiter": ",", "encoding": "utf-8"},
    ],
)
def test_list_as_text_has_the_same_outcome(schools, municipality, form):
    reading = read_rows(io.BytesIO(SAMPLE.read_bytes()), columns=CLASS_COLUMNS)
    rows = [
        HEADER,
        *(
            [row.cells[field] for field in ("school", "unit_code", "class_name", "grade", "enrolled")]
            for row in reading.rows
        ),
    ]
    take_in(text(rows, **form), municipality)

    assert stored() == LIST
    assert results(preview(SAMPLE.read_bytes(), municipality)) == ["oförändrad"] * 11


def test_preview_saves_nothing(schools, municipality):
    assert results(preview(SAMPLE.read_bytes(), municipality)) == ["ny"] * 11
    assert stored() == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Almskolan", "99000011"),
        ("ALM SKOLAN", None),
        (None, "99000011"),
        (None, 99000011),
        (None, 99000011.0),
        (None, " 9900 0011 "),
        (None, "0099000011"),
        (None, "'99000011"),
        (None, "99000011,00"),
        ("Almskolan F–5", "99000011"),
        ("Alm", 99000011),
    ],
)
def test_school_is_found_by_code_or_name(schools, municipality, name, code):
    row = one_row(municipality, name, code, "3B", 3, 21)

    assert (row.result, row.reason, row.school) == (ImportResult.NEW, "", schools[0])


@pytest.mark.parametrize(
    ("name", "code", "reason"),
    [
        (None, None, "Skolan saknas."),
        ("–", None, "Skolan saknas."),
        (
            "Okända skolan",
            None,
            "Skolan finns inte i Stins, eller så importerar du inte för den. Import skapar inga skolor.",
        ),
        (
            "Granskolan",
            None,
            "Skolan finns inte i Stins, eller så importerar du inte för den. Import skapar inga skolor.",
        ),
        (
            None,
            "99000033",
            "Skolan finns inte i Stins, eller så importerar du inte för den. Import skapar inga skolor.",
        ),
        (
            "Almskolan",
            "99000033",
            "Skolan finns inte i Stins, eller så importerar du inte för den. Import skapar inga skolor.",
        ),
        (
            "Granskolan",
            "98000011",
            "Skolan finns inte i Stins, eller så importerar du inte för den. Import skapar inga skolor.",
        ),
        ("Almskolan", "9900001", "Skolenhetskoden är inte åtta siffror."),
        ("Almskolan", "ABC", "Skolenhetskoden är inte åtta siffror."),
        ("Björkskolan", "99000011", "Skolans namn och skolenhetskoden hör inte ihop."),
        ("Ekskolan", "99000011", "Skolans namn och skolenhetskoden hör inte ihop."),
    ],
)
def test_school_that_is_not_certain_is_an_error(schools, municipality, name, code, reason):
    """Granskolan exists, in the municipality next door."""
    SchoolFactory(municipality=MunicipalityFactory(name="Granby", code="9902"), name="Granskolan", unit_code="98000011")
    row = one_row(municipality, name, code, "3B", 3, 21)

    assert (row.result, row.reason) == (ImportResult.ERROR, reason)


def test_two_schools_of_one_name_need_the_code(school, municipality):
    namesake = SchoolFactory(municipality=municipality, name="Alm-skolan", unit_code="99000077")

    assert one_row(municipality, "Almskolan", None, "3B", 3, 1).reason == "Flera skolor heter så. Ange skolenhetskoden."
    assert one_row(municipality, "Almskolan", "99000077", "3B", 3, 1).school == namesake


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (None, "Klassen saknas."),
        (" - ", "Klassen saknas."),
        (10, NUMBER_SENTENCE),
        (46000, NUMBER_SENTENCE),
        (1.5, NUMBER_SENTENCE),
        ("46115", NUMBER_SENTENCE),
        ("1,00E+01", NUMBER_SENTENCE),
        (datetime(2026, 4, 3), DATE_SENTENCE),  # noqa: DTZ001  as Excel keeps it
        ("2026-04-03", DATE_SENTENCE),
        ("03-apr", DATE_SENTENCE),
        ("x" * 41, "Klassnamnet är längre än 40 tecken."),
        ("ß" * 30, "Klassnamnet är längre än 40 tecken."),
        ("=3&B", "Här står en formel i stället för ett värde: Klass."),
    ],
)
def test_class_name_that_is_none_is_an_error(school, municipality, name, reason):
    row = one_row(municipality, "Almskolan", None, name, 3, 21)

    assert (row.result, row.reason) == (ImportResult.ERROR, reason)


def test_sum_is_told_as_a_sum(school, municipality):
    rows = preview(workbook(HEADER, ["Summa", None, None, None, "=SUM(E1:E1)"]), municipality).rows

    assert [(row.result, row.reason) for row in rows] == [(ImportResult.ERROR, "Raden är en summa, ingen klass.")]


@pytest.mark.parametrize("name", ["3B", "1E1", "3-4", "7:2", "3", "GRAN 4–6", "1 Maja", "=cmd|x", "+3B", "@3"])
def test_class_name_as_text_is_kept_as_it_stands(school, municipality, name):
    (row,) = preview(text([HEADER, ["Almskolan", "", name, "3", "21"]]), municipality).rows

    assert (row.result, row.values["name"]) == (ImportResult.NEW, name)


@pytest.mark.parametrize(
    ("cell", "grades"),
    [
        ("F", (0, 0)),
        ("f", (0, 0)),
        ("0", (0, 0)),
        (0, (0, 0)),
        (1, (1, 1)),
        (9.0, (9, 9)),
        ("1-2", (1, 2)),
        ("F–1", (0, 1)),
        ("F-9", (0, 9)),
        ("Åk 3", (3, 3)),
        ("åk.4", (4, 4)),
        ("Årskurs 4-6", (4, 6)),
        ("4, 5 och 6", (4, 6)),
        ("4/5", (4, 5)),
        ("F-klass", (0, 0)),
        ("Förskoleklass", (0, 0)),
    ],
)
def test_grade_is_read(school, municipality, cell, grades):
    row = one_row(municipality, "Almskolan", None, "Gran", cell, 21)

    assert (row.reason, row.values["lowest_grade"], row.values["highest_grade"]) == ("", *grades)


@pytest.mark.parametrize("cell", ["10", 10, "2-1", "x", "1.5", 1.5, "-1", "F-F", "3B", "1 2", True])
def test_grade_that_is_none_is_an_error(school, municipality, cell):
    row = one_row(municipality, "Almskolan", None, "3B", cell, 21)

    assert (row.result, row.reason) == (ImportResult.ERROR, "Årskursen går inte att läsa. Skriv den som 3 eller 1-2.")


def test_grade_that_excel_made_a_date_of_is_an_error(school, municipality):
    row = one_row(municipality, "Almskolan", None, "Gran", datetime(2026, 2, 1), 21)  # noqa: DTZ001  as Excel keeps it

    assert row.reason == "Årskursen är ett datum: Excel har gjort om den. Formatera kolumnen som text."


@pytest.mark.parametrize(
    ("name", "grades"),
    [
        ("FA", (0, 0)),
        ("F", (0, 0)),
        ("F-klass", (0, 0)),
        ("Förskoleklass Ugglan", (0, 0)),
        ("0A", (0, 0)),
        ("3B", (3, 3)),
        ("3 b", (3, 3)),
        ("Åk 3", (3, 3)),
        ("Klass 3 gul", (3, 3)),
        ("Åk 1-2", (1, 2)),
        ("F-3 Ekorren", (0, 3)),
        ("GRAN 4–6", (4, 6)),
        ("7:2", (7, 7)),
        ("8:1-2", (8, 8)),
        ("10A", None),
        ("7-2", None),
        ("F1", None),
        ("Fritids", None),
        ("Gran", None),
        ("2026 3B", None),
        ("1-2 och 3-4", None),
    ],
)
def test_grade_is_read_from_the_name_where_the_name_tells_it(name, grades):
    assert grades_from_name(name, start_year=2026) == grades


def test_grade_that_can_be_read_neither_way_is_an_error(school, municipality):
    told, untold = preview(workbook(["Skola", "Klass"], ["Almskolan", "3B"], ["Almskolan", "Gran"]), municipality).rows

    assert (told.values["lowest_grade"], told.values["enrolled"], told.result) == (3, None, ImportResult.NEW)
    assert (untold.result, untold.reason) == (
        ImportResult.ERROR,
        "Årskursen saknas och går inte att läsa ut ur klassens namn.",
    )


def test_grades_are_called_otherwise_from_the_renumbering_on():
    assert grades_by_label(2027) == {"f": 0, "0": 0, **{str(number): number for number in range(1, 10)}}
    assert grades_by_label(2028) == {str(number): number - 1 for number in range(1, 11)}
    assert (read_grades("1", start_year=2028), read_grades("10", start_year=2028)) == ((0, 0), (9, 9))
    assert (read_grades("F", start_year=2028), grades_from_name("10B", start_year=2028)) == (None, (9, 9))


@pytest.mark.parametrize(
    ("cell", "enrolled"),
    [
        (None, None),
        ("", None),
        (0, 0),
        (21, 21),
        (21.0, 21),
        ("21", 21),
        ("21,0", 21),
        ("21 st", 21),
        ("21 elever", 21),
        (60, 60),
    ],
)
def test_number_of_pupils_is_read(school, municipality, cell, enrolled):
    row = one_row(municipality, "Almskolan", None, "3B", 3, cell)

    assert (row.reason, row.values["enrolled"]) == ("", enrolled)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("tjugo", "Antalet elever är inte ett heltal."),
        (21.5, "Antalet elever är inte ett heltal."),
        (-1, "Antalet elever är inte ett heltal."),
        ("21-22", "Antalet elever är inte ett heltal."),
        (True, "Antalet elever är inte ett heltal."),
        (datetime(2026, 1, 21), "Antalet elever är inte ett heltal."),  # noqa: DTZ001  as Excel keeps it
        (61, "Antalet elever är fler än 60."),
        ("=SUM(E1:E1)", "Här står en formel i stället för ett värde: Antal elever."),
    ],
)
def test_number_of_pupils_that_is_none_is_an_error(school, municipality, cell, reason):
    row = one_row(municipality, "Almskolan", None, "3B", 3, cell)

    assert (row.result, row.reason) == (ImportResult.ERROR, reason)


@pytest.mark.parametrize(
    ("cell", "start_year"),
    [
        ("2026/27", 2026),
        ("2025-26", 2025),
        ("2025/2026", 2025),
        ("25/26", 2025),
        ("HT25", 2025),
        ("vt 2026", 2025),
        (None, 2026),
    ],
)
def test_school_year_of_a_row_goes_before_the_one_given(school, municipality, cell, start_year):
    row = one_row(municipality, cell, "Almskolan", "3B", header=["Läsår", "Skola", "Klass"])

    assert (row.reason, row.start_year) == ("", start_year)


@pytest.mark.parametrize("cell", ["2026", 2026, "nästa", "2026/28", "1999/00"])
def test_school_year_that_is_none_is_an_error(school, municipality, cell):
    row = one_row(municipality, cell, "Almskolan", "3B", header=["Läsår", "Skola", "Klass"])

    assert (row.result, row.reason) == (ImportResult.ERROR, "Läsåret går inte att läsa. Skriv det som 2026/27.")


def test_every_problem_of_a_row_is_told_at_once(school, municipality):
    row = one_row(municipality, "Ekskolan", None, None, "x", 99)

    assert row.reason == (
        "Skolan finns inte i Stins, eller så importerar du inte för den. Import skapar inga skolor. Klassen saknas. "
        "Årskursen går inte att läsa. Skriv den som 3 eller 1-2. Antalet elever är fler än 60."
    )


def test_second_row_of_a_class_is_an_error_and_names_the_first(schools, municipality):
    seen = preview(
        workbook(
            HEADER,
            ["Almskolan", None, "3B", 3, 21],
            ["Björkskolan", None, "3B", 3, 21],
            [None, "99000011", "3 b", 3, 22],
        ),
        municipality,
    )

    assert results(seen) == ["ny", "ny", "fel"]
    assert seen.rows[2].reason == "Samma klass står på rad 2."


def test_second_row_names_the_sheet_of_the_first_where_there_are_several(school, municipality):
    rows = [["Skola", "Klass"], ["Almskolan", "3B"]]
    seen = preview(workbook(*rows, sheet="Norr", Söder=rows), municipality)

    assert [row.reason for row in seen.rows] == ["", "Samma klass står på rad 2 i bladet Norr."]


def test_class_that_exists_is_changed_where_the_list_says_otherwise(school_class, municipality):
    ClassFactory(school=school_class.school, name="4A", lowest_grade=4, enrolled=20)
    outcome = take_in(
        workbook(HEADER, ["Almskolan", None, "3 b", "3-4", 23], ["Almskolan", None, "4A", 4, 20]), municipality
    )

    assert outcome == ImportOutcome(created=0, changed=1, unchanged=1, refused=0, planned=0)
    assert stored() == [("Almskolan", "3B", 3, 4, 23), ("Almskolan", "4A", 4, 4, 20)]


def test_what_the_list_leaves_open_stays_as_it_is(school, municipality):
    ClassFactory(school=school, name="Gran", lowest_grade=4, highest_grade=6, enrolled=20)

    assert results(preview(workbook(HEADER, ["Almskolan", None, "GRAN", None, None]), municipality)) == ["oförändrad"]


def test_class_of_another_school_year_is_another_class(school_class, municipality):
    row = one_row(municipality, "Almskolan", None, "3B", 3, 21, start_year=2027)

    assert row.result == ImportResult.NEW


def test_class_whose_grade_is_corrected_gets_its_base_sessions(school, municipality, base_sessions):
    ClassFactory(school=school, name="5A", lowest_grade=6, enrolled=20)
    outcome = take_in(workbook(HEADER, ["Almskolan", None, "5A", 5, 20]), municipality)

    assert outcome == ImportOutcome(created=0, changed=1, unchanged=0, refused=0, planned=3)
    assert SchoolClass.objects.get().sort_key == "05 0005a"


def test_class_of_a_school_without_the_programme_gets_no_sessions(municipality, base_sessions):
    SchoolFactory(municipality=municipality, name="Ekskolan", participation=False)

    assert take_in(workbook(["Skola", "Klass"], ["Ekskolan", "3B"]), municipality).planned == 0


MIXED = workbook(
    [*HEADER, "Kommentar"],
    ["Almskolan", None, "3B", 3, 21],
    ["Ekskolan", None, "3C", 3, 22],
    ["Almskolan", None, "-4A", 4, "=1+1"],
    ["Almskolan", None, "5A", 5, 25, "pratade med 20121212-1212"],
    ["Almskolan", None, "20121212-1213", 5, 25],
    ["Almskolan", None, "2A", 2, 20],
)


def test_list_with_errors_is_refused_and_nothing_saved(school, municipality):
    with pytest.raises(ImportRefusedError, match=r"^Inget importerades: 4 rader har fel\. Rätta dem"):
        take_in(MIXED, municipality)

    assert stored() == []


def test_errors_are_skipped_when_that_is_chosen(school, municipality):
    outcome = take_in(MIXED, municipality, skip_errors=True)

    assert outcome == ImportOutcome(created=2, changed=0, unchanged=0, refused=4, planned=0)
    assert stored() == [("Almskolan", "3B", 3, 3, 21), ("Almskolan", "2A", 2, 2, 20)]


def test_row_with_a_personal_identity_number_says_so_and_repeats_nothing(school, municipality):
    seen = preview(MIXED, municipality)

    assert [row.reason for row in seen.rows[3:5]] == [PERSON_SENTENCE, PERSON_SENTENCE]
    assert [dict(row.written) for row in seen.rows[3:5]] == [{}, {}]
    assert "1212" not in repr(seen)


def test_refused_rows_come_back_as_a_file_that_can_be_corrected(school, municipality):
    refused = preview(MIXED, municipality).with_result(ImportResult.ERROR)
    content = refused_csv(refused, columns=CLASS_COLUMNS, several_sheets=False)

    assert content.decode("utf-8-sig").split("\r\n") == [
        "Rad;Skola;Skolenhetskod;Klass;Årskurs;Antal elever;Orsak",
        "3;Ekskolan;;3C;3;22;Skolan finns inte i Stins, eller så importerar du inte för den. "
        "Import skapar inga skolor.",
        "4;Almskolan;;'-4A;4;;Här står en formel i stället för ett värde: Antal elever.",
        f"5;;;;;;{PERSON_SENTENCE}",
        f"6;;;;;;{PERSON_SENTENCE}",
        "",
    ]
    corrected = preview(content, municipality)
    assert (results(corrected), corrected.unread_columns) == (["fel", "ny", "fel", "fel"], [])
    assert corrected.rows[1].values["name"] == "-4A"


def test_class_made_by_another_person_meanwhile_refuses_the_import(school, municipality):
    seen = preview(workbook(HEADER, ["Almskolan", None, "3B", 3, 21], ["Almskolan", None, "4A", 4, 21]), municipality)
    ClassFactory(school=school, name="4a", lowest_grade=4)
    with pytest.raises(ImportRefusedError, match=r"^Inget importerades: klasserna har ändrats under tiden\."):
        import_classes(preview=seen, skip_errors=False)

    assert [name for _school, name, *_rest in stored()] == ["4a"]


def test_row_that_is_an_error_makes_no_class(school, municipality):
    with pytest.raises(ValueError, match="makes no class"):
        one_row(municipality, "Ekskolan", None, "3B", 3, 21).as_class()


def _queries(content, municipality):
    with CaptureQueriesContext(connection) as queries:
        take_in(content, municipality)
    return len(queries)


@pytest.mark.parametrize("count", [3, 30, 300])
def test_queries_do_not_grow_with_the_rows(school, municipality, count):
    SessionFactory(code="T-B1", month=9)
    made, changed = ([HEADER, *(["Almskolan", None, f"3 nr {n}", 3, size] for n in range(count))] for size in (20, 21))

    assert _queries(workbook(*made), municipality) == 18
    assert _queries(workbook(*made), municipality) == 8
    assert _queries(workbook(*changed), municipality) == 9
    assert PlannedSession.objects.count() == count
