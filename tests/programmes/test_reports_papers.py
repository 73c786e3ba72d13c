"""The papers for a school's plan and for quality work: what they say, from what is written down and nothing else."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.utils import timezone

from programmes.actions.closings import close_period
from programmes.exports.closing import closing_of
from programmes.models import Period, PlannedSession, ProgrammeTarget
from tests.factories import (
    AnalysisFactory,
    AssessmentFactory,
    ClassFactory,
    DeliveryFactory,
    MembershipFactory,
    ParentMeetingFactory,
    PlannedSessionFactory,
    SchoolFactory,
    SessionFactory,
    StaffMeetingFactory,
    UserFactory,
    programme,
)
from tests.factories.coverage import worked_example
from tests.pdf import assert_tagged, text_of

DEGRADING = "/rapporter/krankande-behandling"
QUALITY = "/rapporter/kvalitetsarbete"


@pytest.fixture
def today():
    """The autumn after the worked example's school year."""
    return date(2027, 9, 15)


@pytest.fixture
def example(municipality):
    schools = worked_example(municipality)
    ProgrammeTarget.objects.create(
        municipality=municipality, programme=programme(), lowest_grade=0, highest_grade=5, staff_sessions_per_year=2
    )
    almskolan = schools["Almskolan"]
    StaffMeetingFactory(school=almskolan, date=date(2026, 9, 4), present=18, total=20)
    StaffMeetingFactory(school=almskolan, theme=None, date=date(2026, 10, 4))
    ParentMeetingFactory(school=almskolan, date=date(2026, 10, 14), parents=24)
    AnalysisFactory(
        school=almskolan,
        start_year=2025,
        action="Personalen möter temat först",
        follow_up_date=date(2026, 11, 15),
        outcome="Det gjorde den i september.",
    )
    AnalysisFactory(school=almskolan, start_year=2026, analysis="Vikarier har hållit få pass")
    AssessmentFactory(school=almskolan, term="HT2026")
    school_class = ClassFactory(school=almskolan, start_year=2027, name="2A", lowest_grade=2)
    PlannedSessionFactory(school_class=school_class, session=SessionFactory(code="T-B1"), due_date=date(2027, 9, 30))
    return schools


@pytest.fixture
def as_centre(client, centre):
    client.force_login(centre)
    return client


def texts_of(page, school):
    sections = page.context["report"].shown_sections
    return {str(heading): text for section in sections if section.heading == school for heading, text in section.texts}


def test_plan_accounts_for_the_year_before_in_sentences(as_centre, example):
    page = as_centre.get(f"{DEGRADING}/", {"period": "2027/28"})

    assert str(page.context["report"].finding) == (
        "Läsåret 2026/27: 7 av 14 pass hölls, 1 blev inte av, 6 är inte rapporterade. 1 pass är planerat för 2027/28."
    )
    assert texts_of(page, "Almskolan") == {
        "Det som var planerat för 2026/27": (
            "I Taget planerades 7 pass: Normer och dess konsekvenser (2 klasser), Aktiva åskådare och förändring"
            " (2 klasser), Våld i hemmet (2 klasser) och Vad innebär vänskap (1 klass).\n\n"
            "Målet för personalen var 2 personalpass och 4 APT.\n\n"
            "Skolan hade beslutat: Personalen möter temat först."
        ),
        "Det som gjordes": (
            "I Taget hölls 4 av 7 pass.\n\n"
            "Personalen hade 1 personalpass och 1 APT.\n\n"
            "1 föräldraträff hölls, med 24 föräldrar."
        ),
        "Det som inte blev gjort, och varför": (
            "I Taget blev 1 pass inte av: sjukdom 1.\n\n"
            "I Taget är 2 pass inte rapporterade. Det går inte att säga om de hölls.\n\n"
            "Personalen hade 1 personalpass och 3 APT kvar till målet.\n\n"
            "Skolans analys: Vikarier har hållit få pass."
        ),
        "Så har det följts upp": (
            "Beslutat: Personalen möter temat först. Följs upp av biträdande rektor, senast 15 november 2026.\n\n"
            "Det gjorde den i september.\n\n"
            "Skolans självskattning: HT 2026 12 av 24.\n\n"
            "Ingen avstämning av trygg bas avslutades."
        ),
        "Det som är planerat för 2027/28": (
            "I Taget planerades 1 pass: Normer och dess konsekvenser (1 klass).\n\n"
            "Två kollegor håller passen tillsammans. Följs upp av biträdande rektor, senast 1 februari 2027."
        ),
    }


def test_plan_of_a_school_that_has_written_nothing_says_so(as_centre, example):
    texts = texts_of(as_centre.get(f"{DEGRADING}/", {"period": "2027/28", "skola": "bjorkskolan"}), "Björkskolan")

    assert texts["Det som gjordes"] == "I Taget hölls 3 av 7 pass."
    assert texts["Så har det följts upp"] == "Ingen avstämning av trygg bas avslutades."
    assert "Ingen orsaksanalys är skriven för 2026/27." in texts["Det som inte blev gjort, och varför"]
    assert texts["Det som är planerat för 2027/28"] == "Inga pass är planerade för 2027/28 än."


def test_plan_in_files_holds_both_years_and_the_texts(as_centre, example):
    asked = {"period": "2027/28", "skola": "almskolan"}
    book = openpyxl.load_workbook(io.BytesIO(b"".join(as_centre.get(f"{DEGRADING}.xlsx", asked))))
    lines = b"".join(as_centre.get(f"{DEGRADING}.csv", asked)).decode("utf-8-sig")
    document = b"".join(as_centre.get(f"{DEGRADING}.pdf", asked))

    assert book.sheetnames == ["Översikt", "Pass", "Texter", "Definitioner"]
    rows = [[cell.value for cell in row][2:] for row in book["Pass"].iter_rows(min_row=2)]
    assert rows[1] == [
        "2026/27", "Taget", "T-B2", "Aktiva åskådare och förändring", "baspass", 2, 2, 1, 1, "sjukdom 1", 0, 0,
    ]  # fmt: skip
    assert [row[0] for row in rows] == ["2026/27"] * 4 + ["2027/28"]
    assert len(list(csv.reader(io.StringIO(lines), delimiter=";"))) == 6
    assert [cell.value for cell in book["Texter"]["C"]][1:3] == ["Det som var planerat för 2026/27", "Det som gjordes"]
    assert_tagged(document)
    paragraphs = [text for role, text in text_of(document) if role == "P"]
    assert "Personalen hade 1 personalpass och 1 APT." in paragraphs


def test_quality_work_names_the_schools_without_analysis(as_centre, example):
    report = as_centre.get(f"{QUALITY}/").context["report"]

    assert str(report.finding) == (
        "Läsåret 2026/27: 1 av 2 skolor har skrivit vad siffrorna beror på. 0 av 1 beslut är uppföljt."
        " 7 av 14 förväntade pass hölls."
    )
    figures, done, assessed, opening, almskolan, _all = report.sections
    assert figures.table.rows == [
        ["Norra", "Almskolan", 7, 4, 4 / 7, 1, 2],
        ["Centrum", "Björkskolan", 7, 3, 3 / 7, 0, 4],
    ]
    assert done.table.rows == [
        ["Norra", "Almskolan", 1, 1, 0.5, "ja", "nej"],
        ["Centrum", "Björkskolan", 0, 0, ".", "nej", None],
    ]
    assert assessed.table.rows == [["Norra", "Almskolan", "HT 2026", 12, 24, 0.5]]
    assert opening.about.endswith("Ingen orsaksanalys är skriven för 2026/27 på Björkskolan.")
    assert almskolan.texts[2] == (
        "Uppföljning",
        "Följs upp av biträdande rektor, senast 1 februari 2027. Den dagen har gått, och inget är skrivet.",
    )


def test_quality_work_is_a_document_with_what_was_written(as_centre, example):
    document = b"".join(as_centre.get(f"{QUALITY}.pdf"))

    assert_tagged(document)
    headings = [text for role, text in text_of(document) if role in ("H2", "H3", "H4")]
    assert headings == [
        "Siffrorna", "Vad skolorna har gjort av dem", "Så skattar skolorna sitt arbete", "Analys och beslutad åtgärd",
        "Almskolan", "Varför siffrorna är som de är", "Beslutad åtgärd", "Uppföljning",
        "Så räknas siffrorna", "Om filen",
    ]  # fmt: skip


def test_plan_may_be_written_before_its_year_begins(as_centre, example):
    page = as_centre.get(f"{DEGRADING}/", {"period": "2028/29"})

    assert '<option value="2028/29" selected>2028/29</option>' in page.text
    assert "Inga pass är planerade för 2028/29 än." in texts_of(page, "Almskolan")["Det som är planerat för 2028/29"]


def test_closed_year_keeps_its_figures_and_the_account_says_what_came_late(as_centre, municipality, example, today):
    closing = closing_of(
        municipality=municipality,
        programme=programme(),
        period=Period.parse("2026/27"),
        by=None,
        today=today,
        now=timezone.now(),
        kinds=(),
    )
    close_period(closing=closing)
    late = PlannedSession.objects.get(school_class__name="3B", session__code="T-B1")
    DeliveryFactory(planned_session=late, date=date(2026, 9, 20), group_size=9, present=9)

    quality = as_centre.get(f"{QUALITY}/").context["report"]
    plan = as_centre.get(f"{DEGRADING}/", {"period": "2027/28"})

    assert quality.sections[0].table.total[2:4] == [14, 7]
    assert "8 av 14 pass hölls" in str(plan.context["report"].finding)
    assert "2026/27 är stängt. Det som har rapporterats senare är med här" in plan.text


def test_coordinator_reads_the_papers_of_the_own_school_alone(client, example):
    AnalysisFactory(school=example["Björkskolan"], start_year=2026, analysis="Det bara Björkskolan vet.")
    client.force_login(MembershipFactory(user=UserFactory(), school=example["Almskolan"]).user)

    for address in (DEGRADING, QUALITY):
        page = client.get(f"{address}/", {"period": "2026/27"})
        file = b"".join(client.get(f"{address}.csv", {"period": "2026/27"})).decode()
        assert "Björkskolan" not in page.text + file
        assert client.get(f"{address}.pdf", {"period": "2026/27", "skola": "bjorkskolan"}).status_code == 400


@pytest.mark.parametrize("number", [1, 3, 30])
def test_papers_ask_the_same_for_any_number_of_schools(as_centre, municipality, query_count, number):
    for place in range(number):
        school = SchoolFactory(municipality=municipality, name=f"Skola {place}")
        school_class = ClassFactory(school=school)
        PlannedSessionFactory(school_class=school_class)
        AnalysisFactory(school=school)
        AssessmentFactory(school=school)
    with query_count(37):
        as_centre.get(f"{DEGRADING}/", {"period": "2027/28"})
    with query_count(28):
        as_centre.get(f"{QUALITY}/", {"period": "2026/27"})
