"""The evaluator comes for a limited time: no door gives the role without a last day, and after it all are closed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from programmes import rules
from programmes.actions.memberships import hand_over
from programmes.enums import LIMITED_ROLES, Role
from programmes.models import Invitation, Membership
from tests.factories import InvitationFactory, MembershipFactory, UserFactory
from tests.factories.programmes import PASSWORD
from tests.programmes.rights import answer_of, rows, set_scene

LIMITED = "Rollen ges för en begränsad tid. Skriv sista dagen."


@pytest.fixture
def evaluator(municipality):
    return MembershipFactory(role=Role.EVALUATOR, municipality=municipality, end_date=date(2026, 12, 31))


def test_policy_and_constraint_name_the_same_roles():
    assert {role for role in Role if rules.policy().roles[role].needs_end_date} == set(LIMITED_ROLES)


# The ways in


def test_invitation_without_a_last_day_is_refused(client, centre):
    client.force_login(centre)

    page = client.post("/inbjudningar/ny/", {"email": "ny@ekbacka.example", "role": "evaluator"})

    assert page.context["form"].errors == {"end_date": [LIMITED]}
    assert list(Invitation.objects.all()) == []


def test_invitation_with_a_last_day_gives_a_role_that_ends(client, centre):
    client.force_login(centre)

    client.post("/inbjudningar/ny/", {"email": "ny@ekbacka.example", "role": "evaluator", "end_date": "2027-01-31"})

    assert Invitation.objects.get().end_date == date(2027, 1, 31)


def test_register_of_roles_refuses_one_without_a_last_day(client, municipality):
    client.force_login(User.objects.create_superuser("root@ekbacka.example", PASSWORD))
    role = {"role": "evaluator", "municipality": municipality.pk, "start_date": "2026-08-18", "end_date": ""}

    page = client.post("/django-admin/programmes/membership/add/", {**role, "user": UserFactory().pk})

    assert page.context["adminform"].form.errors == {"end_date": [LIMITED]}


def test_role_handed_over_still_ends_when_it_was_to_end(evaluator, centre):
    new = hand_over(
        membership=evaluator,
        to=UserFactory(),
        start_date=date(2026, 12, 1),
        last_day=date(2026, 11, 30),
        by=centre,
    )

    assert (new.start_date, new.end_date) == (date(2026, 12, 1), date(2026, 12, 31))


def test_role_is_not_handed_over_after_its_end(client, centre, evaluator):
    client.force_login(centre)
    other = MembershipFactory(role=Role.EVALUATOR, municipality=evaluator.municipality).user

    page = client.post(
        f"/personer/{evaluator.pk}/lamna-over/",
        {"person": other.pk, "start_date": "2027-01-01", "last_day": "2026-12-31"},
    )

    assert list(page.context["form"].errors) == ["start_date"]


@pytest.mark.parametrize("factory", [MembershipFactory, InvitationFactory])
def test_database_itself_holds_no_evaluator_without_a_last_day(municipality, factory):
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(role=Role.EVALUATOR, municipality=municipality, end_date=None)


# Afterwards


def test_evaluator_whose_time_is_over_gets_what_somebody_without_a_role_gets(db, today):
    scene = set_scene()
    person = scene.people["evaluator"]
    Membership.objects.filter(user=person).update(end_date=today - timedelta(days=1))
    client = scene.client_of("evaluator")

    different = {}
    for row in rows():
        if row.method == "GET":
            with transaction.atomic():
                answer = answer_of(client.get(row.address.format(**scene.keys)))
                transaction.set_rollback(True)
            if answer != row.expected["nobody"]:
                different[str(row)] = answer

    assert different == {}


def test_sign_in_ends_with_the_evaluators_last_day(evaluator, today, monkeypatch, settings):
    client = Client()
    client.post("/konto/logga-in/", {"login": evaluator.user.email, "password": PASSWORD})
    settings.SECOND_FACTOR_REQUIRED = False
    assert client.get("/roller/").status_code == 200

    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: date(2027, 1, 1))

    assert client.get("/roller/")["Location"].startswith("/konto/logga-in/")
    assert "_auth_user_id" not in client.session
