"""What the programmes room adds to Wagtail and to the shell."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from accounts.models import User
from curriculum.models import SessionPlanPage
from programmes.enums import EventKind
from programmes.exports.event_words import event_sentence
from programmes.models import Delivery, Event
from tests.factories import DeliveryFactory, PlannedSessionFactory, UserFactory


@pytest.fixture
def plan(curriculum):
    return SessionPlanPage.objects.get(session__code="T-B1")


@pytest.fixture
def administrator(db):
    return UserFactory(is_staff=True, is_superuser=True)


def deliver(plan, **facts):
    planned = PlannedSessionFactory(session=plan.session)
    return DeliveryFactory(planned_session=planned, plan_revision=plan.live_revision, **facts)


def test_plan_that_was_used_is_not_deleted(client, administrator, plan):
    deliver(plan)
    client.force_login(administrator)

    response = client.post(reverse("wagtailadmin_pages:delete", args=[plan.pk]))

    assert (response.status_code, SessionPlanPage.objects.filter(pk=plan.pk).exists()) == (403, True)
    assert "Planen kan inte raderas" in response.text


def test_page_above_a_used_plan_is_not_deleted(client, administrator, plan):
    deliver(plan)
    client.force_login(administrator)

    response = client.post(reverse("wagtailadmin_pages:delete", args=[plan.get_parent().pk]))

    assert (response.status_code, Delivery.objects.count()) == (403, 1)


def test_used_plan_is_not_deleted_among_many(client, administrator, plan):
    deliver(plan)
    client.force_login(administrator)

    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    response = client.post(f"{address}?id={plan.pk}", {"next": "/admin/"})

    assert (response.status_code, Page.objects.filter(pk=plan.pk).exists()) == (403, True)


def test_plan_that_nobody_used_may_go(client, administrator, plan):
    client.force_login(administrator)

    client.post(reverse("wagtailadmin_pages:delete", args=[plan.pk]))

    assert not SessionPlanPage.objects.filter(pk=plan.pk).exists()


def test_plan_offers_the_coordinator_to_report_it(client, coordinator, plan):
    client.force_login(coordinator)

    assert '/skolor/almskolan/rapportera/?pass=T-B1"' in client.get(plan.url).text


def test_staffs_plan_is_reported_for_no_class(client, coordinator, plan):
    client.force_login(coordinator)
    staffs = SessionPlanPage.objects.get(session__code="P-T-T01")

    assert "/rapportera/" not in client.get(staffs.url).text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("who", ["centre", "stranger", None])
def test_plan_offers_nobody_else_to_report_it(request, client, plan, school, who):
    if who:
        client.force_login(request.getfixturevalue(who))

    assert "/rapportera/" not in client.get(plan.url).text


def test_delivery_keeps_the_version_that_was_live_that_day(plan):
    first = plan.live_revision
    first_day = date(2026, 8, 20)
    plan.summary = "En ny mening."
    plan.save_revision().publish()
    plan.refresh_from_db()
    entries = PageLogEntry.objects.filter(page=plan.pk, action="wagtail.publish")
    entries.filter(revision=first).update(timestamp="2026-08-20T08:00:00+02:00")
    entries.filter(revision=plan.live_revision).update(timestamp="2026-10-01T23:30:00+02:00")

    versions = [
        plan.revision_live_on(day) for day in (date(2026, 5, 1), first_day, date(2026, 9, 30), date(2026, 10, 1))
    ]

    assert versions == [first, first, first, plan.live_revision]


@pytest.mark.parametrize(
    ("changed", "fields", "words"),
    [
        ({"is_active": ""}, ["is_active"], "får logga in"),
        ({"is_superuser": "on"}, ["is_superuser"], "alla rättigheter"),
        ({"groups": "VPC"}, ["groups"], "grupper"),
        ({"last_name": "Hemlig", "email": "hemlig@ekbacka.example"}, ["email", "last_name"], "e-post, efternamn"),
        ({"password1": "en-hemlig-fras-till", "password2": "en-hemlig-fras-till"}, ["password"], "lösenord"),
        ({}, [], "–"),
    ],
)
def test_change_of_an_account_is_logged_by_kind_and_without_what_it_says(
    client, administrator, municipality, changed, fields, words
):
    person = UserFactory(email="per@ekbacka.example", first_name="Per", last_name="Ek", alias="")
    form = {"email": "per@ekbacka.example", "first_name": "Per", "last_name": "Ek", "is_active": "on", **changed}
    if "groups" in form:
        form["groups"] = Group.objects.get(name=form["groups"]).pk
    client.force_login(administrator)
    client.post(reverse("wagtailusers_users:edit", args=[person.pk]), form)

    event = Event.objects.filter(kind=EventKind.ACCOUNT_CHANGED).latest("pk")
    assert (event.actor, event.about["fields"]) == (administrator, fields)
    assert event_sentence(event).endswith(f": {words}")
    assert "emlig" not in str(event.about)


def test_account_that_is_made_among_the_settings_is_logged(client, administrator, municipality):
    form = {"email": "ny@ekbacka.example", "first_name": "Ny", "last_name": "Ek"}
    form |= {"password1": "en-hemlig-fras-till", "password2": "en-hemlig-fras-till"}
    client.force_login(administrator)
    client.post(reverse("wagtailusers_users:add"), form)

    event = Event.objects.filter(kind=EventKind.ACCOUNT_CHANGED).latest("pk")
    assert event.person == User.objects.get(email="ny@ekbacka.example")
    assert {"email", "first_name", "last_name", "password", "is_active"} <= set(event.about["fields"])
    assert "ny@" not in str(event.about)
