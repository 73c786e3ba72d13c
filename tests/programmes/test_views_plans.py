"""The plan of the year: read, added to, moved, taken off and copied."""

from datetime import date

import pytest

from programmes.models import PlannedSession
from tests.factories import ClassFactory, DeliveryFactory, PlannedSessionFactory, SessionFactory

ADDRESS = "/skolor/almskolan/plan/"
NEW = ADDRESS + "ny/"


@pytest.fixture
def friendship(db):
    return SessionFactory(code="T-T03", title="Vad innebär vänskap", kind="additional")


@pytest.fixture
def planned(school_class, friendship):
    """Friendship stands on 3B's line, by the end of February."""
    return PlannedSessionFactory(school_class=school_class, session=friendship, due_date=date(2027, 2, 28))


def plan_of(*classes):
    rows = PlannedSession.objects.filter(school_class__in=classes).order_by("school_class__name", "session__code")
    return list(rows.values_list("school_class__name", "session__code", "due_date"))


def said(response):
    return [str(message) for message in response.context["messages"]]


# Adding


def test_session_is_planned_for_classes_by_the_end_of_a_month(client, coordinator, school, school_class, friendship):
    other = ClassFactory(school=school, name="3C")
    client.force_login(coordinator)

    response = client.post(NEW, {"session": "T-T03", "classes": [school_class.pk, other.pk], "month": "2"}, follow=True)

    assert plan_of(school_class, other) == [
        ("3B", "T-T03", date(2027, 2, 28)),
        ("3C", "T-T03", date(2027, 2, 28)),
    ]
    assert said(response) == ["Vad innebär vänskap, i februari, ligger nu på linjen för 3B, 3C."]


@pytest.mark.parametrize(
    ("grades", "names"),
    [(["3"], ["3B", "3C", "Åk 2-3"]), (["2", "4"], ["4A", "Åk 2-3"]), (["alla"], ["3B", "3C", "4A", "Åk 2-3"])],
)
def test_session_is_planned_for_grades_or_the_whole_school(
    client, coordinator, school, school_class, friendship, grades, names
):
    """The oldest class is left out, since the session is not meant for it."""
    classes = [
        school_class,
        ClassFactory(school=school, name="3C"),
        ClassFactory(school=school, name="4A", lowest_grade=4),
        ClassFactory(school=school, name="Åk 2-3", lowest_grade=2, highest_grade=3),
        ClassFactory(school=school, name="6A", lowest_grade=6),
        ClassFactory(school=school, name="3B", start_year=2025),
    ]
    client.force_login(coordinator)

    client.post(NEW, {"session": "T-T03", "grades": grades, "month": "2"})

    assert plan_of(*classes) == [(name, "T-T03", date(2027, 2, 28)) for name in names]


def test_session_that_stands_already_keeps_its_date(client, coordinator, school, planned, friendship):
    other = ClassFactory(school=school, name="3C")
    held = PlannedSessionFactory(school_class=ClassFactory(school=school, name="3D"), session=friendship, due_date=None)
    DeliveryFactory(planned_session=held)
    client.force_login(coordinator)

    response = client.post(NEW, {"session": "T-T03", "grades": ["3"], "due_date": "2026-12-01"}, follow=True)

    assert plan_of(planned.school_class, other, held.school_class) == [
        ("3B", "T-T03", date(2027, 2, 28)),
        ("3C", "T-T03", date(2026, 12, 1)),
        ("3D", "T-T03", None),
    ]
    assert said(response) == [
        "Vad innebär vänskap, senast 1 december, ligger nu på linjen för 3C.",
        "3B hade redan Vad innebär vänskap, i februari. Där ändrades inget.",
        "3D har redan haft Vad innebär vänskap. Där ändrades inget.",
    ]


def test_what_was_just_planned_is_taken_back_for_all_its_classes(client, coordinator, school, school_class, friendship):
    other = ClassFactory(school=school, name="3C")
    client.force_login(coordinator)
    response = client.post(NEW, {"session": "T-T03", "grades": ["3"], "month": "2"}, follow=True)

    client.post(next(iter(response.context["messages"])).extra_tags)

    assert plan_of(school_class, other) == []


def test_who_adds_from_a_class_comes_back_to_it(client, coordinator, school_class, friendship):
    client.force_login(coordinator)

    response = client.post(
        NEW, {"session": "T-T03", "classes": [school_class.pk], "month": "2", "fran": school_class.pk}
    )

    assert response["Location"] == f"{ADDRESS}klass/{school_class.pk}/#katalog"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"month": ""}, "month", "Välj en månad eller en dag: ett av dem."),
        ({"due_date": "2026-10-15"}, "month", "Välj en månad eller en dag: ett av dem."),
        ({"month": "", "due_date": "2027-07-01"}, "due_date", "Dagen ligger inte i läsåret 2026/27."),
        ({"classes": []}, "grades", "Välj hela skolan, en årskurs eller minst en klass."),
    ],
)
def test_bad_plan_gets_a_sentence(client, coordinator, school_class, friendship, changes, field, sentence):
    client.force_login(coordinator)

    response = client.post(
        NEW, {"session": "T-T03", "classes": [school_class.pk], "month": "10", "due_date": "", **changes}
    )

    assert response.context["form"].errors == {field: [sentence]}
    assert plan_of(school_class) == []


def test_session_is_not_planned_for_a_grade_it_is_not_meant_for(client, coordinator, school, friendship):
    older = ClassFactory(school=school, name="6A", lowest_grade=6)
    client.force_login(coordinator)

    response = client.post(NEW, {"session": "T-T03", "classes": [older.pk], "month": "10"})

    assert response.context["form"].errors["classes"] == ["Vad innebär vänskap är inte avsett för årskursen i 6A."]
    assert plan_of(older) == []


def test_class_of_another_school_is_refused(client, coordinator, school, friendship):
    elsewhere = ClassFactory(name="1A")
    client.force_login(coordinator)

    client.post(NEW, {"session": "T-T03", "classes": [elsewhere.pk], "month": "10"})

    assert plan_of(elsewhere) == []


# Rights


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("centre", 403), ("stranger", 404)])
@pytest.mark.parametrize("address", ["ny/", "kopiera/", "baspass/", "{planned}/andra/", "{planned}/ta-bort/"])
def test_only_the_coordinator_plans(request, client, planned, address, who, status):
    client.force_login(request.getfixturevalue(who))

    response = client.post(
        ADDRESS + address.format(planned=planned.pk),
        {"session": "T-T03", "classes": [planned.school_class_id], "month": "10", "seen": f"{planned.pk}:2027-02-28"},
    )

    assert (response.status_code, plan_of(planned.school_class)) == (status, [("3B", "T-T03", date(2027, 2, 28))])


@pytest.mark.parametrize(("who", "status"), [("coordinator", 200), ("leader", 200), ("centre", 200), ("stranger", 404)])
def test_whoever_sees_the_class_reads_its_plan(request, client, planned, who, status):
    client.force_login(request.getfixturevalue(who))

    addresses = [ADDRESS, f"{ADDRESS}klass/{planned.school_class_id}/"]

    assert [client.get(address).status_code for address in addresses] == [status, status]


def test_leader_sees_no_other_class(client, leader, school):
    other = ClassFactory(school=school, name="4A")
    client.force_login(leader)

    assert client.get(f"{ADDRESS}klass/{other.pk}/").status_code == 404


# Changing


def change(client, row, data):
    seen = f"{row.pk}:{row.due_date}"
    return client.post(f"{ADDRESS}{row.pk}/andra/", {"month": "", "due_date": "", "seen": seen, **data}, follow=True)


def test_due_date_is_moved_to_a_day(client, coordinator, planned):
    client.force_login(coordinator)

    response = change(client, planned, {"due_date": "2027-01-20"})

    assert plan_of(planned.school_class) == [("3B", "T-T03", date(2027, 1, 20))]
    assert said(response) == ["Vad innebär vänskap är nu planerat senast 20 januari för 3B."]


def test_base_session_is_moved_too(client, coordinator, school_class):
    base = PlannedSessionFactory(school_class=school_class, due_date=date(2026, 9, 30))
    client.force_login(coordinator)

    change(client, base, {"month": "10"})

    assert plan_of(school_class) == [("3B", "T-B1", date(2026, 10, 31))]


def test_due_date_is_moved_for_other_classes_in_the_same_go(client, coordinator, school, planned, friendship):
    others = [
        PlannedSessionFactory(
            school_class=ClassFactory(school=school, name=name), session=friendship, due_date=date(2027, 3, 31)
        )
        for name in ("3C", "3D")
    ]
    seen = " ".join(f"{row.pk}:{row.due_date}" for row in [planned, *others])
    client.force_login(coordinator)

    change(client, planned, {"month": "5", "also": [others[0].pk], "seen": seen})

    assert plan_of(planned.school_class, *(row.school_class for row in others)) == [
        ("3B", "T-T03", date(2027, 5, 31)),
        ("3C", "T-T03", date(2027, 5, 31)),
        ("3D", "T-T03", date(2027, 3, 31)),
    ]


def test_second_of_two_who_move_a_session_is_told_and_chooses(client, coordinator, planned):
    """Given that somebody else has moved it to March since the page was opened."""
    PlannedSession.objects.filter(pk=planned.pk).update(due_date=date(2027, 3, 31))
    client.force_login(coordinator)

    first = change(client, planned, {"month": "5"})

    assert first.context["changed"] == [{"name": "3B", "day": "i mars"}]
    assert first.context["form"]["month"].value() == "5"
    assert plan_of(planned.school_class) == [("3B", "T-T03", date(2027, 3, 31))]

    change(client, planned, {"month": "5", "seen": first.context["form"]["seen"].value()})

    assert plan_of(planned.school_class) == [("3B", "T-T03", date(2027, 5, 31))]


def test_date_of_a_reported_session_stands(client, coordinator, planned):
    DeliveryFactory(planned_session=planned)
    client.force_login(coordinator)

    response = change(client, planned, {"month": "5"})

    assert plan_of(planned.school_class) == [("3B", "T-T03", date(2027, 2, 28))]
    assert said(response) == ["Passet är rapporterat, så datumet ligger fast."]


@pytest.mark.parametrize("seen", ["", "1:2026-13-40", "1", "förra veckan"])
def test_change_with_broken_hidden_values_is_refused(client, coordinator, planned, seen):
    client.force_login(coordinator)

    response = change(client, planned, {"month": "5", "seen": seen})

    assert list(response.context["form"].errors) == ["seen"]
    assert plan_of(planned.school_class) == [("3B", "T-T03", date(2027, 2, 28))]


def test_session_of_another_school_cannot_be_moved(client, coordinator, planned):
    elsewhere = PlannedSessionFactory(school_class=ClassFactory(name="1A"))
    client.force_login(coordinator)

    response = change(client, elsewhere, {"month": "5"})

    assert (response.status_code, plan_of(elsewhere.school_class)) == (404, [("1A", "T-B1", date(2026, 9, 30))])


# Base sessions, and taking off


def test_base_sessions_are_added_where_they_lack(client, coordinator, school_class):
    SessionFactory()
    client.force_login(coordinator)

    client.post(ADDRESS + "baspass/")
    client.post(ADDRESS + "baspass/")

    assert plan_of(school_class) == [("3B", "T-B1", date(2026, 9, 30))]


def test_additional_session_leaves_the_plan(client, coordinator, planned):
    client.force_login(coordinator)

    client.post(f"{ADDRESS}{planned.pk}/ta-bort/")

    assert plan_of(planned.school_class) == []


def test_session_leaves_the_plan_of_several_classes(client, coordinator, school, planned, friendship):
    others = [
        PlannedSessionFactory(school_class=ClassFactory(school=school, name=name), session=friendship)
        for name in ("3C", "3D")
    ]
    elsewhere = PlannedSessionFactory(school_class=ClassFactory(name="1A"), session=friendship)
    client.force_login(coordinator)

    client.post(f"{ADDRESS}{planned.pk}/ta-bort/", {"med": [others[0].pk, elsewhere.pk]})

    assert plan_of(planned.school_class, *(row.school_class for row in others), elsewhere.school_class) == [
        ("1A", "T-T03", date(2026, 9, 30)),
        ("3D", "T-T03", date(2026, 9, 30)),
    ]


def test_base_session_stands(client, coordinator, school_class):
    planned = PlannedSessionFactory(school_class=school_class)
    client.force_login(coordinator)

    assert client.post(f"{ADDRESS}{planned.pk}/ta-bort/").status_code == 403


def test_reported_session_stays_on_the_line(client, coordinator, planned):
    DeliveryFactory(planned_session=planned)
    client.force_login(coordinator)

    client.post(f"{ADDRESS}{planned.pk}/ta-bort/")

    assert plan_of(planned.school_class) == [("3B", "T-T03", date(2027, 2, 28))]


# Copying last year


def test_last_years_choices_are_copied_to_the_same_class(client, coordinator, school, school_class, friendship):
    """Not the base sessions, not what stands already, not to a class that was not ticked."""
    bullying = SessionFactory(code="T-T05", title="Mobbning", kind="additional")
    last_year = ClassFactory(school=school, name="3B", start_year=2025)
    PlannedSessionFactory(school_class=last_year, session=friendship, due_date=date(2026, 2, 28))
    PlannedSessionFactory(school_class=last_year, session=bullying, due_date=date(2026, 3, 15))
    PlannedSessionFactory(school_class=last_year, due_date=date(2025, 9, 30))
    PlannedSessionFactory(school_class=school_class, session=bullying, due_date=date(2026, 12, 1))
    other = ClassFactory(school=school, name="3C")
    client.force_login(coordinator)

    response = client.post(ADDRESS + "kopiera/", {"klass": [school_class.pk]}, follow=True)

    assert plan_of(school_class, other) == [
        ("3B", "T-T03", date(2027, 2, 28)),
        ("3B", "T-T05", date(2026, 12, 1)),
    ]
    assert said(response) == ["1 pass kopierades från fjolårets plan."]


def test_days_that_have_passed_and_what_the_pupils_had_are_not_copied(
    client, coordinator, school, school_class, friendship
):
    """3B was 2B last year, which had had friendship; last year's 3B had bullying in October, and it is November now."""
    bullying = SessionFactory(code="T-T05", title="Mobbning", kind="additional")
    last_year = ClassFactory(school=school, name="3B", start_year=2025)
    before = ClassFactory(school=school, name="2B", start_year=2025, lowest_grade=2)
    school_class.follows.add(before)
    PlannedSessionFactory(school_class=before, session=friendship, due_date=date(2026, 2, 28))
    PlannedSessionFactory(school_class=last_year, session=friendship, due_date=date(2026, 2, 28))
    PlannedSessionFactory(school_class=last_year, session=bullying, due_date=date(2025, 10, 31))
    client.force_login(coordinator)

    response = client.post(ADDRESS + "kopiera/", {"klass": [school_class.pk]}, follow=True)

    assert (plan_of(school_class), said(response)) == ([], ["0 pass kopierades från fjolårets plan."])


def test_copying_twice_changes_nothing(client, coordinator, school, school_class, friendship):
    last_year = ClassFactory(school=school, name="3B", start_year=2025)
    PlannedSessionFactory(school_class=last_year, session=friendship, due_date=date(2026, 3, 18))
    client.force_login(coordinator)

    for _again in range(2):
        client.post(ADDRESS + "kopiera/", {"klass": [school_class.pk]})

    assert plan_of(school_class) == [("3B", "T-T03", date(2027, 3, 17))]


# As many questions for thirty classes as for one


@pytest.mark.parametrize("class_count", [1, 3, 30])
def test_plan_asks_the_same_number_of_questions(client, coordinator, school, friendship, class_count, query_count):
    for number in range(class_count):
        PlannedSessionFactory(school_class=ClassFactory(school=school, name=f"{number}A"), session=friendship)
    client.force_login(coordinator)

    with query_count(15):
        client.get(ADDRESS)


@pytest.mark.parametrize("class_count", [1, 3, 30])
def test_plan_of_a_class_asks_the_same_number_of_questions(
    client, coordinator, school, friendship, class_count, query_count
):
    for number in range(class_count):
        school_class = ClassFactory(school=school, name=f"{number}A")
        SessionFactory(code=f"T-T{20 + number}", title=f"Pass {number}", kind="additional")
        PlannedSessionFactory(school_class=school_class, session=friendship)
    client.force_login(coordinator)

    with query_count(20):
        client.get(f"{ADDRESS}klass/{school_class.pk}/")


@pytest.mark.parametrize("class_count", [1, 3, 30])
def test_planning_for_a_school_asks_the_same_number_of_questions(
    client, coordinator, school, friendship, class_count, query_count
):
    for number in range(class_count):
        ClassFactory(school=school, name=f"{number}A")
    client.force_login(coordinator)

    with query_count(16):
        client.post(NEW, {"session": "T-T03", "grades": ["alla"], "month": "2"})


@pytest.mark.parametrize("class_count", [1, 3, 30])
def test_copying_asks_the_same_number_of_questions(client, coordinator, school, friendship, class_count, query_count):
    for number in range(class_count):
        ClassFactory(school=school, name=f"{number}A")
        last_year = ClassFactory(school=school, name=f"{number}A", start_year=2025)
        PlannedSessionFactory(school_class=last_year, session=friendship, due_date=date(2025, 10, 31))
    client.force_login(coordinator)

    with query_count(14):
        client.get(ADDRESS + "kopiera/")
