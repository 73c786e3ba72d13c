"""Wagtail's traps about private things: a view asks who may have a document, no password is shared, SVG is out."""

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from cms.models import SiteDocument
from tests.factories import UserFactory


@pytest.fixture
def private_document(db, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    collection = Collection.get_first_root_node().add_child(name="Hemligt")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    return SiteDocument.objects.create(
        title="Hemligt", file=ContentFile(b"%PDF-1.7\n", name="hemligt.pdf"), collection=collection
    )


def test_document_is_given_to_who_may_and_to_nobody_else(client, municipality, private_document):
    assert client.get(private_document.url).status_code == 302
    client.force_login(UserFactory())

    response = client.get(private_document.url)

    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"%PDF-1.7\n"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "address",
    [
        "/media/documents/hemligt.pdf",
        "/media/images/../documents/hemligt.pdf",
        "/media/images/%2e%2e/documents/hemligt.pdf",
    ],
)
def test_file_itself_is_served_at_no_address(client, municipality, private_document, address):
    client.force_login(UserFactory(is_superuser=True))

    assert client.get(address).status_code in {400, 404}


def test_no_password_is_shared_for_a_page_or_a_collection():
    assert django_settings.WAGTAIL_PRIVATE_PAGE_OPTIONS == {"SHARED_PASSWORD": False}
    assert django_settings.WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS == {"SHARED_PASSWORD": False}


def test_pictures_that_can_hold_scripts_are_not_taken():
    extensions = getattr(django_settings, "WAGTAILIMAGES_EXTENSIONS", ["avif", "gif", "jpg", "jpeg", "png", "webp"])

    assert {"svg", "svgz"} & {*extensions, *django_settings.WAGTAILDOCS_EXTENSIONS} == set()


def test_editors_pages_call_no_other_server(client, municipality):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))

    page = client.get(reverse("wagtailadmin_home")).text

    assert [name for name in ("gravatar.com", "releases.wagtail.org", "fonts.googleapis.com") if name in page] == []
