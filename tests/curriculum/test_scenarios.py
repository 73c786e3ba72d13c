"""A scenario is written once: what an editor changes is right wherever it is told, and nothing of the past is lost."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.enums import ReaderGroup
from curriculum.models import Scenario, SessionPlanPage, fetch_scenarios
from tests.factories import UserFactory
from tests.pdf import text_of

pytestmark = pytest.mark.usefixtures("curriculum")
PLAN = "/program/taget/normer-och-dess-konsekvenser/"


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


@pytest.fixture
def mentor():
    user = UserFactory()
    user.groups.add(Group.objects.get(name=ReaderGroup.MENTORS))
    return user


def typed(*, questions=("Vad gör du?",), **fields):
    """What an editor's browser sends."""
    written = {"code": "T-B1-S1", "title": "Den röda mössan", "text": "Någon tar mössan.", "site": "", **fields}
    asked = streamfield([("question", text) for text in questions])
    return nested_form_data({**written, "questions": asked})


def change(client, which, **fields):
    scenario = Scenario.objects.get(code=which)
    address = reverse(Scenario.snippet_viewset.get_url_name("edit"), args=[scenario.pk])
    return client.post(address, typed(site=scenario.site_id, **fields))


def add(client, **fields):
    return client.post(reverse(Scenario.snippet_viewset.get_url_name("add")), typed(**fields))


def test_change_is_right_on_the_page_on_paper_and_in_search(editor):
    assert f'<a href="{PLAN}">' not in editor.get("/sok/?q=röda+mössan").text

    assert change(editor, "T-B1-S1").status_code == 302

    assert "Den röda mössan" in editor.get(PLAN).text
    for way in ("pdf", "kort"):
        assert "Den röda mössan" in [words for _role, words in text_of(editor.get(f"{PLAN}{way}/").content)]
    assert f'<a href="{PLAN}">' in editor.get("/sok/?q=röda+mössan").text


def test_change_of_a_mentors_scenario_is_right_in_the_handbook(client, editor, mentor):
    change(editor, "MVP-01-S1")
    client.force_login(mentor)

    assert "Den röda mössan" in client.get("/handbok/scenarier/").text


def test_public_finds_no_scenario_of_the_mentors(client):
    Scenario.objects.get(code="MVP-01-S1").save()

    page = client.get("/sok/?q=Amal+matsal").text.partition("</title>")[2]
    assert ("vi-lar-kanna-varandra" in page, "Amal har bytt skola" in page) == (False, False)


def test_scenario_keeps_its_versions(editor):
    change(editor, "T-B1-S1")
    change(editor, "T-B1-S1", title="Den gröna mössan")

    titles = [version.content["title"] for version in Scenario.objects.get(code="T-B1-S1").revisions.order_by("pk")]
    assert titles[1:] == ["Den röda mössan", "Den gröna mössan"]


def test_scenario_is_told_in_two_plans_and_changed_once(editor):
    shared = Scenario.objects.get(code="T-B1-S1")
    other = SessionPlanPage.objects.get(session__code="T-T01")
    other.scenarios.append(("scenario", shared))
    other.save_revision().publish()

    change(editor, "T-B1-S1")

    told = [plan.session.code for plan in SessionPlanPage.objects.telling(shared).order_by("session__code")]
    assert told == ["T-B1", "T-T01"]
    assert ["Den röda mössan" in editor.get(plan.url).text for plan in SessionPlanPage.objects.telling(shared)] == [
        True,
        True,
    ]
    usage = editor.get(reverse(Scenario.snippet_viewset.get_url_name("usage"), args=[shared.pk])).text
    assert [title in usage for title in ("Normer och dess konsekvenser", "Könsnormen")] == [True, True]


def test_code_is_given_once(editor):
    change(editor, "T-B1-S1", code="T-B1-S9")
    assert Scenario.objects.filter(code="T-B1-S9").count() == 0

    assert add(editor, code="T-B1-S9").status_code == 302
    assert Scenario.objects.get(code="T-B1-S9").asks == ["Vad gör du?"]
    response = add(editor, code="T-B1-S9")
    assert response.context["form"].non_field_errors() == ["Det finns redan ett scenario med den här koden."]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "t b1"}, "code"),
        ({"title": "Ring 20121212-1212"}, "title"),
        ({"text": "Pnr 20121212-1212."}, "text"),
        ({"text": "Lorem ipsum dolor"}, "text"),
        ({"questions": ("Vem är 20121212-1212?",)}, "questions"),
        ({"questions": ()}, "questions"),
    ],
)
def test_scenario_is_refused(editor, wrong, field):
    before = Scenario.objects.count()

    response = add(editor, **{"code": "T-B1-S9", **wrong})

    assert list(response.context["form"].errors) == [field]
    assert Scenario.objects.count() == before


def test_deleted_scenario_leaves_the_rest_of_the_plan(client):
    Scenario.objects.get(code="T-B1-S2").delete()

    plan = SessionPlanPage.objects.get(session__code="T-B1")
    assert [told.code for told in plan.told_scenarios] == ["T-B1-S1", "T-B1-S3"]
    assert client.get(PLAN).status_code == client.get(f"{PLAN}kort/").status_code == 200


@pytest.mark.parametrize("number", [1, 3, 30])
def test_scenarios_of_many_plans_are_asked_for_once(query_count, number):
    plans = list(SessionPlanPage.objects.all()[:number])

    with query_count(1):
        found = [plan.told_scenarios for plan in fetch_scenarios(plans)]

    assert [len(told) for told in found] == [len(plan.scenarios) for plan in plans]


# Scenarios that stood within the plans


def as_before(scenario, **change):
    """A scenario as a plan held it before it was a row of its own."""
    questions = [{"type": "item", "value": text, "id": f"{number}"} for number, text in enumerate(scenario.asks)]
    value = {"title": scenario.title, "text": scenario.text, "questions": questions, **change}
    return {"type": "scenario", "value": value, "id": f"block-{scenario.code}"}


@pytest.fixture
def plan_as_before():
    """A plan with an older version that says something else, and a newer one by an editor; no rows yet."""
    plan = SessionPlanPage.objects.get(session__code="T-B1")
    told, editor = plan.told_scenarios, UserFactory()
    versions = [[as_before(one) for one in told], [as_before(told[0], text="Redaktörens ord."), as_before(told[1])]]
    first, second = plan.latest_revision, plan.save_revision(user=editor)
    for version, rows in zip((first, second), versions, strict=True):
        version.content["scenarios"] = json.dumps(rows)
        version.save()
    SessionPlanPage.objects.filter(pk=plan.pk).update(scenarios=versions[1])
    SessionPlanPage.objects.exclude(pk=plan.pk).update(scenarios=[])
    Scenario.objects.all().delete()
    return plan, first, editor


def test_moving_scenarios_out_of_plans_keeps_what_they_said_in_every_version(plan_as_before):
    plan, first, _editor = plan_as_before

    import_module("curriculum.migrations.0006_scenarios_out_of_plans").move(apps, None)

    found = SessionPlanPage.objects.get(pk=plan.pk)
    assert [told.code for told in found.told_scenarios] == ["T-B1-S1", "T-B1-S2"]
    assert found.told_scenarios[0].text == "Redaktörens ord."
    before = found.revisions.get(pk=first.pk).as_object()
    assert [told.code for told in before.told_scenarios] == ["T-B1-S1", "T-B1-S2", "T-B1-S3"]
    said = [version.as_object() for version in found.told_scenarios[0].revisions.order_by("created_at")]
    assert [version.text == "Redaktörens ord." for version in said] == [False, True]
    assert [version.asks for version in said] == [found.told_scenarios[0].asks] * 2
    assert found.told_scenarios[0].site == found.get_site()


def test_moved_scenarios_of_an_editor_are_the_editors(plan_as_before):
    _plan, _first, editor = plan_as_before

    import_module("curriculum.migrations.0006_scenarios_out_of_plans").move(apps, None)

    entries = ModelLogEntry.objects.get_for_model(Scenario)
    assert sorted(entries.values_list("label", "user"))[0] == (
        f"T-B1-S1 {Scenario.objects.get(code='T-B1-S1').title}",
        editor.pk,
    )
    assert entries.count() == 3
