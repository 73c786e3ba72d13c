"""Invitations: who may invite whom, what the link does, and what happens to links that are wrong, old or used."""

import re
from datetime import date, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from programmes.enums import Role
from programmes.models import Event, Invitation, Membership, School
from tests.factories import InvitationFactory, MembershipFactory, MunicipalityFactory, SchoolFactory, UserFactory

LIST, NEW = "/inbjudningar/", "/inbjudningar/ny/"
NAME = {"first_name": "Nour", "last_name": "Halvarsson"}


@pytest.fixture
def other_school(municipality):
    return SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjorkskolan")


@pytest.fixture
def administrator(municipality):
    user = UserFactory(email="administrator@ekbacka.example")
    MembershipFactory(user=user, role=Role.ADMINISTRATOR, municipality=municipality)
    return user


@pytest.fixture
def invitation(school, coordinator):
    return InvitationFactory(school=school, email="ny@ekbacka.example", token="lanken", invited_by=coordinator)


def link_in(letter):
    return re.search(r"http://testserver(/inbjudan/\S+/)", letter.body)[1]


def memberships_of(email):
    return sorted(
        Membership.objects.filter(user__email=email).values_list("role", "school__slug", "municipality__code")
    )


# Inviting


def test_coordinator_invites_a_leader_of_a_class(client, coordinator, school, school_class):
    client.force_login(coordinator)

    response = client.post(
        NEW, {"email": "Ny@Ekbacka.example", "role": "leader", "school": "almskolan", "classes": [school_class.pk]}
    )

    assert response["Location"] == LIST
    found = Invitation.objects.get()
    assert (found.email, found.role, found.school, list(found.classes.all()), found.invited_by) == (
        "ny@ekbacka.example",
        "leader",
        school,
        [school_class],
        coordinator,
    )
    assert [letter.to for letter in mail.outbox] == [["ny@ekbacka.example"]]
    assert mail.outbox[0].subject == "Inbjudan till Stins, Almskolan"
    assert "Du är inbjuden till Stins. Din roll blir: passledare, Almskolan." in mail.outbox[0].body


def test_letter_holds_a_link_whose_secret_is_not_kept(client, coordinator, school):
    client.force_login(coordinator)
    client.post(NEW, {"email": "ny@ekbacka.example", "role": "coordinator", "school": "almskolan"})

    secret = link_in(mail.outbox[0]).split("/")[2]

    assert len(secret) == 43
    assert secret not in str(Invitation.objects.values())


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        ("coordinator", ["leader", "coordinator"]),
        ("centre", ["leader", "coordinator", "editor", "evaluator"]),
        ("administrator", [role.value for role in Role]),
    ],
)
def test_each_role_invites_to_its_own_roles(request, client, school, who, roles):
    client.force_login(request.getfixturevalue(who))

    form = client.get(NEW).context["form"]

    assert [value for value, _label in form.fields["role"].choices] == roles


@pytest.mark.parametrize("who", ["leader", "stranger"])
@pytest.mark.parametrize("address", [LIST, NEW])
def test_others_do_not_invite(request, client, school, who, address):
    client.force_login(request.getfixturevalue(who))

    assert client.get(address).status_code == 403
    assert client.post(NEW, {"email": "ny@x.example", "role": "leader", "school": "almskolan"}).status_code == 403
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"school": "bjorkskolan"}, {"school"}),
        ({"role": "administrator"}, {"role"}),
        ({"role": "supervisor"}, {"role"}),
        ({"email": "inte en adress"}, {"email"}),
        ({"email": "a\x00b@ekbacka.example"}, {"email"}),
        ({"email": "a@b.example\nBcc: alla@x.example"}, {"email"}),
        ({"email": f"{'a' * 300}@ekbacka.example"}, {"email"}),
        ({"end_date": "2026-11-21"}, {"end_date"}),
    ],
)
def test_bad_invitation_is_refused_and_keeps_what_was_typed(client, coordinator, school, other_school, data, errors):
    client.force_login(coordinator)
    typed = {"email": "ny@ekbacka.example", "role": "leader", "school": "almskolan", **data}

    form = client.post(NEW, typed).context["form"]

    assert set(form.errors) == errors
    assert {name: form[name].value() for name in ("email", "role")} == {name: typed[name] for name in ("email", "role")}
    assert (Invitation.objects.count(), len(mail.outbox)) == (0, 0)


def test_personal_identity_number_in_an_address_is_refused_and_not_sent_back(client, coordinator, school):
    client.force_login(coordinator)

    answer = client.post(NEW, {"email": "20121212-1212@ekbacka.example", "role": "leader", "school": "almskolan"})

    form = answer.context["form"]
    assert set(form.errors) == {"email"}
    assert (form["email"].value(), form["role"].value()) == ("…@ekbacka.example", "leader")
    assert "1212-1212" not in answer.text
    assert (Invitation.objects.count(), len(mail.outbox)) == (0, 0)


def test_class_of_another_school_is_refused(client, coordinator, school_class, other_school):
    elsewhere = school_class.__class__.objects.create(
        school=other_school, start_year=2026, name="4Z", lowest_grade=4, highest_grade=4
    )
    client.force_login(coordinator)

    typed = {"email": "ny@ekbacka.example", "role": "leader", "school": "almskolan", "classes": [elsewhere.pk]}

    assert set(client.post(NEW, typed).context["form"].errors) == {"classes"}


def test_centre_invites_to_any_school_of_the_municipality_and_no_other(client, centre, school, other_school, stranger):
    client.force_login(centre)

    schools = client.get(NEW).context["form"].fields["school"].queryset

    assert list(schools.values_list("slug", flat=True)) == ["almskolan", "bjorkskolan"]
    assert School.objects.filter(name="Granskolan").exists()


def test_waiting_invitation_is_not_doubled(client, coordinator, invitation):
    client.force_login(coordinator)

    response = client.post(NEW, {"email": "NY@ekbacka.example", "role": "leader", "school": "almskolan"})

    assert response.context["form"].errors == {
        "email": ["Adressen har redan en inbjudan som väntar. Skicka den igen från listan."]
    }
    assert Invitation.objects.count() == 1


def test_too_old_invitation_gives_way_to_a_new_one(client, coordinator, invitation):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    client.force_login(coordinator)

    client.post(NEW, {"email": "ny@ekbacka.example", "role": "leader", "school": "almskolan"})

    assert [row.revoked_at is None for row in Invitation.objects.in_order()] == [True, False]


def test_inviting_does_not_tell_whether_an_address_has_an_account(client, coordinator, school, stranger):
    client.force_login(coordinator)

    told = [
        client.post(NEW, {"email": email, "role": "leader", "school": "almskolan"}, follow=True).content.decode()
        for email in ("ingen@granby.example", stranger.email)
    ]

    assert "Inbjudan är skickad till ingen@granby.example." in told[0]
    assert f"Inbjudan är skickad till {stranger.email}." in told[1]
    assert [letter.body.count("konto") for letter in mail.outbox] == [0, 0]


def test_letter_that_cannot_be_sent_is_told_and_the_invitation_kept(client, coordinator, school, monkeypatch):
    def broken(self):
        raise SMTPServerDisconnected("no server")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    client.force_login(coordinator)

    page = client.post(
        NEW, {"email": "ny@ekbacka.example", "role": "leader", "school": "almskolan"}, follow=True
    ).content.decode()

    assert "men brevet gick inte att skicka" in page
    assert Invitation.objects.count() == 1


def test_letters_that_one_person_sends_are_limited(client, coordinator, invitation, settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"invite": "2/h/user"}
    client.force_login(coordinator)

    statuses = [client.post(f"{LIST}{invitation.pk}/skicka-igen/").status_code for _time in range(3)]
    refused = client.post(NEW, {"email": "en-till@ekbacka.example", "role": "leader", "school": "almskolan"})

    assert (statuses, refused.status_code) == ([302, 302, 429], 429)
    assert "För många försök på kort tid" in refused.content.decode()
    assert (len(mail.outbox), Invitation.objects.count()) == (2, 1)


# The list


def test_list_shows_the_own_school_and_nothing_of_others(client, coordinator, invitation, other_school, municipality):
    InvitationFactory(school=other_school, email="annan@ekbacka.example")
    InvitationFactory(municipality=municipality, role=Role.ADMINISTRATOR, email="chef@ekbacka.example")
    client.force_login(coordinator)

    page = client.get(LIST).content.decode()

    assert re.findall(r"[\w.]+@ekbacka\.example(?=</strong>)", page) == ["ny@ekbacka.example"]


def test_list_of_the_centre_ends_at_the_municipality(client, centre, invitation, other_school, municipality):
    InvitationFactory(school=other_school, email="annan@ekbacka.example")
    InvitationFactory(municipality=municipality, role=Role.ADMINISTRATOR, email="chef@ekbacka.example")
    InvitationFactory(school=SchoolFactory(municipality=MunicipalityFactory()), email="grann@granby.example")
    client.force_login(centre)

    page = client.get(LIST).content.decode()

    assert sorted(re.findall(r"[\w.]+@\w+\.example(?=</strong>)", page)) == [
        "annan@ekbacka.example",
        "ny@ekbacka.example",
    ]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_list_asks_as_much_whatever_its_length(client, coordinator, school, query_count, number):
    InvitationFactory.create_batch(number, school=school, invited_by=coordinator)
    client.force_login(coordinator)

    with query_count(9):
        client.get(LIST)


def test_sending_again_makes_the_old_link_stop(client, coordinator, invitation):
    client.force_login(coordinator)
    client.post(f"{LIST}{invitation.pk}/skicka-igen/")
    client.logout()

    old, new = client.get("/inbjudan/lanken/"), client.get(link_in(mail.outbox[0]))

    assert (old.status_code, new.status_code) == (404, 200)
    assert "Länken är inte hel" in old.content.decode()


def test_taken_back_link_says_so(client, coordinator, invitation):
    client.force_login(coordinator)
    client.post(f"{LIST}{invitation.pk}/ta-tillbaka/")
    client.logout()

    response = client.post("/inbjudan/lanken/", NAME)

    assert response.status_code == 410
    assert "Den har tagits tillbaka." in response.content.decode()
    assert not User.objects.filter(email="ny@ekbacka.example").exists()


@pytest.mark.parametrize("verb", ["skicka-igen", "ta-tillbaka"])
def test_invitation_of_another_school_is_not_found(client, coordinator, other_school, verb):
    elsewhere = InvitationFactory(school=other_school)
    client.force_login(coordinator)

    assert client.post(f"{LIST}{elsewhere.pk}/{verb}/").status_code == 404
    assert (Invitation.objects.get().revoked_at, len(mail.outbox)) == (None, 0)


@pytest.mark.parametrize("verb", ["skicka-igen", "ta-tillbaka"])
def test_answered_invitation_is_neither_sent_again_nor_taken_back(client, coordinator, invitation, verb):
    Invitation.objects.update(accepted_at=timezone.now())
    client.force_login(coordinator)

    page = client.post(f"{LIST}{invitation.pk}/{verb}/", follow=True).content.decode()

    assert "Inbjudan är redan besvarad." in page
    assert (Invitation.objects.get().revoked_at, len(mail.outbox)) == (None, 0)


# Accepting


def test_opening_the_link_changes_nothing(client, invitation):
    page = client.get("/inbjudan/lanken/").content.decode()

    assert "Din roll blir: passledare, Almskolan." in page
    assert Invitation.objects.get().accepted_at is None
    assert not User.objects.filter(email="ny@ekbacka.example").exists()


def test_accepting_opens_an_account_with_the_role_and_signs_in(client, invitation, school, school_class, today):
    invitation.classes.add(school_class)

    response = client.post("/inbjudan/lanken/", {**NAME, "password": "fyra-ord-i-en-rad"})

    user = User.objects.get(email="ny@ekbacka.example")
    membership = user.memberships.get()
    assert (membership.role, membership.school, list(membership.classes.all())) == ("leader", school, [school_class])
    assert (membership.start_date, membership.end_date) == (today, None)
    assert (user.get_full_name(), user.check_password("fyra-ord-i-en-rad")) == ("Nour Halvarsson", True)
    assert response["Location"] == "/start/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert [(row.email, row.verified, row.primary) for row in user.emailaddress_set.all()] == [(user.email, True, True)]


def test_role_ends_on_the_day_that_the_invitation_says(client, invitation):
    Invitation.objects.update(end_date=date(2027, 6, 30))

    client.post("/inbjudan/lanken/", NAME)

    assert Membership.objects.get(user__email="ny@ekbacka.example").end_date == date(2027, 6, 30)


def test_account_without_a_password_cannot_be_opened_with_one(client, invitation):
    client.post("/inbjudan/lanken/", NAME)

    assert User.objects.get(email="ny@ekbacka.example").has_usable_password() is False


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"first_name": ""}, "first_name"),
        ({"last_name": "Berg 20121212-1212"}, "last_name"),
        ({"password": "kort"}, "password"),
        ({"password": "password123"}, "password"),
        ({"first_name": "a\x00b"}, "first_name"),
        ({"first_name": "a" * 151}, "first_name"),
    ],
)
def test_bad_account_is_refused_and_the_link_still_works(client, invitation, data, field):
    response = client.post("/inbjudan/lanken/", {**NAME, **data})

    assert set(response.context["form"].errors) == {field}
    assert client.post("/inbjudan/lanken/", NAME).status_code == 302


def test_used_link_does_not_work_again(client, invitation):
    client.post("/inbjudan/lanken/", NAME)
    client.logout()

    response = client.post("/inbjudan/lanken/", {"first_name": "En", "last_name": "Annan"})

    assert response.status_code == 410
    assert "Den är redan använd." in response.content.decode()
    assert User.objects.get(email="ny@ekbacka.example").get_full_name() == "Nour Halvarsson"


def test_too_old_link_does_not_work(client, invitation):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    response = client.post("/inbjudan/lanken/", NAME)

    assert response.status_code == 410
    assert "Den har blivit för gammal." in response.content.decode()
    assert not User.objects.filter(email="ny@ekbacka.example").exists()


@pytest.mark.parametrize("token", ["lankeN", "lanken1", "x", "%00", "a" * 2000])
def test_tampered_link_does_not_work(client, invitation, token):
    response = client.post(f"/inbjudan/{token}/", NAME)

    assert response.status_code == 404
    assert not User.objects.filter(email="ny@ekbacka.example").exists()


def test_link_does_not_work_at_another_municipality(client, invitation, settings):
    MunicipalityFactory(name="Granby kommun", code="9902")

    response = client.post("/inbjudan/lanken/", NAME, headers={"host": "kommun1.example"})

    assert response.status_code == 404
    assert not User.objects.filter(email="ny@ekbacka.example").exists()


def test_person_with_an_account_signs_in_to_accept(client, invitation):
    UserFactory(email="ny@ekbacka.example")

    page = client.post("/inbjudan/lanken/", NAME).content.decode()

    assert 'href="/konto/logga-in/?next=/inbjudan/lanken/"' in page
    assert memberships_of("ny@ekbacka.example") == []


def test_person_with_an_account_gets_one_more_role(client, invitation, other_school):
    user = UserFactory(email="ny@ekbacka.example")
    MembershipFactory(user=user, role=Role.LEADER, school=other_school)
    client.force_login(user)

    assert client.get("/inbjudan/lanken/").status_code == 200
    client.post("/inbjudan/lanken/")

    assert memberships_of("ny@ekbacka.example") == [("leader", "almskolan", None), ("leader", "bjorkskolan", None)]


def test_role_that_a_person_has_already_is_not_doubled(client, invitation, school):
    user = UserFactory(email="ny@ekbacka.example")
    MembershipFactory(user=user, role=Role.LEADER, school=school)
    client.force_login(user)

    client.post("/inbjudan/lanken/")

    assert memberships_of("ny@ekbacka.example") == [("leader", "almskolan", None)]


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_address_cannot_accept_and_is_not_told_whose_it_is(client, invitation, stranger, method):
    client.force_login(stranger)

    response = getattr(client, method)("/inbjudan/lanken/")

    assert response.status_code == 403
    page = response.content.decode()
    assert "Inbjudan gäller en annan adress" in page
    assert "ny@ekbacka.example" not in page
    assert Invitation.objects.get().accepted_at is None
    assert [role for role, *_place in memberships_of(stranger.email)] == ["coordinator"]
    assert not Membership.objects.filter(user=stranger, school__slug="almskolan").exists()


# The trace


def test_every_step_of_an_invitation_leaves_its_trace(client, coordinator, school):
    client.force_login(coordinator)
    client.post(NEW, {"email": "ny@ekbacka.example", "role": "leader", "school": "almskolan"})
    client.post(f"{LIST}{Invitation.objects.get().pk}/skicka-igen/")
    client.logout()
    client.post(link_in(mail.outbox[1]), NAME)

    user = User.objects.get(email="ny@ekbacka.example")
    kinds = ("invitation_made", "invitation_resent", "invitation_accepted", "role_given")
    assert list(Event.objects.filter(kind__in=kinds).values_list("kind", "actor", "person", "school")) == [
        ("invitation_made", coordinator.pk, None, school.pk),
        ("invitation_resent", coordinator.pk, None, school.pk),
        ("invitation_accepted", user.pk, None, school.pk),
        ("role_given", coordinator.pk, user.pk, school.pk),
    ]
    assert "@" not in str(list(Event.objects.values_list("about", flat=True)))


def test_taking_back_leaves_its_trace(client, coordinator, invitation, school):
    client.force_login(coordinator)
    client.post(f"{LIST}{invitation.pk}/ta-tillbaka/")

    assert list(Event.objects.filter(kind="invitation_revoked").values_list("actor", "about")) == [
        (coordinator.pk, {"role": "leader"})
    ]
