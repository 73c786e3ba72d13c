"""A plan on paper: tagged, whole, and only for who may read its page."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from cms.enums import ReaderGroup
from curriculum.models import Scenario, SessionPlanPage
from tests.pdf import assert_inert, assert_tagged, read_pdf, text_of

pytestmark = pytest.mark.usefixtures("curriculum")


@pytest.fixture
def plan():
    return SessionPlanPage.objects.get(session__code="T-B1")


def test_plan_says_on_paper_what_its_page_says(client, plan):
    response = client.get(f"{plan.url}pdf/")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{plan.slug}.pdf"'
    assert_tagged(response.content)
    said = [words for _role, words in text_of(response.content)]
    assert said[0] == plan.title
    for step in plan.steps:
        for line in step.value["lines"]:
            assert any(line["text"] in words for words in said), line["text"]
    for scenario in plan.told_scenarios:
        assert scenario.title in said
    for point in (*plan.preparation, *plan.material, *plan.if_a_child_tells, *plan.follow_up):
        assert point.value in said


def test_headings_of_a_plan_are_in_order(client, plan):
    found = text_of(client.get(f"{plan.url}pdf/").content)

    first_step = plan.steps[0].value
    assert ("H3", f"1. {first_step['title']}, {first_step['minutes']} min") in found
    assert [words for role, words in found if role == "H2"] == [
        "Förbered", "Ta med", "Steg", "Scenarier", "Om ett barn berättar", "Efteråt",
    ]  # fmt: skip


def test_sensitive_plan_ends_with_the_support_list(client):
    plan = SessionPlanPage.objects.get(session__code="T-B3")

    found = text_of(client.get(f"{plan.url}pdf/").content)

    assert found[[words for _role, words in found].index("Stöd")][0] == "H2"
    assert any("116 111" in words for _role, words in found)


def test_scenarios_stand_on_cards(client, plan):
    response = client.get(f"{plan.url}kort/")

    assert_tagged(response.content)
    assert len(read_pdf(response.content).pages) == 1
    assert [words for role, words in text_of(response.content) if role == "H1"] == [
        scenario.title for scenario in plan.told_scenarios
    ]
    assert "Normer och dess konsekvenser · T-B1-S1" in [words for _role, words in text_of(response.content)]


def test_plan_without_scenarios_has_no_cards(client, plan):
    plan.scenarios = []
    plan.save_revision().publish()

    assert client.get(f"{plan.url}kort/").status_code == 404


def test_unchanged_plan_is_the_same_file(client, plan):
    assert client.get(f"{plan.url}pdf/").content == client.get(f"{plan.url}pdf/").content


@pytest.mark.parametrize("way", ["pdf", "kort"])
def test_file_of_a_closed_page_is_closed(client, coordinator, plan, way):
    restriction = PageViewRestriction.objects.create(page=plan, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get(name=ReaderGroup.STAFF))

    assert client.get(f"{plan.url}{way}/").status_code == 302
    client.force_login(coordinator)
    coordinator.groups.clear()
    assert client.get(f"{plan.url}{way}/").status_code == 403
    coordinator.groups.add(Group.objects.get(name=ReaderGroup.STAFF))
    assert client.get(f"{plan.url}{way}/").status_code == 200


@pytest.mark.parametrize("way", ["pdf", "kort"])
def test_hostile_words_of_a_plan_are_words_on_paper(client, plan, way):
    hostile = "=1+1<script>alert(1)</script>"
    plan.title = plan.aim = hostile
    Scenario.objects.filter(code="T-B1-S1").update(title=hostile)
    plan.save_revision().publish()

    content = client.get(f"{plan.url}{way}/").content

    assert_tagged(content)
    assert_inert(content)
    assert hostile in [words for _role, words in text_of(content)]


def test_unpublished_plan_has_no_file(client, plan):
    plan.unpublish()

    assert client.get(f"{plan.url}pdf/").status_code == 404


def test_other_ways_are_not_found(client, plan):
    assert client.get(f"{plan.url}docx/").status_code == 404
    assert client.get("/program/pdf/").status_code == 404
