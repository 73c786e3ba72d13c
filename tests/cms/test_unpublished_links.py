"""A page that links to one that nobody can open: allowed, and the editor is told."""

import pytest
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.models import HomePage, SiteSettings, StandardPage
from tests.factories import UserFactory


@pytest.fixture
def pages(db, settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {**settings.WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
    home = HomePage(title="Start", slug="start", heading="Start", intro="Start", support_prompt="Vem?")
    Page.get_first_root_node().add_child(instance=home)
    site = Site.objects.get(is_default_site=True)
    site.root_page = home
    site.save()
    SiteSettings.objects.create(site=site, publishes_alone=True)
    home.add_child(instance=StandardPage(title="Ute", slug="ute"))
    home.add_child(instance=StandardPage(title="Utkast", slug="utkast", live=False))
    return home.add_child(instance=StandardPage(title="Om oss", slug="om-oss"))


def test_editor_is_told_of_a_link_to_a_page_that_is_not_published(client, pages):
    client.force_login(UserFactory(is_superuser=True))
    host = Site.objects.get(is_default_site=True).hostname
    links = [("link", {"text": slug, "url": f"http://{host}/{slug}/"}) for slug in ("ute", "utkast")]
    data = {"title": "Om oss", "slug": "om-oss", "intro": "", "seo_title": "", "search_description": ""}
    data |= {"body": streamfield(links), "comments": inline_formset([]), "action-publish": "1"}
    response = client.post(reverse("wagtailadmin_pages:edit", args=[pages.pk]), nested_form_data(data), follow=True)

    told = [str(message) for message in response.context["messages"] if message.level_tag == "warning"]
    assert told == ["Sidan länkar till ”Utkast”, som inte är publicerad."]
