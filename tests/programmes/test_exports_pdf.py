"""Coverage as a document: tagged, and the same figures as on the screen and in the other files."""

import io
from datetime import UTC, date, datetime

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from cms.pdf.typeface import BOLD, register_fonts
from programmes.exports.coverage import Selection, write_coverage
from programmes.exports.findings import Finding
from programmes.exports.reports.document import PADDING, PRINT, column_widths
from programmes.exports.reports.report import Report, Section
from programmes.exports.tables import Column, Table
from programmes.models import Municipality, Period, School, SchoolClass
from tests.factories import ClassFactory, PlannedSessionFactory, SchoolFactory, programme
from tests.factories.coverage import worked_example
from tests.pdf import assert_tagged, read_pdf, text_of, walk

NOW = datetime(2027, 1, 8, 13, 5, tzinfo=UTC)


@pytest.fixture
def example(municipality):
    return worked_example(municipality)


def document(*, period="HT2026", today=date(2026, 12, 31), schools=None):
    municipality = Municipality.objects.get(code="9901")
    schools = School.objects.filter(municipality=municipality) if schools is None else schools
    asked = Selection(
        municipality=municipality,
        programme=programme(),
        period=Period.parse(period),
        schools=schools,
        classes=SchoolClass.objects.filter(school__in=schools),
    )
    stream = io.BytesIO()
    write_coverage(asked, stream, file_format="pdf", today=today, now=NOW)
    return stream.getvalue()


def rows_of(content, heading, *, columns=7):
    """The rows of the table under a heading, as they are read."""
    found = text_of(content)
    start = found.index(("H2", heading)) + 1
    end = next((place for place, part in enumerate(found[start:], start) if part[0] == "H2"), len(found))
    cells = [words for role, words in found[start:end] if role in ("TH", "TD")]
    return [cells[place : place + columns] for place in range(0, len(cells), columns)]


def test_document_is_tagged_and_tells_where_it_comes_from(example):
    content = document()

    roles = assert_tagged(content)
    pdf = read_pdf(content)
    assert str(pdf.docinfo.Title) == "Täckning, Taget, HT 2026"
    assert str(pdf.Root.Lang) == "sv-SE"
    assert str(pdf.docinfo.CreationDate).startswith("D:20270108130500")
    assert roles.count("Figure") == 1
    last = text_of(content)[-1]
    assert last[0] == "P"
    assert "profil intern, inget är dolt för små tal. Export-id 20270108-" in last[1]


def test_document_opens_with_the_answer(example):
    found = text_of(document())

    assert [words for _role, words in found[:4]] == [
        "Ekbacka kommun",
        "Täckning, Taget, HT 2026",
        "HT 2026: 6 av 10 förväntade pass är genomförda, 3 är inte rapporterade, 1 blev inte av. "
        "I 2 av 4 klasser är alla baspass hittills gjorda.",
        "Alla skolor. Räknat till och med 31 december 2026.",
    ]


def test_worked_example_stands_in_the_table_of_schools(example):
    assert rows_of(document(), "Skolor") == [
        ["Skola", "Förväntade", "Genomförda", "Andel", "Ej hållna", "Ej rapporterade", "Täckning, baspass"],
        ["Almskolan", "5", "4", "80,0 %", "1", "0", "50,0 %"],
        ["Björkskolan", "5", "2", "40,0 %", "0", "3", "50,0 %"],
        ["Tillsammans", "10", "6", "60,0 %", "1", "3", "50,0 %"],
    ]


def test_definitions_are_found_by_the_words_of_the_tables(example):
    words = [words for _role, words in text_of(document())]
    assert "Andel (Genomförandegrad): Genomförda av förväntade, som andel av förväntade." in words
    assert any(word.startswith("Ej hållna: Förväntade pass") for word in words)


def test_bars_are_told_in_words(example):
    pdf = read_pdf(document())

    [figure] = [element for element in walk(pdf.Root.StructTreeRoot.K[0]) if element.S == "/Figure"]
    assert str(figure.Alt) == (
        "Staplar skola för skola. Almskolan: 4 av 5 genomförda, 1 ej hållna, 0 ej rapporterade. "
        "Björkskolan: 2 av 5 genomförda, 0 ej hållna, 3 ej rapporterade."
    )


def test_empty_selection_is_an_honest_document(municipality):
    content = document()

    assert "Figure" not in assert_tagged(content)
    assert text_of(content)[2][1] == "HT 2026: inga pass var förväntade till och med 31 december 2026."


def test_many_schools_fill_several_pages_with_their_head_read_once(municipality):
    for number in range(65):
        school = SchoolFactory(
            municipality=municipality, name=f"Skola {number:02d} med ett mycket långt namn i kommunen"
        )
        PlannedSessionFactory(school_class=ClassFactory(school=school), due_date=date(2026, 9, 30))

    content = document()

    roles = assert_tagged(content)
    assert roles.count("Figure") == 4
    assert len(read_pdf(content).pages) > 5
    assert len(rows_of(content, "Skolor")) == 1 + 65 + 1


@pytest.mark.parametrize("name", ["=1+1", "<b>Fet</b> & stark", "Škola Łódź"])
def test_name_of_a_school_is_only_ever_text(municipality, name):
    school = SchoolFactory(municipality=municipality, name=name)
    PlannedSessionFactory(school_class=ClassFactory(school=school), due_date=date(2026, 9, 30))

    assert rows_of(document(), "Skolor")[1][0] == name


def test_no_day_is_broken_in_two_lines(municipality):
    """Days have as many letters, and not as many points."""
    days = [*(date(2026, 11, day) for day in range(10, 30)), date(2026, 9, 30)]
    columns = (
        Column("session", "Pass", "text", 30, ""),
        Column("due", "Förfaller", "date", 12, ""),
        Column("reason", "Orsak", "text", 30, ""),
    )
    rows = [["Normer och dess konsekvenser", day, "vikarie eller personalbrist, och mer än så"] for day in days]
    report = Report(
        title="Pass",
        finding=Finding("Pass", "."),
        profile="",
        sections=[Section("Pass", table=Table("Pass", "Pass", columns, rows))],
    )

    register_fonts()
    cells = column_widths(report.sections[0].columns, report.sections[0].rows, width=300)

    assert cells[1] - PADDING >= max(stringWidth(day.isoformat(), BOLD, PRINT) for day in days)
