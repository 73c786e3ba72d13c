"""The new school year: classes move up once, keep what was, and move down again until something is reported."""

from datetime import date

import pytest

from programmes.enums import Role
from programmes.models import Event, MovingUp, PlannedSession, SchoolClass
from tests.factories import (
    ClassFactory,
    DeliveryFactory,
    ListedPupilFactory,
    MembershipFactory,
    PlannedSessionFactory,
    SessionFactory,
    UserFactory,
)

ADDRESS = "/skolor/almskolan/nytt-lasar/"
PERSONAL = "Texten ser ut att innehålla ett personnummer. Ta bort det – skriv aldrig uppgifter om enskilda elever här."
UNDO = ADDRESS + "angra/?lasar=2027/28"


@pytest.fixture
def classes(school, school_class):
    """Almskolan has one class in each of F, 3 and 5."""
    return {
        "FA": ClassFactory(school=school, name="FA", lowest_grade=0, enrolled=19),
        "3B": school_class,
        "5A": ClassFactory(school=school, name="5A", lowest_grade=5, enrolled=26),
    }


def answers(client, **changes):
    """The form as it is shown, with changes: `name_3B="4C"` changes the row of class 3B."""
    form = client.get(ADDRESS).context["form"]
    data = {"plan": form["plan"].value(), "leaders": form["leaders"].value()}
    for row in form.rows:
        for field in ("name", "lowest", "highest", "enrolled"):
            whose = row["old"].name if row["old"] else row["name"].html_name.removeprefix("name_")
            value = changes.get(f"{field}_{whose}", row[field].value())
            data[row[field].html_name] = "" if value is None else value
    return data | {name: changes[name] for name in ("plan", "leaders") if name in changes}


def next_year(school):
    rows = SchoolClass.objects.filter(school=school, start_year=2027).prefetch_related("follows").in_order()
    return [(row.name, row.lowest_grade, row.enrolled, [old.name for old in row.follows.all()]) for row in rows]


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_classes_move_up_as_proposed(client, coordinator, school, classes):
    client.force_login(coordinator)

    response = client.post(ADDRESS, answers(client), follow=True)

    assert next_year(school) == [("FA", 0, None, []), ("1A", 1, 19, ["FA"]), ("4B", 4, 21, ["3B"])]
    assert said(response) == ["3 klasser är klara för 2027/28, med 0 planerade pass."]
    assert list(SchoolClass.objects.filter(start_year=2026).in_order().values_list("name", "enrolled")) == [
        ("FA", 19),
        ("3B", 21),
        ("5A", 26),
    ]


def test_names_grades_and_counts_are_edited(client, coordinator, school, classes):
    """3B becomes a mixed class, 5A stays on for a year more, and one class comes from elsewhere."""
    client.force_login(coordinator)

    client.post(
        ADDRESS,
        answers(
            client,
            name_3B="Gran 4-5",
            highest_3B=5,
            enrolled_3B=24,
            name_5A="6A",
            lowest_5A=6,
            highest_5A=6,
            name_ny0="",
            name_tom1="2C",
            lowest_tom1=2,
            highest_tom1=2,
            enrolled_tom1=17,
        ),
    )

    assert next_year(school) == [
        ("1A", 1, 19, ["FA"]),
        ("2C", 2, 17, []),
        ("Gran 4-5", 4, 24, ["3B"]),
        ("6A", 6, 26, ["5A"]),
    ]


def test_classes_of_the_same_name_merge(client, coordinator, school, classes):
    ClassFactory(school=school, name="3C", enrolled=12)
    client.force_login(coordinator)

    client.post(ADDRESS, answers(client, name_3C="4b", name_ny0=""))

    assert next_year(school) == [("1A", 1, 19, ["FA"]), ("4B", 4, 33, ["3B", "3C"])]


def test_plan_is_proposed_from_the_grade_without_what_the_pupils_have_had(client, coordinator, school, classes):
    """Given that this year's 4A chose friendship in October and bullying on a Wednesday, and that 3B had friendship."""
    SessionFactory()
    friendship = SessionFactory(code="T-T03", title="Vad innebär vänskap", kind="additional")
    bullying = SessionFactory(code="T-T05", title="Mobbning", kind="additional")
    fourth = ClassFactory(school=school, name="4A", lowest_grade=4)
    PlannedSessionFactory(school_class=fourth, session=friendship, due_date=date(2026, 10, 31))
    PlannedSessionFactory(school_class=fourth, session=bullying, due_date=date(2027, 2, 3))
    PlannedSessionFactory(school_class=classes["3B"], session=friendship, due_date=date(2026, 11, 30))
    client.force_login(coordinator)

    client.post(ADDRESS, answers(client))

    plan = PlannedSession.objects.filter(school_class__start_year=2027).order_by("school_class__sort_key", "due_date")
    assert list(plan.values_list("school_class__name", "session__code", "due_date")) == [
        ("FA", "T-B1", date(2027, 9, 30)),
        ("1A", "T-B1", date(2027, 9, 30)),
        ("4B", "T-B1", date(2027, 9, 30)),
        ("4B", "T-T05", date(2028, 2, 2)),
        ("5A", "T-B1", date(2027, 9, 30)),
    ]


def test_only_base_sessions_are_planned_when_one_says_so(client, coordinator, school, classes):
    SessionFactory()
    friendship = SessionFactory(code="T-T03", kind="additional")
    PlannedSessionFactory(school_class=ClassFactory(school=school, name="4A", lowest_grade=4), session=friendship)
    client.force_login(coordinator)

    client.post(ADDRESS, answers(client, plan="base"))

    plan = PlannedSession.objects.filter(school_class__start_year=2027)
    assert set(plan.values_list("session__code", flat=True)) == {"T-B1"}


def test_leaders_follow_their_classes_and_keep_the_old_ones(client, coordinator, school, leader, classes):
    """A leader who was not ticked stays, and so does one whose class leaves the school."""
    stays = MembershipFactory(role=Role.LEADER, school=school, classes=[classes["FA"]])
    last = MembershipFactory(role=Role.LEADER, school=school, classes=[classes["5A"]])
    follows = leader.memberships.get()
    client.force_login(coordinator)

    client.post(ADDRESS, answers(client, leaders=[follows.pk, last.pk]))

    led = {row: sorted(row.classes.values_list("start_year", "name")) for row in (follows, stays, last)}
    assert led == {follows: [(2026, "3B"), (2027, "4B")], stays: [(2026, "FA")], last: [(2026, "5A")]}


def test_leader_of_another_school_cannot_be_chosen(client, coordinator, school, classes):
    elsewhere = MembershipFactory(user=UserFactory(), role=Role.LEADER, school=ClassFactory().school)
    client.force_login(coordinator)

    response = client.post(ADDRESS, answers(client, leaders=[elsewhere.pk]))

    assert list(response.context["form"].errors) == ["leaders"]
    assert next_year(school) == []


def test_moving_up_twice_is_harmless_and_says_so(client, coordinator, school, classes):
    client.force_login(coordinator)
    data = answers(client)
    client.post(ADDRESS, data)

    response = client.post(ADDRESS + "?lasar=2027/28", {**data, f"name_{classes['3B'].pk}": "4X"}, follow=True)

    assert next_year(school) == [("FA", 0, None, []), ("1A", 1, 19, ["FA"]), ("4B", 4, 21, ["3B"])]
    assert MovingUp.objects.count() == 1
    [sentence] = said(response)[-1:]
    assert sentence.startswith("Klasserna flyttades upp till 2027/28 den ")
    assert sentence.endswith("(coordinator@ekbacka.example). Inget ändrades nu.")


def test_class_that_was_imported_before_is_kept_and_tied(client, coordinator, school, classes):
    ClassFactory(school=school, name="4 b", lowest_grade=4, enrolled=23, start_year=2027)
    client.force_login(coordinator)

    client.post(ADDRESS + "?lasar=2027/28", answers(client))

    assert next_year(school) == [("FA", 0, None, []), ("1A", 1, 19, ["FA"]), ("4 b", 4, 23, ["3B"])]


def test_moving_up_is_undone_until_something_is_reported(client, coordinator, school, leader, classes):
    SessionFactory()
    imported = ClassFactory(school=school, name="2C", lowest_grade=2, start_year=2027)
    client.force_login(coordinator)
    client.post(ADDRESS + "?lasar=2027/28", answers(client))

    response = client.post(UNDO, follow=True)

    assert next_year(school) == [("2C", 2, 20, [])]
    assert said(response)[-1] == "3 klasser togs bort igen."
    assert [row.name for row in leader.memberships.get().classes.all()] == ["3B"]
    assert not PlannedSession.objects.filter(school_class__start_year=2027).exclude(school_class=imported).exists()
    assert list(Event.objects.filter(school=school).order_by("pk").values_list("kind", "actor__email", "about")) == [
        ("classes_moved_up", coordinator.email, {"classes": ["FA", "1A", "4B"], "year": "2027/28"}),
        ("moving_up_undone", coordinator.email, {"classes": ["FA", "1A", "4B"], "year": "2027/28"}),
    ]


def test_moving_up_stands_once_something_is_reported(client, coordinator, school, classes):
    client.force_login(coordinator)
    client.post(ADDRESS, answers(client))
    fourth = SchoolClass.objects.get(start_year=2027, name="4B")
    DeliveryFactory(planned_session=PlannedSessionFactory(school_class=fourth, due_date=date(2027, 9, 30)))

    response = client.post(UNDO, follow=True)

    assert said(response)[-1] == "Något har rapporterats för det nya läsåret, så klasserna ligger kvar."
    assert [name for name, *_rest in next_year(school)] == ["FA", "1A", "4B"]


def test_moving_up_stands_once_a_class_list_of_trygg_bas_hangs_on_it(client, coordinator, school, classes):
    client.force_login(coordinator)
    client.post(ADDRESS, answers(client))
    fourth = SchoolClass.objects.get(start_year=2027, name="4B")
    ListedPupilFactory(school_class=fourth)

    response = client.post(UNDO, follow=True)

    assert said(response)[-1] == "De nya klasserna har fått mer än en plan, så de ligger kvar."
    assert next_year(school) == [("FA", 0, None, []), ("1A", 1, 19, ["FA"]), ("4B", 4, 21, ["3B"])]
    assert MovingUp.objects.count() == 1


def test_who_moved_up_and_what_became_of_whom_is_shown(client, coordinator, school, classes):
    client.force_login(coordinator)
    client.post(ADDRESS, answers(client))

    response = client.get(ADDRESS + "?lasar=2027/28")

    assert [(row.name, [old.name for old in row.follows.all()]) for row in response.context["classes"]] == [
        ("FA", []),
        ("1A", ["FA"]),
        ("4B", ["3B"]),
    ]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name_tom1": "4b"}, "name_tom1", "En annan klass har det namnet. Bara klasser från i år kan slås ihop."),
        ({"lowest_3B": 5, "highest_3B": 4}, "highest_3B", "Årskurserna står i fel ordning."),
        ({"enrolled_3B": 61}, "enrolled_3B", "Kontrollera att detta värde är mindre än eller lika med 60."),
        ({"name_3B": "x" * 41}, "name_3B", "Säkerställ att detta värde har som mest 40 tecken (den har 41)."),
        (
            {"name_3B": "4B 20121212-1212"},
            "name_3B",
            PERSONAL,
        ),
        (
            {"name_3B": "", "name_FA": "", "name_ny0": ""},
            "__all__",
            "Ge minst en klass i det nya läsåret ett namn.",
        ),
    ],
)
def test_bad_class_gets_a_sentence_and_nothing_is_made(client, coordinator, school, classes, changes, field, sentence):
    client.force_login(coordinator)

    response = client.post(ADDRESS, answers(client, **changes))

    name = field.replace("3B", str(classes["3B"].pk))
    assert response.context["form"].errors == {name: [sentence]}
    assert (next_year(school), MovingUp.objects.count()) == ([], 0)


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("centre", 403), ("stranger", 404)])
@pytest.mark.parametrize("address", [ADDRESS, UNDO])
def test_only_the_coordinator_moves_classes_up(request, client, school, classes, address, who, status):
    client.force_login(request.getfixturevalue(who))

    response = client.post(address, {"name_ny0": "FA", "lowest_ny0": 0, "highest_ny0": 0, "plan": "base"})

    assert (response.status_code, next_year(school)) == (status, [])


@pytest.mark.parametrize("year", ["2025/26", "2028/29"])
def test_only_this_year_and_the_next_can_begin(client, coordinator, classes, year):
    client.force_login(coordinator)

    assert client.get(f"{ADDRESS}?lasar={year}").status_code == 404


def test_school_with_no_classes_says_where_they_come_from(client, coordinator, school):
    client.force_login(coordinator)

    page = client.get(ADDRESS).content.decode()

    assert "Inga klasser 2026/27" in page
    assert 'href="/skolor/almskolan/klasser/ny/"' in page


@pytest.mark.parametrize("class_count", [1, 3, 30])
def test_preview_asks_the_same_number_of_questions(client, coordinator, school, leader, class_count, query_count):
    for number in range(class_count):
        row = ClassFactory(school=school, name=f"{number}A")
        MembershipFactory(role=Role.LEADER, school=school, classes=[row])
    client.force_login(coordinator)

    with query_count(16):
        client.get(ADDRESS)


@pytest.mark.parametrize("class_count", [1, 3, 30])
def test_moving_up_asks_the_same_number_of_questions(client, coordinator, school, class_count, query_count):
    SessionFactory()
    friendship = SessionFactory(code="T-T03", kind="additional")
    ClassFactory(school=school, name="9A", lowest_grade=9)
    for number in range(class_count):
        row = ClassFactory(school=school, name=f"3{chr(65 + number)}")
        PlannedSessionFactory(
            school_class=ClassFactory(school=school, name=f"4{chr(65 + number)}", lowest_grade=4), session=friendship
        )
        MembershipFactory(role=Role.LEADER, school=school, classes=[row])
    client.force_login(coordinator)
    data = answers(client)

    with query_count(45):
        client.post(ADDRESS, data)
