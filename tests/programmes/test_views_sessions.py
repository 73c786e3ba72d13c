"""Reporting what became of a session, as a person does it."""

from datetime import date
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.core import signing

from programmes.models import Delivery, DeliveryLeader, NotHeld, PlannedSession
from tests.factories import ClassFactory, DeliveryFactory, PlannedSessionFactory, SchoolFactory, SessionFactory

ADDRESS = "/skolor/almskolan/rapportera/"


@pytest.fixture
def planned(school_class):
    return PlannedSessionFactory(school_class=school_class)


@pytest.fixture
def form_of(client):
    """The values that the form shows, as a browser would send them back."""

    def read(query="?klass=3B&pass=T-B1"):
        form = client.get(ADDRESS + query).context["form"]
        values = {}
        for field in form:
            value = field.value()
            if value is not None:
                values[field.name] = value.isoformat() if isinstance(value, date) else value
        return values

    return read


def send(client, values, query="?klass=3B&pass=T-B1", **changes):
    return client.post(ADDRESS + query, {**values, **changes})


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_form_is_filled_in_so_that_saving_is_enough(client, coordinator, planned, form_of):
    client.force_login(coordinator)
    values = form_of()

    response = send(client, values)

    delivery = Delivery.objects.get()
    assert response.url == f"/skolor/almskolan/#klass-{planned.school_class.pk}"
    assert said(response) == ["3B Normer och dess konsekvenser: genomfört söndag 22 november"]
    assert (delivery.date, delivery.group_size, delivery.present, delivery.minutes) == (
        date(2026, 11, 22),
        21,
        None,
        40,
    )


def test_everything_that_was_typed_is_recorded(client, coordinator, planned, school_class, form_of):
    client.force_login(coordinator)

    response = send(
        client,
        form_of(),
        date="2026-09-15",
        **{f"present_{school_class.pk}": "20"},
        engagement="3",
        preparation="up_to_15",
        minutes="35",
        adapted="yes",
        adaptation_what="shortened",
        adaptation_why="time",
        adaptation_planned="no",
        note="Lugnt och bra",
        leader_role_1="teacher",
        leader_organisation_1="school",
        leader_trained_1="yes",
        leader_role_2="guest",
        leader_organisation_2="police",
    )

    delivery = Delivery.objects.get()
    assert said(response) == ["3B Normer och dess konsekvenser: genomfört tisdag 15 september, 20 av 21"]
    assert {
        name: getattr(delivery, name)
        for name in (
            "present",
            "engagement",
            "preparation",
            "minutes",
            "is_adapted",
            "adaptation_what",
            "adaptation_why",
            "adaptation_planned",
            "note",
            "core_parts_done",
        )
    } == {
        "present": 20,
        "engagement": 3,
        "preparation": "up_to_15",
        "minutes": 35,
        "is_adapted": True,
        "adaptation_what": "shortened",
        "adaptation_why": "time",
        "adaptation_planned": False,
        "note": "Lugnt och bra",
        "core_parts_done": None,
    }
    assert list(delivery.leaders.order_by("pk").values_list("role", "organisation", "is_trained")) == [
        ("teacher", "school", True),
        ("guest", "police", None),
    ]


def test_last_leader_is_there_next_time(client, coordinator, planned, school_class, form_of):
    client.force_login(coordinator)
    send(client, form_of(), leader_role_1="leisure", leader_organisation_1="school", leader_trained_1="yes")
    SessionFactory(code="T-T03", title="Vad innebär vänskap", kind="additional")

    values = form_of("?klass=3B&pass=T-T03")

    assert (values["leader_role_1"], values["leader_trained_1"]) == ("leisure", "yes")


def test_day_is_taken_with_its_month_in_words(client, coordinator, planned, form_of):
    client.force_login(coordinator)

    send(client, form_of(), date="28 september 2026")

    assert Delivery.objects.get().date == date(2026, 9, 28)


def test_not_held_needs_a_reason_and_keeps_it(client, coordinator, planned, form_of):
    client.force_login(coordinator)

    refused = send(client, form_of(), outcome="not_held")
    response = send(client, form_of(), outcome="not_held", reason="illness")

    assert refused.context["form"].errors == {"reason": ["Välj varför passet inte hölls."]}
    assert NotHeld.objects.get().reason == "illness"
    assert said(response)[-1] == "3B Normer och dess konsekvenser: ej hållet (sjukdom)"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"present": "22"}, "present", "Närvarande elever kan inte vara fler än eleverna i gruppen (21)."),
        (
            {"date": "2026-11-23"},
            "date",
            "Datumet ligger framåt i tiden. Rapportera när passet har hållits.",
        ),
        (
            {"date": "2026-06-30"},
            "date",
            "Datumet ligger inte i läsåret 2026/27 (1 juli–30 juni).",
        ),
        ({"date": "2026-08-31"}, "date", "Klass 3B fanns inte före 1 september 2026."),
        ({"date": ""}, "date", "Fyll i dagen då passet hölls."),
        ({"date": "i fredags"}, "date", "Skriv datumet som 2027-03-03 eller 3 mars 2027."),
        ({"group_size": ""}, "group_size", "Fyll i hur många elever gruppen har."),
        (
            {"note": "ring 20121212-1212"},
            "note",
            "Texten ser ut att innehålla ett personnummer. "
            "Ta bort det – skriv aldrig uppgifter om enskilda elever här.",
        ),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(
    client, coordinator, planned, school_class, form_of, changes, field, sentence
):
    school_class.start_date = date(2026, 9, 1)
    school_class.save()
    client.force_login(coordinator)
    names = {"present": f"present_{school_class.pk}", "group_size": f"group_size_{school_class.pk}"}
    changes = {names.get(name, name): value for name, value in changes.items()}

    response = send(client, form_of(), **{"engagement": "4", **changes})

    form = response.context["form"]
    assert form.errors == {names.get(field, field): [sentence]}
    assert form["engagement"].value() == "4"
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(
    "query",
    [
        "?klass=9Z&pass=T-B1",
        "?klass=3B&pass=T-X9",
        "?klass=3B&pass=T-B1&lasar=2019/20",
        "?klass=3B&klass=9Z&pass=T-B1",
        "?klass=3B&pass=T-B1&lasar=aldrig",
    ],
)
def test_what_is_not_there_is_not_found(client, coordinator, municipality, planned, query):
    """9Z is a class of another school in the same municipality."""
    elsewhere = ClassFactory(school=SchoolFactory(municipality=municipality), name="9Z")
    PlannedSessionFactory(school_class=elsewhere, session=planned.session)
    client.force_login(coordinator)

    assert client.get(ADDRESS + query).status_code == 404
    assert client.post(ADDRESS + query, {"outcome": "held", "date": "2026-09-15"}).status_code == 404


def test_another_class_is_not_found_by_a_leader(client, leader, school, planned):
    ClassFactory(school=school, name="3C")
    client.force_login(leader)

    assert client.get(ADDRESS + "?klass=3C&pass=T-B1").status_code == 404


def test_own_class_is_reported_by_its_leader(client, leader, planned, form_of):
    client.force_login(leader)

    send(client, form_of())

    assert Delivery.objects.get().reported_by == leader


def test_centre_reads_but_does_not_report(client, centre, planned):
    client.force_login(centre)

    assert client.get(ADDRESS + "?klass=3B&pass=T-B1").status_code == 403


def test_stranger_finds_no_school(client, stranger, planned):
    client.force_login(stranger)

    assert client.post(ADDRESS + "?klass=3B&pass=T-B1", {"outcome": "held"}).status_code == 404


def test_same_form_sent_twice_ends_with_one_delivery(client, coordinator, planned, form_of):
    client.force_login(coordinator)
    values = form_of()

    send(client, values)
    send(client, values)

    assert Delivery.objects.count() == 1


def test_two_people_at_once_see_both_versions_and_choose(client, coordinator, leader, planned, school_class, form_of):
    client.force_login(coordinator)
    mine = form_of()
    client.force_login(leader)
    send(client, form_of(), **{f"present_{school_class.pk}": "12"})
    client.force_login(coordinator)

    shown = send(client, mine, **{f"present_{school_class.pk}": "20"})

    assert "Någon hann rapportera samma pass före dig" in shown.text
    assert "12 av 21 närvarande" in shown.text
    assert Delivery.objects.get().present == 12

    seen = shown.context["form"][f"seen_{school_class.pk}"].value()
    send(client, mine, **{f"present_{school_class.pk}": "20", f"seen_{school_class.pk}": seen})

    assert Delivery.objects.get().present == 20
    assert [version.present for version in Delivery.objects.get().history.order_by("history_id")] == [12, 20]


def test_another_group_is_another_delivery(client, coordinator, planned, school_class, form_of):
    client.force_login(coordinator)
    counts = {f"group_size_{school_class.pk}": "10", f"present_{school_class.pk}": "10"}
    send(client, form_of(), group="1", **counts)

    values = form_of()
    send(client, values, **counts)

    assert values["group"] == 2
    assert list(Delivery.objects.order_by("group").values_list("group", flat=True)) == [1, 2]


def test_several_classes_are_reported_at_once(client, coordinator, school, planned, school_class, form_of):
    other = ClassFactory(school=school, name="3C", enrolled=18)
    query = "?klass=3B&klass=3C&pass=T-B1"
    client.force_login(coordinator)

    response = send(client, form_of(query), query, date="2026-09-15", **{f"present_{other.pk}": "17"})

    assert said(response) == [
        "3B Normer och dess konsekvenser: genomfört tisdag 15 september; "
        "3C Normer och dess konsekvenser: genomfört tisdag 15 september, 17 av 18"
    ]
    assert sorted(Delivery.objects.values_list("planned_session__school_class__name", "group_size")) == [
        ("3B", 21),
        ("3C", 18),
    ]


def test_undo_takes_the_report_back(client, coordinator, planned, form_of):
    client.force_login(coordinator)
    response = send(client, form_of())
    [message] = get_messages(response.wsgi_request)

    client.post(message.extra_tags)

    assert Delivery.objects.count() == 0
    assert PlannedSession.objects.get() == planned


def test_undo_of_somebody_else_is_refused(client, coordinator, leader, planned, form_of):
    client.force_login(coordinator)
    [message] = get_messages(send(client, form_of()).wsgi_request)
    client.force_login(leader)

    client.post(message.extra_tags)

    assert Delivery.objects.count() == 1


def test_undo_is_possible_for_a_while_only(client, coordinator, planned, form_of, settings):
    client.force_login(coordinator)
    [message] = get_messages(send(client, form_of()).wsgi_request)
    settings.UNDO_MINUTES = -1

    response = client.post(message.extra_tags)

    assert said(response)[-1] == "Det är för sent att ångra. Öppna rapporten och rätta den i stället."
    assert Delivery.objects.count() == 1


def test_undo_link_from_before_an_upgrade_is_too_late(client, coordinator, planned, form_of):
    """Links once held two values and were signed otherwise; who still has such a page open is told what to do."""
    client.force_login(coordinator)
    send(client, form_of())
    old = signing.dumps([2026, []], salt=f"programmes.undo.{coordinator.pk}", compress=True)

    response = client.post(f"/skolor/almskolan/angra/{old}/")

    assert said(response)[-1] == "Det är för sent att ångra. Öppna rapporten och rätta den i stället."
    assert Delivery.objects.count() == 1


def test_correction_shows_what_was_reported(client, coordinator, planned, school_class, form_of):
    DeliveryFactory(planned_session=planned, present=18, group_size=20, engagement=2)
    client.force_login(coordinator)

    values = form_of()

    assert (values["date"], values[f"present_{school_class.pk}"], values["engagement"]) == ("2026-09-15", 18, 2)


def test_correction_shows_its_own_leaders_and_not_the_latest_ones_beside_them(
    client, coordinator, school, planned, form_of
):
    """Given a report with one leader, and a later one of another class with two."""
    alone = DeliveryFactory(planned_session=planned, reported_by=coordinator)
    later = DeliveryFactory(
        planned_session=PlannedSessionFactory(school_class=ClassFactory(school=school, name="3C")),
        reported_by=coordinator,
    )
    for delivery, role in ((alone, "teacher"), (later, "teacher"), (later, "leisure")):
        DeliveryLeader.objects.create(delivery=delivery, role=role, organisation="school")
    client.force_login(coordinator)

    values = form_of("?klass=3B&pass=T-B1&grupp=0")

    assert (values["leader_role_1"], values.get("leader_role_2")) == ("teacher", None)


def test_earlier_versions_are_shown_on_the_page(client, coordinator, leader, planned, school_class, form_of):
    for who, present in ((leader, 18), (coordinator, 20)):
        client.force_login(who)
        send(client, form_of(), **{f"present_{school_class.pk}": present})

    page = client.get(ADDRESS + "?klass=3B&pass=T-B1")

    assert [(name, version.kind, version.who) for name, version in page.context["versions"]] == [
        ("3B", "~", coordinator),
        ("3B", "+", leader),
    ]
    assert "Närvarande elever: <del>18</del>" in page.content.decode()


def test_wrong_report_is_removed_after_a_question(client, coordinator, planned):
    delivery = DeliveryFactory(planned_session=planned)
    client.force_login(coordinator)
    address = f"{ADDRESS}genomfort/{delivery.pk}/ta-bort/"

    client.get(address)
    assert Delivery.objects.count() == 1
    client.post(address)

    assert Delivery.objects.count() == 0


@pytest.mark.parametrize("who", ["leader", "centre", "stranger"])
def test_report_of_another_class_is_not_removed(request, client, who, school):
    other = PlannedSessionFactory(school_class=ClassFactory(school=school, name="3C"))
    delivery = DeliveryFactory(planned_session=other)
    client.force_login(request.getfixturevalue(who))

    status = client.post(f"{ADDRESS}genomfort/{delivery.pk}/ta-bort/").status_code

    assert (status, Delivery.objects.count()) == ({"leader": 404, "centre": 403, "stranger": 404}[who], 1)


def test_form_needs_no_more_than_twenty_questions_to_save(client, coordinator, planned, form_of, query_count):
    client.force_login(coordinator)
    values = form_of() | {"leader_role_1": "teacher", "client_id": str(uuid4())}

    with query_count(20):
        send(client, values)


def test_choosing_page_lists_what_waits(client, coordinator, planned):
    client.force_login(coordinator)

    waiting = client.get(ADDRESS).context["to_report"]

    assert [(item["strong"], item["text"], item["small"]) for item in waiting] == [
        ("3B", "Normer och dess konsekvenser", "skulle hållits senast 30 september")
    ]
