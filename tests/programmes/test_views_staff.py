"""The page of staff sessions: the chain, what is written down, and what is refused."""

from datetime import date

import pytest
from django.urls import reverse

from programmes.enums import StaffMeetingKind
from programmes.models import StaffMeeting
from tests.factories import (
    ClassFactory,
    DeliveryFactory,
    PlannedSessionFactory,
    SchoolFactory,
    SessionFactory,
    StaffMeetingFactory,
    staff_session,
)


@pytest.fixture
def as_coordinator(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def typed(school):
    staff_session("T-B1")
    return {"kind": "staff_session", "theme": "P-T-B1", "date": "2026-11-20", "present": "18", "total": "20"}


def post(client, typed, *, name="staff_add", pk=None, **changes):
    arguments = ["almskolan"] if pk is None else ["almskolan", pk]
    return client.post(reverse(f"programmes:{name}", args=arguments), {**typed, **changes}, follow=True)


def only_meeting():
    return StaffMeeting.objects.get()


def test_staff_session_is_written_down_with_groups_and_guests(as_coordinator, coordinator, typed):
    page = post(
        as_coordinator,
        typed,
        minutes="30",
        count_teachers="12",
        count_leisure="6",
        leader_role_1="guest",
        leader_organisation_1="police",
        leader_trained_1="yes",
    )

    meeting = only_meeting()
    assert (
        "Personalpass: Normer och dess konsekvenser, fredag 20 november, är sparat: 18 av 20 i personalen." in page.text
    )
    assert (meeting.theme.code, meeting.is_held, meeting.minutes, meeting.reported_by) == (
        "P-T-B1",
        True,
        30,
        coordinator,
    )
    assert {count.group: count.present for count in meeting.counts.all()} == {"teachers": 12, "leisure": 6}
    assert [(row.role, row.organisation, row.is_trained) for row in meeting.leaders.all()] == [
        ("guest", "police", True)
    ]


def test_day_ahead_is_a_plan_and_is_reported_when_it_has_come(as_coordinator, typed):
    page = post(as_coordinator, typed, date="2026-12-02", present="")
    assert "är planerat till onsdag 2 december." in page.text

    meeting = only_meeting()
    StaffMeeting.objects.update(date=date(2026, 11, 19))
    page = as_coordinator.get(reverse("programmes:staff_list", args=["almskolan"]))
    assert "1 möte att rapportera" in page.text

    seen = only_meeting().reported_at.isoformat()
    post(as_coordinator, typed, name="staff_change", pk=meeting.pk, date="2026-11-19", seen=seen)
    assert (only_meeting().is_held, only_meeting().present) == (True, 18)


def test_apt_is_about_something_in_words(as_coordinator, typed):
    post(as_coordinator, typed, kind="workplace_meeting", topic="Vilka får plats på rasten?")

    assert (only_meeting().kind, only_meeting().theme, only_meeting().topic) == (
        StaffMeetingKind.WORKPLACE_MEETING,
        None,
        "Vilka får plats på rasten?",
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"theme": ""}, "Välj vilket tema personalpasset handlade om."),
        ({"kind": "workplace_meeting"}, "Skriv med några ord vad det handlade om."),
        ({"kind": "training", "topic": "Om 20121212-1212"}, "personnummer"),
        ({"present": "21"}, "De närvarande kan inte vara fler än personalen totalt (20)."),
        ({"date": "2026-12-02"}, "Datumet ligger framåt i tiden."),
        ({"date": "2025-09-01"}, "Datumet ligger inte i läsåret 2026/27"),
        ({"date": ""}, "Fyll i vilken dag mötet är."),
        ({"count_teachers": "12", "count_other": "8"}, "Grupperna blir tillsammans 20, fler än de 18 som var med."),
        ({"total": "501"}, "500"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(as_coordinator, typed, changes, message):
    page = post(as_coordinator, typed, **changes)

    assert message in page.text
    assert 'aria-invalid="true"' in page.text
    assert StaffMeeting.objects.count() == 0


def test_same_theme_twice_on_a_day_is_refused(as_coordinator, school, typed):
    StaffMeetingFactory(school=school, date=date(2026, 11, 20))

    page = post(as_coordinator, typed)

    assert "Det finns redan ett personalpass på det temat den dagen." in page.text
    assert StaffMeeting.objects.count() == 1


def test_change_that_somebody_else_made_first_is_not_overwritten(as_coordinator, school, typed):
    meeting = StaffMeetingFactory(school=school, date=date(2026, 11, 20), present=15, total=20)
    seen = meeting.reported_at.isoformat()
    meeting.present = 16
    meeting.save()

    page = post(as_coordinator, typed, name="staff_change", pk=meeting.pk, seen=seen)

    assert "Någon annan har ändrat det här under tiden." in page.text
    assert only_meeting().present == 16


def test_meeting_of_another_school_is_not_found(as_coordinator, school, municipality, typed):
    meeting = StaffMeetingFactory(school=SchoolFactory(municipality=municipality))

    assert post(as_coordinator, typed, name="staff_change", pk=meeting.pk).status_code == 404
    assert post(as_coordinator, {}, name="staff_remove", pk=meeting.pk).status_code == 404
    assert StaffMeeting.objects.count() == 1


def test_meeting_written_down_by_mistake_is_removed(as_coordinator, school):
    meeting = StaffMeetingFactory(school=school)

    page = post(as_coordinator, {}, name="staff_remove", pk=meeting.pk)

    assert "Personalpass: Normer och dess konsekvenser är borttaget." in page.text
    assert StaffMeeting.objects.count() == 0


def test_page_says_how_far_and_where_the_chain_runs_backwards(as_coordinator, school, school_class):
    StaffMeetingFactory(school=school, date=date(2026, 9, 20), present=18, total=20)
    row = PlannedSessionFactory(school_class=school_class)
    DeliveryFactory(planned_session=row, date=date(2026, 9, 15))

    page = as_coordinator.get(reverse("programmes:staff_list", args=["almskolan"])).text

    assert "1 av 8 personalpass är genomförda" in page
    assert "Hölls innan personalen hade mött temat: 3B." in page
    assert "18 av 20 i personalen" in page


def test_leader_sees_the_own_classes_in_the_chain(client, leader, school, school_class):
    other = ClassFactory(school=school, name="5C", lowest_grade=5)
    for school_class_ in (school_class, other):
        PlannedSessionFactory(school_class=school_class_, session=SessionFactory())
    client.force_login(leader)

    page = client.get(reverse("programmes:staff_list", args=["almskolan"])).text

    assert ("3B" in page, "5C" in page) == (True, False)
    assert "Lägg till ett personalpass" not in page


@pytest.mark.parametrize("count", [1, 3, 30])
def test_page_asks_the_same_number_of_questions(as_coordinator, school, query_count, count):
    themes = [staff_session(f"T-T{number:02d}") for number in range(1, count + 1)]
    for number, theme in enumerate(themes):
        StaffMeetingFactory(school=school, theme=theme, date=date(2026, 9, 1 + number % 28))
        school_class = ClassFactory(school=school, name=f"3{number}")
        PlannedSessionFactory(school_class=school_class, session=theme.prepares)
    address = reverse("programmes:staff_list", args=["almskolan"])
    as_coordinator.get(address)

    with query_count(16):
        as_coordinator.get(address)
