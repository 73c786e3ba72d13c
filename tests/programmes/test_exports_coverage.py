"""The coverage file: its sheets, its cells, and that every figure in it can be made again from its own rows."""

import io
import re
from collections import defaultdict
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.utils import timezone
from wagtail.models import Page

from programmes.enums import AdaptationWhat, AdaptationWhy, LeaderRole, NotHeldReason, Organisation, PreparationBand
from programmes.exports.coverage import Selection, write_coverage
from programmes.models import (
    Area,
    Delivery,
    DeliveryLeader,
    Municipality,
    NotHeld,
    Participation,
    Period,
    School,
    SchoolClass,
)
from tests.factories import (
    ClassFactory,
    DeliveryFactory,
    PlannedSessionFactory,
    SchoolFactory,
    SessionFactory,
    programme,
)
from tests.factories.coverage import worked_example

NOW = datetime(2027, 1, 8, 13, 5, tzinfo=UTC)
SHEETS = ["Översikt", "Skolor", "Klasser", "Pass", "Genomföranden", "Definitioner"]
KEYS = [
    "Kommunkod",
    "Skolenhetskod",
    "Skola",
    "Område",
    "Läsår",
    "Termin",
    "Klass",
    "Årskurs",
    "Program",
    "Passkod",
    "Pass",
    "Passtyp",
]


@pytest.fixture
def example(municipality):
    return worked_example(municipality)


def selection(period="HT2026", **narrowed):
    municipality = Municipality.objects.get(code="9901")
    schools = narrowed.pop("schools", School.objects.filter(municipality=municipality))
    return Selection(
        municipality=municipality,
        programme=programme(),
        period=Period.parse(period),
        schools=schools,
        classes=SchoolClass.objects.filter(school__in=schools),
        **narrowed,
    )


def written(file_format="xlsx", *, today=date(2026, 12, 31), **asked):
    stream = io.BytesIO()
    write_coverage(selection(**asked), stream, file_format=file_format, today=today, now=NOW)
    stream.seek(0)
    return stream


def workbook(**asked):
    return openpyxl.load_workbook(written(**asked))


def plain(value):
    """A cell's value; openpyxl reads every date as a time at midnight."""
    return value.date() if isinstance(value, datetime) else value


def rows_of(book, sheet):
    """The rows of a sheet as dicts by heading; the total row of Skolor is left out."""
    heading, *rows = book[sheet].iter_rows(values_only=True)
    rows = [dict(zip(heading, map(plain, row), strict=True)) for row in rows]
    return [row for row in rows if row.get("Kommunkod") or sheet == "Definitioner"]


def total_of(book):
    heading, *rows = book["Skolor"].iter_rows(values_only=True)
    return dict(zip(heading, rows[-1], strict=True))


# Sheets and headings


def test_workbook_has_the_six_sheets_with_the_agreed_headings(example):
    book = workbook()
    headings = {name: [cell.value for cell in book[name][1]] for name in SHEETS[1:]}
    assert book.sheetnames == SHEETS
    assert headings["Pass"] == [*KEYS, "Förfaller", "Status", "Orsak", "Datum", "I tid"]
    assert headings["Genomföranden"] == [
        *KEYS,
        "Datum",
        "Elever i gruppen",
        "Närvarande",
        "Minuter",
        "Kärndelar gjorda",
        "Kärndelar totalt",
        "Engagemang",
        "Förberedelsetid",
        "Anpassat",
        "Anpassning vad",
        "Anpassning varför",
        "Planerad anpassning",
        "Planversion",
        "Grupp",
        "Ledare",
        "Ledare utbildade",
        "Personminuter",
    ]
    assert headings["Definitioner"] == ["Blad", "Ord", "Betydelse"]


def test_headings_are_unique_on_every_sheet(example):
    book = workbook(period="2026/27", today=date(2027, 6, 30))
    for name in SHEETS[1:]:
        headings = [cell.value for cell in book[name][1]]
        assert sorted(headings) == sorted(set(headings))


def test_every_column_is_explained(example):
    book = workbook(period="2026/27", today=date(2027, 6, 30))
    explained = {(row["Blad"], row["Ord"]) for row in rows_of(book, "Definitioner") if row["Betydelse"]}
    for name in SHEETS[1:5]:
        assert {(name, cell.value) for cell in book[name][1]} - explained == set()


def test_cover_says_what_the_file_is_and_how_it_was_made(example):
    sheet = workbook()["Översikt"]
    facts = {row[0]: plain(row[1]) for row in sheet.iter_rows(min_row=4, max_row=18, max_col=2, values_only=True)}
    export_id = facts.pop("Export-id")
    assert sheet["A1"].value == f"Täckning, {programme().name}, HT 2026"
    assert sheet["A2"].value == (
        "HT 2026: 6 av 10 förväntade pass är genomförda, 3 är inte rapporterade, 1 blev inte av. "
        "I 2 av 4 klasser är alla baspass hittills gjorda."
    )
    assert re.fullmatch(r"20270108-[0-9a-f]{8}", export_id)
    assert facts == {
        "Kommun": "Ekbacka kommun (9901)",
        "Program": programme().name,
        "Period": "HT 2026",
        "Första dag": date(2026, 7, 1),
        "Sista dag": date(2026, 12, 31),
        "Räknat till och med": date(2026, 12, 31),
        "Område": "alla områden",
        "Skola": "alla skolor",
        "Skolor i programmet": 2,
        "Nådda klasser": 4,
        "Nådda elever": 69,
        "Profil": "profil intern, inget är dolt för små tal",
        "Exporterad": "2027-01-08 14:05",
        "Programvara": "Stins 0.1.0",
    }


def test_every_sheet_prints_what_it_is_at_the_foot(example):
    book = workbook()
    for sheet in book:
        assert re.fullmatch(
            r"HT 2026 · Ekbacka kommun, \w+, alla skolor · profil intern, inget är dolt för små tal · "
            r"2027-01-08 14:05 · Stins 0\.1\.0 · 20270108-[0-9a-f]{8}",
            sheet.oddFooter.left.text,
        )
        assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)
    assert [(book[name].freeze_panes, book[name].print_title_rows) for name in SHEETS[1:]] == [("A2", "$1:$1")] * 5


def test_no_heading_breaks_within_a_word_and_long_rows_have_room(example):
    book = workbook()
    for sheet in book.worksheets[1:]:
        narrow = [
            cell.value
            for cell in sheet[1]
            if sheet.column_dimensions[cell.column_letter].width < max(map(len, cell.value.split())) * 1.2 + 2
        ]
        assert narrow == []
    sheet = book["Definitioner"]
    cramped = [
        meaning.value
        for *_cells, meaning in sheet.iter_rows(min_row=2)
        if sheet.row_dimensions[meaning.row].height < 16 * len(meaning.value) / sheet.column_dimensions["C"].width
    ]
    assert cramped == []


def test_filter_spans_the_rows_and_leaves_the_total_out(example):
    book = workbook()
    assert book["Skolor"].auto_filter.ref.endswith("3")
    assert book["Skolor"].max_row == 4
    assert book["Pass"].auto_filter.ref == "A1:Q12"


# Cells


def test_pass_has_a_row_for_each_session_due_or_held_in_the_period(example):
    rows = rows_of(workbook(), "Pass")
    assert [
        (row["Klass"], row["Passkod"], str(row["Förfaller"]), row["Status"], row["Orsak"], row["I tid"]) for row in rows
    ] == [
        ("1A", "T-B1", "2026-09-30", "genomfört", None, "ja"),
        ("1A", "T-B2", "2026-12-31", "genomfört", None, "ja"),
        ("1A", "T-T03", "2026-10-31", "genomfört", None, "ja"),
        ("2A", "T-B1", "2026-09-30", "genomfört", None, "ja"),
        ("2A", "T-B2", "2026-12-31", "ej hållet", "sjukdom", None),
        ("1B", "T-B1", "2026-09-30", "genomfört", None, "nej"),
        ("1B", "T-B2", "2026-12-31", "genomfört", None, "ja"),
        ("1B", "T-T05", "2026-11-30", "ej rapporterat", None, None),
        ("3B", "T-B1", "2026-09-30", "ej rapporterat", None, None),
        ("3B", "T-B2", "2026-12-31", "dags nu", None, None),
        ("3B", "T-B3", "2027-04-30", "genomfört", None, None),
    ]


def test_cells_are_what_they_are(example):
    sheet = workbook()["Pass"]
    cells = {cell.value: sheet.cell(2, cell.column) for cell in sheet[1]}
    assert (cells["Kommunkod"].value, cells["Kommunkod"].data_type) == ("9901", "s")
    assert (cells["Skolenhetskod"].value, cells["Skolenhetskod"].data_type) == ("99000011", "s")
    assert (plain(cells["Förfaller"].value), cells["Förfaller"].number_format) == (date(2026, 9, 30), "yyyy-mm-dd")
    assert [cells[name].value for name in KEYS] == [
        "9901",
        "99000011",
        "Almskolan",
        "Norra",
        "2026/27",
        "HT 2026",
        "1A",
        "1",
        programme().name,
        "T-B1",
        "Normer och dess konsekvenser",
        "baspass",
    ]


def test_rates_are_numbers_with_a_format_and_a_full_stop_without_a_denominator(example):
    SchoolFactory(municipality=Municipality.objects.get(), name="Cedergrensskolan")
    sheet = workbook()["Skolor"]
    rates = {cell.value: sheet.cell(2, cell.column) for cell in sheet[1]}
    empty = {cell.value: sheet.cell(4, cell.column) for cell in sheet[1]}
    assert (rates["Genomförandegrad"].value, rates["Genomförandegrad"].number_format) == (0.8, "0.0 %")
    assert (rates["Dos"].value, rates["Dos"].number_format) == (2, "0.00")
    assert (empty["Skola"].value, empty["Genomförandegrad"].value, empty["Dos"].value) == ("Cedergrensskolan", ".", ".")
    assert (empty["Genomförandegrad"].alignment.horizontal, empty["Förväntade"].value) == ("right", 0)


def test_delivery_row_holds_what_was_recorded(school, school_class):
    planned = PlannedSessionFactory(school_class=school_class)
    delivery = DeliveryFactory(
        planned_session=planned,
        group=1,
        minutes=40,
        core_parts_count=2,
        core_parts_total=3,
        engagement=4,
        preparation=PreparationBand.UP_TO_15,
        is_adapted=True,
        adaptation_what=AdaptationWhat.SHORTENED,
        adaptation_why=AdaptationWhy.TIME,
        adaptation_planned=False,
        plan_revision=_revision(),
        note="Hanna höll i övningen.",
    )
    for is_trained in (True, False, None):
        DeliveryLeader.objects.create(
            delivery=delivery, role=LeaderRole.TEACHER, organisation=Organisation.SCHOOL, is_trained=is_trained
        )
    DeliveryFactory(planned_session=planned, group=2, present=None)
    first, second = rows_of(workbook(), "Genomföranden")
    made = f"{timezone.localtime(delivery.plan_revision.created_at):%Y-%m-%d} ({delivery.plan_revision.pk})"
    assert list(first.values())[12:] == [
        date(2026, 9, 15),
        20,
        18,
        40,
        2,
        3,
        4,
        "högst 15 min",
        "ja",
        "kortare",
        "tid",
        "nej",
        made,
        "grupp 1",
        3,
        1,
        120,
    ]
    assert list(second.values())[12:] == [date(2026, 9, 15), 20, *[None] * 11, "grupp 2", None, None, None]
    assert list(first.values())[:12] == list(second.values())[:12]


def _revision():
    return Page.objects.get(depth=2).save_revision()


def test_file_holds_no_free_text_and_no_names_of_persons(school_class, coordinator):
    delivery = DeliveryFactory(
        planned_session=PlannedSessionFactory(school_class=school_class), note="Hanna höll i övningen."
    )
    Delivery.objects.filter(pk=delivery.pk).update(reported_by=coordinator)
    book = workbook()
    words = {str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row}
    assert not [word for word in words if "Hanna" in word or coordinator.email in word]


@pytest.mark.parametrize("name", ["=1+1", "+46", "-1", "@SUM(A1)", "#N/A"])
def test_text_is_never_a_formula(school, name):
    school_class = ClassFactory(school=school, name=name)
    PlannedSessionFactory(school_class=school_class)
    book = workbook()
    for sheet, column in (("Klasser", 6), ("Pass", 7)):
        cell = book[sheet].cell(2, column)
        assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)


def test_signs_that_a_workbook_cannot_hold_are_left_out(school):
    PlannedSessionFactory(school_class=ClassFactory(school=school, name="3\x01B"))
    assert rows_of(workbook(), "Pass")[0]["Klass"] == "3B"


def test_school_that_did_not_run_the_programme_stands_without_due_date_or_not_at_all(school_class):
    Participation.objects.update(end_date=date(2026, 9, 29))
    held = PlannedSessionFactory(school_class=school_class)
    DeliveryFactory(planned_session=held, date=date(2026, 9, 10))
    PlannedSessionFactory(
        school_class=school_class, session=SessionFactory(code="T-B2", month=12), due_date=date(2026, 12, 31)
    )
    (row,) = rows_of(workbook(), "Pass")
    assert (row["Passkod"], row["Förfaller"], row["Termin"], row["Status"], row["I tid"]) == (
        "T-B1",
        None,
        "HT 2026",
        "genomfört",
        None,
    )


def test_moved_session_says_so(school_class):
    DeliveryFactory(planned_session=PlannedSessionFactory(school_class=school_class), date=date(2027, 1, 15))
    (row,) = rows_of(workbook(today=date(2027, 2, 1)), "Pass")
    assert (row["Status"], row["Orsak"], row["Datum"]) == ("ej hållet", "flyttat", None)


def test_unplanned_session_has_no_due_date_and_the_term_it_was_held_in(school_class):
    DeliveryFactory(planned_session=PlannedSessionFactory(school_class=school_class, due_date=None))
    book = workbook()
    (row,), (delivery,) = rows_of(book, "Pass"), rows_of(book, "Genomföranden")
    assert (row["Förfaller"], row["Termin"], row["Datum"]) == (None, "HT 2026", date(2026, 9, 15))
    assert delivery["Termin"] == "HT 2026"


def test_empty_selection_is_a_whole_workbook(municipality):
    programme()
    book = workbook()
    assert [book[name].max_row for name in ("Klasser", "Pass", "Genomföranden")] == [1, 1, 1]
    assert book["Översikt"]["A2"].value == "HT 2026: inga pass var förväntade till och med 31 december 2026."


def test_only_a_school_year_has_columns_of_the_yearly_target(example):
    year = workbook(period="2026/27", today=date(2027, 6, 30))
    term = workbook()
    assert [cell.value for cell in year["Klasser"][1]][-2:] == ["Mål", "Når målet"]
    assert {"Mål", "Når målet"} & {cell.value for cell in term["Klasser"][1]} == set()
    assert "Klasser som når målet" in {cell.value for cell in year["Skolor"][1]}
    assert "Klasser som når målet" not in {cell.value for cell in term["Skolor"][1]}


# Recounting


def share(part, whole):
    return part / whole if whole else "."


def recounted(schools_rows, classes, sessions, deliveries, *, first_day, day):
    """Every figure of Skolor by school and in all, from the other sheets alone."""
    answer = {}
    for name in [*(row["Skola"] for row in schools_rows), None]:
        ours = [[row for row in rows if name in (None, row["Skola"])] for rows in (classes, sessions, deliveries)]
        answer[name or "Tillsammans"] = _recount(*ours, first_day=first_day, day=day)
    return answer


def _recount(classes, sessions, deliveries, *, first_day, day):
    expected = [row for row in sessions if row["Förfaller"] and first_day <= row["Förfaller"] <= day]
    held = [row for row in expected if row["Status"] == "genomfört"]
    not_held = [row for row in expected if row["Status"] == "ej hållet"]
    base = defaultdict(list)
    for row in expected:
        if row["Passtyp"] == "baspass":
            base[row["Skola"], row["Läsår"], row["Klass"]].append(row["Status"] == "genomfört")
    full = [one for one in base.values() if all(one)]
    on_time = [row for row in held if row["I tid"] == "ja"]
    counted_classes = {(row["Skola"], row["Läsår"], row["Klass"]) for row in classes if row["Räknas i dosen"] == "ja"}
    in_period = [row for row in sessions if row["Datum"] and row["Datum"] >= first_day]
    dose = [row for row in in_period if (row["Skola"], row["Läsår"], row["Klass"]) in counted_classes]
    present = [row for row in deliveries if row["Närvarande"] is not None]
    core = [row for row in deliveries if row["Kärndelar gjorda"] is not None]
    reached = {(row["Skola"], row["Läsår"], row["Klass"]) for row in deliveries}
    enrolled = {(row["Skola"], row["Läsår"], row["Klass"]): row["Inskrivna elever"] for row in classes}
    sizes, here = sum(row["Elever i gruppen"] for row in present), sum(row["Närvarande"] for row in present)
    done, in_all = (sum(row[name] for row in core) for name in ("Kärndelar gjorda", "Kärndelar totalt"))
    return {
        "Förväntade": len(expected),
        "Genomförda av förväntade": len(held),
        "Ej hållna": len(not_held),
        "Ej rapporterade": len(expected) - len(held) - len(not_held),
        "Genomförandegrad": share(len(held), len(expected)),
        "Rapporteringsgrad": share(len(held) + len(not_held), len(expected)),
        "Klasser med alla baspass": len(full),
        "Klasser med förväntade baspass": len(base),
        "Täckning, baspass": share(len(full), len(base)),
        "I tid, antal": len(on_time),
        "I tid": share(len(on_time), len(held)),
        "Genomförda i perioden": len(in_period),
        "Dos, summa": len(dose),
        "Dos, klasser": len(counted_classes),
        "Dos": share(len(dose), len(counted_classes)),
        "Närvarande": here,
        "Elever i grupperna": sizes,
        "Närvaro": share(here, sizes),
        "Kärndelar gjorda": done,
        "Kärndelar totalt": in_all,
        "Följsamhet": share(done, in_all),
        "Nådda klasser": len(reached),
        "Nådda elever": sum(enrolled[key] for key in reached),
        "Inskrivna elever": sum(enrolled.values()),
        "Planerade i perioden": len([row for row in sessions if row["Förfaller"] and _is_in(row, first_day)]),
    }


def _is_in(row, first_day):
    return first_day <= row["Förfaller"] <= Period.term_of(first_day).last_day


@pytest.fixture
def untidy(example):
    """The worked example, with everything that makes counting hard."""
    municipality = Municipality.objects.get()
    left = SchoolFactory(municipality=municipality, name="Cedergrensskolan", unit_code="99000013")
    Participation.objects.filter(school=left).update(end_date=date(2026, 10, 15))
    gone = SchoolFactory(municipality=municipality, name="Djupviks skola", unit_code="99000014")
    Participation.objects.filter(school=gone).update(end_date=date(2026, 6, 30))
    for school in (left, gone):
        school_class = ClassFactory(school=school, name="4 Å", lowest_grade=4)
        for number, (code, month, due) in enumerate((("T-B1", 9, date(2026, 9, 30)), ("T-B2", 12, date(2026, 12, 31)))):
            planned = PlannedSessionFactory(
                school_class=school_class, session=SessionFactory(code=code, month=month), due_date=due
            )
            day = date(2026, 10, 7 + number)
            DeliveryFactory(planned_session=planned, group=1, date=day, core_parts_count=number, core_parts_total=3)
            DeliveryFactory(planned_session=planned, group=2, date=date(2027, 1, 20), present=None)
    always = SchoolClass.objects.get(name="3B")
    unplanned = PlannedSessionFactory(
        school_class=always, session=SessionFactory(code="T-T09", kind="additional"), due_date=None
    )
    DeliveryFactory(planned_session=unplanned, date=date(2026, 12, 1), core_parts_count=2, core_parts_total=4)
    moved = PlannedSessionFactory(
        school_class=always, session=SessionFactory(code="T-T10", kind="additional"), due_date=date(2026, 11, 30)
    )
    NotHeld.objects.create(planned_session=moved, reason=NotHeldReason.STAFFING)
    DeliveryFactory(planned_session=moved, date=date(2027, 1, 12))


@pytest.mark.parametrize("today", [date(2026, 9, 30), date(2026, 11, 22), date(2027, 6, 30)])
@pytest.mark.parametrize("period", ["HT2026", "VT2027"])
def test_every_figure_of_skolor_can_be_made_again_from_the_other_sheets(untidy, today, period):
    book = workbook(today=today, period=period)
    asked = Period.parse(period)
    schools = rows_of(book, "Skolor")
    counted = recounted(
        schools,
        *(rows_of(book, name) for name in ("Klasser", "Pass", "Genomföranden")),
        first_day=asked.first_day,
        day=min(today, asked.last_day),
    )
    found = {row["Skola"]: row for row in [*schools, total_of(book)]}
    keys = ["Kommunkod", "Skolenhetskod", "Skola", "Område", "Program"]
    assert found.keys() == counted.keys()
    for name, figures in counted.items():
        assert {key: value for key, value in found[name].items() if key not in keys} == pytest.approx(figures)


def test_worked_example_stands_on_skolor(example):
    book = workbook()
    rows = {row["Skola"]: row for row in [*rows_of(book, "Skolor"), total_of(book)]}
    names = ("Förväntade", "Genomförda av förväntade", "Ej hållna", "Ej rapporterade", "Genomförandegrad")
    names += ("Rapporteringsgrad", "Täckning, baspass", "I tid", "Dos", "Närvaro")
    assert {school: [row[name] for name in names] for school, row in rows.items()} == {
        "Almskolan": [5, 4, 1, 0, 0.8, 1, 0.5, 1, 2, pytest.approx(77 / 82)],
        "Björkskolan": [5, 2, 0, 3, 0.4, 0.4, 0.5, 0.5, 1.5, pytest.approx(39 / 45)],
        "Tillsammans": [10, 6, 1, 3, 0.6, 0.7, 0.5, pytest.approx(5 / 6), 1.75, pytest.approx(116 / 127)],
    }


def test_klasser_adds_up_to_skolor(untidy):
    book = workbook(today=date(2027, 6, 30))
    for school in rows_of(book, "Skolor"):
        ours = [row for row in rows_of(book, "Klasser") if row["Skola"] == school["Skola"]]
        for name in ("Planerade i perioden", "Förväntade", "Ej hållna", "Ej rapporterade", "Närvarande"):
            assert sum(row[name] for row in ours) == school[name]
        assert sum(row["Dos"] for row in ours) == school["Genomförda i perioden"]


# CSV


def test_csv_is_pass_to_the_byte(school_class):
    DeliveryFactory(planned_session=PlannedSessionFactory(school_class=school_class))
    assert (
        written("csv").getvalue()
        == (
            "\ufeff" + ";".join([*KEYS, "Förfaller", "Status", "Orsak", "Datum", "I tid"]) + "\r\n"
            f"9901;99000011;Almskolan;;2026/27;HT 2026;3B;3;{programme().name};T-B1;Normer och dess konsekvenser;"
            "baspass;2026-09-30;genomfört;;2026-09-15;ja\r\n"
        ).encode()
    )


@pytest.mark.parametrize("name", ["=1+1", "+46", "-1", "@SUM(A1)"])
def test_csv_never_begins_a_formula(school, name):
    PlannedSessionFactory(school_class=ClassFactory(school=school, name=name))
    assert written("csv").getvalue().decode().splitlines()[1].split(";")[6] == f"'{name}"


# Questions and names


@pytest.mark.parametrize("number", [1, 3, 30])
@pytest.mark.parametrize(("file_format", "questions"), [("xlsx", 9), ("csv", 7)])
def test_file_asks_the_same_number_of_questions(
    municipality, django_assert_num_queries, number, file_format, questions
):
    for _n in range(number):
        school_class = ClassFactory(school=SchoolFactory(municipality=municipality))
        DeliveryFactory(planned_session=PlannedSessionFactory(school_class=school_class))
    asked = selection()
    with django_assert_num_queries(questions):
        write_coverage(asked, io.BytesIO(), file_format=file_format, today=date(2026, 12, 31), now=NOW)


@pytest.mark.parametrize(
    ("period", "name"),
    [
        ("HT2026", "tackning-taget-ht-2026"),
        ("2026/27", "tackning-taget-2026-27"),
        ("T1-2027", "tackning-taget-t1-2027"),
    ],
)
def test_file_name_has_no_spaces_and_no_swedish_letters(municipality, period, name):
    assert selection(period).file_name == name


def test_file_name_and_words_say_the_school_or_the_area(example):
    area = Area.objects.get(name="Norra")
    area.name = "Östra ängen"
    assert selection(area=area).file_name == "tackning-taget-ht-2026-ostra-angen"
    school = School.objects.get(slug="almskolan")
    chosen = selection(area=area, school=school)
    assert (chosen.file_name, chosen.words) == ("tackning-taget-ht-2026-almskolan", "Almskolan")
