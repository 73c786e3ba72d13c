"""Parent groups and parent meetings: set up, counted after each meeting, and what is refused."""

from datetime import date

import pytest
from django.urls import reverse

from programmes.enums import Role
from programmes.models import ParentGroup, ParentMeeting
from tests.factories import MembershipFactory, ParentGroupFactory, ParentMeetingFactory, SchoolFactory

DAYS = {"date_1": "2026-10-01", "date_2": "2026-10-15", "date_3": "2026-11-12", "date_4": "2026-12-03"}
TYPED = {
    "age": "3-12",
    "format": "mixed",
    "language": "arabic",
    "has_interpreter": "on",
    "seats": "14",
    "minutes": "150",
    **DAYS,
}


@pytest.fixture
def as_coordinator(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def group(school):
    return ParentGroupFactory(
        school=school, first_day=date(2026, 10, 20)
    )  # the third is on 17 November, the last ahead


def address(name, *arguments):
    return reverse(f"programmes:{name}", args=arguments)


def count(client, group, **changes):
    seen = ParentGroup.objects.get(pk=group.pk).reported_at.isoformat()
    typed = {"parents_1": "12", "parents_2": "13", "parents_3": "11", "completed": "10", "seen": seen}
    return client.post(address("parent_group", group.pk), {**typed, **changes}, follow=True)


def counts_of(group):
    return list(group.meetings.order_by("number").values_list("parents", flat=True))


def test_group_is_set_up_with_four_meetings_and_its_leaders(as_coordinator, coordinator, school):
    leaders = {"leader_role_1": "guest", "leader_organisation_1": "social_services", "leader_trained_1": "yes"}
    page = as_coordinator.post(
        address("parent_group_add", "almskolan"), {**TYPED, **leaders, "place": "Skolans bibliotek"}, follow=True
    )

    group = ParentGroup.objects.get()
    assert "Sparat: ABC 3–12 år, arabiska." in page.text
    assert (group.school, group.municipality, group.format, group.has_interpreter, group.seats, group.reported_by) == (
        school,
        school.municipality,
        "mixed",
        True,
        14,
        coordinator,
    )
    assert [meeting.date.isoformat() for meeting in group.meetings.order_by("number")] == list(DAYS.values())
    assert [(row.role, row.organisation, row.is_trained) for row in group.leaders.all()] == [
        ("guest", "social_services", True)
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"date_3": "2026-10-15"}, "Träff 3 måste komma efter den förra."),
        ({"date_2": ""}, "Fyll i dagen för träff 2."),
        ({"date_4": "2028-01-01"}, "De fyra träffarna måste ligga inom ett år."),
        ({"place": "Hos 20121212-1212"}, "personnummer"),
        ({"seats": "61"}, "60"),
        ({"age": ""}, "Barnens ålder"),
    ],
)
def test_group_that_cannot_be_is_refused_and_nothing_is_lost(as_coordinator, school, changes, message):
    page = as_coordinator.post(address("parent_group_add", "almskolan"), {**TYPED, **changes})

    assert message in page.text
    assert 'value="2026-10-01"' in page.text
    assert not ParentGroup.objects.exists()


def test_changing_a_group_moves_its_days_and_keeps_the_counts(as_coordinator, group):
    group.meetings.filter(number=1).update(parents=12)
    seen = group.reported_at.isoformat()
    as_coordinator.post(address("parent_group_change", group.pk), {**TYPED, "seen": seen})

    assert [meeting.date.isoformat() for meeting in group.meetings.order_by("number")] == list(DAYS.values())
    assert counts_of(group) == [12, None, None, None]


def test_parents_are_counted_at_each_meeting_that_has_been(as_coordinator, group):
    page = count(as_coordinator, group)

    group.refresh_from_db()
    assert "Antalen är sparade." in page.text
    assert (counts_of(group), group.completed) == ([12, 13, 11, None], 10)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"completed": "14"}, "Fler kan inte ha fullföljt än som började (13, de flesta på träff 1 och 2)."),
        ({"parents_1": "", "parents_2": ""}, "Fyll i hur många som var på träff 1 eller 2 först"),
        ({"parents_3": "61"}, "60"),
    ],
)
def test_counts_that_cannot_be_are_refused_and_kept_in_the_form(as_coordinator, group, changes, message):
    page = count(as_coordinator, group, **changes)

    assert message in page.text
    assert 'value="10"' in page.text or 'value="14"' in page.text
    assert counts_of(group) == [None, None, None, None]


def test_meeting_that_lies_ahead_cannot_be_counted(as_coordinator, group):
    count(as_coordinator, group, parents_4="9")

    assert counts_of(group) == [12, 13, 11, None]


def test_two_who_count_at_once_do_not_overwrite_each_other(as_coordinator, group):
    seen = group.reported_at.isoformat()
    count(as_coordinator, group)
    page = count(as_coordinator, group, seen=seen, parents_1="2")

    assert "Någon annan har ändrat det här" in page.text
    assert counts_of(group) == [12, 13, 11, None]


def test_rule_of_completing_is_the_municipalitys_own(as_coordinator, group):
    page = as_coordinator.get(address("parent_group", group.pk))
    assert "Föräldrar som var på minst 3 av de fyra träffarna." in page.text

    group.municipality.parent_meetings_to_complete = 4
    group.municipality.save()
    page = as_coordinator.get(address("parent_group", group.pk))
    assert "Föräldrar som var på minst 4 av de fyra träffarna." in page.text


def test_list_says_what_is_to_be_counted_and_the_years_parents(as_coordinator, school, group):
    ParentGroupFactory(school=school, counts=(12, 14, 13, 11), completed=11)
    page = as_coordinator.get(address("parent_list", "almskolan"))

    assert "14 föräldrar har börjat i en grupp i år" in page.text
    assert "3 träffar att räkna" in page.text


def test_leader_reads_and_does_not_count(client, leader, group):
    client.force_login(leader)
    page = client.get(address("parent_group", group.pk))

    assert '<form method="post" novalidate' not in page.text
    assert count(client, group).status_code == 403


def test_group_is_removed_with_its_meetings(as_coordinator, group):
    page = as_coordinator.post(address("parent_group_remove", group.pk), follow=True)

    assert "är borttaget." in page.text
    assert not ParentGroup.objects.exists()


def test_other_municipalitys_group_is_not_there(client, stranger, group):
    client.force_login(stranger)

    assert client.get(address("parent_group", group.pk)).status_code == 404


def test_parent_meeting_is_planned_then_counted(as_coordinator, school):
    typed = {"kind": "train", "theme": "Normer hemma", "language": "arabic", "date": "2026-12-02", "parents": "30"}
    page = as_coordinator.post(address("parent_meeting_add", "almskolan"), typed)
    assert "Datumet ligger framåt i tiden" in page.text

    as_coordinator.post(address("parent_meeting_add", "almskolan"), {**typed, "date": "2026-11-20"})
    meeting = ParentMeeting.objects.get()
    assert (meeting.school, meeting.theme, meeting.language, meeting.parents) == (school, "Normer hemma", "arabic", 30)

    changed = {**typed, "date": "2026-11-20", "parents": "31", "seen": meeting.reported_at.isoformat()}
    as_coordinator.post(address("parent_meeting_change", "almskolan", meeting.pk), changed)
    assert ParentMeeting.objects.get().parents == 31

    as_coordinator.post(address("parent_meeting_remove", "almskolan", meeting.pk))
    assert not ParentMeeting.objects.exists()


def test_other_schools_parent_meeting_is_not_there(as_coordinator):
    meeting = ParentMeetingFactory()

    assert as_coordinator.get(address("parent_meeting_change", "almskolan", meeting.pk)).status_code == 404


def test_centre_sees_every_group_and_keeps_the_municipalitys_own(client, centre, municipality, school):
    ParentGroupFactory(school=school, counts=(12, 14))
    ParentGroupFactory(school=SchoolFactory(), counts=(60,))  # another municipality's
    client.force_login(centre)
    client.post(address("own_parent_group_add"), TYPED)

    assert ParentGroup.objects.filter(school=None, municipality=municipality).count() == 1
    page = client.get(address("all_parents"))
    assert "14 föräldrar har börjat i en grupp i år" in page.text
    assert "kommunens egen" in page.text


def test_municipalitys_page_hides_small_numbers_and_no_list_tells_them(client, centre, school):
    ParentGroupFactory(school=school, counts=(23,))
    ParentGroupFactory(school=school, language="somali", counts=(3,), completed=2)
    client.force_login(centre)

    page = client.get(address("all_parents"))
    assert "26 föräldrar har börjat i en grupp i år" in page.text
    assert "Visas när läsåret är slut" in page.text
    assert "<dt>Somaliska</dt>" not in page.text
    assert "3 föräldrar började" not in page.text


def test_language_of_few_parents_is_hidden_when_the_year_is_over(client, centre, school):
    ParentGroupFactory(school=school, counts=(23,), first_day=date(2025, 10, 1))
    ParentGroupFactory(school=school, counts=(3,), first_day=date(2025, 10, 1), language="somali")
    client.force_login(centre)

    page = client.get(address("all_parents") + "?lasar=2025/26")

    assert "<dt>Svenska</dt><dd>..</dd>" in page.text
    assert "<dt>Somaliska</dt><dd>..</dd>" in page.text
    assert "Den interna profilen döljer antal om 4 personer eller färre" in page.text


def test_older_childrens_centre_reads_but_does_not_change(client, municipality, group):
    user = MembershipFactory(role=Role.CENTRE_OLDER, municipality=municipality).user
    client.force_login(user)

    assert client.get(address("parent_group", group.pk)).status_code == 200
    assert count(client, group).status_code == 403


@pytest.mark.parametrize("number", [1, 3, 30])
def test_list_takes_the_same_queries_for_any_number(as_coordinator, school, query_count, number):
    for _number in range(number):
        ParentGroupFactory(school=school, counts=(12,))
        ParentMeetingFactory(school=school)

    with query_count(10):
        as_coordinator.get(address("parent_list", "almskolan"))


@pytest.mark.parametrize("number", [1, 3, 30])
def test_municipalitys_list_takes_the_same_queries_for_any_number(client, centre, school, query_count, number):
    client.force_login(centre)
    for _number in range(number):
        ParentGroupFactory(school=school, counts=(12,))
        ParentMeetingFactory(school=school)

    with query_count(9):
        client.get(address("all_parents"))
