"""The year wheel: a school year drawn and in words, for the municipality or a school that one sees."""

from datetime import date

import pytest

from programmes.exports.year_wheel import CENTRE, MONTH_NAMES, wheel_of
from programmes.models import Break
from programmes.reports.calendars import Calendar, Dated, calendar_of
from tests.factories import (
    ParentMeetingFactory,
    SchoolFactory,
    SessionFactory,
    StaffMeetingFactory,
)

ADDRESS = "/arshjul/"


def meeting(day, kind="staff", key="m"):
    return Dated(kind, key, "Möte", day, day)


def empty(**rows):
    return Calendar(2026, **{"terms": [], "breaks": [], "base_months": [], "tertials": [], **rows})


def test_year_begins_at_the_top_and_goes_round_clockwise(today):
    months = wheel_of(empty(), [], today=today).months

    assert [text.words for text in months] == [
        "jul",
        "aug",
        "sep",
        "okt",
        "nov",
        "dec",
        "jan",
        "feb",
        "mar",
        "apr",
        "maj",
        "jun",
    ]
    july, october, january = months[0], months[3], months[6]
    assert july.x > CENTRE > july.y + MONTH_NAMES / 2
    assert min(october.x, october.y) > CENTRE
    assert january.x < CENTRE < january.y


def test_first_of_july_is_at_the_top_and_its_meeting_beside_the_line(today):
    [mark] = wheel_of(empty(), [meeting(date(2026, 7, 1))], today=today).marks

    assert (round(mark.x), mark.y) == (363, 46.0)


def test_meetings_of_a_week_stand_outside_each_other(today):
    week = [meeting(date(2026, 9, day), key=str(day)) for day in (7, 8, 9, 10)]
    marks = wheel_of(empty(), week, today=today).marks

    distances = [round(((mark.x - CENTRE) ** 2 + (mark.y - CENTRE) ** 2) ** 0.5) for mark in marks]
    assert distances == [314, 329, 344, 344]


def test_what_lies_outside_the_year_is_cut_at_its_edge(today):
    tertial = Dated("tertial", "T2-2026", "Tertial 2 2026", date(2026, 5, 1), date(2026, 8, 31))
    [path] = wheel_of(empty(tertials=[tertial]), [], today=today).tertials

    assert path.startswith("M362.1 242.0 A118 118 0 0 1 ")


@pytest.mark.parametrize(("day", "is_drawn"), [(date(2026, 11, 22), True), (date(2027, 7, 1), False)])
def test_today_is_drawn_in_its_own_year(day, is_drawn):
    assert (wheel_of(empty(), [], today=day).today is not None) is is_drawn


def test_base_months_are_those_of_the_programmes_that_schools_run(municipality, school):
    SessionFactory(code="T-B3", title="Våld i hemmet", month=4)
    SessionFactory(code="T-B1", month=9)
    SessionFactory(code="T-T01", kind="additional", title="Könsnormen")

    rows = calendar_of(municipality, start_year=2026).base_months
    assert [(row.title, row.first_day, row.last_day) for row in rows] == [
        ("Normer och dess konsekvenser", date(2026, 9, 1), date(2026, 9, 30)),
        ("Våld i hemmet", date(2027, 4, 1), date(2027, 4, 30)),
    ]
    school.participations.all().delete()
    assert calendar_of(municipality, start_year=2026).base_months == []


def test_coordinator_meets_the_own_school_at_once(client, coordinator, school, school_year, municipality):
    Break.objects.create(
        school_year=school_year, name="Jullov", first_day=date(2026, 12, 19), last_day=date(2027, 1, 10)
    )
    StaffMeetingFactory(school=school, date=date(2026, 12, 2))
    ParentMeetingFactory(
        school=SchoolFactory(municipality=municipality, name="Björkskolan"), theme="Hemligt", date=date(2026, 12, 3)
    )
    client.force_login(coordinator)
    text = client.get(ADDRESS).text

    assert "Årshjul 2026/27" in text
    assert "19 dec–10 jan" in text
    assert "Personalpass: Normer och dess konsekvenser" in text
    assert "Hemligt" not in text


def test_centre_begins_with_the_municipality_and_chooses_a_school(client, centre, school, school_year):
    StaffMeetingFactory(school=school, date=date(2026, 12, 2))
    client.force_login(centre)

    assert "Personalpass" not in client.get(ADDRESS).text
    assert "Personalpass: Normer och dess konsekvenser" in client.get(f"{ADDRESS}?skola=almskolan").text


def test_school_that_one_does_not_see_is_refused_in_words(client, coordinator, school_year, municipality):
    SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjorkskolan")
    client.force_login(coordinator)
    text = client.get(f"{ADDRESS}?skola=bjorkskolan").text

    assert "Skolan finns inte bland dina skolor." in text


def test_year_without_a_calendar_says_so(client, centre):
    client.force_login(centre)

    assert "Terminer och lov för 2026/27 är inte inlagda än." in client.get(ADDRESS).text


@pytest.mark.parametrize("number", [1, 3, 30])
def test_wheel_is_read_in_as_many_questions_for_any_number_of_meetings(
    client, coordinator, school, school_year, number, query_count
):
    for index in range(number):
        StaffMeetingFactory(school=school, date=date(2026, 12, index + 1))
        ParentMeetingFactory(school=school, date=date(2026, 12, index + 1))
    client.force_login(coordinator)

    with query_count(20):
        client.get(ADDRESS)
