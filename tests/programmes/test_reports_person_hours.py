"""Person-hours: the worked example, what has no minutes, the partners of the agreement, and nobody else's."""

from datetime import date, time

import pytest

from programmes.enums import AgreementArea
from programmes.models import (
    Delivery,
    DeliveryLeader,
    ParentGroup,
    ParentGroupLeader,
    Partner,
    Period,
    StaffMeeting,
    StaffMeetingLeader,
)
from programmes.reports.person_hours import Hours, person_hours
from tests.factories import (
    DeliveryFactory,
    MunicipalityFactory,
    ParentGroupFactory,
    PartnerFactory,
    PlannedSessionFactory,
    SchoolFactory,
    StaffMeetingFactory,
)

PERIOD = Period.parse("2026/27")


def session(school_class, *leaders, minutes=40, day=date(2026, 9, 15), **planned):
    delivery = DeliveryFactory(
        planned_session=PlannedSessionFactory(school_class=school_class, **planned), minutes=minutes, date=day
    )
    for role, organisation in leaders:
        DeliveryLeader.objects.create(delivery=delivery, role=role, organisation=organisation)


@pytest.fixture
def example(school, school_class):
    """A session of 40 minutes by a teacher and a police officer; one of the teacher without minutes; a staff session of
    30 minutes and an APT of 60, both with somebody from the social services; two meetings of 150 minutes of a group
    with two leaders, of which one meeting has not been counted."""
    session(school_class, ("teacher", "school"), ("guest", "police"))
    session(school_class, ("teacher", "school"), minutes=None, session__code="T-B2")
    session(school_class, ("teacher", "school"), day=date(2026, 6, 3), session__code="T-B3")
    for meeting in (
        StaffMeetingFactory(school=school, minutes=30),
        StaffMeetingFactory(school=school, theme=None, minutes=60),
        StaffMeetingFactory(school=school, theme=None, minutes=90, is_held=False, date=date(2027, 2, 2)),
    ):
        StaffMeetingLeader.objects.create(meeting=meeting, role="guest", organisation="social_services")
    group = ParentGroupFactory(school=school, counts=(10, 11), start_time=time(17, 30), end_time=time(20, 0))
    for role, organisation in (("other_staff", "school"), ("guest", "social_services")):
        ParentGroupLeader.objects.create(group=group, role=role, organisation=organisation)


def hours_of(period=PERIOD):
    return person_hours(
        deliveries=Delivery.objects.all(),
        staff_meetings=StaffMeeting.objects.all(),
        parent_groups=ParentGroup.objects.all(),
        period=period,
    )


def in_words(rows):
    return {row.key: (round(row.hours, 2), row.unknown) for row in rows}


def test_worked_example(example):
    hours = hours_of()

    # 40 + 40 minutes, 30 + 60, and 2 × 150 for each of two leaders: 770 minutes.
    assert (round(hours.hours, 2), hours.unknown) == (12.83, 1)
    assert in_words(hours.by_organisation) == {
        "school": (5.67, 1),
        "social_services": (6.5, 0),
        "police": (0.67, 0),
    }
    assert in_words(hours.by_role) == {"teacher": (0.67, 1), "guest": (7.17, 0), "other_staff": (5.0, 0)}
    assert in_words(hours.by_programme) == {"taget": (1.83, 1), "": (1.0, 0), "abc": (10.0, 0)}


def test_partners_and_areas_have_the_hours_of_their_leaders(example, municipality):
    PartnerFactory(municipality=municipality, name="Polisen", area=AgreementArea.FIGHTING, organisation="police")
    PartnerFactory(municipality=municipality, name="Soc", area=AgreementArea.VIOLENCE, organisation="social_services")
    PartnerFactory(municipality=municipality, name="Jouren", area=AgreementArea.VIOLENCE, organisation="other")
    hours, partners = hours_of(), list(Partner.objects.order_by("name"))

    assert [(row.partner.name, row.hours) for row in hours.of_partners(partners)] == [
        ("Jouren", None),
        ("Polisen", 40 / 60),
        ("Soc", 6.5),
    ]
    assert hours.by_area(partners) == [
        Hours("safety", 0, 0),
        Hours("violence", 390, 0),
        Hours("prevention", 0, 0),
        Hours("fighting", 40, 0),
    ]
    assert hours.without_partner(partners) == [Hours("school", 340, 1)]


def test_group_without_times_of_day_has_no_minutes(school):
    group = ParentGroupFactory(school=school, counts=(10,))
    ParentGroupLeader.objects.create(group=group, role="guest", organisation="police")

    partner = PartnerFactory(municipality=school.municipality, organisation="police")

    hours = hours_of()

    assert (hours.hours, hours.unknown) == (0, 1)
    assert [row.hours for row in hours.of_partners([partner])] == [None]


def test_nothing_led_is_no_row(school):
    assert (hours_of().rows, hours_of().hours) == ([], 0)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_page_asks_the_same_number_of_questions(client, centre, municipality, school_class, query_count, count):
    for number in range(count):
        PartnerFactory(municipality=municipality, name=f"Part {number}")
        session(school_class, ("guest", "police"), session__code=f"T-T{number:02d}", session__kind="additional")
    client.force_login(centre)
    client.get("/oversikt/samverkan/")

    with query_count(11):
        client.get("/oversikt/samverkan/")


def test_hours_of_another_municipality_are_not_counted(client, centre, example):
    elsewhere = SchoolFactory(municipality=MunicipalityFactory(code="9902"))
    meeting = StaffMeetingFactory(school=elsewhere, minutes=600)
    StaffMeetingLeader.objects.create(meeting=meeting, role="guest", organisation="police")
    PartnerFactory(municipality=elsewhere.municipality, name="Granbys polis", organisation="police")
    client.force_login(centre)

    page = client.get("/oversikt/samverkan/?period=2026/27").text

    assert "12,8 persontimmar totalt" in page
    assert "Granbys polis" not in page


def test_period_that_is_none_is_said(client, centre):
    client.force_login(centre)

    assert "Skriv perioden som" in client.get("/oversikt/samverkan/?period=hösten").text
