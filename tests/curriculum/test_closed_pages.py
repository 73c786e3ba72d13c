"""A page that is not for everybody, and a draft, stand in no list, search, map or preview of anybody else's."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from cms.enums import ReaderGroup
from cms.models import NewsIndexPage, NewsPage, StandardPage
from curriculum.models import ProgrammePage, SessionPlanPage
from tests.factories import MembershipFactory

SECRET = "Zebrafinken"
LISTS = ["/", "/program/", "/program/taget/", "/nyheter/", "/nyheter/flode/", "/om-arbetet/", "/sitemap.xml"]
LISTS += [f"/sok/?q={SECRET}", "/begrepp/", "/stod/"]


def pages_called_so(curriculum):
    """One of each kind that lists show, each with the secret in its title and its text."""
    index = NewsIndexPage.objects.get(locale__language_code="sv")
    below = StandardPage.objects.get(slug="om-arbetet", locale__language_code="sv")
    plan = SessionPlanPage.objects.get(session__code="T-T04", locale__language_code="sv")
    plan.title, plan.summary = f"{SECRET} i passet", f"{SECRET}."
    programme = ProgrammePage.objects.get(slug="abc", locale__language_code="sv")
    programme.title = programme.summary = programme.teaser = f"{SECRET} i programmet"
    for page in (plan, programme):
        page.save_revision().publish()
    news = index.add_child(instance=NewsPage(title=f"{SECRET} i nyheten", slug="z", intro=SECRET, date="2026-11-20"))
    under = below.add_child(instance=StandardPage(title=f"{SECRET} under", slug="z", intro=SECRET))
    return [plan, programme, news, under]


def shown(client):
    return [address for address in LISTS if SECRET in client.get(address).text.replace(f'value="{SECRET}"', "")]


def words_of_the_question(client):
    """What the search page says back of the question itself."""
    return [f"/sok/?q={SECRET}"] if SECRET in client.get(f"/sok/?q={SECRET}").text else []


def close(page, *groups):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.set(Group.objects.filter(name__in=groups))


def test_open_pages_stand_in_every_list(client, curriculum):
    pages_called_so(curriculum)

    assert {"/", "/program/", "/nyheter/", "/nyheter/flode/", "/om-arbetet/"} <= set(shown(client))


@pytest.mark.parametrize("who", [None, "coordinator"])
def test_closed_page_stands_in_no_list_of_who_may_not_read_it(request, client, curriculum, municipality, who):
    if who:
        client.force_login(request.getfixturevalue(who))
    said_back = words_of_the_question(client)
    for page in pages_called_so(curriculum):
        close(page, ReaderGroup.CENTRE)

    assert shown(client) == said_back


def test_draft_stands_in_no_list_and_at_no_address(client, curriculum, municipality, coordinator):
    said_back = words_of_the_question(client)
    pages = pages_called_so(curriculum)
    addresses = [page.get_url() for page in pages]
    plan = pages[0].get_url()
    for page in pages:
        page.unpublish()

    for user in (None, coordinator):
        if user:
            client.force_login(user)
        assert shown(client) == said_back
        asked = [*addresses, f"{plan}steg/", f"{plan}pdf/", f"{plan}kort/"]
        assert {client.get(address).status_code for address in asked} == {404}


def test_other_ways_to_read_a_closed_page_are_as_closed(client, curriculum, municipality, coordinator):
    plan = pages_called_so(curriculum)[0]
    close(plan, ReaderGroup.CENTRE)
    addresses = [f"{plan.get_url()}{way}" for way in ("", "steg/", "pdf/", "kort/")]

    answers = [client.get(address) for address in addresses]
    client.force_login(coordinator)
    refused = [client.get(address) for address in addresses]

    assert [(answer.status_code, SECRET in answer.text) for answer in answers] == [(302, False)] * 4
    assert [(answer.status_code, SECRET in answer.text) for answer in refused] == [(403, False)] * 4


def test_draft_is_previewed_by_its_editors_alone(client, curriculum, municipality, coordinator, stranger):
    page = pages_called_so(curriculum)[3]
    page.unpublish()
    elsewhere = stranger.memberships.get().school.municipality
    elsewhere.site.root_page = page.get_root().add_child(instance=Page(title="Granby", slug="granby"))
    elsewhere.site.save()
    theirs = MembershipFactory(role="editor", municipality=elsewhere).user
    addresses = [reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in ("view_draft", "edit", "history")]

    for user, status in ((None, 302), (coordinator, 403), (theirs, 302)):
        client.logout()
        if user:
            client.force_login(user)
        answers = [client.get(address) for address in addresses]
        assert [(answer.status_code, SECRET in answer.text) for answer in answers] == [(status, False)] * 3
