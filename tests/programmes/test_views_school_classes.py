"""A school's classes: added, changed and ended in the product."""

from datetime import date

import pytest

from programmes.models import Event, PlannedSession, SchoolClass
from tests.factories import ClassFactory, DeliveryFactory, PlannedSessionFactory, SchoolFactory, SessionFactory

PAGE = "/skolor/almskolan/klasser/"
TYPED = {"name": "4C", "lowest_grade": "4", "highest_grade": "4", "enrolled": "22"}


@pytest.fixture
def as_coordinator(client, coordinator):
    client.force_login(coordinator)
    return client


def test_class_is_added_with_its_base_sessions(as_coordinator, school):
    SessionFactory(code="T-B1")

    page = as_coordinator.post(f"{PAGE}ny/", TYPED, follow=True)

    school_class = SchoolClass.objects.get()
    assert "Klass 4C är sparad." in page.text
    assert (school_class.start_year, school_class.lowest_grade, school_class.enrolled) == (2026, 4, 22)
    assert [row.due_date for row in school_class.planned_sessions.all()] == [date(2026, 9, 30)]
    assert [event.about for event in Event.objects.all()] == [{"register": "schoolclass", "name": "4C"}]


def test_class_of_another_year_is_added_there(as_coordinator, school):
    as_coordinator.post(f"{PAGE}ny/?lasar=2025/26", TYPED)

    assert SchoolClass.objects.get().start_year == 2025


def test_head_count_and_name_are_changed(as_coordinator, school_class):
    as_coordinator.post(f"{PAGE}{school_class.pk}/andra/", {**TYPED, "name": "3B grön", "enrolled": "19"})

    school_class.refresh_from_db()
    assert (school_class.name, school_class.enrolled) == ("3B grön", 19)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": "3 b"}, "Skolan har redan en klass med det namnet"),
        ({"name": "20121212-1212"}, "personnummer"),
        ({"highest_grade": "2"}, "Den högsta årskursen kommer före den lägsta."),
        ({"enrolled": "61"}, "60"),
    ],
)
def test_what_cannot_be_is_said(as_coordinator, school_class, typed, message):
    page = as_coordinator.post(f"{PAGE}ny/", {**TYPED, **typed})

    assert message in page.text
    assert SchoolClass.objects.count() == 1


def test_ended_class_keeps_what_is_reported_and_leaves_the_rest(as_coordinator, school_class):
    held = PlannedSessionFactory(school_class=school_class, due_date=date(2026, 12, 31))
    DeliveryFactory(planned_session=held, date=date(2026, 9, 20))
    for code, day in (("T-T01", date(2026, 10, 31)), ("T-T02", date(2027, 2, 28))):
        PlannedSessionFactory(school_class=school_class, session=SessionFactory(code=code), due_date=day)

    page = as_coordinator.post(f"{PAGE}{school_class.pk}/avsluta/", {"day": "2026-11-20"}, follow=True)

    assert "Klass 3B avslutas 20 november. 1 pass försvann ur planen." in page.text
    assert list(PlannedSession.objects.order_by("due_date").values_list("session__code", flat=True)) == [
        "T-T01",
        "T-B1",
    ]
    assert SchoolClass.objects.get().end_date == date(2026, 11, 20)


def test_class_does_not_end_before_what_is_reported(as_coordinator, school_class):
    DeliveryFactory(planned_session=PlannedSessionFactory(school_class=school_class), date=date(2026, 11, 10))

    page = as_coordinator.post(f"{PAGE}{school_class.pk}/avsluta/", {"day": "2026-11-09"})

    assert "Ett pass är rapporterat efter den dagen." in page.text
    assert SchoolClass.objects.get().end_date is None


def test_day_outside_the_school_year_is_refused(as_coordinator, school_class):
    page = as_coordinator.post(f"{PAGE}{school_class.pk}/avsluta/", {"day": "2027-08-01"})

    assert "Datumet ligger inte i läsåret" in page.text


def test_ended_class_gets_no_new_base_sessions_and_takes_no_later_report(as_coordinator, school_class):
    session = SessionFactory(code="T-B2", month=12)
    SchoolClass.objects.filter(pk=school_class.pk).update(end_date=date(2026, 10, 1))

    as_coordinator.post(f"{PAGE}{school_class.pk}/andra/", {**TYPED, "name": "3B"})
    page = as_coordinator.post(
        f"/skolor/almskolan/rapportera/?klass=3B&pass={session.code}",
        {"outcome": "held", "date": "2026-11-02", f"group_size_{school_class.pk}": "20"},
    )

    assert PlannedSession.objects.count() == 0
    assert "Klass 3B avslutades 1 oktober 2026." in page.text


def test_ended_class_does_not_move_up(as_coordinator, school_class):
    for name, grade in (("3C", 3), ("5A", 5)):
        ClassFactory(school=school_class.school, name=name, lowest_grade=grade)
    SchoolClass.objects.filter(pk=school_class.pk).update(end_date=date(2026, 10, 1))

    page = as_coordinator.get("/skolor/almskolan/nytt-lasar/?lasar=2027/28").text

    assert ("4C" in page, "4B" in page) == (True, False)


def test_class_of_another_school_is_not_found(as_coordinator, school):
    other = ClassFactory(school=SchoolFactory(municipality=school.municipality))

    assert as_coordinator.post(f"{PAGE}{other.pk}/andra/", TYPED).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 30])
def test_list_asks_the_same_number_of_questions(as_coordinator, school, query_count, count):
    for number in range(count):
        ClassFactory(school=school, name=f"{number}A")
    as_coordinator.get(PAGE)

    with query_count(8):
        as_coordinator.get(PAGE)
