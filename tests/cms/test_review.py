"""A page is published when another person than the writer has read it, by whichever way somebody tries."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, GroupApprovalTask, Page, Task, Workflow, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.models import HomePage, SiteSettings, StandardPage
from programmes.enums import Role
from tests.factories import MembershipFactory


@pytest.fixture
def page(municipality, settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {**settings.WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
    home = HomePage(title="Start", slug="start", heading="Start", intro="Start", support_prompt="Vem?")
    Page.get_first_root_node().add_child(instance=home)
    municipality.site.root_page = home
    municipality.site.save()
    return home.add_child(instance=StandardPage(title="Om oss", slug="om-oss", intro="Gammalt."))


@pytest.fixture
def writer(page, municipality):
    return MembershipFactory(role=Role.EDITOR, municipality=municipality, user__email="skriver@ekbacka.example").user


@pytest.fixture
def reader(page, municipality):
    return MembershipFactory(role=Role.EDITOR, municipality=municipality, user__email="laser@ekbacka.example").user


def typed(intro="Nytt.", **action):
    data = {"title": "Om oss", "slug": "om-oss", "intro": intro, "seo_title": "", "search_description": ""}
    return nested_form_data({**data, "body": streamfield([]), "comments": inline_formset([]), **action})


def edit(client, user, page, **values):
    client.force_login(user)
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed(**values), follow=True)


def send_for_review(client, user, page, **values):
    return edit(client, user, page, **{"action-submit": "1", **values})


def approve(client, user, page):
    state = StandardPage.objects.get(pk=page.pk).current_workflow_task_state
    client.force_login(user)
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))


def shown(page):
    return StandardPage.objects.get(pk=page.pk).intro


def latest(page):
    return StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def told(response):
    return [" ".join(str(message).split()) for message in response.context["messages"]]


def test_what_one_wrote_is_published_when_another_has_read_it(client, page, writer, reader):
    send_for_review(client, writer, page)
    before = shown(page)
    approve(client, reader, page)

    assert (before, shown(page)) == ("Gammalt.", "Nytt.")
    assert StandardPage.objects.get(pk=page.pk).live_revision.user == writer


def test_history_shows_each_version_who_wrote_and_who_approved(client, page, writer, reader):
    send_for_review(client, writer, page)
    approve(client, reader, page)

    entries = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).context["object_list"]
    acts = {entry.action: entry.user for entry in entries}
    assert {action: acts[action] for action in ("wagtail.edit", "wagtail.workflow.approve", "wagtail.publish")} == {
        "wagtail.edit": writer,
        "wagtail.workflow.approve": reader,
        "wagtail.publish": reader,
    }


@pytest.mark.parametrize("is_superuser", [False, True])
def test_nobody_approves_the_own_text_not_even_a_superuser(client, page, writer, is_superuser):
    writer.is_superuser = is_superuser
    writer.save()
    send_for_review(client, writer, page)
    approve(client, writer, page)

    assert (shown(page), latest(page).intro) == ("Gammalt.", "Nytt.")


def test_editor_meets_no_button_that_publishes(client, page, writer):
    client.force_login(writer)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    new = client.get(reverse("wagtailadmin_pages:add", args=["cms", "standardpage", page.get_parent().pk])).text

    assert ["action-publish" in html for html in (editor, new)] == [False, False]
    assert ["action-submit" in html for html in (editor, new)] == [True, True]


@pytest.mark.parametrize("is_superuser", [False, True])
def test_no_way_to_publish_alone_is_open(client, page, writer, is_superuser):
    writer.is_superuser = is_superuser
    writer.save()
    edit(client, writer, page, **{"action-publish": "1"})
    client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?id={page.pk}")
    new = reverse("wagtailadmin_pages:add", args=["cms", "standardpage", page.get_parent().pk])
    client.post(new, {**typed(**{"action-publish": "1"}), "title": "Ny", "slug": "ny"})
    soon = timezone.now() + timedelta(minutes=1)
    draft = StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.go_live_at = soon
    with pytest.raises(PermissionDenied):
        draft.save_revision(user=writer).publish(user=writer)
    call_command("publish_scheduled")

    assert (shown(page), StandardPage.objects.get(slug="ny").live) == ("Gammalt.", False)
    assert latest(page).intro == "Nytt."


def test_copy_is_not_published_alone(client, page, writer):
    client.force_login(writer)
    place = {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": page.get_parent().pk}
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    refused = client.post(address, {**place, "publish_copies": "on"})

    assert list(refused.context["form"].errors) == ["new_parent_page"]
    client.post(address, place)
    assert StandardPage.objects.get(slug="kopia").live is False


def test_text_that_is_being_read_stands_still_for_its_writer(client, page, writer, reader):
    send_for_review(client, writer, page)
    edit(client, writer, page, intro="Bakom ryggen.")
    approve(client, reader, page)

    assert shown(page) == "Nytt."


def test_reader_who_changes_the_text_has_become_its_writer(client, page, writer, reader):
    send_for_review(client, writer, page)
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    response = edit(client, reader, page, intro="Med en ändring.", **action)

    assert (shown(page), latest(page).intro) == ("Gammalt.", "Med en ändring.")
    assert told(response)[-1] == (
        "Dina ändringar är sparade, men sidan publicerades inte: någon annan behöver läsa det du ändrade. "
        "Begär ändringar och skicka sidan på granskning igen."
    )
    approve(client, reader, page)
    assert shown(page) == "Gammalt."


def test_change_of_the_reader_is_approved_by_the_first_writer(client, page, writer, reader):
    send_for_review(client, writer, page)
    edit(client, reader, page, intro="Med en ändring.")
    state = StandardPage.objects.get(pk=page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    client.post(address, {"comment": "Jag ändrade en mening."})
    send_for_review(client, reader, page, intro="Med en ändring.")
    approve(client, reader, page)
    before = shown(page)
    approve(client, writer, page)

    assert (before, shown(page)) == ("Gammalt.", "Med en ändring.")


@pytest.mark.parametrize("number", ["20121212-1212", "121212+1212"])
def test_personal_identity_number_in_a_readers_comment_is_refused(client, page, writer, reader, number):
    send_for_review(client, writer, page)
    state = StandardPage.objects.get(pk=page.pk).current_workflow_task_state
    client.force_login(reader)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    as_in_the_editor = {"x-requested-with": "XMLHttpRequest"}
    answer = client.post(address, {"comment": f"Stryk {number} ur texten."}, headers=as_in_the_editor).json()
    around = edit(
        client,
        reader,
        page,
        **{
            "action-workflow-action": "1",
            "workflow-action-name": "reject",
            "workflow-action-extra-data": json.dumps({"comment": number}),
        },
    )

    assert "Texten ser ut att innehålla ett personnummer" in answer["html"]
    assert "Stryk … ur texten." in answer["html"]
    assert number not in answer["html"]
    assert around.redirect_chain == [(reverse("wagtailadmin_home"), 302)]
    state.refresh_from_db()
    assert (state.status, state.comment) == ("in_progress", "")


def test_workflow_without_a_second_reader_publishes_nothing(client, page, writer, reader):
    workflow = Workflow.objects.create(name="Egen", active=True)
    task = GroupApprovalTask.objects.create(name="Egen", active=True)
    task.groups.set(writer.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page.save_revision(user=writer)
    workflow.start(page, writer)
    with pytest.raises(PermissionDenied):
        page.current_workflow_task_state.approve(user=writer)

    assert shown(page) == "Gammalt."


def test_editorial_office_of_one_publishes_alone_on_its_own_site_only(client, page, writer, municipality):
    SiteSettings.objects.filter(site=municipality.site).update(publishes_alone=True)
    edit(client, writer, page, **{"action-publish": "1"})
    assert shown(page) == "Nytt."

    SiteSettings.objects.update(publishes_alone=False)
    edit(client, writer, page, intro="Ännu nyare.", **{"action-publish": "1"})
    assert shown(page) == "Nytt."


def test_editors_first_page_lists_what_waits_for_a_second_person(client, page, writer, reader):
    send_for_review(client, writer, page)
    task = Task.objects.get(name="granskning").specific

    waiting = {user.email: task.get_task_states_user_can_moderate(user).count() for user in (writer, reader)}
    assert waiting == {"skriver@ekbacka.example": 0, "laser@ekbacka.example": 1}


def test_editors_own_page_leads_to_what_waits_and_to_what_to_rewrite(client, page, writer, reader, leader):
    send_for_review(client, writer, page)

    said = {}
    for user in (writer, reader, leader):
        client.force_login(user)
        section = client.get("/start/").text.partition('aria-labelledby="edit"')[2].partition("</section>")[0]
        said[user] = [words for words in section.split("small>") if "sida väntar" in words]
        assert ('href="/rapporter/skriv-om/"' in section) == (user != leader)

    assert said[writer] == ["Ingen sida väntar på att du läser den.</"]
    assert said[reader] == ["1 sida väntar på att du läser den.</"]
    assert said[leader] == []


def test_stranger_approves_nothing(client, page, writer, stranger):
    send_for_review(client, writer, page)
    approve(client, stranger, page)

    assert shown(page) == "Gammalt."


def test_editor_still_takes_down_a_page_and_sets_who_reads_it(page, writer):
    allowed = page.permissions_for_user(writer)

    assert (allowed.can_publish(), allowed.can_unpublish(), allowed.can_set_view_restrictions()) == (False, True, True)


def test_publishing_many_at_once_says_how_a_page_is_published(client, page, writer):
    edit(client, writer, page)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client.post(f"{address}?id={page.pk}&next=/admin/", follow=True)

    assert told(response) == [
        "Inget publicerades: någon annan läser en sida först. Öppna var och en och skicka den på granskning."
    ]


@pytest.mark.parametrize(("text", "kept"), [("Om 121212-1212", 0), ("Skriv kortare", 1)])
def test_personal_identity_number_in_a_comment_beside_the_text_is_refused(client, page, writer, text, kept):
    comment = {
        "comments-TOTAL_FORMS": 1,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": "",
        "comments-0-text": text,
        "comments-0-contentpath": "intro",
        "comments-0-position": "",
        "comments-0-resolved": "",
        "comments-0-replies-TOTAL_FORMS": 0,
        "comments-0-replies-INITIAL_FORMS": 0,
    }
    client.force_login(writer)
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed() | comment)
    assert Comment.objects.filter(page=page).count() == kept
