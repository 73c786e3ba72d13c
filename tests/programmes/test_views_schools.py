"""The school's year on one screen."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from programmes.enums import Role
from tests.factories import (
    ClassFactory,
    DeliveryFactory,
    MembershipFactory,
    PlannedSessionFactory,
    SchoolFactory,
    SessionFactory,
    UserFactory,
)


@pytest.fixture
def address(school):
    return reverse("programmes:school_year", args=[school.slug])


def links_in(response):
    """The accessible names of all stations, in order."""
    return re.findall(r'aria-label="([^"]*: (?:genomfört|planerat|dags nu|ej rapporterat|ej hållet))"', response.text)


def test_year_shows_every_session_as_a_named_link(client, coordinator, school_class, address):
    held = PlannedSessionFactory(school_class=school_class, due_date=date(2026, 9, 30))
    DeliveryFactory(planned_session=held)
    friendship = SessionFactory(code="T-T03", title="Vad innebär vänskap", kind="additional")
    PlannedSessionFactory(school_class=school_class, session=friendship, due_date=date(2026, 10, 31))
    client.force_login(coordinator)

    response = client.get(address)

    assert links_in(response) == [
        "3B Normer och dess konsekvenser: genomfört",
        "3B Vad innebär vänskap: ej rapporterat",
    ]
    assert "<caption" in response.text
    assert "Läsåret 2026/27</caption>" in response.text
    assert "1 pass att rapportera" in response.text


def test_year_as_a_table_has_the_same_links(client, coordinator, school_class, address):
    PlannedSessionFactory(school_class=school_class, due_date=date(2026, 9, 30))
    client.force_login(coordinator)

    assert links_in(client.get(address + "?vy=matris")) == links_in(client.get(address))


@pytest.mark.parametrize("class_count", [1, 3, 30])
def test_year_asks_the_same_number_of_questions(client, coordinator, school, address, class_count, query_count):
    sessions = [SessionFactory(code=f"T-T{number:02d}", kind="additional") for number in range(1, 6)]
    for number in range(class_count):
        school_class = ClassFactory(school=school, name=f"{number}A")
        for session in sessions:
            PlannedSessionFactory(school_class=school_class, session=session, due_date=date(2026, 10, 31))
    client.force_login(coordinator)

    with query_count(13):
        client.get(address)


def test_year_is_unknown_to_strangers(client, stranger, address):
    client.force_login(stranger)

    assert client.get(address).status_code == 404


def test_year_asks_who_is_there_to_sign_in(client, address):
    response = client.get(address)

    assert response.url == f"/konto/logga-in/?next={address}"


def test_leader_sees_the_own_class_only(client, leader, school, school_class, address):
    other = ClassFactory(school=school, name="3C")
    for shown in (school_class, other):
        PlannedSessionFactory(school_class=shown, due_date=date(2026, 9, 30))
    client.force_login(leader)

    assert links_in(client.get(address)) == ["3B Normer och dess konsekvenser: ej rapporterat"]


def test_centre_reads_without_links_to_report(client, centre, school_class, address):
    PlannedSessionFactory(school_class=school_class, due_date=date(2026, 9, 30))
    client.force_login(centre)

    response = client.get(address)

    assert links_in(response) == ["3B Normer och dess konsekvenser: ej rapporterat"]
    assert "/rapportera/" not in response.text
    assert ">Rapportera</a>" not in response.text


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [
        (date(2026, 11, 23), None, 404),
        (date(2026, 11, 22), None, 200),
        (date(2026, 1, 1), date(2026, 11, 22), 200),
        (date(2026, 1, 1), date(2026, 11, 21), 404),
    ],
)
def test_membership_holds_from_its_first_to_its_last_day(client, school, address, start, end, status):
    user = UserFactory()
    MembershipFactory(user=user, role=Role.COORDINATOR, school=school, start_date=start, end_date=end)
    client.force_login(user)

    assert client.get(address).status_code == status


def test_last_year_is_reached_by_its_name(client, coordinator, school, school_class, address):
    ClassFactory(school=school, name="2B", start_year=2025)
    client.force_login(coordinator)

    response = client.get(address + "?lasar=2025/26")

    assert [row["class"].name for row in response.context["rows"]] == ["2B"]


def test_year_that_is_none_is_not_found(client, coordinator, address):
    client.force_login(coordinator)

    assert client.get(address + "?lasar=i+fjol").status_code == 404


def test_empty_school_says_what_to_do_next(client, coordinator, address):
    client.force_login(coordinator)

    page = client.get(address).text
    assert "Inga klasser det här läsåret ännu" in page
    assert '<a class="link-strong" href="/import/">Importera en klasslista</a>' in page


@pytest.mark.parametrize("page", ["", "plan/", "plan/ny/", "papper/", "rapportera/", "rapportera/flera/", "trygg-bas/"])
def test_new_school_leads_to_its_first_class_and_an_old_one_to_moving_up(client, coordinator, school, address, page):
    """A school that was just registered has nothing to move up."""
    client.force_login(coordinator)
    first_class, moving_up = (
        f'href="{address}klasser/ny/"',
        f'class="button button--primary" href="{address}nytt-lasar/"',
    )

    new = client.get(address + page).text
    ClassFactory(school=school, start_year=2025)
    old = client.get(address + page).text

    assert (first_class in new, moving_up in new) == (True, False)
    assert (first_class in old, moving_up in old) == (False, True)


def test_classes_are_sorted_by_grade_then_naturally(client, coordinator, school, address):
    for name, grade in [("10A", 5), ("2B", 2), ("Ötlan", 2), ("2A", 2), ("FA", 0)]:
        ClassFactory(school=school, name=name, lowest_grade=grade)
    client.force_login(coordinator)

    names = [row["class"].name for row in client.get(address).context["rows"]]

    assert names == ["FA", "2A", "2B", "Ötlan", "10A"]


def test_classes_of_other_grades_stand_apart(client, coordinator, school, school_class, address):
    ClassFactory(school=school, name="7A", lowest_grade=7)
    guests = ClassFactory(school=school, name="6A", lowest_grade=6)
    PlannedSessionFactory(school_class=guests)
    client.force_login(coordinator)

    response = client.get(address)

    assert [row["class"].name for row in response.context["rows"]] == ["3B", "6A"]
    assert "Utan pass i Tåget, som är för andra årskurser: 7A." in response.text


def test_school_without_tagets_grades_has_no_empty_table(client, coordinator, school, address):
    ClassFactory(school=school, name="7A", lowest_grade=7)
    client.force_login(coordinator)

    page = client.get(address).text

    assert "Utan pass i Tåget, som är för andra årskurser: 7A." in page
    assert "Klassernas år" not in page


def test_supervisor_is_led_to_the_mentors(client, school, school_class, address):
    user = UserFactory()
    MembershipFactory(user=user, role=Role.SUPERVISOR, school=school)
    client.force_login(user)

    assert f'<a class="button button--primary" href="{address}mvp/">Mentorer i MVP</a>' in client.get(address).text


def test_school_list_shows_own_schools_only(client, coordinator, school, municipality):
    SchoolFactory(municipality=municipality, name="Björkskolan")
    client.force_login(coordinator)

    schools = client.get(reverse("programmes:school_list")).context["schools"]

    assert [shown.name for shown in schools] == ["Almskolan"]


def test_start_leads_a_coordinator_to_the_only_school(client, coordinator, address):
    client.force_login(coordinator)

    assert client.get(reverse("programmes:start")).url == address


def test_start_leads_the_centre_to_the_overview(client, centre):
    client.force_login(centre)

    assert client.get(reverse("programmes:start")).url == "/oversikt/"


def test_start_of_a_person_without_a_role_says_so(client, municipality):
    client.force_login(UserFactory())

    assert "Du har ingen roll ännu" in client.get(reverse("programmes:start")).text


def test_health_tells_of_database_and_migrations_without_signing_in(client, db):
    assert client.get("/halsa/").json() == {"database": "ok", "migrations": "ok"}


def test_supervisor_is_told_why_no_class_is_seen(client, school, school_class, address):
    supervisor = UserFactory()
    MembershipFactory(user=supervisor, role=Role.SUPERVISOR, school=school)
    client.force_login(supervisor)

    text = client.get(address).text

    assert "Inga klasser som du ser här" in text
    assert "3B" not in strip_tags(text)  # a form's token may happen to hold the same two signs
