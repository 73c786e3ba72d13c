"""A worked example of courses: two schools that came, one that never did, and a course that has to be taken again."""

from datetime import date

import pytest

from programmes.reports.courses import course_figures, units_for
from tests.factories import AttendanceFactory, CourseFactory, CourseOccasionFactory, OtherUnitFactory, SchoolFactory

TODAY = date(2026, 11, 22)


@pytest.fixture
def schools(municipality):
    return [SchoolFactory(municipality=municipality, name=name) for name in ("Almskolan", "Björkskolan", "Cederskolan")]


def figures_of(course, schools, rows, today=TODAY):
    return course_figures(course, units=schools, attendances=rows, today=today)


def test_share_is_of_the_latest_staff_and_never_more_than_all(municipality, schools):
    course = CourseFactory(municipality=municipality, is_mandatory=True)
    first = CourseOccasionFactory(course=course, date=date(2026, 3, 4))
    second = CourseOccasionFactory(course=course, date=date(2026, 9, 10))
    rows = [
        AttendanceFactory(occasion=second, school=schools[0], participants=8, staff=25),
        AttendanceFactory(occasion=first, school=schools[0], participants=12, staff=20),
        AttendanceFactory(occasion=first, school=schools[1], participants=10, staff=10),
        AttendanceFactory(occasion=second, school=schools[1], participants=4, staff=None),
    ]

    figures = figures_of(course, schools, rows)

    assert [(row.participants, row.reached, row.staff, row.share) for row in figures.units] == [
        (20, 20, 25, 0.8),
        (14, 10, 10, 1.0),
        (0, 0, None, None),
    ]
    assert (figures.reached, figures.staff, figures.took_part, figures.waits, figures.occasions) == (30, 35, 2, 1, 2)


def test_course_is_taken_again_when_the_interval_has_passed(municipality, schools):
    course = CourseFactory(municipality=municipality, is_mandatory=True, renewal_years=3)
    old = CourseOccasionFactory(course=course, date=date(2023, 11, 22))
    just = CourseOccasionFactory(course=course, date=date(2023, 11, 23))
    rows = [
        AttendanceFactory(occasion=old, school=schools[0]),
        AttendanceFactory(occasion=just, school=schools[1]),
    ]

    figures = figures_of(course, schools, rows)

    assert [(row.participants, row.has_lapsed, row.latest) for row in figures.units] == [
        (0, True, date(2023, 11, 22)),
        (10, False, date(2023, 11, 23)),
        (0, False, None),
    ]
    assert figures.waits == 2


def test_interval_counts_from_a_leap_day(municipality, schools):
    course = CourseFactory(municipality=municipality, renewal_years=1)
    row = AttendanceFactory(occasion=CourseOccasionFactory(course=course, date=date(2027, 2, 28)), school=schools[0])

    assert figures_of(course, schools, [row], today=date(2028, 2, 28)).took_part == 0
    assert figures_of(course, schools, [row], today=date(2028, 2, 29)).took_part == 0


def test_occasion_ahead_and_other_courses_count_for_nothing(municipality, schools):
    course = CourseFactory(municipality=municipality)
    ahead = CourseOccasionFactory(course=course, date=date(2026, 11, 23))
    other = CourseOccasionFactory(course__municipality=municipality)
    rows = [
        AttendanceFactory(occasion=ahead, school=schools[0], staff=30),
        AttendanceFactory(occasion=other, school=schools[0], staff=20),
    ]

    figures = figures_of(course, schools[:1], rows)

    assert [(row.participants, row.staff, row.share) for row in figures.units] == [(0, 20, 0.0)]
    assert (figures.occasions, figures.waits) == (0, 0)


def test_units_are_those_of_the_courses_kind(municipality, schools):
    preschool = OtherUnitFactory(municipality=municipality)
    company = OtherUnitFactory(municipality=municipality, kind="company")
    others = [preschool, company]

    assert units_for(CourseFactory(municipality=municipality), schools=schools, others=others) == schools
    assert units_for(CourseFactory(municipality=municipality, unit_kind="company"), schools=schools, others=others) == [
        company
    ]
