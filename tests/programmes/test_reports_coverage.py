"""The figures of coverage: the worked example cell by cell, the edges, and a second way of counting."""

from dataclasses import fields
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings, strategies as st

from curriculum.enums import SessionKind
from programmes.enums import NotHeldReason, ParticipationStatus
from programmes.models import (
    Area,
    Delivery,
    NotHeld,
    Participation,
    Period,
    PlannedSession,
    ProgrammeTarget,
    School,
    SchoolClass,
)
from programmes.reports.coverage import (
    CoverageFigures,
    coverage_by_class,
    coverage_by_grade,
    coverage_report,
    total_of,
)
from programmes.reports.coverage_rows import schools_running
from tests.factories import (
    ClassFactory,
    DeliveryFactory,
    PlannedSessionFactory,
    SchoolFactory,
    SessionFactory,
    programme,
)
from tests.factories.coverage import worked_example

AUTUMN = Period.parse("HT2026")
YEAR_END = date(2026, 12, 31)


def by_class(period=AUTUMN, *, today=YEAR_END, classes=None):
    classes = SchoolClass.objects.all() if classes is None else classes
    return coverage_by_class(classes, programme=programme(), period=period, today=today)


def figures_of(school_class, period=AUTUMN, *, today=YEAR_END):
    rows = by_class(period, today=today, classes=SchoolClass.objects.filter(pk=school_class.pk))
    return rows[0].figures


def report(period=AUTUMN, *, today=YEAR_END, of=None):
    return coverage_report(
        schools=School.objects.all(),
        classes=SchoolClass.objects.all(),
        programme=of or programme(),
        period=period,
        today=today,
    )


def cells(figures):
    """One row of the worked example, in its order."""
    return (
        (figures.expected, figures.held_of_expected, figures.not_held, figures.not_reported),
        (figures.delivery_rate, figures.reporting_rate),
        (figures.classes_with_all_base, figures.classes_with_expected_base, figures.base_coverage),
        (figures.on_time, figures.held_of_expected, figures.on_time_rate),
        figures.dose_mean,
        (figures.present, figures.group_size, figures.attendance),
    )


@pytest.fixture
def example(db):
    return worked_example()


def test_worked_example_by_school_and_together(example):
    answer = report()
    assert {row.school.name: cells(row.figures) for row in answer.schools} == {
        "Almskolan": ((5, 4, 1, 0), (0.8, 1.0), (1, 2, 0.5), (4, 4, 1.0), 2.0, (77, 82, 77 / 82)),
        "Björkskolan": ((5, 2, 0, 3), (0.4, 0.4), (1, 2, 0.5), (1, 2, 0.5), 1.5, (39, 45, 39 / 45)),
    }
    assert cells(answer.total) == (
        (10, 6, 1, 3),
        (0.6, 0.7),
        (2, 4, 0.5),
        (5, 6, 5 / 6),
        1.75,
        (116, 127, 116 / 127),
    )


def test_worked_example_by_class(example):
    rows = {row.school_class.name: row.figures for row in by_class()}
    assert {
        name: (f.expected, f.held_of_expected, f.not_held, f.not_reported, f.on_time, f.dose_total, f.expected_base)
        for name, f in rows.items()
    } == {
        "1A": (3, 3, 0, 0, 3, 3, 2),
        "2A": (2, 1, 1, 0, 1, 1, 2),
        "1B": (3, 2, 0, 1, 1, 2, 2),
        "3B": (2, 0, 0, 2, 0, 1, 2),
    }


def test_worked_example_reaches_every_class_and_its_pupils(example):
    total = report().total
    assert (total.classes_reached, total.pupils_reached, total.enrolled) == (4, 69, 69)


def test_worked_example_in_spring_counts_the_early_session_as_held_and_on_time(example):
    school_class = SchoolClass.objects.get(name="3B")
    figures = figures_of(school_class, Period.parse("VT2027"), today=date(2027, 6, 30))
    assert (figures.expected, figures.held_of_expected, figures.on_time, figures.sessions_held) == (1, 1, 1, 0)
    assert (figures.classes_reached, figures.attendance) == (0, None)


def test_worked_example_by_area_and_grade_are_sums(example):
    answer = report()
    assert [(row.area.name, row.figures.expected) for row in answer.areas] == [("Centrum", 5), ("Norra", 5)]
    assert [(row.grades, row.figures.expected, row.figures.held_of_expected) for row in answer.grades] == [
        ("1", 6, 5),
        ("2", 2, 1),
        ("3", 2, 0),
    ]


def test_only_a_school_year_counts_classes_at_the_target(example):
    ProgrammeTarget.objects.create(
        municipality=School.objects.first().municipality,
        programme=programme(),
        lowest_grade=0,
        highest_grade=5,
        sessions_per_year=3,
    )
    year, term = report(Period.parse("2026/27"), today=YEAR_END), report()
    assert (year.total.classes_at_target, year.total.target_rate, year.has_yearly_target) == (1, 0.25, True)
    assert (term.total.classes_at_target, term.has_yearly_target) == (0, False)


def test_target_is_eight_when_the_municipality_has_not_said(example):
    assert {row.target for row in by_class()} == {8}


def test_no_rows_give_no_rates(db):
    figures = CoverageFigures()
    assert [
        figures.delivery_rate,
        figures.reporting_rate,
        figures.base_coverage,
        figures.on_time_rate,
        figures.dose_mean,
        figures.target_rate,
        figures.attendance,
        figures.adherence,
    ] == [None] * 8
    assert total_of([]) == figures
    assert report().schools == []


@pytest.mark.parametrize(
    ("today", "expected", "not_reported"),
    [(date(2026, 9, 29), 0, 0), (date(2026, 9, 30), 1, 1), (date(2026, 10, 1), 1, 1)],
)
def test_session_is_expected_from_its_due_date_on(school_class, today, expected, not_reported):
    PlannedSessionFactory(school_class=school_class, due_date=date(2026, 9, 30))
    figures = figures_of(school_class, today=today)
    assert (figures.planned, figures.expected, figures.not_reported) == (1, expected, not_reported)


@pytest.mark.parametrize(
    ("due", "expected"),
    [(date(2026, 6, 30), 0), (date(2026, 7, 1), 1), (date(2026, 12, 31), 1), (date(2027, 1, 1), 0)],
)
def test_session_belongs_to_the_period_of_its_due_date(school_class, due, expected):
    PlannedSessionFactory(school_class=school_class, due_date=due)
    assert figures_of(school_class, today=date(2027, 6, 30)).expected == expected


def test_late_delivery_is_held_but_not_on_time(school_class):
    DeliveryFactory(planned_session=PlannedSessionFactory(school_class=school_class), date=date(2026, 10, 1))
    figures = figures_of(school_class)
    assert (figures.held_of_expected, figures.on_time, figures.sessions_held) == (1, 0, 1)


def test_one_group_in_time_is_in_time(school_class):
    planned = PlannedSessionFactory(school_class=school_class)
    DeliveryFactory(planned_session=planned, group=1, date=date(2026, 9, 30))
    DeliveryFactory(planned_session=planned, group=2, date=date(2026, 10, 7))
    figures = figures_of(school_class)
    assert (figures.on_time, figures.sessions_held, figures.group_size) == (1, 1, 40)


def test_delivery_after_the_period_is_not_held_in_it_and_dose_of_the_next(school_class):
    DeliveryFactory(planned_session=PlannedSessionFactory(school_class=school_class), date=date(2027, 1, 15))
    autumn = figures_of(school_class, today=date(2027, 6, 30))
    spring = figures_of(school_class, Period.parse("VT2027"), today=date(2027, 6, 30))
    assert (autumn.expected, autumn.not_held, autumn.not_reported, autumn.sessions_held) == (1, 1, 0, 0)
    assert (spring.expected, spring.sessions_held, spring.classes_reached) == (0, 1, 1)


def test_second_group_in_the_next_term_counts_there_in_attendance_but_not_in_dose(school_class):
    planned = PlannedSessionFactory(school_class=school_class, due_date=date(2026, 12, 31))
    DeliveryFactory(planned_session=planned, group=1, date=date(2026, 12, 15), group_size=10, present=10)
    DeliveryFactory(planned_session=planned, group=2, date=date(2027, 1, 12), group_size=11, present=9)
    spring = figures_of(school_class, Period.parse("VT2027"), today=date(2027, 6, 30))
    assert (spring.sessions_held, spring.present, spring.group_size, spring.classes_reached) == (0, 9, 11, 1)


def test_unplanned_session_counts_in_dose_and_reach_and_is_never_expected(school_class):
    DeliveryFactory(planned_session=PlannedSessionFactory(school_class=school_class, due_date=None))
    figures = figures_of(school_class)
    assert (figures.planned, figures.expected, figures.dose_total, figures.classes_reached) == (0, 0, 1, 1)
    assert (figures.present, figures.group_size) == (18, 20)


def test_attendance_and_adherence_leave_out_what_was_not_recorded(school_class):
    first = PlannedSessionFactory(school_class=school_class)
    DeliveryFactory(planned_session=first, group=1, present=None, core_parts_count=0, core_parts_total=3)
    DeliveryFactory(planned_session=first, group=2, present=0, group_size=10)
    DeliveryFactory(planned_session=first, group=3, present=9, group_size=10, core_parts_count=2, core_parts_total=3)
    figures = figures_of(school_class)
    assert (figures.attendance, figures.adherence) == (9 / 20, 2 / 6)


def test_school_that_left_owes_nothing_after_and_keeps_what_it_held(school_class):
    Participation.objects.update(end_date=date(2026, 10, 31))
    DeliveryFactory(planned_session=PlannedSessionFactory(school_class=school_class))
    PlannedSessionFactory(
        school_class=school_class, session=SessionFactory(code="T-B2", month=12), due_date=date(2026, 12, 31)
    )
    figures = figures_of(school_class)
    assert (figures.expected, figures.held_of_expected, figures.dose_mean) == (1, 1, 1.0)
    assert by_class(Period.parse("VT2027"), today=date(2027, 6, 30)) == []


def test_paused_school_expects_nothing_and_is_in_no_mean(school_class):
    Participation.objects.update(status=ParticipationStatus.PAUSED)
    PlannedSessionFactory(school_class=school_class)
    assert by_class() == []
    DeliveryFactory(
        planned_session=PlannedSessionFactory(school_class=school_class, session=SessionFactory(code="T-B2", month=12))
    )
    (row,) = by_class()
    assert (row.figures.expected, row.figures.sessions_held, row.figures.classes, row.figures.dose_mean) == (
        0,
        1,
        0,
        None,
    )


def test_school_that_joins_later_in_the_period_is_not_in_it_yet(school_class, school):
    Participation.objects.update(start_date=date(2026, 12, 1))
    assert by_class(today=date(2026, 11, 30)) == []
    assert list(_running(today=date(2026, 11, 30))) == []
    assert [row.figures.classes for row in by_class(today=date(2026, 12, 1))] == [1]
    assert list(_running(today=date(2026, 12, 1))) == [school]


def _running(*, today):
    return schools_running(School.objects.all(), programme=programme(), period=AUTUMN, today=today)


def test_school_without_classes_is_still_a_school_of_the_report(school):
    answer = report()
    assert [(row.school.name, row.figures) for row in answer.schools] == [("Almskolan", CoverageFigures())]


def test_class_outside_the_grades_counts_when_it_has_sessions(school):
    ninth = ClassFactory(school=school, name="9A", lowest_grade=9)
    mixed = ClassFactory(school=school, name="5-6", lowest_grade=5, highest_grade=6)
    assert [row.school_class for row in by_class()] == [mixed]
    PlannedSessionFactory(school_class=ninth)
    assert [row.school_class.name for row in by_class()] == ["5-6", "9A"]


def test_grades_are_those_the_municipality_has_decided(school):
    ClassFactory(school=school, name="5A", lowest_grade=5)
    ProgrammeTarget.objects.create(
        municipality=school.municipality, programme=programme(), lowest_grade=0, highest_grade=4, sessions_per_year=8
    )
    assert by_class() == []


def test_class_that_comes_in_january_is_no_class_of_the_autumn(school):
    ClassFactory(school=school, start_date=date(2027, 1, 11))
    assert by_class() == []


def test_tertial_over_the_summer_takes_each_class_in_its_own_year(school):
    summer = Period.parse("T2-2026")
    old = ClassFactory(school=school, name="3B", start_year=2025)
    new = ClassFactory(school=school, name="3B", start_year=2026)
    ClassFactory(school=school, name="3B", start_year=2024)
    PlannedSessionFactory(school_class=old, due_date=date(2026, 5, 31))
    DeliveryFactory(
        planned_session=PlannedSessionFactory(school_class=new, due_date=date(2026, 8, 31)), date=date(2026, 8, 28)
    )
    rows = by_class(summer)
    assert [(row.school_class, row.figures.expected, row.figures.sessions_held) for row in rows] == [
        (old, 1, 0),
        (new, 1, 1),
    ]
    assert [row.figures.classes for row in rows] == [1, 1]
    assert [row.figures.classes for row in by_class(summer, today=date(2026, 6, 1))] == [1, 0]


def test_period_that_has_not_begun_shows_what_is_planned_and_expects_nothing(school, school_class):
    ClassFactory(school=school, name="4A", lowest_grade=4)
    PlannedSessionFactory(school_class=school_class, due_date=date(2027, 4, 30))
    (row,) = by_class(Period.parse("VT2027"), today=date(2026, 11, 22))
    assert row.school_class == school_class
    assert (row.figures.planned, row.figures.expected, row.figures.classes, row.figures.delivery_rate) == (
        1,
        0,
        0,
        None,
    )


def test_unknown_enrolment_is_counted_apart(school):
    known, unknown = ClassFactory(school=school, enrolled=20), ClassFactory(school=school, enrolled=None)
    for school_class in (known, unknown):
        DeliveryFactory(planned_session=PlannedSessionFactory(school_class=school_class))
    total = total_of(by_class())
    assert (total.classes_reached, total.classes_reached_with_enrolled, total.pupils_reached) == (2, 1, 20)


def test_another_programme_and_unseen_classes_are_left_out(school_class):
    hidden = ClassFactory(school=school_class.school, name="4A", lowest_grade=4)
    mvp = SessionFactory(code="MVP-01", kind=SessionKind.MENTOR, programme=programme("mvp"))
    for seen in (hidden, school_class):
        DeliveryFactory(planned_session=PlannedSessionFactory(school_class=seen, session=mvp))
        DeliveryFactory(planned_session=PlannedSessionFactory(school_class=seen))
    rows = by_class(classes=SchoolClass.objects.filter(pk=school_class.pk))
    assert [(row.school_class, row.figures.expected, row.figures.group_size) for row in rows] == [(school_class, 1, 20)]


def test_grade_bears_both_names_in_the_year_of_the_renumbering(school):
    for start_year in (2027, 2028):
        ClassFactory(school=school, start_year=start_year, lowest_grade=1)
    (grade,) = coverage_by_grade(by_class(Period.parse("T2-2028"), today=date(2028, 12, 31)))
    assert (grade.grades, grade.figures.classes) == ("1 / 2", 2)


def test_schools_outside_every_area_come_last(example):
    SchoolFactory(municipality=School.objects.first().municipality, name="Cedergrensskolan")
    assert [row.area and row.area.name for row in report().areas] == ["Centrum", "Norra", None]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_report_asks_the_same_number_of_questions(municipality, django_assert_num_queries, number):
    for _n in range(number):
        school = SchoolFactory(municipality=municipality)
        DeliveryFactory(planned_session=PlannedSessionFactory(school_class=ClassFactory(school=school)))
        ninth = ClassFactory(school=school, lowest_grade=9)
        DeliveryFactory(planned_session=PlannedSessionFactory(school_class=ninth))
    taget = programme()
    with django_assert_num_queries(5):
        answer = report(of=taget)
        assert [row.school.municipality.name for row in answer.schools] == ["Ekbacka kommun"] * number


def test_deliveries_are_looked_at_in_one_question(example):
    taget = programme()
    with CaptureQueriesContext(connection) as asked:
        report(of=taget)
    assert len([question["sql"] for question in asked if '"programmes_delivery"' in question["sql"]]) == 1


DAYS = st.dates(date(2026, 6, 1), date(2027, 8, 31))
SESSION_ROWS = st.lists(
    st.tuples(
        st.integers(0, 3),  # class
        st.integers(0, 3),  # session
        st.none() | DAYS,  # due
        st.booleans(),  # reported as not held
        st.lists(st.tuples(DAYS, st.none() | st.integers(0, 20), st.none() | st.integers(0, 3)), max_size=2),
    ),
    max_size=10,
    unique_by=lambda row: row[:2],
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    rows=SESSION_ROWS,
    code=st.sampled_from(["HT2026", "VT2027", "2026/27", "T2-2027", "T2-2026"]),
    today=DAYS,
    left_on=st.none() | DAYS,
)
def test_figures_equal_those_counted_by_hand_from_the_rows(random_school, rows, code, today, left_on):
    classes, sessions = random_school
    _fill(classes, sessions, rows, left_on)
    period = Period.parse(code)
    answer = report(period, today=today)
    assert answer.total == sum((row.figures for row in answer.schools), CoverageFigures())
    assert answer.total == sum((row.figures for row in answer.areas), CoverageFigures())
    assert answer.total == sum((row.figures for row in answer.grades), CoverageFigures())
    for row in answer.classes:
        f = row.figures
        assert f.expected == f.held_of_expected + f.not_held + f.not_reported
        assert f.on_time <= f.held_of_expected <= f.sessions_held + f.expected
    day = min(today, period.last_day)
    for school_class in classes:
        counted = _by_hand(school_class, period, day, left_on)
        found = [row.figures for row in answer.classes if row.school_class == school_class]
        got = {name: getattr(found[0], name) for name in counted} if found else dict.fromkeys(counted, 0)
        assert got == counted


@pytest.fixture
def random_school(municipality):
    schools = [SchoolFactory(municipality=municipality) for _n in range(2)]
    schools[0].area = Area.objects.create(municipality=municipality, name="Norra")
    schools[0].save()
    classes = [ClassFactory(school=schools[n % 2], name=f"{n}A", lowest_grade=n) for n in range(4)]
    sessions = [
        SessionFactory(code=f"T-B{n}", kind=SessionKind.BASE if n < 3 else SessionKind.ADDITIONAL) for n in range(1, 5)
    ]
    return classes, sessions


def _fill(classes, sessions, rows, left_on):
    Delivery.objects.all().delete()
    NotHeld.objects.all().delete()
    PlannedSession.objects.all().delete()
    Participation.objects.filter(school=classes[0].school).update(end_date=left_on)
    for class_number, session_number, due, is_not_held, deliveries in rows:
        planned = PlannedSession.objects.create(
            school_class=classes[class_number], session=sessions[session_number], due_date=due
        )
        if is_not_held and due:
            NotHeld.objects.create(planned_session=planned, reason=NotHeldReason.ILLNESS)
        for group, (day, present, core) in enumerate(deliveries):
            DeliveryFactory(
                planned_session=planned,
                group=group,
                date=day,
                present=present,
                core_parts_count=core,
                core_parts_total=None if core is None else 3,
            )


def _by_hand(school_class, period, day, left_on):
    """The same figures from plain rows, the long way round, by the words of the definitions."""
    names = [f.name for f in fields(CoverageFigures)]
    count = dict.fromkeys(
        [*names[: names.index("classes_with_expected_base")], "sessions_held", "present", "group_size"], 0
    )
    count |= dict.fromkeys(["core_parts_done", "core_parts_total", "classes_reached"], 0)
    leaves = left_on if school_class.school.sort_key == min(School.objects.values_list("sort_key", flat=True)) else None
    for planned in PlannedSession.objects.filter(school_class=school_class).select_related("session"):
        dates = sorted(delivery.date for delivery in planned.deliveries.all())
        held = [one for one in dates if one <= day]
        due = planned.due_date
        runs = bool(due) and (leaves is None or due <= leaves)
        if runs and period.first_day <= due <= period.last_day:
            count["planned"] += 1
            if due <= day:
                is_base = planned.session.kind == SessionKind.BASE
                count["expected"] += 1
                count["expected_base"] += is_base
                if held:
                    count["held_of_expected"] += 1
                    count["held_base"] += is_base
                    count["on_time"] += held[0] <= due
                elif dates or NotHeld.objects.filter(planned_session=planned).exists():
                    count["not_held"] += 1
                else:
                    count["not_reported"] += 1
        count["sessions_held"] += bool(held) and period.first_day <= dates[0]
        for delivery in planned.deliveries.filter(date__gte=period.first_day, date__lte=day):
            count["classes_reached"] = 1
            if delivery.present is not None:
                count["present"] += delivery.present
                count["group_size"] += delivery.group_size
            count["core_parts_done"] += delivery.core_parts_count or 0
            count["core_parts_total"] += delivery.core_parts_total or 0
    return count
