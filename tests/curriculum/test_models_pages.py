"""A plan's own checks, through the admin's edit view: a draft may be unfinished, what is published may not."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.models import HomePage, SiteSettings
from curriculum.models import Programme, ProgrammeIndexPage, ProgrammePage, Session, SessionPlanPage
from tests.factories import UserFactory

LINE = {"type": "item", "value": {"kind": "say", "text": "Hej!", "grades": ""}}
STEP = {"title": "Samling", "minutes": 40, "is_core": True, "core_label": "Samling", "lines": [LINE]}


@pytest.fixture
def programme_page(catalogue, _no_search_index):
    site = Site.objects.get(is_default_site=True)
    home = HomePage(title="Start", slug="start", heading="Start", intro="Start", support_prompt="Vem?")
    site.root_page.add_child(instance=home)
    SiteSettings.objects.create(site=site, publishes_alone=True)
    index = home.add_child(instance=ProgrammeIndexPage(title="Program", slug="program"))
    taget = Programme.objects.get(code="taget")
    return index.add_child(instance=ProgrammePage(title="Tåget", slug="taget", programme=taget, summary="Om."))


@pytest.fixture
def plan(programme_page):
    plan = SessionPlanPage(
        title="Grupptryck",
        slug="grupptryck",
        session=Session.objects.get(code="T-T04"),
        summary="Om grupptryck.",
        aim="Att förstå.",
        minutes=40,
        steps=[("step", {**STEP, "lines": [LINE["value"]]})],
    )
    programme_page.add_child(instance=plan)
    plan.save_revision().publish()
    return SessionPlanPage.objects.get()


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


def typed(*, session="T-T04", minutes=40, steps=((40, "Samling"),), guidance=(), **fields):
    """What an editor's browser sends."""
    step_blocks = [("step", step_typed(number, label)) for number, label in steps]
    streams = {
        "guidance": [("point", text) for text in guidance],
        "steps": step_blocks,
        "preparation": [],
        "material": [],
        "scenarios": [],
        "if_a_child_tells": [],
        "follow_up": [],
    }
    return nested_form_data(
        {
            "title": "Grupptryck",
            "slug": "grupptryck",
            "session": Session.objects.get(code=session).pk,
            "summary": "Om grupptryck.",
            "aim": "Att förstå.",
            "minutes": minutes,
            "seo_title": "",
            "search_description": "",
            "comments": inline_formset([]),
            **{name: streamfield(blocks) for name, blocks in streams.items()},
            **fields,
        }
    )


def step_typed(minutes, label):
    lines = {"count": 1, "0": {"deleted": "", "order": 0, "type": "item", "id": "", "value": LINE["value"]}}
    step = {"title": "Samling", "minutes": minutes, "is_core": "on", "core_label": label}
    return {**step, "lines": lines, "extras": streamfield([])}


def send(client, page, data, *, publish=False):
    action = {"action-publish": "1"} if publish else {}
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**data, **action})


def latest(page):
    return SessionPlanPage.objects.get(pk=page.pk).get_latest_revision_as_object()


UNFINISHED = [
    ({"minutes": 45}, "minutes", "Stegen blir tillsammans 40 minuter, men planen säger 45."),
    ({"session": "T-T07"}, "guidance", "Ett känsligt pass börjar med vägledning till ledaren."),
    ({"summary": ""}, "summary", "Det här fältet är obligatoriskt"),
    ({"steps": ()}, "steps", "Validation error in StreamBlock"),
]


@pytest.mark.parametrize(("change", "field", "reason"), UNFINISHED)
def test_a_draft_may_be_unfinished(plan, editor, change, field, reason):
    response = send(editor, plan, typed(**change, aim="Ett utkast."))
    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_pages:edit", args=[plan.pk]))
    assert (latest(plan).aim, SessionPlanPage.objects.get().aim) == ("Ett utkast.", "Att förstå.")


@pytest.mark.parametrize(("change", "field", "reason"), UNFINISHED)
def test_an_unfinished_plan_is_not_published(plan, editor, change, field, reason):
    response = send(editor, plan, typed(**change, aim="Ett utkast."), publish=True)
    assert response.status_code == 200
    assert [reason] == [str(error) for error in response.context["form"].errors[field]]
    assert (plan.revisions.count(), SessionPlanPage.objects.get().aim) == (1, "Att förstå.")


def test_a_finished_plan_is_published(plan, editor):
    data = typed(session="T-T07", guidance=["Prata med elevhälsan först."], aim="Nytt mål.")
    assert send(editor, plan, data, publish=True).status_code == 302
    published = SessionPlanPage.objects.get()
    assert (published.aim, published.session.code, len(published.guidance)) == ("Nytt mål.", "T-T07", 1)


def test_a_core_part_without_a_short_title_may_wait_until_publishing(plan, editor):
    assert send(editor, plan, typed(steps=((40, ""),))).status_code == 302
    response = send(editor, plan, typed(steps=((40, ""),)), publish=True)
    assert list(response.context["form"].errors) == ["steps"]


@pytest.mark.parametrize("publish", [False, True])
def test_a_personal_identity_number_is_refused_in_a_draft_too(plan, editor, publish):
    response = send(editor, plan, typed(aim="Ring Pnr:20121212-1212."), publish=publish)
    assert list(response.context["form"].errors) == ["aim"]
    assert plan.revisions.count() == 1


@pytest.mark.parametrize("publish", [False, True])
def test_a_second_plan_for_the_same_session_is_refused(plan, programme_page, editor, publish):
    address = reverse("wagtailadmin_pages:add", args=["curriculum", "sessionplanpage", programme_page.pk])
    data = {**typed(slug="grupptryck-2"), **({"action-publish": "1"} if publish else {})}
    response = editor.post(address, data)
    assert response.context["form"].errors == {"session": ["Det finns redan en passplan för det här passet."]}
    assert SessionPlanPage.objects.count() == 1


def test_a_new_plan_can_be_begun_as_a_draft(plan, programme_page, editor):
    address = reverse("wagtailadmin_pages:add", args=["curriculum", "sessionplanpage", programme_page.pk])
    editor.post(address, typed(slug="mobbning", session="T-T05", summary="", steps=()))
    draft = SessionPlanPage.objects.get(slug="mobbning")
    assert (draft.live, latest(draft).summary) == (False, "")


def test_another_site_may_have_its_own_plan_for_the_same_session(plan, programme_page):
    elsewhere = HomePage(title="Granby", slug="granby", heading="Start", intro="Start", support_prompt="Vem?")
    Site.objects.get(is_default_site=True).root_page.add_sibling(pos="right", instance=elsewhere)
    index = elsewhere.add_child(instance=ProgrammeIndexPage(title="Program", slug="program"))
    page = ProgrammePage(title="Tåget", slug="taget", programme=programme_page.programme, summary="Om.")
    index.add_child(instance=page)
    twin = SessionPlanPage(title="Grupptryck", slug="g", session=plan.session, summary="S", aim="A", steps=plan.steps)
    page.add_child(instance=twin)
    assert SessionPlanPage.objects.filter(session=plan.session).count() == 2


def test_code_cannot_publish_an_unfinished_plan_either(plan):
    plan.minutes = 45
    with pytest.raises(ValidationError):
        plan.save_revision(clean=False).publish()
    assert SessionPlanPage.objects.get().minutes == 40


def test_publishing_many_at_once_names_the_unfinished_page(plan, editor):
    plan.minutes = 45
    plan.save_revision(clean=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    parent = reverse("wagtailadmin_explore", args=[plan.get_parent().pk])
    response = editor.post(f"{address}?id={plan.pk}&next={parent}", follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "Inget publicerades. Grupptryck: Stegen blir tillsammans 40 minuter, men planen säger 45."
    ]
    assert SessionPlanPage.objects.get().minutes == 40


def test_preview_of_an_unfinished_plan_shows_it(plan, editor):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[plan.pk])
    assert editor.post(address, typed(minutes=45, summary="")).json()["is_valid"] is True
    response = editor.get(f"{address}?mode=")
    assert "45 minuter" in response.text
