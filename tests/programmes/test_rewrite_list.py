"""What to rewrite: counted by hand, by version, for editors and the centre, and only of the own municipality."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from wagtail.models import Revision

from curriculum.models import SessionPlanPage
from programmes.enums import AdaptationWhat, AdaptationWhy, NotHeldReason, Role
from programmes.models import Delivery, NotHeld
from programmes.reports.rewrite_list import rewrite_list
from tests.factories import (
    ClassFactory,
    DeliveryFactory,
    MembershipFactory,
    PlannedSessionFactory,
    SessionFactory,
)

ADDRESSES = ("/rapporter/skriv-om/", "/rapporter/skriv-om.xlsx", "/rapporter/skriv-om.csv")
SHORTENED = {
    "is_adapted": True,
    "adaptation_what": AdaptationWhat.SHORTENED,
    "adaptation_why": AdaptationWhy.TIME,
}


def held(school, session, **facts):
    planned = PlannedSessionFactory(school_class=ClassFactory(school=school), session=session)
    return DeliveryFactory(planned_session=planned, **facts)


def missed(school, session, reason=NotHeldReason.ILLNESS):
    planned = PlannedSessionFactory(school_class=ClassFactory(school=school), session=session)
    return NotHeld.objects.create(planned_session=planned, reason=reason)


@pytest.fixture
def reported(school):
    norms = SessionFactory(code="T-B1", title="Normer")
    bystanders = SessionFactory(code="T-B2", title="Aktiva åskådare", order=2)
    held(school, norms, engagement=4, is_adapted=False)
    held(school, norms, engagement=2, **SHORTENED)
    held(school, norms)
    missed(school, norms)
    held(school, bystanders, engagement=3, **SHORTENED)
    moved = missed(school, bystanders, NotHeldReason.MOVED)
    DeliveryFactory(planned_session=moved.planned_session, date=date(2026, 10, 1), is_adapted=True)


def everything():
    return rewrite_list(Delivery.objects.all(), NotHeld.objects.all())


def test_sessions_are_counted_and_the_one_to_look_at_comes_first(reported):
    found = [
        (use.session.code, use.held, use.not_held, use.adapted, use.answered, use.engagement) for use in everything()
    ]

    assert found == [("T-B2", 2, 0, 2, 2, 3.0), ("T-B1", 3, 1, 1, 2, 3.0)]


def test_reasons_are_counted_and_a_session_held_later_was_not_missed(reported):
    found = {use.session.code: (use.what, use.why, use.reasons) for use in everything()}

    assert found == {
        "T-B1": ([("kortare", 1)], [("tid", 1)], [("sjukdom", 1)]),
        "T-B2": ([("kortare", 1)], [("tid", 1)], []),
    }


def test_each_version_of_the_plan_has_its_own_figures(curriculum, school):
    plan = SessionPlanPage.objects.get(session__code="T-B1")
    first = plan.live_revision
    held(school, plan.session, plan_revision=first, engagement=1, **SHORTENED)
    plan.save_revision().publish()
    second = Revision.objects.latest("pk")
    held(school, plan.session, plan_revision=second, engagement=4, is_adapted=False)
    held(school, plan.session, plan_revision=second, engagement=3)

    versions = [(v.published, v.held, v.adapted, v.answered, v.engagement) for v in everything()[0].versions]
    assert versions == [(second.created_at, 2, 0, 1, 3.5), (first.created_at, 1, 1, 1, 1.0)]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_list_costs_the_same_for_any_number_of_sessions(school, query_count, number):
    for order in range(number):
        session = SessionFactory(code=f"T-{order:02d}", order=order)
        held(school, session, **SHORTENED)
        missed(school, session)
    with query_count(6):
        assert len(everything()) == number


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CENTRE_YOUNGER, Role.CENTRE_OLDER, Role.ADMINISTRATOR])
def test_editors_and_the_centre_read_the_own_municipality_only(client, reported, municipality, stranger, role):
    held(stranger.memberships.get().school, SessionFactory(code="T-X9", title="Från Granby"))
    client.force_login(MembershipFactory(role=role, municipality=municipality).user)
    page = client.get("/rapporter/skriv-om/").text

    assert ["Aktiva åskådare" in page, "T-X9" in page] == [True, False]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_else_reads_it(client, reported, coordinator, leader, stranger, address):
    for user in (coordinator, leader, stranger):
        client.force_login(user)
        assert client.get(address).status_code == 403


def test_file_says_what_the_screen_says_without_names_or_schools(client, reported, municipality):
    client.force_login(MembershipFactory(role=Role.EDITOR, municipality=municipality).user)
    lines = b"".join(client.get("/rapporter/skriv-om.csv")).decode("utf-8-sig").splitlines()

    assert lines[1:] == [
        "Taget;T-B2;Aktiva åskådare;;2;2;2;3,0;0;kortare 1;tid 1;",
        "Taget;T-B1;Normer;;3;1;2;3,0;1;kortare 1;tid 1;sjukdom 1",
    ]
    workbook = load_workbook(BytesIO(b"".join(client.get("/rapporter/skriv-om.xlsx"))))
    assert [cell.value for cell in workbook["Passplaner"][2]][:3] == ["Taget", "T-B2", "Aktiva åskådare"]


def test_editors_find_it_among_the_reports_of_the_admin(client, reported, municipality):
    client.force_login(MembershipFactory(role=Role.EDITOR, municipality=municipality).user)

    assert "/rapporter/skriv-om/" in client.get("/admin/").text


def test_empty_list_says_so(client, municipality):
    client.force_login(MembershipFactory(role=Role.EDITOR, municipality=municipality).user)

    assert "Inget pass har rapporterats än." in client.get("/rapporter/skriv-om/").text
