"""The sheet for EST and the action plan followed up: areas by themselves, each class in its own school year."""

import io
from datetime import date, time

import openpyxl
import pytest

from programmes.enums import LeaderRole, MeasureFigure, Organisation
from programmes.exports.words import written
from programmes.models import Delivery, DeliveryLeader, ParentGroupLeader
from tests.factories import (
    ClassFactory,
    DeliveryFactory,
    IndicatorFactory,
    MeasureFactory,
    ParentGroupFactory,
    PlannedSessionFactory,
    SchoolFactory,
    SessionFactory,
    StaffMeetingFactory,
)
from tests.factories.coverage import worked_example
from tests.pdf import assert_tagged, text_of

EST = "/rapporter/est"
PLAN = "/rapporter/atgardsplan"


@pytest.fixture
def today():
    return date(2027, 1, 10)


@pytest.fixture
def example(municipality):
    schools = worked_example(municipality)
    almskolan = schools["Almskolan"]
    StaffMeetingFactory(school=almskolan, date=date(2026, 9, 4))
    group = ParentGroupFactory(
        school=almskolan, counts=[11, 12], start_time=time(18), end_time=time(20, 30), first_day=date(2026, 10, 5)
    )
    ParentGroupLeader.objects.create(group=group, role=LeaderRole.GUEST, organisation=Organisation.SOCIAL_SERVICES)
    delivery = Delivery.objects.filter(planned_session__school_class__school=almskolan).earliest("pk")
    Delivery.objects.filter(pk=delivery.pk).update(minutes=90)
    DeliveryLeader.objects.create(delivery=delivery, role=LeaderRole.TEACHER, organisation=Organisation.SCHOOL)
    return schools


@pytest.fixture
def as_centre(client, centre):
    client.force_login(centre)
    return client


def shown_rows(report):
    return {
        (str(section.heading), str(section.table.title)): section.table.rows
        for section in report.shown_sections
        if section.table
    }


def test_each_area_has_a_page_of_what_was_done_in_it(as_centre, example):
    report = as_centre.get(f"{EST}/").context["report"]

    assert str(report.finding) == (
        "Tertial 3 2026: 6 av 10 förväntade pass hölls. 4 klasser nåddes. 1 ABC-grupp startade, med 12 föräldrar."
        " De som ledde gav 6,5 timmar."
    )
    rows = shown_rows(report)
    assert rows["Områden", "Områdena bredvid varandra"] == [
        ["Centrum", 5, 2, 0.4, 2, 0, 0, 0.0],
        ["Norra", 5, 4, 0.8, 2, 1, 1, 6.5],
    ]
    assert rows["Norra", "Pass i Norra"] == [["Taget", 5, 4, 0.8, 0, 2, 42]]
    assert rows["Personal och föräldrar", "Personal och föräldrar i Norra"] == [
        ["Hållna personalpass", 1],
        ["Hållna APT", 0],
        ["Fortbildningar och utbyten", 0],
        ["Kursdeltagare", 0],
        ["Hållna föräldraträffar", 0],
        ["Föräldrar på dem", 0],
        ["Startade ABC-grupper", 1],
        ["Föräldrar som började", 12],
    ]
    assert rows["Persontimmar", "Persontimmar i Norra"] == [
        ["Socialtjänsten", 5.0, 0],
        ["Skolan", 1.5, 0],
    ]


def test_a_tertial_over_two_school_years_takes_each_class_in_its_own(as_centre, municipality):
    school = SchoolFactory(municipality=municipality)
    for start_year, code, due, held in (
        (2025, "T-B3", date(2026, 5, 31), date(2026, 5, 20)),
        (2026, "T-B1", date(2026, 8, 31), None),
        (2026, "T-B2", date(2026, 12, 31), None),
    ):
        school_class = ClassFactory(school=school, start_year=start_year, name=code)
        planned = PlannedSessionFactory(
            school_class=school_class, session=SessionFactory(code=code, title=code), due_date=due
        )
        if held:
            DeliveryFactory(planned_session=planned, date=held)

    report = as_centre.get(f"{EST}/", {"period": "T2-2026"}).context["report"]

    assert str(report.finding) == "Tertial 2 2026: 1 av 2 förväntade pass hölls. 1 klass nåddes."


def test_year_in_sum_is_the_three_tertials_of_the_calendar_year(as_centre, example):
    """A school year would cut the summer's tertial in two."""
    school = example["Almskolan"]
    for day in (date(2026, 2, 3), date(2026, 6, 8), date(2027, 1, 8)):
        StaffMeetingFactory(school=school, date=day)
    before = ClassFactory(school=school, start_year=2025, name="5A", enrolled=20)
    planned = PlannedSessionFactory(
        school_class=before, session=SessionFactory(code="T-B3", title="B3"), due_date=date(2026, 4, 30)
    )
    DeliveryFactory(planned_session=planned, date=date(2026, 4, 8))

    def counted(period):
        report = as_centre.get(f"{EST}/", {"period": period}).context["report"]
        rows = shown_rows(report)["Områden", "Områdena bredvid varandra"]
        return [row[:3] + row[5:] for row in rows]

    year = counted("AR2026")

    assert [counted(f"T{number}-2026") for number in (1, 2, 3)] == [
        [["Centrum", 0, 0, 0, 0, 0.0], ["Norra", 1, 1, 1, 0, 0.0]],
        [["Centrum", 0, 0, 0, 0, 0.0], ["Norra", 0, 0, 1, 0, 0.0]],
        [["Centrum", 5, 2, 0, 0, 0.0], ["Norra", 5, 4, 1, 1, 6.5]],
    ]
    assert year == [["Centrum", 5, 2, 0, 0, 0.0], ["Norra", 6, 5, 3, 1, 6.5]]
    page = as_centre.get(f"{EST}/", {"period": "AR2026"}).text
    assert "en elev som har flyttats upp räknas" in page
    assert str(as_centre.get(f"{EST}/", {"period": "T1-2025"}).context["report"].finding) == (
        "Tertial 1 2025: inga pass var förväntade. 0 klasser nåddes."
    )


def test_sheet_in_files_has_all_areas_in_one_table_of_each(as_centre, example):
    book = openpyxl.load_workbook(io.BytesIO(b"".join(as_centre.get(f"{EST}.xlsx"))))
    document = b"".join(as_centre.get(f"{EST}.pdf"))

    assert book.sheetnames == [
        "Översikt", "Områden", "Pass", "Personal och föräldrar", "Persontimmar", "Definitioner",
    ]  # fmt: skip
    assert [[cell.value for cell in row] for row in book["Persontimmar"].iter_rows(min_row=2)] == [
        ["Norra", "Socialtjänsten", 5, 0],
        ["Norra", "Skolan", 1.5, 0],
    ]
    assert_tagged(document)
    assert [text for role, text in text_of(document) if role == "H2"] == [
        "Områden", "Centrum", "Norra", "Så räknas siffrorna", "Om filen",
    ]  # fmt: skip


def test_measure_stands_beside_the_figure_that_is_chosen_for_it(as_centre, municipality, example):
    north = example["Almskolan"].area
    chosen = {
        MeasureFigure.TAGET: ("4 av 5, 80,0\xa0%", ".", [4, 5]),
        MeasureFigure.BASE: ("1 av 2, 50,0\xa0%", ".", [1, 2]),
        MeasureFigure.MVP: (".", ".", [0, 0]),
        MeasureFigure.STAFF_SESSIONS: ("1", "0", [1, None]),
        MeasureFigure.PARENTS: ("12", "0", [12, None]),
        MeasureFigure.COURSES: ("0", "0", [0, None]),
        MeasureFigure.HOURS: ("6,5", "0,0", [6.5, None]),
        "": (None, None, [None, None]),
    }
    for number, figure in enumerate(chosen):
        MeasureFactory(municipality=municipality, area=north, figure=figure, problem=f"{number}")
    MeasureFactory(municipality=municipality, problem="9", figure="taget")

    report = as_centre.get(f"{PLAN}/", {"period": "HT2026"}).context["report"]

    rows = report.sections[0].table.rows
    assert [(row[11], row[12], row[13:15]) for row in rows] == [*chosen.values(), ("6 av 10, 60,0\xa0%", ".", [6, 10])]
    assert str(report.finding) == ("HT 2026: 9 åtgärder, 0 uppföljda. 8 har en siffra som följer dem.")


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (date(2027, 10, 5), ("1", "2 av 2, 100,0\xa0%")),  # a running term beside the same days of the one before
        (date(2028, 1, 5), ("2", "4 av 5, 80,0\xa0%")),
    ],
)
def test_running_period_stands_beside_the_same_days_a_year_before(as_centre, municipality, example, before):
    north = example["Almskolan"].area
    StaffMeetingFactory(school=example["Almskolan"], date=date(2026, 11, 4))
    for figure in (MeasureFigure.STAFF_SESSIONS, MeasureFigure.TAGET):
        MeasureFactory(municipality=municipality, area=north, figure=figure, end_date=date(2028, 6, 1))

    section = as_centre.get(f"{PLAN}/", {"period": "HT2027"}).context["report"].sections[0]

    assert tuple(row[12] for row in section.table.rows) == before


def test_context_figures_are_written_with_the_decimals_they_have(as_centre, municipality):
    for year, value in ((2022, 77), (2023, "77.5")):
        IndicatorFactory(municipality=municipality, year=year, value=value)

    page = as_centre.get(f"{PLAN}/", {"period": "HT2026"})

    section = page.context["report"].sections[-1]
    assert [written(row[4], section.table.columns[4].kind) for row in section.table.rows] == ["77", "77,5"]


def test_plan_of_an_area_holds_its_own_measures_and_the_world_around(as_centre, municipality, example):
    north, centre = example["Almskolan"].area, example["Björkskolan"].area
    MeasureFactory(municipality=municipality, area=north, measure="Vuxna på vägen", follow_up="Färre bråk")
    MeasureFactory(municipality=municipality, area=centre, measure="Bara i Centrum")
    MeasureFactory(
        municipality=municipality,
        area=north,
        measure="Förra året",
        start_date=date(2025, 1, 1),
        end_date=date(2025, 6, 1),
    )
    IndicatorFactory(municipality=municipality, area=north, name="Trygga elever", year=2025, source="Elevenkäten")
    IndicatorFactory(municipality=municipality, area=centre, name="Bara Centrum mäter", year=2025)

    page = as_centre.get(f"{PLAN}/", {"period": "2026/27", "omrade": north.pk})
    document = b"".join(as_centre.get(f"{PLAN}.pdf", {"period": "2026/27", "omrade": north.pk}))

    measures, told, around = page.context["report"].sections
    assert [row[0] for row in measures.table.rows] == ["Vuxna på vägen"]
    assert told.texts == [
        (
            "Vuxna på vägen",
            "Problem: Otrygga vägar till skolan. Norra.\n\nMål: Fler går själva till skolan.\n\n"
            "Ansvarig: trygghetssamordnaren, 1 augusti 2026 – 1 juni 2027.\n\nSyns på: Elevenkäten.\n\n"
            "Uppföljning: Färre bråk.",
        )
    ]
    assert around.table.rows == [["Trygga elever", "Norra", "%", "2025", 77.0, "Elevenkäten"]]
    assert "säger inte att åtgärden är orsaken" in page.text
    assert_tagged(document)


@pytest.mark.parametrize("number", [1, 3, 30])
def test_sheets_ask_the_same_for_any_number_of_schools(as_centre, municipality, query_count, number):
    for place in range(number):
        school = SchoolFactory(municipality=municipality, name=f"Skola {place}")
        planned = PlannedSessionFactory(school_class=ClassFactory(school=school))
        DeliveryFactory(planned_session=planned)
        StaffMeetingFactory(school=school)
        ParentGroupFactory(school=school, counts=[11])
        MeasureFactory(municipality=municipality, figure="taget")
    with query_count(24):
        as_centre.get(f"{EST}/")
    with query_count(39):
        as_centre.get(f"{PLAN}/", {"period": "HT2026"})
