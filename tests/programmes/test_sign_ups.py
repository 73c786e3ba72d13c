"""Parents who sign up for a group: seats and the waiting list, the private link, and what strangers do not learn."""

from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPException
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from programmes.actions import parent_letters as letters
from programmes.actions.sign_ups import cancel_sign_up
from programmes.enums import EventKind, ParentLetterKind, SignUpState
from programmes.models import Event, ParentGroup, ParentSignUp, SignUpLetter
from programmes.models.sign_ups import LINK
from tests.factories import ParentGroupFactory, ParentSignUpFactory, SchoolFactory

DECEMBER = date(2026, 12, 1)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TYPED = {"first_name": "Amina", "email": "amina@example.com", "phone": ""}


@pytest.fixture
def group(school):
    return ParentGroupFactory(school=school, takes_sign_ups=True, first_day=DECEMBER, seats=2, place="Biblioteket")


@pytest.fixture(autouse=True)
def _nothing_counted():
    """How often somebody has tried is kept between requests; not between tests."""
    cache.clear()


def address(name, *arguments):
    return reverse(f"programmes:{name}", args=arguments)


def sign_up(client, group, **changes):
    return client.post(address("coming_group_sign_up", group.pk), {**TYPED, **changes}, follow=True)


def states(group):
    return [(row.first_name, row.state) for row in group.sign_ups.in_order()]


def own_page(client, row):
    return client.get(address("own_sign_up", row.link_token))


# The calendar


def test_calendar_shows_what_is_open_here_and_has_not_begun(client, school, group):
    place = {"school": school, "takes_sign_ups": True}
    ParentGroupFactory(school=school, first_day=DECEMBER, place="Inte öppen")
    ParentGroupFactory(**place, first_day=DECEMBER, is_cancelled=True, place="Inställd")
    ParentGroupFactory(**place, first_day=date(2026, 11, 21), place="Redan börjat")
    ParentGroupFactory(school=SchoolFactory(), takes_sign_ups=True, first_day=DECEMBER, place="Annan kommun")
    page = client.get(address("coming_group_list"))

    assert [one.group for one in page.context["groups"]] == [group]
    assert "Börjar tisdag 1 december" in page.text
    assert "2 platser kvar" in page.text


def test_calendar_is_narrowed_by_what_there_is_to_choose(client, school, group):
    arabic = ParentGroupFactory(
        school=None, municipality=school.municipality, takes_sign_ups=True, first_day=DECEMBER, language="arabic"
    )
    page = client.get(address("coming_group_list"), {"sprak": "arabic", "alder": "nonsens"})

    assert [one.group for one in page.context["groups"]] == [arabic]
    assert list(page.context["form"].fields) == ["sprak"]
    assert [one.group for one in client.get(address("coming_group_list"), {"sprak": "?"}).context["groups"]] == [
        group,
        arabic,
    ]


def test_calendar_without_groups_says_what_to_do(client, municipality):
    assert "Ingen grupp är öppen just nu" in client.get(address("coming_group_list")).text


@pytest.mark.parametrize("number", [1, 3, 30])
def test_calendar_takes_the_same_queries_for_any_number(client, school, query_count, number):
    for _number in range(number):
        ParentSignUpFactory(group__school=school)

    with query_count(5):
        client.get(address("coming_group_list"))


# Signing up


def test_parent_signs_up_by_email_and_gets_a_letter_with_a_private_link(client, group):
    page = sign_up(client, group)

    row = ParentSignUp.objects.get()
    assert (row.group, row.first_name, row.email, row.phone, row.state, row.last_day) == (
        group,
        "Amina",
        "amina@example.com",
        "",
        SignUpState.PLACED,
        date(2027, 1, 12),
    )
    assert "Ett brev är på väg till din e-post." in page.text
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["amina@example.com"], "Du har en plats: ABC 3–12 år, svenska")
    assert letter.body.startswith("Hej Amina!\n\nDu har en plats. Välkommen!\n\nABC 3–12 år, svenska\nAlmskolan, Bib")
    assert "1. tisdag 1 december 2026\n" in letter.body
    assert f"http://127.0.0.1:8000/anmalan/{row.link_token}/" in letter.body


def test_parent_with_a_phone_only_gets_a_reference_and_is_called(client, group):
    page = sign_up(client, group, email="", phone="+46 70-174 06 05")

    row = ParentSignUp.objects.get()
    assert (row.phone, row.phone_in_groups, mail.outbox) == ("0701740605", "070-174 06 05", [])
    assert "Vi ringer dig" in page.text
    assert row.reference in page.text


def test_full_group_gives_a_place_in_line(client, group):
    for name in ("amina", "bodil", "cecilia"):
        sign_up(client, group, email=f"{name}@example.com", first_name=name.title())

    assert states(group) == [("Amina", "placed"), ("Bodil", "placed"), ("Cecilia", "waiting")]
    assert mail.outbox[2].subject == "Du står på väntelistan: ABC 3–12 år, svenska"
    assert "Ställ dig i kö" in client.get(address("coming_group_list")).text


def test_seat_that_is_free_goes_to_the_line_before_somebody_new(client, group):
    ParentSignUpFactory(group=group)
    ParentSignUpFactory(group=group, state=SignUpState.WAITING, first_name="Bodil")
    sign_up(client, group, first_name="Cecilia")

    assert states(group)[2] == ("Cecilia", "waiting")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"first_name": ""}, "Skriv ditt förnamn."),
        ({"first_name": "900101-0017"}, "personnummer"),
        ({"first_name": "Amina 7"}, "Skriv ett förnamn, bara med bokstäver."),
        ({"email": "amina"}, "Skriv en e-postadress"),
        ({"email": "900101-0017@example.com"}, "personnummer"),
        ({"email": ""}, "Fyll i e-post eller telefon, så att vi kan nå dig."),
        ({"phone": "12"}, "Skriv numret som 070-123 45 67"),
        ({"phone": "199001010017"}, "Skriv numret som 070-123 45 67"),
        ({"phone": "010101-1234"}, "Skriv numret som 070-123 45 67"),
    ],
)
def test_sign_up_that_cannot_be_is_refused_and_nothing_is_lost(client, group, changes, message):
    page = sign_up(client, group, **changes)

    assert message in page.text
    kept = {**TYPED, **changes}["first_name"].replace("900101-0017", "…") or "amina@example.com"
    assert f'value="{kept}"' in page.text
    assert "900101-0017" not in page.text
    assert not ParentSignUp.objects.exists()


@pytest.mark.parametrize(
    "number", ["070-174 06 05", "070 1740605", "+46701740605", "0046 70 174 06 05", "+46(0)701740605"]
)
def test_phone_is_known_however_it_is_written(client, group, number):
    sign_up(client, group, email="", phone=number)

    assert ParentSignUp.objects.get().phone == "0701740605"


def test_signing_up_twice_is_answered_as_the_first_time(client, group):
    first = sign_up(client, group, email="", phone="0701740605")
    client.cookies.clear()
    second = sign_up(client, group, email="", phone="070-174 06 05", first_name="Nyfiken")

    assert first.text == second.text
    assert states(group) == [("Amina", "placed")]


def test_signing_up_twice_by_email_sends_the_letter_to_its_owner_again(client, group):
    sign_up(client, group)
    page = sign_up(client, group, email="AMINA@example.com", first_name="Nyfiken")

    assert [letter.to for letter in mail.outbox] == [["amina@example.com"]] * 2
    assert "Hej Amina!" in mail.outbox[1].body
    assert "Nyfiken" not in page.text
    assert states(group) == [("Amina", "placed")]


def test_machine_is_thanked_and_not_kept(client, group):
    page = sign_up(client, group, website="http://spam.example")

    assert "Tack för din anmälan" in page.text
    assert (ParentSignUp.objects.count(), mail.outbox) == (0, [])


@pytest.mark.parametrize("changes", [{"takes_sign_ups": False}, {"is_cancelled": True}])
def test_group_that_is_not_open_takes_nobody(client, group, changes):
    ParentGroup.objects.update(**changes)

    assert sign_up(client, group).status_code == 404
    assert not ParentSignUp.objects.exists()


def test_group_of_another_municipality_takes_nobody_here(client, municipality):
    other = ParentGroupFactory(takes_sign_ups=True, first_day=DECEMBER)

    assert other.municipality != municipality
    assert sign_up(client, other).status_code == 404


def test_one_contact_signs_up_only_so_often_and_the_address_is_not_locked(client, group, settings):
    settings.ACCOUNT_RATE_LIMITS = {"parent_sign_up": "300/10m/ip,2/h/key"}
    answers = [sign_up(client, group).status_code for _time in range(3)]

    assert answers == [200, 200, 429]
    assert sign_up(client, group, email="bodil@example.com").status_code == 200


# The private page


def test_private_page_says_where_one_stands_and_opening_it_changes_nothing(client, group):
    ParentSignUpFactory.create_batch(2, group=group)
    ParentSignUpFactory(group=group, state=SignUpState.WAITING)
    row = ParentSignUpFactory(group=group, state=SignUpState.WAITING)
    page = own_page(client, row)

    assert "Du är nummer 2 i kön." in page.text
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert [state for _name, state in states(group)] == ["placed", "placed", "waiting", "waiting"]


def test_cancelling_gives_the_seat_to_the_next_in_line_once(client, group):
    row = ParentSignUpFactory(group=group)
    ParentSignUpFactory(group=group)
    bodil = ParentSignUpFactory(group=group, state=SignUpState.WAITING, first_name="Bodil")
    ParentSignUpFactory(group=group, state=SignUpState.WAITING, first_name="Cecilia")
    for _time in range(2):
        page = client.post(address("own_sign_up", row.link_token), follow=True)

    assert "Du är avanmäld" in page.text
    assert states(group) == [("Amina", "cancelled"), ("Amina", "placed"), ("Bodil", "placed"), ("Cecilia", "waiting")]
    assert [(letter.to, letter.subject.partition(":")[0]) for letter in mail.outbox] == [
        ([row.email], "Du är avanmäld"),
        ([bodil.email], "Du har fått en plats"),
    ]


def test_link_that_was_changed_or_is_old_opens_nothing(client, group, monkeypatch):
    row = ParentSignUpFactory(group=group)
    nonce, _dot, signature = row.link_token.partition(".")

    assert own_page(client, row).status_code == 200
    for token in (nonce, f"{nonce}x.{signature}", f"{nonce}.{signature[:-1]}", row.reference):
        assert client.get(address("own_sign_up", token)).status_code == 404
    ParentSignUp.objects.update(last_day=date(2026, 11, 21))
    assert own_page(client, row).status_code == 404
    assert client.post(address("own_sign_up", row.link_token)).status_code == 404
    assert states(group) == [("Amina", "placed")]


def test_link_of_another_municipality_opens_nothing_here(client, municipality):
    row = ParentSignUpFactory()

    assert own_page(client, row).status_code == 404


def test_link_cannot_be_made_from_what_is_stored(group):
    row = ParentSignUpFactory(group=group)

    assert list(ParentSignUp.objects.by_link(row.link_token)) == [row]
    assert list(ParentSignUp.objects.by_link(row.nonce)) == []
    assert LINK.unsign(row.link_token) == row.nonce


# Changes of the group


def change(client, group, **changes):
    days = {f"date_{row.number}": row.date for row in group.meetings.all()}
    typed = {"age": "3-12", "format": "on_site", "language": "swedish", "seats": "2", "place": "Biblioteket", **days}
    seen = ParentGroup.objects.get(pk=group.pk).reported_at.isoformat()
    return client.post(
        address("parent_group_change", group.pk), {**typed, "takes_sign_ups": "on", "seen": seen, **changes}
    )


def test_new_days_are_told_to_who_has_signed_up(client, coordinator, group):
    row = ParentSignUpFactory(group=group)
    client.force_login(coordinator)
    change(client, group, date_4="2027-01-19")

    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([row.email], "Nya tider eller ny plats: ABC 3–12 år, svenska")
    assert "4. tisdag 19 januari 2027" in letter.body
    row.refresh_from_db()
    assert row.last_day == date(2027, 1, 19)


def test_change_that_parents_do_not_notice_is_not_told(client, coordinator, group):
    ParentSignUpFactory(group=group)
    client.force_login(coordinator)
    change(client, group, leader_role_1="guest", leader_organisation_1="police")

    assert mail.outbox == []


def test_more_seats_are_given_to_the_line(client, coordinator, group):
    ParentSignUpFactory.create_batch(2, group=group)
    ParentSignUpFactory(group=group, state=SignUpState.WAITING, first_name="Bodil")
    client.force_login(coordinator)
    change(client, group, seats="3")

    assert states(group)[2] == ("Bodil", "placed")
    assert [letter.subject for letter in mail.outbox] == ["Du har fått en plats: ABC 3–12 år, svenska"]


def test_cancelled_group_is_told_and_its_link_says_so(client, coordinator, group):
    row = ParentSignUpFactory(group=group)
    client.force_login(coordinator)
    for _time in range(2):
        change(client, group, is_cancelled="on")

    assert [letter.subject for letter in mail.outbox] == ["Gruppen är inställd: ABC 3–12 år, svenska"]
    assert "Gruppen är inställd" in own_page(client, row).text


def test_group_that_parents_count_on_is_not_removed(client, coordinator, group):
    ParentSignUpFactory(group=group)
    client.force_login(coordinator)
    page = client.post(address("parent_group_remove", group.pk), follow=True)

    assert "Ställ in gruppen i stället" in page.text
    assert ParentGroup.objects.filter(pk=group.pk).exists()


# Those who call


def test_coordinator_sees_who_has_signed_up_and_the_look_is_logged(client, coordinator, group):
    ParentSignUpFactory(group=group, first_name="Bodil", email="", phone="0701740605")
    client.force_login(coordinator)
    page = client.get(address("sign_up_list", group.pk))

    assert "1 förälder har anmält sig, och 1 väntar på ett samtal." in " ".join(page.text.split()).replace(
        "</strong>", ""
    )
    assert "Bodil" in page.text
    event = Event.objects.get(kind=EventKind.SIGN_UPS_SEEN)
    assert (event.actor, event.school, event.about) == (
        coordinator,
        group.school,
        {"group": "ABC 3–12 år, svenska", "day": "2026-12-01"},
    )


def test_group_page_says_how_many_and_no_name(client, coordinator, group):
    ParentSignUpFactory(group=group, first_name="Bodil")
    client.force_login(coordinator)
    page = client.get(address("parent_group", group.pk))

    assert "1 av 2 platser är tagna." in page.text
    assert "Bodil" not in page.text


def test_leader_who_only_reads_counts_sees_nobody(client, leader, group):
    row = ParentSignUpFactory(group=group, first_name="Bodil")
    client.force_login(leader)

    assert "Bodil" not in client.get(address("parent_group", group.pk)).text
    assert "platser är tagna" not in client.get(address("parent_group", group.pk)).text
    assert client.get(address("sign_up_list", group.pk)).status_code == 403
    assert client.post(address("sign_up_change", group.pk, row.pk), {"action": "cancel"}).status_code == 403


def test_call_is_noted_and_taken_back(client, coordinator, group):
    row = ParentSignUpFactory(group=group, email="", phone="0701740605")
    client.force_login(coordinator)
    page = client.post(address("sign_up_change", group.pk, row.pk), {"action": "called"}, follow=True)
    assert "väntar på ett samtal" not in page.text

    page = client.post(address("sign_up_change", group.pk, row.pk), {"action": "not_called"}, follow=True)
    assert "väntar på ett samtal" in page.text


def test_coordinator_cancels_for_who_has_called(client, coordinator, group):
    row = ParentSignUpFactory(group=group, email="", phone="0701740605")
    other = ParentSignUpFactory()
    client.force_login(coordinator)
    client.post(address("sign_up_change", group.pk, row.pk), {"action": "cancel"})

    assert states(group) == [("Amina", "cancelled")]
    assert Event.objects.filter(kind=EventKind.SIGN_UP_CANCELLED, actor=coordinator).count() == 1
    assert client.post(address("sign_up_change", group.pk, other.pk), {"action": "cancel"}).status_code == 404
    assert client.post(address("sign_up_change", group.pk, row.pk), {"action": "eat"}).status_code == 404


def test_sign_up_is_opened_and_closed_in_one_tap(client, coordinator, group):
    client.force_login(coordinator)
    client.post(address("sign_up_open", group.pk), {"action": "close"})
    assert client.get(address("coming_group_sign_up", group.pk)).status_code == 404

    client.post(address("sign_up_open", group.pk), {"action": "open"})
    assert client.get(address("coming_group_sign_up", group.pk)).status_code == 200
    assert [event.kind for event in Event.objects.order_by("pk")] == ["sign_ups_closed", "sign_ups_opened"]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_list_of_sign_ups_takes_the_same_queries_for_any_number(client, coordinator, group, query_count, number):
    ParentSignUpFactory.create_batch(number, group=group)
    client.force_login(coordinator)

    with query_count(15):
        client.get(address("sign_up_list", group.pk))


# Letters


@pytest.fixture
def broken_server(monkeypatch):
    """A mail server that is down until it is told otherwise."""
    server = SimpleNamespace(is_down=True)
    sent = letters.EmailMessage.send

    def send(message, *args, **kwargs):
        if server.is_down:
            raise SMTPException("refused amina@example.com")
        return sent(message, *args, **kwargs)

    monkeypatch.setattr(letters.EmailMessage, "send", send)
    return server


def test_letter_is_kept_while_the_mail_server_is_down_and_goes_when_it_is_up(
    client, coordinator, group, broken_server, caplog
):
    page = sign_up(client, group)
    assert "Tack för din anmälan" in page.text
    assert "amina@example.com" not in caplog.text
    client.force_login(coordinator)
    assert "1 brev har inte gått iväg." in client.get(address("parent_group", group.pk)).text
    assert "brevet har inte gått iväg" in client.get(address("sign_up_list", group.pk)).text

    letter = SignUpLetter.objects.get()
    assert (letter.tries, letter.sent_at) == (1, None)
    broken_server.is_down = False
    assert letters.send_waiting(now=letter.next_try_at - timedelta(seconds=1)).sent == 0
    assert letters.send_waiting(now=letter.next_try_at).sent == 1
    assert letters.send_waiting(now=letter.next_try_at + timedelta(days=9)).sent == 0
    assert len(mail.outbox) == 1


def test_letter_waits_longer_each_time_and_is_given_up_in_the_end(group, broken_server):
    row = ParentSignUpFactory(group=group)
    SignUpLetter.objects.create(sign_up=row, kind=ParentLetterKind.STATE, next_try_at=NOW)
    waits, moment = [], NOW
    while letters.send_waiting(now=moment).failed:
        following = SignUpLetter.objects.get().next_try_at
        waits.append((following - moment) // timedelta(minutes=1))
        moment = following

    assert waits == [5, 10, 20, 40, 80, 160, 320, 360, 360, 360]


def test_letter_that_another_worker_has_claimed_is_left_to_it(group):
    row = ParentSignUpFactory(group=group)
    letter = SignUpLetter.objects.create(sign_up=row, kind=ParentLetterKind.STATE, next_try_at=NOW)

    assert letters._claim(letter, now=NOW) is True
    assert letters._claim(letter, now=NOW) is False
    assert letters.send_waiting(now=NOW).sent == 0


def test_cancelled_sign_up_takes_back_letters_that_have_not_gone(group):
    row = ParentSignUpFactory(group=group)
    SignUpLetter.objects.create(sign_up=row, kind=ParentLetterKind.STATE, next_try_at=NOW)
    cancel_sign_up(sign_up=row, now=NOW)

    assert [letter.kind for letter in row.letters.all()] == [ParentLetterKind.CANCELLED]


def reminders(**options):
    call_command("send_reminders", verbosity=0, **options)
    return [letter.to[0] for letter in mail.outbox]


def test_reminder_goes_once_to_who_has_a_seat_in_a_group_that_begins_soon(school):
    def signed_up(day, **changes):
        row = ParentSignUpFactory(
            group=ParentGroupFactory(school=school, takes_sign_ups=True, first_day=day), created_at=NOW, **changes
        )
        ParentSignUp.objects.filter(pk=row.pk).update(created_at=NOW - timedelta(days=30))
        return row

    soon = signed_up(date(2026, 11, 24))
    signed_up(date(2026, 11, 25))
    signed_up(date(2026, 11, 24), state=SignUpState.WAITING)
    signed_up(date(2026, 11, 24), state=SignUpState.CANCELLED)
    signed_up(date(2026, 11, 24), email="", phone="0701740605")

    assert reminders() == [soon.email]
    assert reminders() == [soon.email]
    assert mail.outbox[0].subject == "Snart ses vi: ABC 3–12 år, svenska"


def test_dry_run_sends_none(group):
    SignUpLetter.objects.create(sign_up=ParentSignUpFactory(group=group), kind=ParentLetterKind.STATE)

    assert reminders(dry_run=True) == []


@pytest.mark.parametrize("number", [1, 3, 30])
def test_letters_are_read_in_the_same_queries_for_any_number(group, query_count, number):
    for row in ParentSignUpFactory.create_batch(number, group=group):
        SignUpLetter.objects.create(sign_up=row, kind=ParentLetterKind.STATE, next_try_at=NOW)

    with query_count(2 + 2 * number):  # one claim and one mark for each
        assert letters.send_waiting(now=NOW).sent == number


# Deletion


def test_sign_ups_go_by_themselves_a_month_after_the_last_meeting(group):
    old = ParentSignUpFactory(group=group, last_day=date(2026, 10, 22))
    SignUpLetter.objects.create(sign_up=old, kind=ParentLetterKind.STATE)
    kept = ParentSignUpFactory(group=group, last_day=date(2026, 10, 23))
    call_command("retention", technical=True, verbosity=0)

    assert list(ParentSignUp.objects.all()) == [kept]
    assert not SignUpLetter.objects.exists()
    assert ParentGroup.objects.filter(pk=group.pk).exists()
