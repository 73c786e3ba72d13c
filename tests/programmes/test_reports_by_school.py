"""The figures that reports count for every school at once: the chain, the staff, and how sessions were done."""

from collections import Counter
from datetime import date

import pytest

from programmes.enums import AdaptationWhat, AdaptationWhy, ParticipationStatus, PreparationBand
from programmes.models import Delivery, Participation, Period, ProgrammeTarget, School
from programmes.reports.chain_by_school import ChainFigures, chain_by_school
from programmes.reports.fidelity import Adaptation, FidelityFigures, adaptations, fidelity_by_school
from programmes.reports.staff import StaffFigures
from programmes.reports.staff_by_school import staff_by_school
from tests.factories import (
    ClassFactory,
    DeliveryFactory,
    PlannedSessionFactory,
    SchoolFactory,
    SessionFactory,
    StaffMeetingFactory,
    programme,
    staff_session,
)

AUTUMN, YEAR = Period.term(2026, autumn=True), Period.school_year(2026)


def held(school_class, code, day, **values):
    row = PlannedSessionFactory(school_class=school_class, session=SessionFactory(code=code), due_date=day)
    return DeliveryFactory(planned_session=row, date=day, **values)


@pytest.fixture
def chained(school):
    """Almskolan: Normer with 3A a day early and 3B on the day, Mobbning without staff. Björkskolan: all in order."""
    other = SchoolFactory(municipality=school.municipality, name="Björkskolan")
    for code in ("T-B1", "T-T05"):
        staff_session(code)
    StaffMeetingFactory(school=school, theme=staff_session("T-B1"), date=date(2026, 9, 4))
    StaffMeetingFactory(school=other, theme=staff_session("T-B1"), date=date(2026, 8, 20))
    StaffMeetingFactory(school=other, theme=staff_session("T-T05"), date=date(2026, 8, 20), is_held=False)
    held(ClassFactory(school=school, name="3A"), "T-B1", date(2026, 9, 3))
    held(ClassFactory(school=school, name="3B"), "T-B1", date(2026, 9, 4))
    held(ClassFactory(school=school, name="4B"), "T-T05", date(2026, 10, 5))
    held(ClassFactory(school=other, name="1A"), "T-B1", date(2026, 9, 10))
    held(ClassFactory(school=other, name="2A"), "T-B2", date(2026, 9, 10))
    return School.objects.filter(municipality=school.municipality)


def test_chain_of_every_school_is_that_of_each(chained, today):
    found = chain_by_school(chained, period=AUTUMN, day=today)

    assert [(row.school.name, row.figures) for row in found.schools] == [
        ("Almskolan", ChainFigures(held=3, prepared=1)),
        ("Björkskolan", ChainFigures(held=1, prepared=1)),
    ]
    assert found.total == ChainFigures(held=4, prepared=2)
    alone = chain_by_school(chained.filter(name="Almskolan"), period=AUTUMN, day=today)
    assert alone.total == found.schools[0].figures


def test_chain_names_the_themes_that_ran_backwards(chained, today):
    found = chain_by_school(chained, period=AUTUMN, day=today)

    told = [
        (row.school.name, row.title, row.sessions, row.held, row.first_date, row.staff_date) for row in found.backwards
    ]
    assert told == [
        ("Almskolan", SessionFactory(code="T-B1").title, 1, 2, date(2026, 9, 3), date(2026, 9, 4)),
        ("Almskolan", SessionFactory(code="T-T05").title, 1, 1, date(2026, 10, 5), None),
    ]


def test_chain_leaves_out_other_periods(chained, today):
    assert chain_by_school(chained, period=Period.term(2026, autumn=False), day=today).schools == []


@pytest.fixture
def staffed(school):
    """Almskolan runs Tåget: three staff sessions, two of them counted, an APT, one to come. Björkskolan does not, and
    has held one; Cedergrensskolan runs it and has held none."""
    here = school.municipality
    ProgrammeTarget.objects.create(
        municipality=here, programme=programme(), lowest_grade=0, highest_grade=6,
        staff_sessions_per_year=6, workplace_meetings_per_year=2,
    )  # fmt: skip
    other, idle = (SchoolFactory(municipality=here, name=name) for name in ("Björkskolan", "Cedergrensskolan"))
    Participation.objects.filter(school=other).update(status=ParticipationStatus.PAUSED)
    for day, present, total in ((4, 18, 20), (11, 10, 22), (18, None, 20)):
        StaffMeetingFactory(school=school, date=date(2026, 9, day), present=present, total=total)
    StaffMeetingFactory(school=school, theme=None, date=date(2026, 10, 1), present=5, total=20)
    StaffMeetingFactory(school=school, date=date(2027, 2, 4), is_held=False)
    StaffMeetingFactory(school=other, date=date(2026, 9, 30))
    assert idle.pk
    return School.objects.filter(municipality=here)


def test_staff_of_every_school_are_counted_against_the_target(staffed, municipality, today):
    found = staff_by_school(staffed, municipality=municipality, period=YEAR, today=today)

    assert [(row.school.name, row.sessions, row.workplace_meetings) for row in found.schools] == [
        (
            "Almskolan",
            StaffFigures(held=3, planned=1, target=6, present=28, total=42),
            StaffFigures(held=1, planned=0, target=2, present=5, total=20),
        ),
        ("Björkskolan", StaffFigures(held=1), StaffFigures()),
        ("Cedergrensskolan", StaffFigures(target=6), StaffFigures(target=2)),
    ]
    assert found.sessions == StaffFigures(held=4, planned=1, target=12, present=28, total=42)


def test_staff_of_a_term_have_no_target(staffed, municipality, today):
    found = staff_by_school(staffed, municipality=municipality, period=AUTUMN, today=today)

    assert [(row.sessions.held, row.sessions.target) for row in found.schools] == [(3, 0), (1, 0), (0, 0)]


def test_fidelity_counts_what_was_recorded_and_nothing_else(school):
    school_class = ClassFactory(school=school, name="3A")
    held(
        school_class, "T-B1", date(2026, 9, 3), engagement=4, preparation=PreparationBand.NONE, is_adapted=True,
        core_parts_count=3, core_parts_total=4,
        adaptation_what=AdaptationWhat.SHORTENED, adaptation_why=AdaptationWhy.TIME, adaptation_planned=True,
    )  # fmt: skip
    held(school_class, "T-B2", date(2026, 9, 4), engagement=1, preparation=PreparationBand.UP_TO_15, is_adapted=False)
    held(school_class, "T-B3", date(2026, 9, 5), is_adapted=True)
    held(school_class, "T-T03", date(2026, 9, 6))

    found = fidelity_by_school(Delivery.objects.all())[school.pk]

    assert found == FidelityFigures(
        deliveries=4, core_told=1, engagement=5, engagement_told=2, adapted=2, adapted_told=3,
        bands=Counter({"none": 1, "up_to_15": 1, "up_to_45": 0, "over_45": 0}),
    )  # fmt: skip
    assert (found.engagement_mean, found.adapted_share, found.bands_told) == (2.5, 2 / 3, 2)
    assert adaptations(Delivery.objects.all()) == [
        Adaptation(what="", why="", deliveries=1, planned=0),
        Adaptation(what="shortened", why="time", deliveries=1, planned=1),
    ]


def test_fidelity_of_nothing_has_no_means():
    assert (FidelityFigures().engagement_mean, FidelityFigures().adapted_share) == (None, None)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_figures_by_school_ask_the_same_number_of_questions(municipality, count, today, query_count):
    for _number in range(count):
        school = SchoolFactory(municipality=municipality)
        StaffMeetingFactory(school=school, theme=staff_session("T-B1"))
        held(ClassFactory(school=school), "T-B1", date(2026, 9, 3))
    schools = School.objects.filter(municipality=municipality)

    with query_count(2):
        chain_by_school(schools, period=AUTUMN, day=today)
    with query_count(5):
        staff_by_school(schools, municipality=municipality, period=YEAR, today=today)
    with query_count(1):
        fidelity_by_school(Delivery.objects.all())
