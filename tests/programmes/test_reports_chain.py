"""The chain and the staff's own figures, by worked examples."""

from datetime import date

import pytest

from programmes.enums import StaffMeetingKind
from programmes.models import Period, School, StaffMeeting
from programmes.reports.chain import chain_of, staff_dates
from programmes.reports.chain_by_school import ChainFigures, chain_by_school
from programmes.reports.staff import StaffFigures, staff_figures
from programmes.reports.year import year_of
from tests.factories import (
    ClassFactory,
    DeliveryFactory,
    PlannedSessionFactory,
    SchoolFactory,
    SessionFactory,
    StaffMeetingFactory,
    staff_session,
)

AUTUMN, YEAR = Period.term(2026, autumn=True), Period.school_year(2026)


@pytest.fixture
def themes(school):
    """Normer: the staff 4 September, 3A 3 September, 3B 4 September. Mobbning: never the staff, 3A 5 October.
    Vänskap: the staff last spring, 3B 6 October. Grupptryck: planned for both, the pupils first."""
    codes = ("T-B1", "T-T05", "T-T03", "T-T04")
    names = {code: staff_session(code) for code in codes}
    StaffMeetingFactory(school=school, theme=names["T-B1"], date=date(2026, 9, 4))
    StaffMeetingFactory(school=school, theme=names["T-T03"], date=date(2026, 4, 4))
    StaffMeetingFactory(school=school, theme=names["T-T04"], date=date(2027, 2, 5), is_held=False)
    StaffMeetingFactory(school=SchoolFactory(), theme=names["T-T05"], date=date(2026, 8, 20))
    held = [
        ("3A", "T-B1", date(2026, 9, 3)),
        ("3B", "T-B1", date(2026, 9, 4)),
        ("3A", "T-T05", date(2026, 10, 5)),
        ("3B", "T-T03", date(2026, 10, 6)),
    ]
    classes = {name: ClassFactory(school=school, name=name) for name in ("3A", "3B")}
    for name, code, day in held:
        row = PlannedSessionFactory(school_class=classes[name], session=SessionFactory(code=code), due_date=day)
        DeliveryFactory(planned_session=row, date=day)
    PlannedSessionFactory(school_class=classes["3A"], session=SessionFactory(code="T-T04"), due_date=date(2027, 1, 31))
    return {code: SessionFactory(code=code) for code in codes}


def test_chain_counts_pupil_sessions_whose_staff_session_came_first_or_the_same_day(school, themes, today):
    figures = chain_by_school(School.objects.filter(pk=school.pk), period=AUTUMN, day=today).total

    assert figures == ChainFigures(held=4, prepared=2)
    assert figures.share == 0.5


def test_chain_of_nothing_has_no_share(school, today):
    figures = chain_by_school(School.objects.filter(pk=school.pk), period=AUTUMN, day=today).total

    assert (figures, figures.share) == (ChainFigures(0, 0), None)


def test_chain_is_counted_to_its_day(school, themes):
    chains = chain_by_school(School.objects.filter(pk=school.pk), period=AUTUMN, day=date(2026, 9, 3))

    assert chains.total == ChainFigures(held=1, prepared=0)


def test_chain_of_each_theme_says_where_it_runs_backwards(school, themes, today):
    lines = year_of(school.classes.in_order().select_related("school"), today=today)

    chains = chain_of(lines.sessions, school=school, themes=themes, period=YEAR, today=today)

    told = [
        (
            chain.theme.code,
            chain.staff_date,
            chain.first_held is not None,
            [session.school_class.name for session in chain.backwards],
            [session.school_class.name for session in chain.too_early],
        )
        for chain in chains
    ]
    assert told == [
        ("T-B1", date(2026, 9, 4), True, ["3A"], []),
        ("T-T05", None, False, ["3A"], []),
        ("T-T03", date(2026, 4, 4), True, [], []),
        ("T-T04", date(2027, 2, 5), False, [], ["3A"]),
    ]


def test_staff_day_that_passed_without_a_report_does_not_count(school, today):
    StaffMeetingFactory(school=school, theme=staff_session("T-B1"), date=date(2026, 9, 4), is_held=False)
    StaffMeetingFactory(school=school, theme=staff_session("T-B3"), date=date(2027, 3, 4), is_held=False)
    StaffMeetingFactory(school=school, theme=staff_session("T-B2"), date=date(2025, 3, 4))

    assert staff_dates(school=school, today=today) == {"T-B3": date(2027, 3, 4), "T-B2": date(2025, 3, 4)}


def test_staff_figures_are_sums_over_what_was_counted(school, today):
    for day, present, total in ((4, 18, 20), (11, 10, 22), (18, None, 20)):
        StaffMeetingFactory(school=school, date=date(2026, 9, day), present=present, total=total)
    StaffMeetingFactory(school=school, date=date(2026, 12, 4), is_held=False)
    StaffMeetingFactory(school=school, theme=None, date=date(2026, 10, 1), present=5, total=20)

    figures = staff_figures(
        StaffMeeting.objects.filter(school=school), kind=StaffMeetingKind.STAFF_SESSION, target=8, today=today
    )

    assert figures == StaffFigures(held=3, planned=1, target=8, present=28, total=42)
    assert (figures.share_of_target, figures.share_present) == (3 / 8, 28 / 42)


def test_staff_figures_of_nothing_have_no_shares(today):
    figures = staff_figures([], kind=StaffMeetingKind.WORKPLACE_MEETING, target=0, today=today)

    assert (figures.share_of_target, figures.share_present) == (None, None)
