"""The school's own report: its classes' lines and figures, and trygg bas for those alone who may read it."""

import io
from datetime import date

import openpyxl
import pytest

from programmes.enums import Role
from programmes.models import Event, ProgrammeTarget
from tests.factories import (
    AnalysisFactory,
    CheckRoundFactory,
    ClassFactory,
    CourseOccasionFactory,
    MembershipFactory,
    ParentMeetingFactory,
    PlannedSessionFactory,
    SchoolFactory,
    StaffMeetingFactory,
    UserFactory,
    programme,
)
from tests.factories.coverage import worked_example
from tests.pdf import assert_tagged, text_of

SCHOOL = "/rapporter/skolan"


@pytest.fixture
def today():
    return date(2026, 12, 15)


@pytest.fixture
def example(municipality):
    schools = worked_example(municipality)
    almskolan = schools["Almskolan"]
    StaffMeetingFactory(school=almskolan, date=date(2026, 9, 4), present=18, total=20)
    ParentMeetingFactory(school=almskolan, date=date(2026, 10, 14), parents=24)
    AnalysisFactory(school=almskolan, start_year=2026)
    CheckRoundFactory(school=almskolan, term="HT2026")
    CourseOccasionFactory(course__municipality=municipality, course__name="Oro för barn", course__is_mandatory=True)
    return schools


@pytest.fixture
def coordinator(example):
    return MembershipFactory(user=UserFactory(), school=example["Almskolan"]).user


def sections_of(page):
    return {str(section.heading): section for section in page.context["report"].shown_sections}


def test_school_reads_its_term_on_one_page(client, coordinator):
    client.force_login(coordinator)

    page = client.get(f"{SCHOOL}/", {"period": "HT2026"})

    report, sections = page.context["report"], sections_of(page)
    assert report.title == "Almskolan, HT 2026"
    assert str(report.finding) == "HT 2026: 3 av 3 förväntade pass hölls."
    classes = sections["Klasserna i Taget"]
    assert classes.table.rows == [
        ["1A", "1", 3, 2, 2, 0, None, 0, 3],
        ["2A", "2", 2, 1, 1, 0, None, 0, 1],
    ]
    assert [row.told for row in classes.lines.rows] == [
        "1A: Normer och dess konsekvenser: genomfört; Vad innebär vänskap: genomfört; Aktiva åskådare och förändring:"
        " genomfört; Våld i hemmet: planerat.",
        "2A: Normer och dess konsekvenser: genomfört; Aktiva åskådare och förändring: ej hållet; Våld i hemmet:"
        " planerat.",
    ]
    assert sections["Ej hållet och ej rapporterat"].table.rows == []
    assert sections["Personal och föräldrar"].about == (
        "Före 2 av 2 hållna elevpass hade personalen själv haft temat."
        " 90,0\xa0% av personalen var med på personalpassen."
    )
    assert dict(row[:2] for row in sections["Personal och föräldrar"].table.rows)["Föräldrar på dem"] == 24
    assert sections["Kurser"].table.rows == [["Oro för barn (obligatorisk)", 0, None, "."]]
    assert sections["Analys och beslutad åtgärd"].texts[:2] == [
        ("Varför siffrorna är som de är", "Vikarier har hållit få pass."),
        (
            "Beslutad åtgärd",
            "Två kollegor håller passen tillsammans. Följs upp av biträdande rektor, senast 1 februari 2027.",
        ),
    ]


def test_what_was_not_held_stands_with_its_reason_after_the_term(client, coordinator, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: date(2027, 1, 10))
    client.force_login(coordinator)

    sections = sections_of(client.get(f"{SCHOOL}/", {"period": "HT2026"}))

    assert sections["Ej hållet och ej rapporterat"].table.rows == [
        ["2A", "Aktiva åskådare och förändring", date(2026, 12, 31), "ej hållet", "sjukdom"]
    ]
    assert sections["Klasserna i Taget"].table.rows[1] == ["2A", "2", 2, 2, 1, 1, "sjukdom 1", 0, 1]
    assert "Det som återstår" not in sections


def test_what_remains_stands_session_by_session_with_its_classes(client, coordinator):
    client.force_login(coordinator)

    sections = sections_of(client.get(f"{SCHOOL}/", {"period": "2026/27"}))

    assert sections["Det som återstår"].table.rows == [["Våld i hemmet", date(2027, 4, 30), "1A, 2A"]]


def test_yearly_targets_stand_in_a_school_year_alone(client, municipality, coordinator):
    ProgrammeTarget.objects.create(municipality=municipality, programme=programme(), lowest_grade=0, highest_grade=5)
    client.force_login(coordinator)

    year = sections_of(client.get(f"{SCHOOL}/", {"period": "2026/27"}))["Personal och föräldrar"]
    term = sections_of(client.get(f"{SCHOOL}/", {"period": "HT2026"}))["Personal och föräldrar"]

    assert year.table.rows[:2] == [["Hållna personalpass", 1, 8], ["Hållna APT", 0, 4]]
    assert [column.key for column in year.columns] == ["what", "number", "target"]
    assert [column.key for column in term.columns] == ["what", "number"]


@pytest.mark.parametrize(
    ("role", "reads"), [(Role.COORDINATOR, True), (Role.CENTRE_YOUNGER, True), (Role.ADMINISTRATOR, False)]
)
def test_secure_base_is_for_those_alone_who_may_read_it(client, municipality, example, role, reads):
    place = {"school": example["Almskolan"]} if role == Role.COORDINATOR else {"municipality": municipality}
    client.force_login(MembershipFactory(user=UserFactory(), role=role, **place).user)

    sections = sections_of(client.get(f"{SCHOOL}/", {"period": "HT2026", "skola": "almskolan"}))

    assert ("Trygg bas" in sections) is reads
    assert Event.objects.filter(kind="secure_base_shares_seen").count() == int(reads)
    if reads:
        assert sections["Trygg bas"].about == "Andelarna för HT 2026 visas när terminen är slut."
        assert sections["Trygg bas"].table.rows == [["HT 2026", "öppen", 0, ".", 0, "."]]


def test_report_in_files_has_every_session_and_the_lines_in_words(client, coordinator):
    client.force_login(coordinator)

    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{SCHOOL}.xlsx", {"period": "HT2026"}))))
    document = b"".join(client.get(f"{SCHOOL}.pdf", {"period": "HT2026"}))

    assert book.sheetnames == [
        "Översikt", "Personal och föräldrar", "Kurser", "Trygg bas", "Klasser", "Pass", "Definitioner",
    ]  # fmt: skip
    assert [[cell.value for cell in row][1:5] for row in book["Pass"].iter_rows(min_row=2)][:2] == [
        ["1A", "Normer och dess konsekvenser", book["Pass"]["D2"].value, "genomfört"],
        ["1A", "Vad innebär vänskap", book["Pass"]["D3"].value, "genomfört"],
    ]
    assert_tagged(document)
    assert [text for role, text in text_of(document) if role in ("H2", "H3")][:3] == [
        "Klasserna i Taget", "Ej hållet och ej rapporterat", "Det som återstår",
    ]  # fmt: skip


def test_coordinator_is_not_given_another_school(client, coordinator):
    client.force_login(coordinator)

    assert "Björkskolan" not in client.get(f"{SCHOOL}/", {"period": "HT2026"}).text
    assert client.get(f"{SCHOOL}.pdf", {"period": "HT2026", "skola": "bjorkskolan"}).status_code == 400


def test_year_page_leads_to_the_papers(client, coordinator, example):
    client.force_login(coordinator)

    page = client.get("/skolor/almskolan/").text

    assert '/rapporter/skolan/?skola=almskolan&amp;period=2026/27"' in page
    assert '/rapporter/krankande-behandling/?skola=almskolan&amp;period=2026/27"' in page


@pytest.mark.parametrize("number", [1, 3, 30])
def test_report_asks_the_same_for_any_number_of_classes(client, centre, municipality, query_count, number):
    school = SchoolFactory(municipality=municipality, name="Almskolan", slug="almskolan")
    for place in range(number):
        PlannedSessionFactory(school_class=ClassFactory(school=school, name=f"{place}A"))
    client.force_login(centre)
    with query_count(33):
        client.get(f"{SCHOOL}/", {"period": "HT2026"})
