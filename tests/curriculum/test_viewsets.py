"""The catalogue in the admin: read by those who may, its codes never renamed, nothing deleted."""

import pytest
from django.urls import reverse

from curriculum.models import Session
from tests.factories import UserFactory


@pytest.fixture
def administrator(client, catalogue):
    client.force_login(UserFactory(is_superuser=True))
    return client


def fields(session, **changes):
    return {
        "programme": session.programme_id,
        "title": session.title,
        "short_title": session.short_title,
        "kind": session.kind,
        "order": session.order,
        "month": session.month or "",
        "lowest_grade": session.lowest_grade,
        "highest_grade": session.highest_grade,
        "principles": session.principles,
        "planned_minutes": session.planned_minutes,
        "prepares": session.prepares_id or "",
        **changes,
    }


@pytest.mark.parametrize(
    ("name", "title"), [("catalogue_programmes", "Tåget"), ("catalogue_sessions", "Aktiva åskådare och förändring")]
)
def test_the_lists_show_the_catalogue(administrator, name, title):
    response = administrator.get(reverse(f"{name}:index"))
    assert title in response.text


def test_a_session_is_retired_and_keeps_its_code(administrator):
    session = Session.objects.get(code="T-T08")
    address = reverse("catalogue_sessions:edit", args=[session.pk])
    changes = {"code": "T-X1", "is_retired": "on", "principles": ["leadership"]}
    assert administrator.post(address, fields(session, **changes)).status_code == 302
    session.refresh_from_db()
    assert (session.code, session.is_retired, session.principles) == ("T-T08", True, ["leadership"])


def test_a_session_of_ones_own_is_added_with_its_code(administrator):
    like = Session.objects.get(code="T-T15")
    administrator.post(reverse("catalogue_sessions:add"), fields(like, code="T-E01", title="Vår skolgård", order=30))
    added = Session.objects.get(code="T-E01")
    assert (added.title, added.programme.code, added.prepares) == ("Vår skolgård", "taget", None)


def test_nothing_is_deleted_from_the_catalogue(administrator):
    session = Session.objects.get(code="T-T08")
    administrator.post(reverse("catalogue_sessions:delete", args=[session.pk]))
    assert Session.objects.filter(code="T-T08").count() == 1


def test_an_editor_without_the_permission_does_not_get_in(client, catalogue, coordinator):
    client.force_login(coordinator)
    assert client.get(reverse("catalogue_sessions:index")).status_code in (302, 403)
