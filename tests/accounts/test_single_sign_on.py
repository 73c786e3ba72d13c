"""The municipality's own sign-in, against a real OpenID provider and a real SAML identity provider that run here."""

import base64

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from accounts.models import User
from config.sso import read_single_sign_on
from programmes.enums import Role
from programmes.models import Invitation, Membership
from tests.accounts import oidc, saml
from tests.factories import InvitationFactory

NOUR = "nour@ekbacka.example"
NO_ROLE = "Du har ingen roll i Stins"
FAILED = "Inloggningen fungerade inte"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_tried_before():
    cache.clear()


def connect(settings, path, text):
    path.write_text(text)
    settings.SINGLE_SIGN_ON = read_single_sign_on(str(path))
    settings.SOCIALACCOUNT_PROVIDERS = settings.SINGLE_SIGN_ON.providers


def signed_in(client):
    return client.session.get("_auth_user_id")


# OpenID Connect


@pytest.fixture(scope="module")
def provider():
    with oidc.running_provider() as address:
        yield address


@pytest.fixture
def openid(provider, settings, tmp_path):
    connect(
        settings,
        tmp_path / "sso.yaml",
        f"""
openid_connect:
  - id: kommunen
    name: Ekbacka kommun
    server_url: {provider}
    client_id: stins
    client_secret: hemligt
    email_domains: [ekbacka.example]
""",
    )
    return provider


def come_in(client, provider, subject, **claims):
    oidc.know_person(provider, subject, **claims)
    return oidc.come_back(client, oidc.sign_in_at(client, provider, subject))


@pytest.mark.usefixtures("openid")
def test_sign_in_page_offers_the_municipalitys_own(client, municipality):
    page = client.get("/konto/logga-in/").content.decode()

    assert 'href="/konto/kommunens/kommunen/login/?process=login">Logga in med Ekbacka kommun</a>' in page


def test_invited_person_comes_in_with_the_role_of_the_invitation(client, openid, school):
    InvitationFactory(school=school, email=NOUR, role=Role.COORDINATOR)

    response = come_in(client, openid, NOUR, given_name="Nour", family_name="Halvarsson", role="administrator")

    user = User.objects.get(email=NOUR)
    assert signed_in(client) == str(user.pk)
    assert user.get_full_name() == "Nour Halvarsson"
    assert list(user.memberships.values_list("role", "school__slug")) == [("coordinator", "almskolan")]
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (False, False, False)
    assert response.redirect_chain[-1][0] == "/skolor/almskolan/"
    assert Invitation.objects.get().accepted_at is not None


def test_only_attributes_on_the_list_are_kept(client, openid, school):
    InvitationFactory(school=school, email=NOUR)

    come_in(client, openid, NOUR, given_name="Nour", personnummer="20121212-1212", phone_number="070-123 45 67")

    kept = SocialAccount.objects.get().extra_data
    assert set(kept) == {"userinfo", "id_token"}
    assert set(kept["userinfo"]) <= {"email", "email_verified", "name", "given_name", "family_name"}
    assert "1212" not in str(kept)
    assert "070" not in str(kept)


def test_person_with_an_account_and_a_role_is_recognised(client, openid, leader):
    come_in(client, openid, leader.email)

    assert signed_in(client) == str(leader.pk)
    assert User.objects.filter(email=leader.email).count() == 1


def test_stranger_with_a_true_identity_is_told_that_they_have_no_role(client, openid, school):
    response = come_in(client, openid, "okand@ekbacka.example")

    assert response.status_code == 403
    assert NO_ROLE in response.content.decode()
    assert signed_in(client) is None
    assert not User.objects.filter(email="okand@ekbacka.example").exists()


def test_person_whose_role_has_ended_is_told(client, openid, leader):
    Membership.objects.filter(user=leader).update(end_date="2026-11-01")

    response = come_in(client, openid, leader.email)

    assert NO_ROLE in response.content.decode()
    assert signed_in(client) is None


def test_provider_does_not_vouch_for_addresses_outside_its_domains(client, openid, leader):
    leader.email = "leader@granby.example"
    leader.save()

    response = come_in(client, openid, "leader@granby.example", email_verified=True)

    assert NO_ROLE in response.content.decode()
    assert signed_in(client) is None


def test_address_that_the_provider_says_is_not_confirmed_is_not_used(client, openid, leader):
    response = come_in(client, openid, leader.email, email_verified=False)

    assert NO_ROLE in response.content.decode()
    assert signed_in(client) is None


def test_same_subject_is_recognised_after_the_address_has_changed(client, openid, leader):
    oidc.know_person(openid, "subject-17", email=leader.email)
    oidc.come_back(client, oidc.sign_in_at(client, openid, "subject-17"))
    client.logout()
    oidc.know_person(openid, "subject-17", email="nytt-namn@ekbacka.example")

    oidc.come_back(client, oidc.sign_in_at(client, openid, "subject-17"))

    assert signed_in(client) == str(leader.pk)


def test_answer_in_another_browser_does_not_sign_in(client, openid, leader):
    oidc.know_person(openid, leader.email)
    location = oidc.sign_in_at(client, openid, leader.email)
    other = Client()

    response = oidc.come_back(other, location)

    assert FAILED in response.content.decode()
    assert signed_in(other) is None


def test_answer_does_not_work_twice(client, openid, leader):
    oidc.know_person(openid, leader.email)
    location = oidc.sign_in_at(client, openid, leader.email)
    oidc.come_back(client, location)
    client.logout()

    oidc.come_back(client, location)

    assert signed_in(client) is None


@pytest.mark.parametrize(("second_factor", "opens"), [("false", False), ("true", True)])
def test_second_factor_is_the_municipalitys_only_when_it_says_so(
    client, provider, centre, settings, tmp_path, second_factor, opens
):
    settings.SECOND_FACTOR_REQUIRED = True
    connect(
        settings,
        tmp_path / "sso.yaml",
        f"openid_connect: [{{id: kommunen, name: Ekbacka, server_url: '{provider}', client_id: stins,"
        f" client_secret: x, email_domains: [ekbacka.example], second_factor: {second_factor}}}]",
    )

    come_in(client, provider, centre.email)

    assert (client.get("/oversikt/").status_code == 200) is opens


# SAML


def browser():
    """A browser that knows Stins by the name that the identity provider knows it by."""
    return Client(headers={"host": saml.HOST})


@pytest.fixture
def at_host(db):
    return browser()


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("saml")
    return saml.make_key(folder, "idp"), saml.make_key(folder, "someone-else")


@pytest.fixture
def federation(keys, settings, tmp_path):
    connect(
        settings,
        tmp_path / "sso.yaml",
        f"""
saml:
  - id: skolfederation
    name: Skolfederation
    entity_id: {saml.IDP}
    sso_url: {saml.SSO}
    certificate_file: {keys[0][1]}
    email_domains: [ekbacka.example]
""",
    )


@pytest.fixture
def idp(federation, keys, municipality):
    return saml.identity_provider(*keys[0], browser().get("/konto/kommunens/saml/skolfederation/metadata/").content)


def asked(client):
    """Go to the identity provider; returns the id of the question."""
    response = client.get("/konto/kommunens/saml/skolfederation/login/?process=login")
    assert response["Location"].startswith(f"{saml.SSO}?SAMLRequest=")
    return saml.question_in(response["Location"])


def posted(client, answer):
    return client.post(saml.ACS, {"SAMLResponse": answer, "RelayState": ""}, follow=True)


def identity(email, **more):
    return {saml.EPPN: [email], saml.MAIL: [email], saml.GIVEN_NAME: ["Nour"], saml.SURNAME: ["Halvarsson"], **more}


def test_invited_person_comes_in_through_the_federation(at_host, idp, school):
    InvitationFactory(school=school, email=NOUR)

    posted(at_host, saml.answer(idp, asked(at_host), identity(NOUR)))

    user = User.objects.get(email=NOUR)
    assert signed_in(at_host) == str(user.pk)
    assert user.get_full_name() == "Nour Halvarsson"
    assert list(user.memberships.values_list("role", "school__slug")) == [("leader", "almskolan")]
    assert SocialAccount.objects.get().uid == NOUR


def test_only_listed_attributes_of_the_federation_are_kept(at_host, idp, school):
    InvitationFactory(school=school, email=NOUR)
    personal = {"urn:oid:1.2.752.29.4.13": ["201212121212"], "urn:oid:2.5.4.20": ["070-123 45 67"]}

    posted(at_host, saml.answer(idp, asked(at_host), identity(NOUR, **personal)))

    assert set(SocialAccount.objects.get().extra_data) == {saml.EPPN, saml.MAIL, saml.GIVEN_NAME, saml.SURNAME}


def test_true_identity_without_a_role_does_not_come_in(at_host, idp, school):
    response = posted(at_host, saml.answer(idp, asked(at_host), identity("okand@ekbacka.example")))

    assert NO_ROLE in response.content.decode()
    assert signed_in(at_host) is None


def test_unsigned_answer_is_refused(at_host, idp, leader):
    response = posted(at_host, saml.answer(idp, asked(at_host), identity(leader.email), signed=False))

    assert FAILED in response.content.decode()
    assert signed_in(at_host) is None


def test_answer_signed_by_someone_else_is_refused(at_host, idp, keys, leader):
    idp.sec.key_file = str(keys[1][0])

    response = posted(at_host, saml.answer(idp, asked(at_host), identity(leader.email)))

    assert FAILED in response.content.decode()
    assert signed_in(at_host) is None


def test_answer_that_was_changed_on_its_way_is_refused(at_host, idp, leader, coordinator):
    made = base64.b64decode(saml.answer(idp, asked(at_host), identity(leader.email)))
    changed = base64.b64encode(made.replace(leader.email.encode(), coordinator.email.encode())).decode()

    assert FAILED in posted(at_host, changed).content.decode()
    assert signed_in(at_host) is None


def test_answer_for_another_audience_is_refused(at_host, idp, leader):
    answer = saml.answer(idp, asked(at_host), identity(leader.email), audience="https://another.example/metadata/")

    assert FAILED in posted(at_host, answer).content.decode()
    assert signed_in(at_host) is None


def test_answer_to_another_address_is_refused(at_host, idp, leader):
    answer = saml.answer(idp, asked(at_host), identity(leader.email), destination="https://another.example/acs/")

    assert FAILED in posted(at_host, answer).content.decode()
    assert signed_in(at_host) is None


def test_answer_is_not_taken_twice(at_host, idp, leader):
    answer = saml.answer(idp, asked(at_host), identity(leader.email))
    posted(at_host, answer)
    assert signed_in(at_host) == str(leader.pk)
    at_host.logout()

    posted(at_host, answer)

    assert signed_in(at_host) is None


def test_answer_that_nobody_asked_for_is_refused(at_host, idp, leader):
    for question in (None, "id-of-a-question-never-asked"):
        posted(at_host, saml.answer(idp, question, identity(leader.email)))

        assert signed_in(at_host) is None


def test_answer_that_was_meant_for_another_browser_is_refused(at_host, idp, leader):
    answer = saml.answer(idp, asked(browser()), identity(leader.email))

    posted(at_host, answer)

    assert signed_in(at_host) is None


@pytest.mark.parametrize("junk", ["", "inte base64 ✶", "PGE+", base64.b64encode(b"<a>\x00</a>").decode()])
def test_junk_instead_of_an_answer_is_refused_in_words(at_host, federation, municipality, junk):
    response = posted(at_host, junk)

    assert FAILED in response.content.decode()


def test_identity_provider_is_told_who_stins_is(at_host, federation, municipality):
    metadata = at_host.get("/konto/kommunens/saml/skolfederation/metadata/").content.decode()

    assert f'entityID="{saml.ENTITY}"' in metadata
    assert f'Location="http://{saml.HOST}{saml.ACS}"' in metadata
    assert 'WantAssertionsSigned="true"' in metadata


# The file


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- 1", "the lists are openid_connect and saml"),
        ("ldap: []", "the lists are openid_connect and saml"),
        ("openid_connect: [{id: a, name: A}]", "client_id, email_domains, server_url is missing"),
        (
            "openid_connect: [{id: a, name: A, client_id: b, email_domains: [x.se],"
            " server_url: 'https://login.microsoftonline.com/common/v2.0'}]",
            "server_url lets in every tenant",
        ),
        (
            "openid_connect: [{id: a, name: A, client_id: b, email_domains: x.se, server_url: 'https://x.se'}]",
            "email_domains is a list",
        ),
        ("openid_connect: [{id: a, roll: A}]", "is missing"),
        ("saml: [{id: a, name: A, entity_id: b, email_domains: [x.se]}]", "metadata_url, or sso_url and certificate"),
        (
            "saml: [{id: a, name: A, entity_id: b, email_domains: [x.se], metadata_url: m, rool: x}]",
            "rool is not known",
        ),
        ("a: [", "cannot be read"),
    ],
)
def test_wrong_line_in_the_file_is_named(tmp_path, text, sentence):
    (tmp_path / "sso.yaml").write_text(text)

    with pytest.raises(ImproperlyConfigured, match=sentence):
        read_single_sign_on(str(tmp_path / "sso.yaml"))


def test_secret_is_read_from_a_file_of_its_own(tmp_path):
    (tmp_path / "secret").write_text("hemligt\n")
    (tmp_path / "sso.yaml").write_text(
        f"openid_connect: [{{id: a, name: A, client_id: b, client_secret_file: {tmp_path / 'secret'},"
        " email_domains: [x.se], server_url: 'https://x.se'}]"
    )

    found = read_single_sign_on(str(tmp_path / "sso.yaml"))

    assert found.providers["openid_connect"]["APPS"][0]["secret"] == "hemligt"


def test_product_adds_no_provider(client, municipality):
    """Providers stand in the settings: none is read from the database, which an administrator's page could fill."""

    SocialApp.objects.create(provider="openid_connect", provider_id="smyg", name="Smyg", client_id="x")

    assert "Smyg" not in client.get("/konto/logga-in/").content.decode()
    assert client.get("/konto/kommunens/smyg/login/").status_code == 404
