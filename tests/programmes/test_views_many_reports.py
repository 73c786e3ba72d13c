"""Many reports in one go: what is saved, what is refused, and what happens when others report meanwhile."""

from datetime import date

import pytest

from programmes.models import Delivery, NotHeld
from tests.factories import ClassFactory, DeliveryFactory, PlannedSessionFactory, SessionFactory, UserFactory

ADDRESS = "/skolor/almskolan/rapportera/flera/"


@pytest.fixture
def pressure(db):
    return SessionFactory(code="T-T04", title="Grupptryck", kind="additional")


@pytest.fixture
def rows(school, school_class, pressure):
    """3B and 4A wait for their reports of September; 3B also has a session in this month and one in March."""
    fourth = ClassFactory(school=school, name="4A", lowest_grade=4, enrolled=25)
    march = SessionFactory(code="T-T15", title="Att säga ifrån", kind="additional")
    return {
        "3B": PlannedSessionFactory(school_class=school_class),
        "4A": PlannedSessionFactory(school_class=fourth),
        "now": PlannedSessionFactory(school_class=school_class, session=pressure, due_date=date(2026, 11, 30)),
        "later": PlannedSessionFactory(school_class=school_class, session=march, due_date=date(2027, 3, 31)),
    }


def typed(rows, **values):
    """What the browser sends: every row that was shown, with the head-counts that the class has."""
    data = {"rad": [row.pk for row in rows.values()], "client_id": "6f1d9c3a-8f4e-4a39-9d36-0c1f0a6a1f00"}
    for row in rows.values():
        data[f"size_{row.pk}"] = row.school_class.enrolled
    for name, value in values.items():
        field, _underscore, which = name.partition("_")
        data[f"{field}_{rows[which].pk}"] = value
    return data


def reported():
    held = Delivery.objects.order_by("planned_session").values_list(
        "planned_session__school_class__name", "planned_session__session__code", "date", "present", "group_size"
    )
    not_held = NotHeld.objects.values_list("planned_session__school_class__name", "reason")
    return [*held, *not_held]


def errors(response, rows):
    """The sentences at the rows, by the names that the test has given them."""
    names = {str(row.pk): name for name, row in rows.items()}
    found = response.context["form"].errors
    return {
        f"{field.rpartition('_')[0]}_{names[field.rpartition('_')[2]]}" if field != "__all__" else field: sentences
        for field, sentences in found.items()
    }


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_what_waits_is_shown_class_by_class(client, coordinator, rows):
    client.force_login(coordinator)

    groups = client.get(ADDRESS).context["form"].groups

    assert [(row.name, [line["planned"].session.code for line in lines]) for row, lines in groups] == [
        ("3B", ["T-B1", "T-T04"]),
        ("4A", ["T-B1"]),
    ]


def test_what_is_planned_for_later_is_shown_when_asked_for(client, coordinator, rows):
    client.force_login(coordinator)

    groups = client.get(ADDRESS + "?alla=1").context["form"].groups

    assert [line["planned"].session.code for line in groups[0][1]] == ["T-B1", "T-T04", "T-T15"]


def test_filled_rows_are_saved_and_empty_ones_are_left(client, coordinator, rows):
    client.force_login(coordinator)

    response = client.post(ADDRESS, typed(rows, date_3B="14/9", present_3B=18, reason_4A="illness"), follow=True)

    assert reported() == [("3B", "T-B1", date(2026, 9, 14), 18, 21), ("4A", "illness")]
    assert said(response) == ["2 rapporter är sparade."]
    assert [line["planned"] for _class, lines in response.context["form"].groups for line in lines] == [rows["now"]]


@pytest.mark.parametrize("text", ["14/9", "14.9.", "14,9", "14 9", "14/9 2026", "20260914", "2026-09-14"])
def test_day_is_written_as_by_hand(client, coordinator, rows, text):
    client.force_login(coordinator)

    client.post(ADDRESS, typed(rows, date_3B=text))

    assert reported() == [("3B", "T-B1", date(2026, 9, 14), None, 21)]


def test_all_that_was_saved_is_undone_at_once(client, coordinator, rows):
    client.force_login(coordinator)
    response = client.post(ADDRESS, typed(rows, date_3B="14/9", reason_4A="illness"), follow=True)

    client.post(next(iter(response.context["messages"])).extra_tags)

    assert reported() == []


def test_same_form_sent_twice_is_saved_once(client, coordinator, rows):
    client.force_login(coordinator)
    data = typed(rows, date_3B="14/9", present_3B=18)

    for _again in range(2):
        client.post(ADDRESS, data)

    assert reported() == [("3B", "T-B1", date(2026, 9, 14), 18, 21)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"date_3B": "1/12"}, {"date_3B": ["Datumet ligger framåt i tiden. Rapportera när passet har hållits."]}),
        (
            {"date_3B": "30/6 2026"},
            {"date_3B": ["Datumet ligger inte i läsåret 2026/27 (1 juli–30 juni)."]},
        ),
        ({"date_3B": "31/9"}, {"date_3B": ["Skriv dagen som 12/9."]}),
        ({"date_3B": "i tisdags"}, {"date_3B": ["Skriv dagen som 12/9."]}),
        ({"present_3B": 18}, {"date_3B": ["Fyll i dagen då passet hölls."]}),
        (
            {"date_3B": "14/9", "present_3B": 22},
            {"present_3B": ["Närvarande elever kan inte vara fler än eleverna i gruppen (21)."]},
        ),
        ({"date_3B": "14/9", "size_3B": ""}, {"size_3B": ["Fyll i hur många elever gruppen har."]}),
        (
            {"date_3B": "14/9", "reason_3B": "illness"},
            {"reason_3B": ["Fyll i en dag eller en orsak, inte båda."]},
        ),
        ({}, {"__all__": ["Fyll i minst en rad."]}),
    ],
)
def test_bad_row_gets_a_sentence_and_nothing_is_saved(client, coordinator, rows, values, expected):
    client.force_login(coordinator)
    good = {"date_4A": "15/9", "present_4A": 24} if values else {}

    response = client.post(ADDRESS, typed(rows, **values, **good))

    assert errors(response, rows) == expected
    assert reported() == []
    kept = response.context["form"]
    assert [kept[f"date_{rows['4A'].pk}"].value(), kept[f"present_{rows['4A'].pk}"].value()] == (
        ["15/9", "24"] if good else [None, None]
    )


@pytest.fixture
def meanwhile(rows, school):
    """A colleague has reported 3B since the page was opened, with the leaders who were there."""
    colleague = UserFactory(email="colleague@ekbacka.example")
    return DeliveryFactory(
        planned_session=rows["3B"],
        date=date(2026, 9, 15),
        present=20,
        group_size=21,
        reported_by=colleague,
        engagement=3,
        note="Lugnt samtal",
    )


def conflicted(client, rows, **values):
    return client.post(ADDRESS, typed(rows, date_3B="14/9", present_3B=18, date_4A="15/9", **values), follow=True)


def test_report_made_meanwhile_is_shown_and_nothing_is_saved(client, coordinator, rows, meanwhile):
    client.force_login(coordinator)

    response = conflicted(client, rows)

    assert response.context["form"].conflicts == {rows["3B"].pk: meanwhile}
    assert errors(response, rows) == {
        "choice_3B": ["Någon annan hann rapportera före dig. Välj vilken rapport som ska gälla."]
    }
    assert reported() == [("3B", "T-B1", date(2026, 9, 15), 20, 21)]


@pytest.mark.parametrize(
    ("choice", "expected"), [("theirs", (date(2026, 9, 15), 20)), ("mine", (date(2026, 9, 14), 18))]
)
def test_person_chooses_which_report_counts(client, coordinator, rows, meanwhile, choice, expected):
    """What was typed replaces day and head-count; what the colleague said of the session stays."""
    client.force_login(coordinator)
    seen = conflicted(client, rows).context["form"][f"seen_{rows['3B'].pk}"].value()

    conflicted(client, rows, seen_3B=seen, choice_3B=choice)

    assert reported() == [("3B", "T-B1", *expected, 21), ("4A", "T-B1", date(2026, 9, 15), None, 25)]
    delivery = Delivery.objects.get(pk=meanwhile.pk)
    assert (delivery.engagement, delivery.note) == (3, "Lugnt samtal")


def test_session_that_was_held_cannot_be_typed_as_not_held(client, coordinator, rows, meanwhile):
    client.force_login(coordinator)

    response = client.post(ADDRESS, typed(rows, reason_3B="illness", date_4A="15/9"))

    assert errors(response, rows) == {
        "reason_3B": ["Passet är redan rapporterat som genomfört. Ta bort den rapporten först."]
    }
    assert reported() == [("3B", "T-B1", date(2026, 9, 15), 20, 21)]


def test_leader_types_for_the_own_classes_only(client, leader, rows):
    client.force_login(leader)

    shown = [row.name for row, _lines in client.get(ADDRESS).context["form"].groups]
    client.post(ADDRESS, typed(rows, date_3B="14/9", date_4A="15/9"))

    assert shown == ["3B"]
    assert reported() == [("3B", "T-B1", date(2026, 9, 14), None, 21)]


@pytest.mark.parametrize("rad", [["999999"], ["hej"], [], ["9" * 30]])
def test_rows_that_are_not_there_are_refused(client, coordinator, rows, rad):
    client.force_login(coordinator)

    response = client.post(ADDRESS, {"rad": rad, "date_1": "14/9"})

    assert (response.context["form"].errors, reported()) == ({"__all__": ["Fyll i minst en rad."]}, [])


def test_row_of_another_school_is_not_saved(client, coordinator, rows):
    elsewhere = {"X": PlannedSessionFactory(school_class=ClassFactory(name="1A"))}
    client.force_login(coordinator)

    client.post(ADDRESS, typed(elsewhere, date_X="14/9"))

    assert reported() == []


def test_when_all_is_reported_it_says_so(client, coordinator, school_class):
    client.force_login(coordinator)

    assert "Inget väntar på att rapporteras" in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("class_count", [1, 3, 30])
def test_rows_ask_the_same_number_of_questions(client, coordinator, school, class_count, query_count):
    for number in range(class_count):
        PlannedSessionFactory(school_class=ClassFactory(school=school, name=f"{number}A"))
    client.force_login(coordinator)

    with query_count(8):
        client.get(ADDRESS)


# The paper


PAPER = "/skolor/almskolan/papper/"


def sheets(response):
    return [
        (sheet["class"].name, [row["session"].code for row in sheet["rows"]]) for sheet in response.context["sheets"]
    ]


def test_paper_has_a_sheet_for_each_class_with_the_sessions_of_the_term(client, coordinator, rows):
    client.force_login(coordinator)

    assert sheets(client.get(PAPER)) == [("3B", ["T-B1", "T-T04"]), ("4A", ["T-B1"])]
    assert sheets(client.get(PAPER + "?termin=VT2027")) == [("3B", ["T-T15"]), ("4A", [])]
    assert sheets(client.get(PAPER + "?klass=4 a")) == [("4A", ["T-B1"])]


def test_paper_says_what_is_reported_already(client, coordinator, rows, meanwhile):
    client.force_login(coordinator)

    sheet = client.get(PAPER + "?klass=3B").context["sheets"][0]

    assert [row["entry"] for row in sheet["rows"]] == [meanwhile, None]


@pytest.mark.parametrize("query", ["?termin=HT2025", "?termin=hej", "?klass=9Z"])
def test_paper_for_what_is_not_there_is_not_found(client, coordinator, rows, query):
    client.force_login(coordinator)

    assert client.get(PAPER + query).status_code == 404


def test_leader_prints_the_own_classes_only(client, leader, rows):
    client.force_login(leader)

    assert sheets(client.get(PAPER)) == [("3B", ["T-B1", "T-T04"])]
    assert client.get(PAPER + "?klass=4A").status_code == 404


@pytest.mark.parametrize("class_count", [1, 3, 30])
def test_paper_asks_the_same_number_of_questions(client, coordinator, school, class_count, query_count):
    for number in range(class_count):
        PlannedSessionFactory(school_class=ClassFactory(school=school, name=f"{number}A"))
    client.force_login(coordinator)

    with query_count(10):
        client.get(PAPER)
