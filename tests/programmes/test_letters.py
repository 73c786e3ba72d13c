"""The weekly letter: who gets one, what it says, and that nobody ever gets it twice."""

from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client

from programmes.actions.letters import (
    A_WORKER_IS_GONE,
    TRIES,
    begin_sending,
    is_time_for_digests,
    plan_digests,
    put_back,
    take_letters,
)
from programmes.enums import LetterState, Role
from programmes.models import Break, DigestRefusal, Letter
from programmes.tasks import send_letters, texts_of
from tests.factories import MembershipFactory, MunicipalityFactory, PlannedSessionFactory, UserFactory

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
MONDAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _the_hour(monkeypatch):
    """What is planned for a moment is due at it, whatever the clock of the machine says."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def late(school_class):
    return PlannedSessionFactory(school_class=school_class)


def plan(municipality, today):
    return plan_digests(municipality=municipality, today=today, now=NOW)


def states():
    return {letter.user.email: letter.state for letter in Letter.objects.select_related("user")}


# Who and when


def test_letter_goes_to_who_has_something_waiting_and_to_nobody_else(municipality, coordinator, late, today):
    other = UserFactory(email="other@ekbacka.example")
    MembershipFactory(user=other, role=Role.EDITOR, municipality=municipality)

    assert plan(municipality, today) == 2
    send_letters.call()

    assert [letter.to for letter in mail.outbox] == [["coordinator@ekbacka.example"]]
    assert states() == {
        "coordinator@ekbacka.example": LetterState.SENT,
        "other@ekbacka.example": LetterState.NOTHING,
    }


def test_planning_again_in_the_same_week_gives_no_second_letter(municipality, coordinator, late, today):
    plan(municipality, today)
    send_letters.call()

    assert plan(municipality, today) == 0
    send_letters.call()

    assert len(mail.outbox) == 1


def test_next_week_has_a_letter_of_its_own(municipality, coordinator, late, today, monkeypatch):
    plan(municipality, today)
    send_letters.call()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: today + timedelta(days=7))
    plan(municipality, today + timedelta(days=7))
    send_letters.call()

    assert [letter.subject for letter in mail.outbox] == [
        "Stins v. 47: 1 pass är inte rapporterat",
        "Stins v. 48: 1 pass är inte rapporterat",
    ]


def test_another_municipality_is_told_nothing(coordinator, stranger, late, today):
    elsewhere = stranger.memberships.get().school.municipality

    assert plan(elsewhere, today) == 1
    send_letters.call()

    assert mail.outbox == []


@pytest.mark.parametrize(
    ("weekday", "hour", "expected"),
    [(6, 7, True), (6, 6, False), (0, 6, True), (None, 23, False)],
    ids=["its hour", "too early", "a day that has passed this week", "turned off"],
)
def test_letters_wait_for_the_municipalitys_day_and_hour(weekday, hour, expected, today):
    municipality = MunicipalityFactory.build(site=None, digest_weekday=weekday, digest_hour=7)

    assert is_time_for_digests(municipality, today=today, hour=hour) is expected


@pytest.mark.parametrize(("last_day", "planned"), [(20, 0), (19, 1)], ids=["whole week", "all days but one"])
def test_week_without_lessons_has_no_letters(municipality, school_year, coordinator, late, today, last_day, planned):
    Break.objects.create(school_year=school_year, name="Lov", first_day=MONDAY, last_day=date(2026, 11, last_day))

    assert plan(municipality, today) == planned


# The way out


def test_whoever_turned_the_letter_off_gets_none_even_one_that_waits(municipality, coordinator, late, today):
    plan(municipality, today)
    DigestRefusal.objects.create(user=coordinator, since=today)
    send_letters.call()

    assert (mail.outbox, states()) == ([], {"coordinator@ekbacka.example": LetterState.NOTHING})
    Letter.objects.all().delete()
    assert plan(municipality, today) == 0


def test_letter_is_turned_off_in_one_click_without_signing_in(client, municipality, coordinator, late, today):
    plan(municipality, today)
    send_letters.call()
    [letter] = mail.outbox
    address = letter.extra_headers["List-Unsubscribe"].strip("<>").partition("8000")[2]

    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in letter.body
    client.get(address)
    assert DigestRefusal.objects.count() == 0  # a mail filter opens every link
    response = client.post(address, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert DigestRefusal.objects.get().user == coordinator
    client.post(address, {"brev": "pa"})
    assert DigestRefusal.objects.count() == 0


def test_one_click_needs_no_token_of_a_form(municipality, coordinator, late, today):
    plan(municipality, today)
    send_letters.call()
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").partition("8000")[2]

    assert Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200


@pytest.mark.parametrize("token", ["1", "1:fel", "hittat-pa"])
def test_link_that_nobody_made_ends_nothing(client, coordinator, token):
    assert client.post(f"/veckobrev/av/{token}/").status_code == 404
    assert DigestRefusal.objects.count() == 0


def test_letter_is_turned_off_and_on_in_the_own_account(client, coordinator):
    client.force_login(coordinator)

    response = client.post("/konto/veckobrev/", {"brev": "av"}, follow=True)
    assert "Du får inget veckobrev längre." in response.text
    response = client.post("/konto/veckobrev/", {"brev": "pa"}, follow=True)
    assert "Veckobrevet kommer igen." in response.text
    assert DigestRefusal.objects.count() == 0


# Never twice


def test_letter_that_a_worker_had_only_taken_is_sent_by_the_next(municipality, coordinator, late, today):
    plan(municipality, today)
    take_letters(now=NOW)
    send_letters.call()
    assert mail.outbox == []  # the worker may still be there
    Letter.objects.update(taken_at=NOW - A_WORKER_IS_GONE - timedelta(seconds=1))
    send_letters.call()

    assert len(mail.outbox) == 1


def test_letter_that_was_being_sent_when_a_worker_ended_is_never_sent_again(municipality, coordinator, late, today):
    plan(municipality, today)
    [letter] = take_letters(now=NOW)
    assert begin_sending(letter=letter)
    put_back(now=NOW)
    assert states() == {"coordinator@ekbacka.example": LetterState.SENDING}  # the worker may still be there
    put_back(now=NOW + A_WORKER_IS_GONE + timedelta(seconds=1))
    send_letters.call()

    assert (mail.outbox, states()) == ([], {"coordinator@ekbacka.example": LetterState.UNSURE})


def test_two_workers_never_hold_the_same_letter(municipality, coordinator, leader, late, today):
    plan(municipality, today)
    first, second = take_letters(now=NOW, number=1), take_letters(now=NOW)

    assert {letter.user_id for letter in [*first, *second]} == {coordinator.pk, leader.pk}
    assert take_letters(now=NOW) == []


def test_slow_worker_leaves_what_another_has_taken_over(municipality, coordinator, late, today):
    plan(municipality, today)
    [slow] = take_letters(now=NOW)
    put_back(now=NOW + A_WORKER_IS_GONE + timedelta(seconds=1))
    [_quick] = take_letters(now=NOW + A_WORKER_IS_GONE)

    assert begin_sending(letter=slow) is False


# A mail server in trouble


class Down(EmailBackend):
    """A mail server that cannot be reached."""

    def open(self):
        raise ConnectionRefusedError


class Breaking(EmailBackend):
    """A line that breaks while a letter is handed over."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected


class Refusing(EmailBackend):
    """A mail server that knows no such address."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


class Busy(EmailBackend):
    """A mail server that asks one to come back."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (450, b"later")})


def use(settings, backend):
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"


@pytest.mark.parametrize("backend", [Down, Busy])
def test_letters_wait_longer_each_time_the_mail_server_takes_none(
    settings, municipality, coordinator, late, today, backend
):
    plan(municipality, today)
    use(settings, backend)
    for tried, wait in enumerate(TRIES, start=1):
        Letter.objects.update(next_try_at=NOW)
        send_letters.call()
        letter = Letter.objects.get()
        assert (letter.state, letter.attempts, letter.next_try_at) == (LetterState.WAITING, tried, NOW + wait)

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_letters.call()
    assert mail.outbox == []  # its time has not come
    Letter.objects.update(next_try_at=NOW)
    send_letters.call()
    assert (len(mail.outbox), Letter.objects.get().state) == (1, LetterState.SENT)


def test_letters_are_given_up_when_the_mail_server_stays_away(settings, municipality, coordinator, late, today):
    plan(municipality, today)
    use(settings, Down)
    for _number in range(len(TRIES) + 1):
        Letter.objects.update(next_try_at=NOW)
        send_letters.call()

    assert states() == {"coordinator@ekbacka.example": LetterState.FAILED}


def test_address_that_the_mail_server_refuses_does_not_stop_the_others(
    settings, municipality, coordinator, leader, late, today
):
    plan(municipality, today)
    use(settings, Refusing)
    send_letters.call()

    assert set(states().values()) == {LetterState.FAILED}
    assert len(states()) == 2


def test_letter_on_a_line_that_breaks_may_have_gone_and_is_not_sent_again(
    settings, municipality, coordinator, late, today
):
    plan(municipality, today)
    use(settings, Breaking)
    send_letters.call()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_letters.call()

    assert (mail.outbox, states()) == ([], {"coordinator@ekbacka.example": LetterState.UNSURE})


def test_letter_of_a_week_that_has_gone_is_not_sent(municipality, coordinator, late, today):
    plan(municipality, today)
    Letter.objects.update(week=MONDAY - timedelta(days=7))
    send_letters.call()

    assert (mail.outbox, states()) == ([], {"coordinator@ekbacka.example": LetterState.FAILED})


# Many


@pytest.mark.parametrize("people", [1, 3, 30])
def test_what_letters_say_is_read_at_once_for_all(municipality, school, late, today, people, query_count):
    for number in range(people):
        MembershipFactory(user=UserFactory(email=f"k{number}@ekbacka.example"), role=Role.COORDINATOR, school=school)
    plan(municipality, today)
    letters = take_letters(now=NOW)
    with query_count(12):
        texts = texts_of(letters, today=today)

    assert len(texts) == people


# The command


def test_command_plans_and_sends_what_is_due(municipality, coordinator, late, monkeypatch, capsys):
    monkeypatch.setattr("django.utils.timezone.localtime", lambda *args: NOW)
    call_command("send_reminders")
    call_command("send_reminders")

    assert len(mail.outbox) == 1
    assert capsys.readouterr().out == "Ekbacka kommun: 1 brev planerade\n"


def test_command_only_says_who_would_be_told(municipality, coordinator, late, capsys):
    MembershipFactory(role=Role.EDITOR, municipality=municipality)
    call_command("send_reminders", dry_run=True)

    assert capsys.readouterr().out == "Ekbacka kommun: 1 av 2 personer skulle få ett brev\n"
    assert (Letter.objects.count(), mail.outbox) == (0, [])
