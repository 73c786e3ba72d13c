"""Several municipalities in one installation: what is for staff in one is not read by the staff of another."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.enums import ReaderGroup
from cms.models import SiteDocument, StandardPage
from programmes.enums import Role
from tests.factories import MembershipFactory, MunicipalityFactory, SchoolFactory, UserFactory


@pytest.fixture
def closed(curriculum, municipality):
    """A page of Ekbacka's for staff, and one for the centre."""
    for title, group in (("Xylofonen", ReaderGroup.STAFF), ("Cittran", ReaderGroup.CENTRE)):
        page = StandardPage(title=title, slug=title.casefold(), intro="Bara för oss.")
        curriculum.root_page.add_child(instance=page)
        only = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
        only.groups.set(Group.objects.filter(name=group))


@pytest.fixture
def granby():
    return MunicipalityFactory(name="Granby kommun", code="9902")


def person(*memberships):
    user = UserFactory()
    for role, place in memberships:
        MembershipFactory(user=user, role=role, **place)
    return user


def reads(client, user):
    client.force_login(user)
    return [client.get(address).status_code for address in ("/xylofonen/", "/cittran/")]


def test_staff_read_what_is_for_them_in_their_own_municipality(client, closed, municipality, school):
    assert reads(client, person((Role.COORDINATOR, {"school": school}))) == [200, 403]
    assert reads(client, person((Role.CENTRE_OLDER, {"municipality": municipality}))) == [200, 200]


def test_staff_of_another_municipality_read_none_of_it(client, closed, granby):
    assert reads(client, person((Role.COORDINATOR, {"school": SchoolFactory(municipality=granby)}))) == [403, 403]
    assert reads(client, person((Role.CENTRE_OLDER, {"municipality": granby}))) == [403, 403]


def test_each_role_reads_in_its_own_municipality_alone(client, closed, granby, municipality, school):
    """At the centre next door and a coordinator here; or there for everything, and here only to evaluate."""
    here_at_a_school = person((Role.CENTRE_OLDER, {"municipality": granby}), (Role.COORDINATOR, {"school": school}))
    evaluator = person((Role.CENTRE_OLDER, {"municipality": granby}), (Role.EVALUATOR, {"municipality": municipality}))

    assert reads(client, here_at_a_school) == [200, 403]
    assert reads(client, evaluator) == [403, 403]


def test_search_shows_nothing_of_another_municipalitys_staff_pages(client, closed, granby, school):
    def found(user):
        client.force_login(user)
        groups = client.get("/sok/", {"q": "xylofon"}).context["groups"]
        return [hit["title"] for group in groups for hit in group["hits"]]

    assert found(person((Role.CENTRE_OLDER, {"municipality": granby}))) == []
    assert found(person((Role.COORDINATOR, {"school": school}))) == ["Xylofonen"]


def test_document_for_staff_is_not_given_to_staff_next_door(client, closed, granby, school, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    collection = Collection.get_first_root_node().add_child(name="Personal")
    only = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    only.groups.set(Group.objects.filter(name=ReaderGroup.STAFF))
    document = SiteDocument.objects.create(
        title="Rutin", file=ContentFile(b"%PDF-1.7\n", name="rutin.pdf"), collection=collection
    )

    client.force_login(person((Role.CENTRE_OLDER, {"municipality": granby})))
    refused = client.get(document.url)
    client.force_login(person((Role.COORDINATOR, {"school": school})))
    given = client.get(document.url)

    assert refused.status_code == 403
    assert b"".join(given.streaming_content) == b"%PDF-1.7\n"


def test_group_that_a_role_gives_stays_when_its_person_takes_another_next_door(client, closed, granby, municipality):
    """The groups are kept in step by what they are, not by what shows on the host of the moment."""
    centre = person((Role.CENTRE_OLDER, {"municipality": municipality}))
    client.force_login(centre)

    MembershipFactory(user=centre, role=Role.CENTRE_OLDER, municipality=granby)

    assert set(centre.groups.values_list("name", flat=True)) == {
        ReaderGroup.STAFF,
        ReaderGroup.CENTRE,
        "Registren",
    }
