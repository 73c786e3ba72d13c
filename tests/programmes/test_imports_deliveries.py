"""A school's own log becomes a preview: each row a delivery, a question or a named error; then it is taken in."""

import io
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes.actions.delivery_imports import import_deliveries
from programmes.actions.previews import ImportOutcome, ImportRefusedError
from programmes.enums import DatePrecision, ImportResult
from programmes.imports import session_names
from programmes.imports.days import read_day
from programmes.imports.deliveries import preview_deliveries
from programmes.imports.log_columns import LOG_COLUMNS
from programmes.imports.refused import refused_csv
from programmes.imports.session_names import SessionNames
from programmes.imports.sheets import read_rows
from programmes.imports.values import CellError
from programmes.imports.words import cells_of
from programmes.models import Delivery, Event, PlannedSession, SchoolClass
from tests.factories import ClassFactory, SchoolFactory, SessionFactory
from tests.factories.files import text, workbook

SAMPLES = Path(__file__).parent.parent / "samples"
LOG = (SAMPLES / "tagetlogg-almskolan.xlsx").read_bytes()
HEADER = ["Klass", "Pass", "Datum", "Närvarande", "Antal elever", "Kommentar"]
TITLES = [
    ("T-B1", "Normer och dess konsekvenser", "Normer", 9),
    ("T-B2", "Aktiva åskådare och förändring", "Aktiva åskådare", 12),
    ("T-B3", "Våld i hemmet", "", 4),
    ("T-T02", "Vithetsnormen", "", None),
    ("T-T03", "Vad innebär vänskap", "Vänskap", None),
    ("T-T04", "Grupptryck", "", None),
    ("T-T05", "Mobbning", "", None),
    ("T-T13", "Kroppsgränser och samtycke", "Kroppsgränser", None),
    ("T-T15", "Att säga ifrån", "", None),
]


@pytest.fixture
def sessions(db):
    return {
        code: SessionFactory(
            code=code,
            title=title,
            short_title=short,
            kind=SessionKind.BASE if month else SessionKind.ADDITIONAL,
            month=month,
            order=order,
        )
        for order, (code, title, short, month) in enumerate(TITLES)
    }


@pytest.fixture
def classes(school):
    sizes = {"FA": (0, 19), "1A": (1, 22), "2A": (2, 24), "3A": (3, 23), "3B": (3, 21), "4A": (4, 25), "5A": (5, 26)}
    return {
        name: ClassFactory(school=school, name=name, lowest_grade=grade, enrolled=size)
        for name, (grade, size) in sizes.items()
    }


def preview(content, municipality, today=date(2026, 12, 20), **options):
    classes = SchoolClass.objects.filter(school__municipality=municipality).select_related("school")
    options = {"start_year": 2026, "answers": None, "school": None} | options
    reading = read_rows(io.BytesIO(content), columns=LOG_COLUMNS)
    return preview_deliveries(reading, municipality=municipality, classes=classes, today=today, **options)


PERSON_SENTENCE = (
    "Texten ser ut att innehålla ett personnummer. Ta bort det – skriv aldrig uppgifter om enskilda elever här."
)


def take_in(content, municipality, *, skip_errors=False):
    return import_deliveries(preview=preview(content, municipality), skip_errors=skip_errors)


def results(found):
    return [
        (row.sheet, row.number, row.result.label, row.session and row.session.code, row.reason) for row in found.rows
    ]


def test_log_as_a_school_keeps_it_ends_each_row_as_delivery_question_or_named_error(municipality, classes, sessions):
    found = preview(LOG, municipality)
    assert results(found) == [
        ("HT 26", 5, "ny", "T-B1", "Anteckning: gick bra."),
        ("HT 26", 6, "oförändrad", "T-B1", "Samma som rad HT 26 5."),
        ("HT 26", 7, "ny", "T-B1", ""),
        ("HT 26", 8, "ny", "T-B1", "Anteckning: en grupp."),
        ("HT 26", 9, "fråga", None, "Menas Normer och dess konsekvenser?"),
        ("HT 26", 10, "ny", "T-B1", "Anteckning: kortare version."),
        ("HT 26", 11, "ny", "T-T03", ""),
        ("HT 26", 12, "ny", "T-T04", ""),
        ("HT 26", 13, "ny", "T-B2", ""),
        ("HT 26", 14, "fel", "T-B2", "Fler elever är närvarande än det finns i gruppen."),
        ("HT 26", 15, "fråga", None, "Menas Mobbning?"),
        ("HT 26", 16, "fel", "T-B1", "Almskolan har ingen sådan klass läsåret 2026/27."),
        ("HT 26", 17, "fel", None, "Det finns inget pass med det namnet."),
        ("HT 26", 18, "fel", "T-B2", "Datum saknas."),
        (
            "HT 26",
            19,
            "fel",
            None,
            PERSON_SENTENCE,
        ),
        (
            "HT 26",
            20,
            "fel",
            "T-B1",
            "Klassnamnet är ett tal: Excel har gjort om det. Formatera kolumnen som text.",
        ),
        ("HT 26", 22, "fel", None, "Raden är en summa, inget pass."),
        ("VT 27", 2, "fel", "T-B3", "Datumet har inte varit än: bara det som har genomförts kan importeras."),
        ("VT 27", 3, "fel", "T-T15", "Datumet har inte varit än: bara det som har genomförts kan importeras."),
    ]
    assert {asked: [choice.code for choice in row.choices] for asked, row in found.questions.items()} == {
        "normerokonsekvenser": ["T-B1"],
        "mobbing": ["T-T05"],
    }


def test_days_of_the_log_are_read_in_all_their_forms(municipality, classes, sessions):
    rows = preview(LOG, municipality, today=date(2027, 6, 1), answers={"mobbing": "T-T05"}).rows
    assert [
        (row.number, row.values.get("date"), row.values.get("date_precision"))
        for row in rows
        if row.number not in {19, 22} or row.sheet == "VT 27"
    ] == [
        (5, date(2026, 9, 15), DatePrecision.DAY),
        (6, date(2026, 9, 15), DatePrecision.DAY),
        (7, date(2026, 9, 18), DatePrecision.WEEK),
        (8, date(2026, 9, 22), DatePrecision.DAY),
        (9, date(2026, 9, 24), DatePrecision.DAY),
        (10, date(2026, 9, 24), DatePrecision.DAY),
        (11, date(2026, 10, 6), DatePrecision.DAY),
        (12, date(2026, 10, 6), DatePrecision.DAY),
        (13, date(2026, 12, 3), DatePrecision.DAY),
        (14, date(2026, 12, 3), DatePrecision.DAY),
        (15, date(2026, 11, 12), DatePrecision.DAY),
        (16, date(2026, 9, 10), DatePrecision.DAY),
        (17, date(2026, 12, 15), DatePrecision.DAY),
        (18, None, None),
        (20, date(2026, 9, 11), DatePrecision.DAY),
        (2, date(2027, 4, 13), DatePrecision.DAY),
        (3, date(2027, 3, 12), DatePrecision.WEEK),
    ]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("tis 15/9", date(2026, 9, 15)),
        ("den 6 okt", date(2026, 10, 6)),
        ("3 feb.", date(2027, 2, 3)),
        ("3 mars -27", date(2027, 3, 3)),
        ("15-sep", date(2026, 9, 15)),
        ("2026-09-15 09:30", date(2026, 9, 15)),
        ("vecka 2", date(2027, 1, 15)),
        ("2026 v. 53", date(2027, 1, 1)),
    ],
)
def test_day_is_read_as_schools_write_it(typed, day):
    assert read_day(typed, start_year=2026)[0] == day


@pytest.mark.parametrize(
    "typed",
    [
        *("v. 54", "31/2", "32 mars", "efter lovet", "12", "46000", 46000, "3 mar 1"),
        *("0001-01-01", "9999-12-31", "9999 v. 52", date(1899, 12, 30)),  # no day of a school year
    ],
)
def test_day_that_is_none_is_named(typed):
    with pytest.raises(CellError, match=r"Datumet går inte att läsa. Skriv det som 2026-09-12, 12/9 eller v. 38."):
        read_day(typed, start_year=2026)


@pytest.mark.parametrize(
    "name",
    ["logg-kommaavgransad-cp1252.csv", "logg-sep.csv", "logg-unicode-text.csv", "logg-utf8-bom.csv"],
)
def test_log_in_each_text_form_of_excel_makes_the_same_deliveries(name, municipality, sessions):
    school = SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjork", unit_code="99000022")
    for class_name, grades, size in (("Åk 1-2", (1, 2), 15), ("4 b", (4, 4), 22), ("6A", (6, 6), 24)):
        ClassFactory(school=school, name=class_name, lowest_grade=grades[0], highest_grade=grades[1], enrolled=size)
    take_in((SAMPLES / name).read_bytes(), municipality)
    saved = Delivery.objects.order_by("date").values_list(
        "planned_session__school_class__name", "planned_session__session__code", "date", "present", "group_size"
    )
    assert list(saved) == [
        ("Åk 1-2", "T-B1", date(2026, 9, 21), 14, 15),
        ("4 b", "T-T13", date(2026, 11, 5), 20, 22),
        ("6A", "T-T02", date(2026, 11, 10), 23, 24),
    ]


def test_import_is_refused_while_something_is_asked_or_wrong(municipality, classes, sessions):
    with pytest.raises(ImportRefusedError, match=r"Inget importerades: 11 rader har fel eller frågor."):
        take_in(LOG, municipality)
    assert Delivery.objects.count() == PlannedSession.objects.count() == 0


def test_answers_make_deliveries_of_the_questions(municipality, classes, sessions, coordinator):
    answers = {"normerokonsekvenser": "T-B1", "mobbing": "T-T05"}
    found = preview(LOG, municipality, answers=answers)
    outcome = import_deliveries(preview=found, skip_errors=True, user=coordinator)
    assert outcome == ImportOutcome(created=9, changed=0, unchanged=1, refused=9, planned=0)
    mobbing = Delivery.objects.get(planned_session__session__code="T-T05")
    assert (mobbing.planned_session.school_class.name, mobbing.present, mobbing.note, mobbing.reported_by) == (
        "4A",
        22,
        "stavning",
        coordinator,
    )
    assert mobbing.history.get().history_user == coordinator
    assert Event.objects.get(kind="imported").about == {
        "what": "deliveries",
        "created": 9,
        "changed": 0,
        "refused": 9,
    }


def test_question_answered_with_none_is_an_error(municipality, classes, sessions):
    found = preview(LOG, municipality, answers={"mobbing": ""})
    assert [row.reason for row in found.rows if row.number == 15] == ["Det finns inget pass med det namnet."]


def test_same_log_again_changes_nothing(municipality, classes, sessions):
    take_in(LOG, municipality, skip_errors=True)
    before = list(Delivery.objects.order_by("pk").values())
    again = preview(LOG, municipality)
    assert {row.result.label for row in again.rows} == {"oförändrad", "fråga", "fel"}
    import_deliveries(preview=again, skip_errors=True)
    assert list(Delivery.objects.order_by("pk").values()) == before
    assert Delivery.history.count() == len(before)


def test_changed_count_corrects_and_keeps_the_old_value(municipality, classes, sessions):
    take_in(workbook(HEADER, ["3B", "T-B1", "15/9", 20, 21, "bra"]), municipality)
    found = preview(workbook(HEADER, ["3B", "T-B1", "15/9", 19, None, None]), municipality)
    assert results(found) == [("Klasser", 2, "ändrad", "T-B1", "Närvarande elever 20 → 19.")]
    assert import_deliveries(preview=found, skip_errors=False).changed == 1
    delivery = Delivery.objects.get()
    assert (delivery.present, delivery.group_size, delivery.note, delivery.version) == (19, 21, "bra", 2)
    assert list(delivery.history.order_by("history_id").values_list("present", flat=True)) == [20, 19]


def test_report_made_meanwhile_refuses_the_import(municipality, classes, sessions):
    first = preview(workbook(HEADER, ["3B", "T-B1", "15/9", 20, 21, None]), municipality)
    take_in(workbook(HEADER, ["3B", "T-B1", "16/9", 18, 21, None]), municipality)
    with pytest.raises(ImportRefusedError, match="någon har rapporterat samma pass under tiden"):
        import_deliveries(preview=first, skip_errors=False)
    assert Delivery.objects.get().present == 18


def test_planned_session_keeps_its_due_date_and_unplanned_gets_none(municipality, classes, sessions):
    PlannedSession.objects.create(school_class=classes["3B"], session=sessions["T-B1"], due_date=date(2026, 9, 30))
    rows = [["3B", "Normer", "15/9", 20, 21, None], ["3B", "Grupptryck", "20/10", 20, 21, None]]
    take_in(workbook(HEADER, *rows), municipality)
    assert list(PlannedSession.objects.order_by("session__code").values_list("session__code", "due_date")) == [
        ("T-B1", date(2026, 9, 30)),
        ("T-T04", None),
    ]


def test_groups_and_minutes_of_a_log_are_kept_apart(municipality, classes, sessions):
    header = ["Klass", "Pass", "Vecka", "Grupp", "Närv", "Antal i gruppen", "Minuter"]
    rows = [["3B", "T-B1", 38, "grupp 1", 10, 11, "40 min"], ["3B", "T-B1", "38", 2, None, 10, None]]
    seen = preview(workbook(header, *rows), municipality).rows
    assert [(cells_of(row)[1], row.reason) for row in seen] == [("3B grupp 1", "Minuter: 40."), ("3B grupp 2", "")]
    take_in(workbook(header, *rows), municipality)
    assert list(
        Delivery.objects.order_by("group").values_list("group", "date", "present", "group_size", "minutes")
    ) == [
        (1, date(2026, 9, 18), 10, 11, 40),
        (2, date(2026, 9, 18), None, 10, None),
    ]


def test_two_rows_that_contradict_each_other_are_named(municipality, classes, sessions):
    rows = [["3B", "T-B1", "15/9", 20, 21, None], ["3 b", "Normer", "15/9", 18, 21, None]]
    assert results(preview(workbook(HEADER, *rows), municipality)) == [
        ("Klasser", 2, "ny", "T-B1", ""),
        ("Klasser", 3, "fel", "T-B1", "Rad Klasser 2 säger något annat om samma pass."),
    ]


def test_log_of_one_school_cannot_reach_another(municipality, classes, sessions, school):
    other = SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjork", unit_code="99000022")
    ClassFactory(school=other, name="3B", enrolled=20)
    content = text([["Skola", *HEADER], ["Björkskolan", "3B", "T-B1", "15/9", "20", "20", ""]])
    own = SchoolClass.objects.filter(school=school).select_related("school")
    reading = read_rows(io.BytesIO(content), columns=LOG_COLUMNS)
    found = preview_deliveries(
        reading, municipality=municipality, classes=own, start_year=2026, today=date(2026, 12, 20)
    )
    assert results(found) == [
        (
            "",
            2,
            "fel",
            "T-B1",
            "Skolan finns inte i Stins, eller så importerar du inte för den. Import skapar inga skolor.",
        )
    ]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_number_of_queries_does_not_grow_with_the_rows(count, municipality, classes, sessions, query_count):
    names = list(classes)
    rows = [[names[number % 7], TITLES[number // 7][0], "15/9", 10, 21, None] for number in range(count)]
    content = workbook(HEADER, *rows)
    with query_count(3):
        found = preview(content, municipality)
    assert {row.result for row in found.rows} == {ImportResult.NEW}
    with query_count(13):
        import_deliveries(preview=found, skip_errors=False)


def test_refused_rows_keep_the_school_year_that_their_sheet_is_named_after(municipality, classes, sessions):
    earlier, later = [[*HEADER[:4]], ["9Z", "Normer", "15/9", 20]], [[*HEADER[:4]], ["9Z", "Normer", "16/9", 20]]
    refused = preview(workbook(*earlier, sheet="HT 25", Logg=later), municipality).rows

    file = refused_csv(refused, columns=LOG_COLUMNS, several_sheets=True).decode("utf-8-sig").splitlines()
    assert file == [
        "Blad;Rad;Läsår;Klass;Pass;Datum;Närvarande;Orsak",
        "HT 25;2;2025/26;9Z;Normer;15/9;20;Almskolan har ingen sådan klass läsåret 2025/26.",
        "Logg;2;;9Z;Normer;16/9;20;Almskolan har ingen sådan klass läsåret 2026/27.",
    ]
    assert [row.written.get("school_year") for row in refused] == ["2025/26", None]


def test_texts_that_are_nothing_alike_are_told_apart_at_a_glance(monkeypatch):
    compared = []

    def matcher(junk, text, name):
        compared.append(text)
        return SequenceMatcher(junk, text, name)

    monkeypatch.setattr(session_names, "SequenceMatcher", matcher)
    sessions = [Session(code=f"T-T{n:02}", title=title, kind="additional") for n, title in enumerate(["Mobbning"] * 15)]
    names = SessionNames.of(sessions)
    diary = " ".join(f"abcdefgh{number}" for number in range(5_000))
    assert [names.find(f"{diary} {number}").choices for number in range(20)] == [()] * 20
    assert compared == []
    assert names.find("Mobbing").choices[0] == sessions[0]
