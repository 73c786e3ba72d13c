"""Who has not reported is reminded in one click, once a day, by whoever may."""

from datetime import date, timedelta

import pytest
from django.core import mail

from programmes.enums import EventKind, LetterState, Role
from programmes.models import Event, Letter, Reminder
from tests.factories import (
    ClassFactory,
    DeliveryFactory,
    MembershipFactory,
    PlannedSessionFactory,
    SchoolFactory,
    SessionFactory,
    UserFactory,
)

ADDRESS = "/paminnelser/"


@pytest.fixture
def late(school_class):
    return PlannedSessionFactory(school_class=school_class)


def remind(client, who, **form):
    client.force_login(who)
    return client.post(ADDRESS, form, follow=True)


def test_centre_reminds_a_schools_coordinators_in_one_click(client, centre, coordinator, leader, school, late, today):
    response = remind(client, centre, till=f"s{school.pk}")

    assert "Påminnelsen går till 1 person." in response.text
    assert "påmind i dag av centre@ekbacka.example" in response.text
    [letter] = mail.outbox
    assert letter.to == ["coordinator@ekbacka.example"]
    assert letter.subject == "Påminnelse: 1 pass är inte rapporterat på Almskolan"
    assert letter.body == (
        "Hej!\n\n"
        "centre@ekbacka.example påminner om det som inte är rapporterat på Almskolan: Taget, HT 2026.\n\n"
        "1 pass är inte rapporterat:\n"
        "- Normer och dess konsekvenser, skulle ha hållits senast 30 september: 3B\n\n"
        "Rapportera här. Blev ett pass inte av? Skriv in det på samma ställe, med orsaken.\n"
        "http://127.0.0.1:8000/skolor/almskolan/\n"
    )


def test_own_words_stand_in_the_letter(client, centre, coordinator, school, late):
    remind(client, centre, till=f"s{school.pk}", ord="Terminen är snart slut.")

    assert "centre@ekbacka.example skriver:\nTerminen är snart slut.\n" in mail.outbox[0].body


def test_personal_identity_number_is_refused_and_the_other_words_are_kept(client, centre, coordinator, school, late):
    response = remind(client, centre, till=f"s{school.pk}", ord="Det gäller 20121212-1212.")

    assert "personnummer" in response.text
    assert "Det gäller …." in response.text
    assert "20121212-1212" not in response.text
    assert (Reminder.objects.count(), mail.outbox) == (0, [])


def test_school_without_coordinator_has_its_leaders_reminded(client, centre, leader, school, late):
    remind(client, centre, till=f"s{school.pk}")

    assert [letter.to for letter in mail.outbox] == [["leader@ekbacka.example"]]


def test_coordinator_reminds_the_leaders_of_a_class(client, coordinator, leader, school, school_class, late):
    other = UserFactory(email="other@ekbacka.example")
    MembershipFactory(user=other, role=Role.LEADER, school=school, classes=[ClassFactory(school=school, name="4A")])

    remind(client, coordinator, till=f"k{school_class.pk}")

    assert [letter.to for letter in mail.outbox] == [["leader@ekbacka.example"]]
    assert mail.outbox[0].subject == "Påminnelse: 1 pass är inte rapporterat på Almskolan, 3B"


def test_nobody_is_reminded_twice_on_a_day(client, centre, coordinator, school, late):
    remind(client, centre, till=f"s{school.pk}")
    response = remind(client, centre, till=f"s{school.pk}")

    assert "är redan påmind i dag" in response.text
    assert (Reminder.objects.count(), len(mail.outbox)) == (1, 1)


def test_next_day_may_bring_another_reminder(client, centre, coordinator, school, late, today):
    remind(client, centre, till=f"s{school.pk}")
    Reminder.objects.update(sent_date=today - timedelta(days=1))
    response = client.get(ADDRESS)

    assert "påmind 21 november av centre@ekbacka.example" in response.text
    remind(client, centre, till=f"s{school.pk}")
    assert len(mail.outbox) == 2


def test_one_school_is_reminded_or_all_that_are_left(client, centre, coordinator, municipality, school, late):
    second = SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjorkskolan")
    MembershipFactory(user=UserFactory(email="second@ekbacka.example"), role=Role.COORDINATOR, school=second)
    PlannedSessionFactory(school_class=ClassFactory(school=second))

    remind(client, centre, till=f"s{second.pk}")

    assert [letter.to for letter in mail.outbox] == [["second@ekbacka.example"]]
    remind(client, centre, till="alla")
    assert [letter.to for letter in mail.outbox] == [["second@ekbacka.example"], ["coordinator@ekbacka.example"]]


def test_reminder_leaves_its_trace(client, centre, coordinator, school, late):
    remind(client, centre, till=f"s{school.pk}")

    event = Event.objects.get(kind=EventKind.REMINDED)
    assert (event.actor, event.school) == (centre, school)
    assert event.about == {"programme": "Taget", "period": "HT 2026", "class": "", "people": 1}


def test_letter_is_written_as_things_stand_when_it_goes(client, centre, coordinator, school, late, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    remind(client, centre, till=f"s{school.pk}")
    DeliveryFactory(planned_session=late)
    from programmes.tasks import send_letters  # noqa: PLC0415 -- after the settings have changed

    send_letters.call()

    assert (mail.outbox, Letter.objects.get().state) == ([], LetterState.NOTHING)


def test_what_is_not_late_is_nobodys_to_be_reminded_of(client, centre, coordinator, school, school_class, today):
    PlannedSessionFactory(school_class=school_class, due_date=today)
    PlannedSessionFactory(school_class=school_class, session=SessionFactory(code="T-B2"), due_date=date(2026, 12, 31))
    client.force_login(centre)

    assert "Allt är rapporterat" in client.get(ADDRESS).text


def test_centre_for_older_children_reads_but_does_not_remind_of_the_younger_ones(client, municipality, school, late):
    older = UserFactory()
    MembershipFactory(user=older, role=Role.CENTRE_OLDER, municipality=municipality)
    client.force_login(older)

    assert "Almskolan" in client.get(ADDRESS).text
    assert client.post(ADDRESS, {"till": f"s{school.pk}"}).status_code == 403


def test_a_school_of_another_municipality_is_neither_shown_nor_reminded(client, centre, stranger, late):
    elsewhere = stranger.memberships.get().school
    PlannedSessionFactory(school_class=ClassFactory(school=elsewhere, name="5Z"))

    response = remind(client, centre, till=f"s{elsewhere.pk}")

    assert "Granskolan" not in response.text
    assert Reminder.objects.count() == 0


def test_letters_that_did_not_get_through_are_seen_by_the_centre(client, centre, coordinator, municipality, today):
    Letter.objects.create(
        user=coordinator,
        municipality=municipality,
        week=date(2026, 11, 16),
        state=LetterState.FAILED,
        next_try_at="2026-11-16T06:00Z",
        done_at="2026-11-16T06:00Z",
    )
    client.force_login(centre)

    assert "1 brev kunde inte skickas. Kontrollera adressen under Personer." in client.get(ADDRESS).text
    assert "1 brev har inte gått fram." in client.get("/oversikt/").text
    client.force_login(coordinator)
    assert "kunde inte skickas" not in client.get(ADDRESS).text


@pytest.mark.parametrize("schools", [1, 3, 30])
def test_list_is_read_in_as_many_questions_for_any_number_of_schools(
    client, centre, municipality, schools, query_count
):
    for number in range(schools):
        school = SchoolFactory(municipality=municipality, name=f"Skola {number}")
        MembershipFactory(role=Role.COORDINATOR, school=school)
        PlannedSessionFactory(school_class=ClassFactory(school=school))
    client.force_login(centre)

    with query_count(13):
        response = client.get(ADDRESS)

    assert response.text.count('name="till" value="s') == schools
