"""The private calendar address: it shows what its owner may see today, and nothing of any pupil."""

from datetime import date

import pytest
from django.core.cache import cache
from icalendar import Calendar

from programmes.enums import EventKind, Role
from programmes.models import Break, CalendarFeed, Event, MentorCohort, MentorMeeting, Supervision
from programmes.views.calendars import FETCHES_AN_HOUR, GUESSES_AN_HOUR
from tests.factories import (
    CheckRoundFactory,
    ClassFactory,
    CohortFactory,
    CourseOccasionFactory,
    ListedPupilFactory,
    MembershipFactory,
    ParentGroupFactory,
    ParentMeetingFactory,
    PlannedSessionFactory,
    SchoolFactory,
    SessionFactory,
    StaffMeetingFactory,
    UserFactory,
)

SETTING = "/konto/kalender/"
OPEN = "/kalender/lasar.ics"


@pytest.fixture(autouse=True)
def _cold_cache():
    cache.clear()


@pytest.fixture
def dates(school, school_class, municipality, school_year):
    """Something of every kind at Almskolan, and the same at a school of which nobody here knows anything."""
    elsewhere = SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjorkskolan")
    Break.objects.create(
        school_year=school_year, name="Jullov", first_day=date(2026, 12, 19), last_day=date(2027, 1, 10)
    )
    for place in (school, elsewhere):
        PlannedSessionFactory(
            school_class=school_class if place == school else ClassFactory(school=place, name="5Z"),
            session=SessionFactory(code="T-B2", title="Aktiva åskådare och förändring", month=12),
            due_date=date(2026, 12, 31),
        )
        StaffMeetingFactory(school=place, date=date(2026, 12, 2))
        ParentMeetingFactory(school=place, theme=f"Kväll på {place.name}", date=date(2026, 12, 3))
        Supervision.objects.create(
            cohort=CohortFactory(school=place, name=f"Mentorer {place.name}"), date=date(2026, 12, 4)
        )
        CheckRoundFactory(school=place, due_date=date(2026, 12, 5))
        MentorMeeting.objects.create(cohort=MentorCohort.objects.get(school=place), date=date(2026, 12, 7))
    PlannedSessionFactory(
        school_class=ClassFactory(school=school, name="4A"), due_date=date(2026, 12, 31), session__code="T-B2"
    )
    CourseOccasionFactory(
        course__municipality=municipality, course__name="Våld i nära relationer", date=date(2026, 12, 6)
    )
    ListedPupilFactory(school_class=school_class, number=4, short_name="Noor")


def address_of(client, user):
    """The address that a person is shown once."""
    client.force_login(user)
    text = client.post(SETTING, {"adress": "ny"}).text
    client.logout()
    return text.partition('value="http://testserver')[2].partition('"')[0]


def events_in(response):
    """What a calendar program would show of the school year, by title."""
    events = Calendar.from_ical(response.content).walk("VEVENT")
    days = {(str(event["summary"]), event.decoded("dtstart")) for event in events}
    return {title: day for title, day in days if day <= date(2027, 6, 30)}


SHARED = {
    "Höstterminen börjar": date(2026, 8, 18),
    "Höstterminen slutar": date(2026, 12, 18),
    "Vårterminen börjar": date(2027, 1, 11),
    "Vårterminen slutar": date(2027, 6, 11),
    "Jullov": date(2026, 12, 19),
    "Baspass i december: Aktiva åskådare och förändring": date(2026, 12, 1),
}
STAFF = {"Personalpass: Normer och dess konsekvenser": date(2026, 12, 2)}
PARENTS = {"Kväll på Almskolan": date(2026, 12, 3)}
MENTORS = {
    "Handledning: Mentorer Almskolan": date(2026, 12, 4),
    "Utbildning: Mentorer Almskolan": date(2026, 12, 7),
}
ROUND = {"Avstämningen av trygg bas HT 2026 ska vara klar": date(2026, 12, 5)}
COURSE = {"Kurs: Våld i nära relationer": date(2026, 12, 6)}


def due(classes):
    return {f"Sista dag: Aktiva åskådare och förändring, {classes}": date(2026, 12, 31)}


WHAT_EACH_SEES = {
    Role.LEADER: due("3B") | STAFF | PARENTS | ROUND | COURSE,
    Role.COORDINATOR: due("3B, 4A") | STAFF | PARENTS | MENTORS | ROUND | COURSE,
    Role.SUPERVISOR: MENTORS | COURSE,
    Role.CENTRE_YOUNGER: COURSE,
    Role.ADMINISTRATOR: COURSE,
    Role.EDITOR: {},
    Role.EVALUATOR: {},
    Role.DATA_PROTECTION: {},
}


@pytest.mark.parametrize("role", WHAT_EACH_SEES)
def test_calendar_shows_each_role_its_own_dates(client, municipality, school, school_class, dates, role):
    at_school = role in {Role.LEADER, Role.COORDINATOR, Role.SUPERVISOR}
    user = UserFactory()
    place = {"school": school} if at_school else {"municipality": municipality}
    MembershipFactory(user=user, role=role, classes=[school_class] if role == Role.LEADER else [], **place)

    response = client.get(address_of(client, user))

    base = {title: day for title, day in events_in(response).items() if not title.startswith("Baspass i sep")}
    assert base == SHARED | WHAT_EACH_SEES[role]
    assert b"Noor" not in response.content


def test_address_is_shown_once_and_kept_as_a_hash(client, coordinator):
    address = address_of(client, coordinator)
    client.force_login(coordinator)
    token = address.split("/")[2]

    assert token not in client.get(SETTING).text
    feed = CalendarFeed.objects.get()
    assert (feed.user, len(feed.token_hash)) == (coordinator, 64)
    assert token not in feed.token_hash
    assert Event.objects.filter(kind=EventKind.CALENDAR_OPENED, actor=coordinator).count() == 1


def test_new_address_ends_the_old_one(client, coordinator):
    old = address_of(client, coordinator)
    new = address_of(client, coordinator)

    assert (client.get(old).status_code, client.get(new).status_code) == (410, 200)


def test_closed_address_says_so_and_shows_nothing(client, coordinator, dates):
    address = address_of(client, coordinator)
    client.force_login(coordinator)
    response = client.post(SETTING, {"adress": "stang"}, follow=True)
    client.logout()

    assert "Adressen är stängd." in response.text
    answer = client.get(address)
    assert (answer.status_code, answer.text) == (410, "Den här kalenderadressen är stängd.\n")


def test_role_that_has_ended_ends_the_calendar(client, coordinator, today, dates):
    address = address_of(client, coordinator)
    assert client.get(address).status_code == 200
    coordinator.memberships.update(end_date=date(2026, 11, 21))

    assert client.get(address).status_code == 404


def test_account_that_is_closed_ends_the_calendar(client, coordinator):
    address = address_of(client, coordinator)
    coordinator.is_active = False
    coordinator.save()

    assert client.get(address).status_code == 404


def test_rights_are_those_of_today(client, coordinator, leader, school, school_class, dates):
    address = address_of(client, leader)
    leader.memberships.get().classes.clear()

    assert not any("3B" in title for title in events_in(client.get(address)))


def test_calendar_of_one_municipality_is_not_at_another(client, coordinator, stranger):
    address = address_of(client, coordinator)
    site = stranger.memberships.get().school.municipality.site

    assert client.get(address, headers={"host": site.hostname}).status_code == 404


def test_calendar_that_has_not_changed_is_not_sent_again(client, coordinator, dates):
    address = address_of(client, coordinator)
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in first["Cache-Control"]
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    ParentGroupFactory(school=coordinator.memberships.get().school, first_day=date(2027, 2, 2))
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_person_sees_when_a_calendar_last_asked(client, coordinator):
    address = address_of(client, coordinator)
    client.get(address)
    client.force_login(coordinator)

    assert "Den hämtades senast av en kalender 22 november 2026." in client.get(SETTING).text


def test_address_answers_only_so_often(client, coordinator):
    address = address_of(client, coordinator)
    answers = [client.get(address).status_code for _number in range(FETCHES_AN_HOUR + 1)]

    assert answers == [200] * FETCHES_AN_HOUR + [429]


def test_guessing_addresses_is_stopped(client, municipality):
    answers = [
        client.get(f"/kalender/gissning-{number}/stins.ics").status_code for number in range(GUESSES_AN_HOUR + 1)
    ]

    assert answers == [404] * GUESSES_AN_HOUR + [429]


def test_open_calendar_holds_what_is_no_secret(client, dates):
    response = client.get(OPEN)

    shown = {title: day for title, day in events_in(response).items() if not title.startswith("Baspass i sep")}
    assert shown == SHARED
    assert "public" in response["Cache-Control"]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_calendar_is_read_in_as_many_questions_for_any_number_of_dates(
    client, coordinator, school, number, query_count
):
    for index in range(number):
        group = ClassFactory(school=school, name=f"{index + 1}X")
        PlannedSessionFactory(school_class=group, due_date=date(2026, 12, 31))
        StaffMeetingFactory(school=school, date=date(2026, 12, index + 1))
        ParentMeetingFactory(school=school, date=date(2026, 12, index + 1))
    address = address_of(client, coordinator)
    client.get(address)

    with query_count(19):
        client.get(address)
