"""Signing in by password and by mailed code: what is told, what is not, how often one may try, and when it ends."""

import re
from concurrent.futures import ThreadPoolExecutor
from smtplib import SMTPRecipientsRefused

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.apps import shared_cache
from accounts.forms import LoginCodeForm
from programmes.enums import Role
from programmes.models import Event, Membership
from tests.factories import MembershipFactory, UserFactory
from tests.factories.programmes import PASSWORD

CHANGE = "/konto/losenord/andra/"
DOOR, CODE, ANSWER = "/konto/logga-in/", "/konto/logga-in/kod/", "/konto/logga-in/kod/svara/"


@pytest.fixture(autouse=True)
def _nobody_has_tried_before():
    cache.clear()


def sign_in(client, user, password=PASSWORD, **headers):
    return client.post(DOOR, {"login": user.email, "password": password}, **headers)


def code_in(letter):
    return re.search(r"^(\d{8})$", letter.body, re.MULTILINE)[1]


# The way in


@pytest.mark.parametrize(("who", "own_page"), [("coordinator", "/skolor/almskolan/"), ("centre", "/oversikt/")])
def test_own_page_is_at_most_two_requests_after_the_form(request, client, school_class, who, own_page):
    response = client.post(DOOR, {"login": request.getfixturevalue(who).email, "password": PASSWORD}, follow=True)

    assert [address for address, _status in response.redirect_chain] == ["/start/", own_page]


def test_sign_in_page_costs_few_questions(client, municipality, query_count):
    with query_count(2):
        client.get(DOOR)


def test_account_that_is_closed_is_told(client, leader):
    leader.is_active = False
    leader.save()

    assert sign_in(client, leader)["Location"] == "/konto/stangt/"
    assert "_auth_user_id" not in client.session


def test_next_does_not_lead_away_from_stins(client, leader):
    response = client.post(
        f"{DOOR}?next=https://evil.example/",
        {"login": leader.email, "password": PASSWORD, "next": "https://evil.example/"},
    )

    assert response["Location"] == "/start/"


# A code by e-mail


def test_code_of_eight_digits_signs_in(client, leader):
    client.post(CODE, {"email": leader.email})

    response = client.post(ANSWER, {"code": code_in(mail.outbox[0])})

    assert response["Location"] == "/start/"
    assert client.session["_auth_user_id"] == str(leader.pk)


def test_letter_with_the_code_is_ours_and_names_nobody(client, leader):
    client.post(CODE, {"email": leader.email})

    letter = mail.outbox[0]
    assert letter.subject == "Stins: Din kod"
    assert letter.body.startswith("Skriv den här koden där du höll på att logga in:")
    assert leader.email not in letter.body


def test_change_of_the_account_is_told_to_its_owner(client, leader):
    sign_in(client, leader)

    client.post(
        "/konto/losenord/andra/",
        {"oldpassword": PASSWORD, "password1": "helt-nya-ord-i-rad", "password2": "helt-nya-ord-i-rad"},
    )

    assert [letter.to for letter in mail.outbox] == [[leader.email]]
    assert "Var det inte du? Välj genast ett nytt lösenord" in mail.outbox[0].body


@pytest.mark.parametrize(
    "password",
    ["nio-tecke", "password123", "1234567890", "margareta1", "Tallberghs1", "kollega-sjutton", "margareta.t@ekbacka"],
    ids=["short", "common", "digits", "first name", "last name", "alias", "address"],
)
def test_password_that_others_would_guess_is_refused(client, leader, password):
    leader.first_name, leader.last_name, leader.alias = "Margareta", "Tallbergh", "Kollega Sjutton"
    leader.email = "margareta.t@ekbacka.example"
    leader.save()
    sign_in(client, leader)

    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": password, "password2": password})

    leader.refresh_from_db()
    assert leader.check_password(PASSWORD)


@pytest.mark.parametrize(
    "password",
    ["några ord i rad", "  blanksteg runt om  ", "x" * 11 + "y", "å" * 2000 + " slut"],
    ids=["words", "blanks", "no kinds of signs asked for", "very long"],
)
def test_password_of_any_signs_and_length_signs_in_as_it_was_written(client, leader, password):
    sign_in(client, leader)
    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": password, "password2": password})
    client.logout()

    sign_in(client, leader, password=password)
    assert client.session["_auth_user_id"] == str(leader.pk)
    client.logout()
    sign_in(client, leader, password=password[:-1])
    assert "_auth_user_id" not in client.session


def test_mail_server_that_does_not_answer_does_not_undo_a_change(client, leader, monkeypatch):
    def broken(self):
        raise ConnectionRefusedError

    sign_in(client, leader)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)

    response = client.post(
        "/konto/losenord/andra/",
        {"oldpassword": PASSWORD, "password1": "helt-nya-ord-i-rad", "password2": "helt-nya-ord-i-rad"},
    )

    leader.refresh_from_db()
    assert (response.status_code, leader.check_password("helt-nya-ord-i-rad")) == (302, True)


@pytest.mark.parametrize("address", [CODE, "/konto/losenord/glomt/"])
def test_mail_server_that_is_down_answers_the_same_for_known_and_unknown(leader, monkeypatch, caplog, address):
    def refused(self):
        raise SMTPRecipientsRefused({self.to[0]: (550, b"no such user")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refused)
    known, unknown = [
        Client().post(address, {"email": email}, follow=True) for email in (leader.email, "nobody@ekbacka.example")
    ]

    def without_the_address(page):
        text = re.sub(r"(leader|nobody)@ekbacka.example", "", page.text)
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)

    assert known.redirect_chain == unknown.redirect_chain
    assert known.status_code == 200
    assert without_the_address(known) == without_the_address(unknown)
    assert "SMTPRecipientsRefused" in caplog.text
    assert leader.email not in caplog.text


def test_new_address_that_gets_no_letter_is_told_so(client, leader, monkeypatch):
    def broken(self):
        raise ConnectionRefusedError

    sign_in(client, leader)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)

    page = client.post("/konto/e-post/", {"action_add": "", "email": "ny@ekbacka.example"}, follow=True)

    assert page.status_code == 200
    assert "Brevet kunde inte skickas. Försök igen om en stund." in page.text


def test_code_is_read_with_spaces_as_a_phone_may_write_it(client, leader):
    client.post(CODE, {"email": leader.email})
    code = code_in(mail.outbox[0])

    client.post(ANSWER, {"code": f" {code[:4]} {code[4:]}"})

    assert client.session["_auth_user_id"] == str(leader.pk)


def test_unknown_address_gets_no_letter_and_the_same_answer(client, leader):
    """The library's default is to mail strangers an invitation to sign up."""
    known = client.post(CODE, {"email": leader.email})
    other = Client()
    unknown = other.post(CODE, {"email": "okand@ekbacka.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"]) == (302, ANSWER)
    pages = [seen.get(ANSWER).content.decode() for seen in (client, other)]
    without_what_differs = [re.sub(r'value="[\w-]{64}"|[\w.]+@ekbacka\.example', "", page) for page in pages]
    assert without_what_differs[0] == without_what_differs[1]
    assert [letter.to for letter in mail.outbox] == [[leader.email]]


def test_forgotten_password_of_an_unknown_address_sends_nothing(client, db):
    response = client.post("/konto/losenord/glomt/", {"email": "okand@ekbacka.example"})

    assert response["Location"] == "/konto/losenord/glomt/skickat/"
    assert mail.outbox == []


def test_three_wrong_codes_end_the_try(client, leader):
    client.post(CODE, {"email": leader.email})
    code = code_in(mail.outbox[0])
    for _try in range(3):
        client.post(ANSWER, {"code": "00000000"})

    assert client.post(ANSWER, {"code": code})["Location"].startswith("/konto/logga-in/")
    assert "_auth_user_id" not in client.session


def test_codes_guessed_in_parallel_are_counted_together(rf, monkeypatch):
    """The session counts tries too, but parallel requests all read it before any has written: this holds then."""
    monkeypatch.setattr("accounts.forms.context", type("Context", (), {"request": rf.post(ANSWER)}))
    guesses = [f"{number:08}" for number in range(40)]

    with ThreadPoolExecutor(8) as pool:
        errors = list(pool.map(lambda guess: str(LoginCodeForm({"code": guess}, code="99999999").errors), guesses))

    assert sum("För många" not in error for error in errors) == 3


def test_right_code_after_too_many_guesses_is_refused(rf, monkeypatch):
    monkeypatch.setattr("accounts.forms.context", type("Context", (), {"request": rf.post(ANSWER)}))
    for guess in ("11111111", "22222222", "33333333"):
        assert not LoginCodeForm({"code": guess}, code="99999999").is_valid()

    assert not LoginCodeForm({"code": "99999999"}, code="99999999").is_valid()


def test_letters_with_codes_are_few_per_address(client, leader):
    for _try in range(4):
        Client().post(CODE, {"email": leader.email})

    assert len(mail.outbox) == 3


def test_sign_up_is_closed(client, db):
    response = client.post("/konto/ny/", {"email": "ny@ekbacka.example", "password1": "fyra-ord-i-en-rad"})

    assert "Du får ett konto genom en inbjudan" in response.content.decode()


# Limits that hold an attacker and not a school


def test_forty_people_behind_one_address_may_all_be_wrong_once(client, school):
    people = UserFactory.create_batch(40)

    statuses = {sign_in(Client(), person, password="fel").status_code for person in people}

    assert statuses == {200}


def test_forty_people_behind_one_address_all_get_their_code(client, school):
    for person in UserFactory.create_batch(40):
        Client().post(CODE, {"email": person.email})

    assert len(mail.outbox) == 40


def test_eleventh_wrong_password_for_one_account_is_not_tried(client, leader):
    for _try in range(10):
        sign_in(Client(), leader, password="fel")

    response = sign_in(client, leader)

    assert "För många misslyckade inloggningsförsök. Försök igen senare." in str(response.context["form"].errors)
    assert "_auth_user_id" not in client.session


def test_another_account_is_not_held_by_an_attack_on_one(client, leader, coordinator):
    for _try in range(12):
        sign_in(Client(), leader, password="fel")

    assert sign_in(client, coordinator).status_code == 302


@pytest.mark.parametrize(("proxies", "counted"), [(0, "192.0.2.1"), (1, "203.0.113.7")])
def test_address_is_the_clients_only_behind_a_known_proxy(client, leader, settings, proxies, counted):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    sign_in(client, leader, REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": "203.0.113.7"})

    assert UserSession.objects.get(user=leader).ip == counted


def test_several_processes_without_a_shared_cache_are_warned_of(settings):
    settings.PROCESSES = 4
    assert [warning.id for warning in shared_cache(None)] == ["stins.W001"]

    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    assert shared_cache(None) == []


def test_one_process_may_count_in_its_own_memory(settings):
    settings.PROCESSES = 1

    assert shared_cache(None) == []


# Sign-ins that last and sign-ins that end


def test_sign_in_lasts_a_day_without_network(client, leader, settings):
    sign_in(client, leader)

    assert client.session.get_expiry_age() >= 12 * 60 * 60 - 5
    assert client.cookies["sessionid"]["max-age"] == settings.SESSION_COOKIE_AGE


def test_changed_password_ends_the_other_sign_ins(client, leader):
    elsewhere = Client()
    sign_in(elsewhere, leader)
    sign_in(client, leader)

    client.post(
        "/konto/losenord/andra/",
        {"oldpassword": PASSWORD, "password1": "helt-nya-ord-i-rad", "password2": "helt-nya-ord-i-rad"},
    )

    assert client.get("/start/").url == "/skolor/almskolan/"
    assert elsewhere.get("/start/")["Location"] == "/konto/logga-in/?next=/start/"


def test_new_role_ends_the_sign_in_and_says_why(client, leader, municipality):
    sign_in(client, leader)
    client.get("/skolor/almskolan/")
    MembershipFactory(user=leader, role=Role.EDITOR, municipality=municipality)

    response = client.get("/skolor/almskolan/", follow=True)

    assert response.redirect_chain[0][0] == "/konto/logga-in/?next=%2Fskolor%2Falmskolan%2F"
    assert "Dina roller har ändrats. Logga in igen för att fortsätta." in response.content.decode()


def test_role_that_ended_ends_the_sign_in(client, leader, today):
    sign_in(client, leader)
    Membership.objects.filter(user=leader).update(end_date="2026-11-21")

    assert client.get("/skolor/almskolan/")["Location"].startswith("/konto/logga-in/")


def test_what_is_sent_after_a_role_ended_meets_the_rules_and_is_not_thrown_away(client, leader, school_class):
    sign_in(client, leader)
    Membership.objects.filter(user=leader).delete()

    assert client.post("/skolor/almskolan/rapportera/?klass=3B&pass=T-B1", {}).status_code == 404


def test_own_sign_ins_are_listed_and_ended(client, leader):
    phone = Client(headers={"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"})
    sign_in(phone, leader)
    sign_in(client, leader)
    page = client.get("/konto/inloggningar/").content.decode()
    assert re.findall(r"<strong>(.*?)</strong>", page) == ["Safari, iPhone", "Okänd enhet"]

    client.post("/konto/inloggningar/")

    assert phone.get("/start/").url.startswith("/konto/logga-in/")
    assert list(Event.objects.filter(kind="sign_ins_ended").values_list("actor", flat=True)) == [leader.pk]
    assert client.get("/start/").url == "/skolor/almskolan/"


def test_sign_ins_of_others_are_not_listed(client, leader, coordinator):
    sign_in(Client(), coordinator)
    sign_in(client, leader)

    assert [row.user for row in client.get("/konto/inloggningar/").context["sessions"]] == [leader]


# The own account


def test_new_address_is_used_only_when_its_link_is_opened(client, leader):
    EmailAddress.objects.create(user=leader, email=leader.email, primary=True, verified=True)
    sign_in(client, leader)
    client.post("/konto/e-post/", {"email": "nytt@ekbacka.example", "action_add": ""})
    leader.refresh_from_db()
    assert leader.email == "leader@ekbacka.example"
    link = re.search(r"http://testserver(/konto/e-post/bekrafta/\S+/)", mail.outbox[-1].body)[1]

    client.post(link)

    leader.refresh_from_db()
    assert leader.email == "nytt@ekbacka.example"


def test_own_account_does_not_tell_whether_another_address_has_one(client, leader, coordinator):
    EmailAddress.objects.create(user=coordinator, email=coordinator.email, primary=True, verified=True)
    sign_in(client, leader)

    answers = [
        client.post("/konto/e-post/", {"email": email, "action_add": ""})["Location"]
        for email in ("okand@ekbacka.example", coordinator.email)
    ]

    assert answers == ["/konto/e-post/", "/konto/e-post/"]
    leader.refresh_from_db()
    assert leader.email == "leader@ekbacka.example"


def test_asking_for_a_new_address_never_loses_the_old_one(client, leader):
    """The library drops a current address that it has never seen confirmed: every sign-in sees to that."""
    sign_in(client, leader)
    for email in ("nytt@ekbacka.example", "annat@ekbacka.example"):
        client.post("/konto/e-post/", {"email": email, "action_add": ""})

    leader.refresh_from_db()
    assert leader.email == "leader@ekbacka.example"


def test_own_account_tells_how_one_signs_in(client, leader):
    sign_in(client, leader)

    page = client.get("/konto/").content.decode()

    assert re.findall(r"<strong>([^<]+)</strong><small>([^<]+)</small>", page)[:4] == [
        ("E-post", "leader@ekbacka.example"),
        ("Lösenord", "Du har ett"),
        ("Andra steget", "Inte ordnat"),
        ("Var du är inloggad", "På 1 enhet"),
    ]
