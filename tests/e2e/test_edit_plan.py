"""An editor changes a plan, a second one publishes it, and what was held keeps the version it was held with."""

from datetime import UTC, datetime, time, timedelta

import pytest
from playwright.sync_api import expect
from wagtail.models import PageLogEntry

from curriculum.models import SessionPlanPage
from programmes.actions.sessions import DeliveryReport, Leader, report_deliveries
from programmes.enums import Role
from programmes.models import Delivery
from tests.e2e.conftest import DESKTOP, TODAY
from tests.factories import (
    ClassFactory,
    MembershipFactory,
    MunicipalityFactory,
    PlannedSessionFactory,
    SchoolFactory,
)

OLD = "Eleverna får syn på vad som väntas av tjejer och killar"
NEW = "Eleverna får syn på osynliga regler, och övar på att ge plats åt varandra."


@pytest.fixture
def starting_database(curriculum_database):
    return curriculum_database


@pytest.fixture
def plan(db):
    return SessionPlanPage.objects.get(slug="konsnormen")


@pytest.fixture
def municipality(db):
    return MunicipalityFactory(name="Ekbacka kommun", code="9901")


def editor(municipality, name):
    return MembershipFactory(
        role=Role.EDITOR,
        municipality=municipality,
        user__email=f"{name.casefold()}@ekbacka.example",
        user__first_name=name,
        user__last_name="Ek",
    ).user


def hold(planned, user, plan, *, on):
    """Report that a session was held, as the form does."""
    values = {"plan_revision": plan.revision_live_on(on), "date": on, "present": 20, "group_size": 21, "note": ""}
    leaders = (Leader("teacher", "school", True),)
    report = DeliveryReport(
        school_class=planned.school_class, session=planned.session, group=0, values=values, leaders=leaders, seen=None
    )
    report_deliveries(reports=[report], user=user, client_id=None)
    return Delivery.objects.get(planned_session=planned)


def published_today(plan):
    """The server's clock runs on, while the day of the test stands still: let the last publication be of that day."""
    entries = PageLogEntry.objects.filter(page=plan.pk, action="wagtail.publish").order_by("-pk")
    morning = datetime.combine(TODAY, time(8), tzinfo=UTC)
    for days, entry in ((0, entries[0]), (30, entries[1])):
        PageLogEntry.objects.filter(pk=entry.pk).update(timestamp=morning - timedelta(days=days))


def test_plan_is_changed_read_by_another_published_and_compared(
    new_page, sign_in, assert_accessible, municipality, plan
):
    school = SchoolFactory(municipality=municipality)
    first, second = (
        PlannedSessionFactory(school_class=ClassFactory(school=school, name=name), session=plan.session)
        for name in ("3A", "3B")
    )
    writer, reader = editor(municipality, "Vera"), editor(municipality, "Rut")
    before = hold(first, writer, plan, on=TODAY - timedelta(days=7))

    # Given an editor who changes the summary, and sees in the preview what a leader will read
    desk = new_page(viewport=DESKTOP)
    sign_in(desk, writer)
    desk.goto(f"/admin/pages/{plan.pk}/edit/")
    desk.get_by_role("textbox", name="Sammanfattning").fill(NEW)
    desk.get_by_role("button", name="Växla förhandsgranskning").click()
    preview = desk.locator("iframe[title='Förhandsgranska']").last.content_frame
    expect(preview.get_by_text(NEW)).to_be_visible()
    desk.get_by_role("button", name="Växla förhandsgranskning").click()
    assert_accessible(desk)

    # When it is sent for review: there is no way to publish it alone
    desk.get_by_role("button", name="Fler åtgärder").click()
    expect(desk.get_by_role("button", name="Publicera", exact=True)).to_have_count(0)
    desk.get_by_role("button", name="Skicka till granskning").click()
    expect(desk.get_by_text("har skickats på granskning")).to_be_visible()

    # Then nobody else sees it yet, and the writer may not approve it
    public = new_page(viewport=DESKTOP)
    public.goto("/program/taget/konsnormen/")
    expect(public.get_by_text(OLD)).to_be_visible()
    desk.goto(f"/admin/pages/{plan.pk}/edit/")
    expect(desk.get_by_role("button", name="Godkänn")).to_have_count(0)

    # When a second editor finds it first of all, compares, and approves
    other = new_page(viewport=DESKTOP)
    sign_in(other, reader)
    other.goto("/admin/")
    expect(other.get_by_role("heading", name="Väntar på att du läser")).to_be_visible()
    assert_accessible(other)
    other.get_by_role("link", name="Könsnormen", exact=True).first.click()
    other.get_by_role("button", name="Fler åtgärder").click()
    other.get_by_role("button", name="Godkänn och publicera", exact=True).click()
    expect(other.get_by_text("är godkänd och publicerad")).to_be_visible()

    # Then everybody reads it, the history tells who did what, and the versions can be compared
    public.reload()
    expect(public.get_by_text(NEW)).to_be_visible()
    published_today(plan)
    other.goto(f"/admin/pages/{plan.pk}/history/")
    for act, who in (("Utkast sparat", "Vera Ek"), ("Publicerad", "Rut Ek")):
        expect(other.get_by_role("row").filter(has_text=act).filter(has_text=who).first).to_be_visible()
    assert_accessible(other)
    versions = [str(pk) for pk in (before.plan_revision_id, SessionPlanPage.objects.get(pk=plan.pk).live_revision_id)]
    other.goto(f"/admin/pages/{plan.pk}/revisions/compare/{'...'.join(versions)}/")
    expect(other.get_by_text("osynliga regler")).to_be_visible()
    assert_accessible(other)

    # And what was held before keeps its version; what is held now has the new one, and the list tells them apart
    after = hold(second, writer, plan, on=TODAY)
    assert [Delivery.objects.get(pk=one.pk).plan_revision_id for one in (before, after)] == [int(pk) for pk in versions]
    other.goto("/rapporter/skriv-om/")
    rows = other.get_by_role("row").filter(has_text="version från")
    expect(rows).to_have_count(2)
    assert_accessible(other)
