"""Periods side by side: the same figures as coverage gives of each, and an honest sign where there was nothing."""

from datetime import date

import pytest
from django.urls import reverse

from programmes.models import Period
from tests.factories import ClassFactory, DeliveryFactory, PlannedSessionFactory, SchoolFactory, SessionFactory
from tests.factories.coverage import worked_example


@pytest.fixture
def today():
    """The last day of the worked example's term."""
    return date(2026, 12, 31)


@pytest.fixture
def example(municipality):
    """The worked example in HT 2026; in HT 2025 Almskolan held one session of two that were expected, in 1A."""
    schools = worked_example(municipality)
    before = ClassFactory(school=schools["Almskolan"], name="1A", start_year=2025, lowest_grade=1)
    for code, day in (("T-B1", date(2025, 9, 30)), ("T-B2", date(2025, 12, 31))):
        row = PlannedSessionFactory(school_class=before, session=SessionFactory(code=code), due_date=day)
        if code == "T-B1":
            DeliveryFactory(planned_session=row, date=date(2025, 9, 3), present=10, group_size=20)
    return schools


@pytest.fixture
def as_centre(client, centre):
    client.force_login(centre)
    return client


def asked(client, **query):
    response = client.get(reverse("programmes:report", args=["jamforelse"]), query)
    assert response.status_code == 200
    return response.context["report"]


def test_terms_stand_side_by_side_with_the_earliest_first(as_centre, example):
    report = asked(as_centre, period="HT2026")

    assert report.title == "Jämförelse, Taget, VT 2025 till HT 2026"
    assert str(report.finding).replace("\N{NO-BREAK SPACE}", " ") == (
        "Genomförandegrad, HT 2026: 60,0 %. "
        "Före det: VT 2026: inget att räkna på, HT 2025: 50,0 %, VT 2025: inget att räkna på."
    )
    periods, areas, schools, _rows = (section.table for section in report.sections)
    assert [(row[0], row[1], row[2], row[5], row[7]) for row in periods.rows] == [
        ("VT 2025", 0, 0, ".", "."),
        ("HT 2025", 2, 1, 0.5, 0.0),
        ("VT 2026", 0, 0, ".", "."),
        ("HT 2026", 10, 6, 0.6, 0.5),
    ]
    assert areas.rows == [["Centrum", ".", ".", ".", 0.4], ["Norra", ".", 0.5, ".", 0.8]]
    assert schools.rows == [["Almskolan", ".", 0.5, ".", 0.8], ["Björkskolan", ".", ".", ".", 0.4]]


def test_same_term_of_earlier_years_by_another_measure(as_centre, example):
    report = asked(as_centre, period="HT2026", antal="2", med="samma", matt="attendance")

    assert str(report.finding).replace("\N{NO-BREAK SPACE}", " ") == (
        "Närvaro, HT 2026: 91,3 %. Före det: HT 2025: 50,0 %."
    )
    assert [bar.words.replace("\N{NO-BREAK SPACE}", " ") for bar in report.sections[0].bars.bars] == [
        "50,0 %",
        "91,3 %",
    ]


def test_period_is_not_broken_in_two_lines_on_a_phone(as_centre, example):
    page = as_centre.get(reverse("programmes:report", args=["jamforelse"]), {"period": "HT2026"})

    assert '<th scope="row" class="nowrap">HT 2026</th>' in page.text


@pytest.mark.parametrize("today", [date(2026, 12, 30)])
def test_term_that_is_not_over_is_told_as_such(as_centre, example):
    report = asked(as_centre, period="HT2026", antal="2", med="samma", matt="dose_mean")

    assert str(report.finding).endswith(
        "Före det: HT 2025: 1,00. HT 2026 pågår än och är räknad till och med 30 december 2026."
    )


def test_all_figures_of_every_place_and_period_are_in_the_files(as_centre, example):
    rows = asked(as_centre, period="HT2026", antal="2", med="samma").main.rows

    told = [row[:6] for row in asked(as_centre, period="HT2026", antal="2", med="samma").tables[-1].rows]
    assert rows
    assert [row for row in told if row[3] == "HT 2026"] == [
        ["allt", None, None, "HT 2026", 10, 6],
        ["område", "Centrum", None, "HT 2026", 5, 2],
        ["område", "Norra", None, "HT 2026", 5, 4],
        ["skola", "Norra", "Almskolan", "HT 2026", 5, 4],
        ["skola", "Centrum", "Björkskolan", "HT 2026", 5, 2],
    ]


def test_one_school_is_compared_with_itself_alone(as_centre, example):
    report = asked(as_centre, period="HT2026", skola="almskolan")

    assert len(report.shown_sections) == 1
    assert [row[5] for row in report.main.rows] == [".", 0.5, ".", 0.8]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"antal": "7"}, "Jämför två till sex perioder."),
        ({"med": "ibland"}, "Välj ett av valen i listan."),
        ({"matt": "hemligt"}, "Det finns inget sådant mått."),
    ],
)
def test_a_wrong_comparison_is_told(as_centre, example, query, said):
    response = as_centre.get(reverse("programmes:report", args=["jamforelse"]), query)

    assert said in response.text
    assert "report" not in response.context


@pytest.mark.parametrize(
    ("code", "steps", "found"),
    [
        ("HT2026", 1, "VT2026"), ("VT2026", 1, "HT2025"), ("HT2026", 2, "HT2025"),
        ("2026/27", 3, "2023/24"), ("T1-2027", 1, "T3-2026"), ("T2-2027", 3, "T2-2026"),
    ],
)  # fmt: skip
def test_period_knows_what_came_before_it(code, steps, found):
    assert Period.parse(code).earlier(steps) == Period.parse(found)


@pytest.mark.parametrize(("periods", "questions"), [("2", 18), ("4", 26)])
@pytest.mark.parametrize("count", [1, 3, 30])
def test_comparison_asks_as_often_for_each_period_whatever_the_schools(
    as_centre, municipality, count, periods, questions, query_count
):
    for _number in range(count):
        row = PlannedSessionFactory(school_class__school=SchoolFactory(municipality=municipality))
        DeliveryFactory(planned_session=row)

    with query_count(questions):
        asked(as_centre, period="HT2026", antal=periods)
