"""The policy of the editors' pages: their previews may stand in a frame there, and nothing else may."""

from django.urls import reverse
from wagtail.models import Site

from tests.factories import UserFactory


def test_preview_may_be_framed_by_the_editors_page_and_the_page_itself_by_none(client, municipality):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    page = Site.objects.get(is_default_site=True).root_page

    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert "frame-ancestors 'self'" in preview.headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in preview.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/stod/").headers["Content-Security-Policy"]
