"""The pages of courses: the register, an occasion with its participants, and what is refused."""

from datetime import date

import pytest
from django.urls import reverse

from programmes.models import Course, CourseOccasion, Event, OtherUnit
from tests.factories import (
    AttendanceFactory,
    CourseFactory,
    CourseOccasionFactory,
    MunicipalityFactory,
    OtherUnitFactory,
    SchoolFactory,
)


@pytest.fixture
def as_centre(client, centre):
    client.force_login(centre)
    return client


@pytest.fixture
def course(municipality, school):
    return CourseFactory(municipality=municipality, name="Oro för barn", is_mandatory=True, renewal_years=3)


@pytest.fixture
def typed(school):
    return {"date": "2026-11-20", "unit_1": f"s{school.pk}", "participants_1": "18", "staff_1": "24"}


def post(client, name, typed, *arguments, **changes):
    return client.post(reverse(f"programmes:{name}", args=arguments), {**typed, **changes}, follow=True)


def counts_of(occasion):
    return [(str(row.school or row.unit), row.participants, row.staff) for row in occasion.attendances.all()]


def test_course_is_added_and_changed(as_centre, municipality):
    page = post(
        as_centre,
        "course_add",
        {"name": "Vad är våld", "unit_kind": "preschool", "is_mandatory": "on", "renewal_years": "4"},
    )
    course = Course.objects.get()
    assert "Vad är våld är sparad." in page.text
    assert (course.municipality, course.unit_kind, course.is_mandatory, course.renewal_years) == (
        municipality,
        "preschool",
        True,
        4,
    )

    post(as_centre, "course_change", {"name": "Vad är våld?", "unit_kind": "preschool"}, course.pk)
    course.refresh_from_db()
    assert (course.name, course.is_mandatory, course.renewal_years) == ("Vad är våld?", False, None)


def test_course_and_unit_have_a_name_of_their_own(as_centre, municipality, course):
    CourseFactory(municipality=MunicipalityFactory(name="Granby kommun", code="9902"), name="Annan kurs")
    OtherUnitFactory(municipality=municipality, name="Igelkotten")

    assert "Det finns redan" in post(as_centre, "course_add", {"name": "oro för  barn", "unit_kind": "school"}).text
    assert "Det finns redan" in post(as_centre, "unit_add", {"name": "igelkotten", "kind": "leisure"}).text
    assert "personnummer" in post(as_centre, "unit_add", {"name": "20121212-1212", "kind": "leisure"}).text
    assert "är sparad" in post(as_centre, "course_add", {"name": "Annan kurs", "unit_kind": "school"}).text
    assert OtherUnit.objects.count() == 1


def test_occasion_is_written_down_and_the_school_sees_its_part(as_centre, client, coordinator, course, typed):
    page = post(as_centre, "occasion_add", typed, course.pk)

    assert "Oro för barn, fredag 20 november, är sparad: 18 deltagare." in page.text
    assert "1 av 1 enheter har deltagit" in page.text
    assert counts_of(CourseOccasion.objects.get()) == [("Almskolan", 18, 24)]
    client.force_login(coordinator)
    page = client.get(reverse("programmes:staff_list", args=["almskolan"]))
    assert "18 av 24 (75,0\xa0%)" in page.text


def test_occasion_ahead_is_planned_without_participants(as_centre, course):
    page = post(as_centre, "occasion_add", {"date": "2026-12-02"}, course.pk)

    assert "Oro för barn är planerad till onsdag 2 december." in page.text
    assert counts_of(CourseOccasion.objects.get()) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"date": ""}, "Fyll i vilken dag kursen är."),
        ({"unit_1": ""}, "Välj vilken enhet siffran gäller."),
        ({"participants_1": ""}, "Fyll i hur många som deltog."),
        ({"participants_1": "25"}, "Deltagarna kan inte vara fler än personalen totalt (24)."),
        ({"date": "2026-12-02"}, "Datumet ligger framåt i tiden"),
        ({"unit_1": "s999999"}, "s999999"),
        ({"unit_1": "", "participants_1": "", "staff_1": ""}, "Välj minst en enhet som deltog."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(as_centre, course, typed, changes, message):
    page = post(as_centre, "occasion_add", typed, course.pk, **changes)

    assert message in page.text
    assert 'aria-invalid="true"' in page.text
    assert CourseOccasion.objects.count() == 0


def test_unit_twice_is_refused(as_centre, course, school, typed):
    page = post(as_centre, "occasion_add", typed, course.pk, unit_2=f"s{school.pk}", participants_2="3")

    assert "Almskolan finns med två gånger." in page.text


def test_school_of_another_municipality_is_no_choice(as_centre, course, typed):
    elsewhere = SchoolFactory(municipality=MunicipalityFactory(name="Granby kommun", code="9902"))

    post(as_centre, "occasion_add", typed, course.pk, unit_1=f"s{elsewhere.pk}")

    assert CourseOccasion.objects.count() == 0


def test_occasion_is_corrected_and_removed(as_centre, course, school, typed):
    occasion = CourseOccasionFactory(course=course)
    AttendanceFactory(occasion=occasion, school=school, participants=3)
    seen = occasion.reported_at.isoformat()

    post(as_centre, "occasion_change", typed, occasion.pk, seen=seen)
    assert counts_of(occasion) == [("Almskolan", 18, 24)]

    page = post(as_centre, "occasion_change", typed, occasion.pk, seen=seen, participants_1="7")
    assert "Någon annan har ändrat det här under tiden." in page.text
    assert counts_of(occasion) == [("Almskolan", 18, 24)]

    page = post(as_centre, "occasion_remove", {}, occasion.pk)
    assert [(event.kind, event.about["register"]) for event in Event.objects.order_by("pk")] == [
        ("register_changed", "courseoccasion"),
        ("register_removed", "courseoccasion"),
    ]
    assert "Tillfället 20 november 2026 är borttaget." in page.text
    assert CourseOccasion.objects.count() == 0


def test_courses_of_another_municipality_are_not_found(as_centre, typed):
    elsewhere = MunicipalityFactory(name="Granby kommun", code="9902")
    occasion = CourseOccasionFactory(course__municipality=elsewhere)
    unit = OtherUnitFactory(municipality=elsewhere)

    for name, pk in (
        ("course", occasion.course.pk),
        ("course_change", occasion.course.pk),
        ("occasion_add", occasion.course.pk),
        ("occasion_change", occasion.pk),
        ("occasion_remove", occasion.pk),
        ("unit_change", unit.pk),
    ):
        assert post(as_centre, name, typed, pk).status_code == 404
    assert CourseOccasion.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3, 30])
@pytest.mark.parametrize(("name", "questions"), [("course_list", 10), ("course", 12)])
def test_pages_ask_the_same_number_of_questions(as_centre, municipality, course, query_count, name, questions, count):
    for number in range(count):
        other = CourseFactory(municipality=municipality)
        occasion = CourseOccasionFactory(course=other if number % 2 else course, date=date(2026, 9, 1))
        AttendanceFactory(occasion=occasion, school=SchoolFactory(municipality=municipality))
    address = reverse(f"programmes:{name}", args=[] if name == "course_list" else [course.pk])
    as_centre.get(address)

    with query_count(questions):
        as_centre.get(address)
