"""The plan of the year."""

from datetime import date

import pytest

from programmes.models import PlannedSession
from tests.factories import ClassFactory, DeliveryFactory, PlannedSessionFactory, SessionFactory

ADDRESS = "/skolor/almskolan/plan/"


@pytest.fixture
def friendship(db):
    return SessionFactory(code="T-T03", title="Vad innebär vänskap", kind="additional")


def plan_of(*classes):
    rows = PlannedSession.objects.filter(school_class__in=classes).order_by("school_class__name", "session__code")
    return list(rows.values_list("school_class__name", "session__code", "due_date"))


def test_session_is_planned_for_classes_by_the_end_of_a_month(client, coordinator, school, school_class, friendship):
    other = ClassFactory(school=school, name="3C")
    client.force_login(coordinator)

    client.post(ADDRESS, {"session": "T-T03", "classes": [school_class.pk, other.pk], "month": "2"})

    assert plan_of(school_class, other) == [
        ("3B", "T-T03", date(2027, 2, 28)),
        ("3C", "T-T03", date(2027, 2, 28)),
    ]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"month": ""}, "month", "Välj en månad eller en dag: ett av dem."),
        ({"due_date": "2026-10-15"}, "month", "Välj en månad eller en dag: ett av dem."),
        ({"month": "", "due_date": "2027-07-01"}, "due_date", "Dagen ligger inte i läsåret 2026/27."),
    ],
)
def test_bad_plan_gets_a_sentence(client, coordinator, school_class, friendship, changes, field, sentence):
    client.force_login(coordinator)

    response = client.post(
        ADDRESS, {"session": "T-T03", "classes": [school_class.pk], "month": "10", "due_date": "", **changes}
    )

    assert response.context["form"].errors == {field: [sentence]}
    assert plan_of(school_class) == []


def test_session_is_not_planned_for_a_grade_it_is_not_meant_for(client, coordinator, school, friendship):
    older = ClassFactory(school=school, name="6A", lowest_grade=6)
    client.force_login(coordinator)

    response = client.post(ADDRESS, {"session": "T-T03", "classes": [older.pk], "month": "10"})

    assert response.context["form"].errors == {"classes": ["Vad innebär vänskap är inte avsett för årskursen i 6A."]}


def test_class_of_another_school_is_refused(client, coordinator, school, friendship):
    elsewhere = ClassFactory(name="1A")
    client.force_login(coordinator)

    client.post(ADDRESS, {"session": "T-T03", "classes": [elsewhere.pk], "month": "10"})

    assert plan_of(elsewhere) == []


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("centre", 403), ("stranger", 404)])
def test_only_the_coordinator_plans(request, client, school_class, friendship, who, status):
    client.force_login(request.getfixturevalue(who))

    response = client.post(ADDRESS, {"session": "T-T03", "classes": [school_class.pk], "month": "10"})

    assert (response.status_code, plan_of(school_class)) == (status, [])


def test_base_sessions_are_added_where_they_lack(client, coordinator, school_class):
    SessionFactory()
    client.force_login(coordinator)

    client.post(ADDRESS + "baspass/")
    client.post(ADDRESS + "baspass/")

    assert plan_of(school_class) == [("3B", "T-B1", date(2026, 9, 30))]


def test_additional_session_leaves_the_plan(client, coordinator, school_class, friendship):
    planned = PlannedSessionFactory(school_class=school_class, session=friendship)
    client.force_login(coordinator)

    client.post(f"{ADDRESS}{planned.pk}/ta-bort/")

    assert plan_of(school_class) == []


def test_base_session_stands(client, coordinator, school_class):
    planned = PlannedSessionFactory(school_class=school_class)
    client.force_login(coordinator)

    assert client.post(f"{ADDRESS}{planned.pk}/ta-bort/").status_code == 403


def test_reported_session_stays_on_the_line(client, coordinator, school_class, friendship):
    planned = PlannedSessionFactory(school_class=school_class, session=friendship)
    DeliveryFactory(planned_session=planned)
    client.force_login(coordinator)

    client.post(f"{ADDRESS}{planned.pk}/ta-bort/")

    assert plan_of(school_class) == [("3B", "T-T03", date(2026, 9, 30))]


@pytest.mark.parametrize("class_count", [1, 3, 30])
def test_plan_asks_the_same_number_of_questions(client, coordinator, school, friendship, class_count, query_count):
    for number in range(class_count):
        PlannedSessionFactory(school_class=ClassFactory(school=school, name=f"{number}A"), session=friendship)
    client.force_login(coordinator)

    with query_count(13):
        client.get(ADDRESS)
