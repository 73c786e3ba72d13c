"""Who works at a school: seeing it, changing dates and classes, handing over, ending."""

from datetime import date, timedelta

import pytest

from programmes import rules
from programmes.enums import EventKind, Role
from programmes.models import Event, Membership
from tests.factories import ClassFactory, MembershipFactory, MunicipalityFactory, SchoolFactory, UserFactory

ADDRESS = "/skolor/almskolan/personer/"


@pytest.fixture
def colleague(school):
    """Somebody who once was a leader at the school."""
    user = UserFactory(email="nour@ekbacka.example", first_name="Nour", last_name="Halvarsson")
    MembershipFactory(user=user, role=Role.LEADER, school=school, end_date=date(2025, 6, 30))
    return user


def names(rows):
    return [person.email for person in rows]


def the_role_of(user, role=Role.COORDINATOR):
    return Membership.objects.get(user=user, role=role)


def events():
    return [(row.kind, row.actor.email, row.person.email, row.about["role"]) for row in Event.objects.order_by("pk")]


# Seeing


def test_school_shows_its_people_by_time(client, coordinator, leader, colleague, school, stranger):
    coming = MembershipFactory(role=Role.COORDINATOR, school=school, start_date=date(2026, 12, 1)).user
    client.force_login(coordinator)

    shown = client.get(ADDRESS).context

    assert names(shown["now"]) == ["coordinator@ekbacka.example", "leader@ekbacka.example"]
    assert names(shown["coming"]) == [coming.email]
    assert names(shown["ended"]) == ["nour@ekbacka.example"]


def test_school_without_a_contact_says_so(client, centre, leader):
    client.force_login(centre)

    assert "Skolan har ingen kontaktperson nu." in client.get(ADDRESS).content.decode()


def test_centre_sees_everybody_of_the_municipality_and_nobody_else(client, centre, coordinator, leader, stranger):
    client.force_login(centre)

    shown = client.get("/personer/").context["people"]

    assert names(shown) == ["centre@ekbacka.example", "coordinator@ekbacka.example", "leader@ekbacka.example"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"roll": "leader"}, ["leader@ekbacka.example"]),
        ({"skola": "bjorkskolan"}, ["bjork@ekbacka.example"]),
        ({"tid": "avslutade"}, ["nour@ekbacka.example"]),
        ({"tid": "kommande"}, []),
    ],
)
def test_people_are_narrowed(client, centre, coordinator, leader, colleague, municipality, query, expected):
    other = SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjorkskolan")
    MembershipFactory(user=UserFactory(email="bjork@ekbacka.example"), school=other)
    client.force_login(centre)

    assert names(client.get("/personer/", query).context["people"]) == expected


def test_another_municipalitys_school_cannot_be_chosen(client, centre, stranger):
    client.force_login(centre)

    assert list(client.get("/personer/", {"skola": "granskolan"}).context["form"].errors) == ["skola"]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_people_cost_the_same_whatever_their_number(client, centre, municipality, query_count, number):
    for _ in range(number):
        school = SchoolFactory(municipality=municipality)
        MembershipFactory(role=Role.LEADER, school=school, classes=[ClassFactory(school=school, name="1A")])
    client.force_login(centre)

    with query_count(9):
        client.get("/personer/")


@pytest.mark.parametrize("number", [1, 3, 30])
def test_schools_people_cost_the_same_whatever_their_number(client, coordinator, school, query_count, number):
    for n in range(number):
        MembershipFactory(role=Role.LEADER, school=school, classes=[ClassFactory(school=school, name=f"1 {n}")])
    client.force_login(coordinator)

    with query_count(9):
        client.get(ADDRESS)


# Changing


def test_leader_gets_other_dates_and_classes(client, coordinator, leader, school, school_class):
    other = ClassFactory(school=school, name="3C")
    role = the_role_of(leader, Role.LEADER)
    client.force_login(coordinator)

    response = client.post(
        f"/personer/{role.pk}/andra/",
        {"start_date": "2026-08-18", "end_date": "2027-06-11", "classes": [school_class.pk, other.pk]},
    )

    role.refresh_from_db()
    assert response["Location"] == ADDRESS
    assert (role.start_date, role.end_date) == (date(2026, 8, 18), date(2027, 6, 11))
    assert set(role.classes.all()) == {school_class, other}
    assert events() == [
        (EventKind.ROLE_CHANGED, "coordinator@ekbacka.example", "leader@ekbacka.example", "leader"),
    ]


def test_last_day_before_the_first_is_refused_and_nothing_is_lost(client, coordinator, leader):
    role = the_role_of(leader, Role.LEADER)
    client.force_login(coordinator)

    response = client.post(f"/personer/{role.pk}/andra/", {"start_date": "2026-08-18", "end_date": "2026-08-17"})

    assert response.context["form"].errors == {"end_date": ["Sista dagen är före den första."]}
    assert 'value="2026-08-17"' in response.content.decode()
    role.refresh_from_db()
    assert (role.start_date, role.end_date) == (date(2020, 1, 1), None)


def test_class_of_another_school_cannot_be_given(client, coordinator, leader, municipality):
    elsewhere = ClassFactory(school=SchoolFactory(municipality=municipality), name="2A")
    role = the_role_of(leader, Role.LEADER)
    client.force_login(coordinator)

    response = client.post(f"/personer/{role.pk}/andra/", {"start_date": "2026-08-18", "classes": [elsewhere.pk]})

    assert list(response.context["form"].errors) == ["classes"]


def test_evaluator_needs_a_last_day(client, centre, municipality):
    role = MembershipFactory(role=Role.EVALUATOR, municipality=municipality, end_date=date(2027, 1, 31))
    client.force_login(centre)

    response = client.post(f"/personer/{role.pk}/andra/", {"start_date": "2026-08-18", "end_date": ""})

    assert list(response.context["form"].errors) == ["end_date"]


# Ending


def test_role_ends_with_its_last_day(client, coordinator, leader, school_class, today):
    role = the_role_of(leader, Role.LEADER)
    client.force_login(coordinator)

    client.post(f"/personer/{role.pk}/avsluta/", {"end_date": today.isoformat()})

    assert rules.can_report_delivery(type(leader).objects.get(pk=leader.pk), school_class, on=today) is True
    tomorrow = today + timedelta(days=1)
    assert rules.can_report_delivery(type(leader).objects.get(pk=leader.pk), school_class, on=tomorrow) is False
    assert events() == [(EventKind.ROLE_ENDED, "coordinator@ekbacka.example", "leader@ekbacka.example", "leader")]


def test_role_that_never_began_goes(client, coordinator, school, today):
    role = MembershipFactory(role=Role.LEADER, school=school, start_date=today + timedelta(days=7))
    client.force_login(coordinator)

    client.post(f"/personer/{role.pk}/avsluta/", {"end_date": today.isoformat()})

    assert not Membership.objects.filter(pk=role.pk).exists()


def test_last_contact_is_warned_about(client, coordinator):
    client.force_login(coordinator)

    response = client.get(f"/personer/{the_role_of(coordinator).pk}/avsluta/")

    assert "Då står skolan utan kontaktperson." in response.content.decode()
    assert "Det är din egen roll." in response.content.decode()


# Handing over


def test_hand_over_gives_the_role_and_its_history_in_one_step(client, coordinator, colleague, school, today):
    old = the_role_of(coordinator)
    client.force_login(coordinator)

    response = client.post(
        f"/personer/{old.pk}/lamna-over/",
        {"person": colleague.pk, "start_date": "2026-12-01", "last_day": "2026-12-18"},
    )

    new = the_role_of(colleague)
    old.refresh_from_db()
    assert response["Location"] == ADDRESS
    assert (new.school, new.start_date, new.end_date, new.predecessor) == (school, date(2026, 12, 1), None, old)
    assert old.end_date == date(2026, 12, 18)
    assert events() == [
        (EventKind.ROLE_GIVEN, "coordinator@ekbacka.example", "nour@ekbacka.example", "coordinator"),
        (EventKind.ROLE_ENDED, "coordinator@ekbacka.example", "coordinator@ekbacka.example", "coordinator"),
    ]
    page = client.get(ADDRESS).content.decode()
    assert "tog över efter coordinator@ekbacka.example" in page


def test_hand_over_by_address_reaches_people_of_the_own_municipality_only(client, coordinator, leader, stranger):
    role = the_role_of(coordinator)
    client.force_login(coordinator)
    days = {"start_date": "2026-12-01", "last_day": "2026-11-30"}

    elsewhere = client.post(f"/personer/{role.pk}/lamna-over/", {"email": stranger.email, **days})
    unknown = client.post(f"/personer/{role.pk}/lamna-over/", {"email": "ingen@ekbacka.example", **days})
    known = client.post(f"/personer/{role.pk}/lamna-over/", {"email": "Leader@ekbacka.example", **days})

    sentence = ["Ingen i kommunen har den här adressen. Bjud in personen i stället."]
    assert elsewhere.context["form"].errors == unknown.context["form"].errors == {"email": sentence}
    assert known.status_code == 302
    assert the_role_of(leader).predecessor == role


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"person": ""}, {"person": ["Välj en person eller skriv en e-postadress: ett av dem."]}),
        ({"start_date": "2026-11-21"}, {"start_date": ["Dagen har redan varit."]}),
        ({"last_day": "2026-11-28"}, {"last_day": ["Då skulle ingen ha rollen däremellan. Välj en senare dag."]}),
    ],
)
def test_hand_over_that_cannot_be_gets_a_sentence(client, coordinator, colleague, changes, errors):
    role = the_role_of(coordinator)
    client.force_login(coordinator)
    data = {"person": colleague.pk, "start_date": "2026-12-01", "last_day": "2026-11-30", **changes}

    response = client.post(f"/personer/{role.pk}/lamna-over/", data)

    assert response.context["form"].errors == errors
    assert not Membership.objects.filter(user=colleague, role=Role.COORDINATOR).exists()


def test_hand_over_to_somebody_who_has_the_role_is_refused(client, coordinator, colleague, school):
    MembershipFactory(user=colleague, role=Role.COORDINATOR, school=school)
    role = the_role_of(coordinator)
    client.force_login(coordinator)

    response = client.post(
        f"/personer/{role.pk}/lamna-over/",
        {"person": colleague.pk, "start_date": "2026-12-01", "last_day": "2026-11-30"},
    )

    assert response.context["form"].errors == {"person": ["Nour Halvarsson har redan den här rollen."]}
    role.refresh_from_db()
    assert role.end_date is None


# Others' places


@pytest.mark.parametrize("verb", ["andra", "avsluta", "lamna-over"])
def test_role_at_another_place_is_not_there(client, coordinator, stranger, municipality, verb):
    other = MembershipFactory(school=SchoolFactory(municipality=municipality))
    client.force_login(coordinator)

    answers = [client.post(f"/personer/{row.pk}/{verb}/").status_code for row in (other, the_role_of(stranger))]

    assert answers == [404, 404]


def test_centre_does_not_change_roles_that_are_not_its_to_give(client, centre, municipality, school):
    supervisor = MembershipFactory(role=Role.SUPERVISOR, school=school)
    administrator = MembershipFactory(role=Role.ADMINISTRATOR, municipality=municipality)
    client.force_login(centre)

    answers = [client.get(f"/personer/{row.pk}/avsluta/").status_code for row in (supervisor, administrator)]

    assert answers == [403, 403]


def test_people_of_two_municipalities_do_not_meet(client, municipality, centre):
    """The same person may have a role in two municipalities; the host decides which people are shown."""
    elsewhere = MunicipalityFactory(name="Granby kommun", code="9902")
    MembershipFactory(user=centre, role=Role.CENTRE_YOUNGER, municipality=elsewhere)
    other = MembershipFactory(school=SchoolFactory(municipality=elsewhere))
    client.force_login(centre)

    here = client.get(f"/personer/{other.pk}/andra/")
    there = client.get(f"/personer/{other.pk}/andra/", headers={"host": elsewhere.site.hostname})

    assert (here.status_code, there.status_code) == (404, 200)


def test_class_of_another_year_says_which(client, coordinator, leader, school):
    role = the_role_of(leader, Role.LEADER)
    role.classes.add(ClassFactory(school=school, name="2B", start_year=2025))
    client.force_login(coordinator)

    offered = client.get(f"/personer/{role.pk}/andra/").context["form"]["classes"].field.choices

    assert sorted(label for _value, label in offered) == ["2B, 2025/26", "3B"]
