"""Who reads a page is one choice for its editor, and it holds wherever pages are shown."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, Page, PageLogEntry, PageViewRestriction

from cms.enums import ReaderGroup
from cms.models import HomePage, SiteDocument, StandardPage, access_to
from programmes.enums import Role
from programmes.models import Municipality
from tests.factories import MembershipFactory, UserFactory


@pytest.fixture
def home(municipality, settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {**settings.WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
    home = HomePage(title="Start", slug="start", heading="Start", intro="Start", support_prompt="Vem?")
    Page.get_first_root_node().add_child(instance=home)
    municipality.site.root_page = home
    municipality.site.save()
    return home


@pytest.fixture
def page(home):
    return home.add_child(instance=StandardPage(title="Rutiner", slug="rutiner", intro="Xylofonen."))


@pytest.fixture
def below(page):
    return page.add_child(instance=StandardPage(title="Under", slug="under", intro="Cittran."))


@pytest.fixture
def editor(home, municipality):
    return MembershipFactory(role=Role.EDITOR, municipality=municipality, user__email="editor@ekbacka.example").user


def address(page):
    return reverse("wagtailadmin_pages:set_privacy", args=[page.pk])


def choose(client, user, page, access):
    client.force_login(user)
    return client.post(address(page), {"access": access}, follow=True)


def offered(client, user, page):
    client.force_login(user)
    return [(value, str(label)) for value, label in client.get(address(page)).context["form"].fields["access"].choices]


def readers_of(page):
    return set(Group.objects.filter(pageviewrestriction__page=page).values_list("name", flat=True))


def who_read(client, page, people):
    statuses = {}
    for name, user in people.items():
        client.logout()
        if user:
            client.force_login(user)
        statuses[name] = client.get(f"/{page.slug}/").status_code
    return statuses


@pytest.mark.parametrize(
    ("access", "groups", "statuses"),
    [
        ("public", set(), (200, 200, 200, 200)),
        ("mentors", {ReaderGroup.STAFF, ReaderGroup.MENTORS}, (302, 200, 200, 403)),
        ("staff", {ReaderGroup.STAFF}, (302, 200, 200, 403)),
        ("centre", {ReaderGroup.CENTRE}, (302, 403, 200, 403)),
    ],
)
def test_editor_chooses_who_reads_and_it_holds_at_once(
    client, page, editor, coordinator, centre, stranger, access, groups, statuses
):
    choose(client, editor, page, "centre")
    choose(client, editor, page, access)

    assert readers_of(page) == groups
    people = {"anyone": None, "coordinator": coordinator, "centre": centre, "stranger": stranger}
    assert tuple(who_read(client, page, people).values()) == statuses


def test_editor_is_told_what_was_chosen_and_the_history_tells_who(client, page, editor):
    response = choose(client, editor, page, "staff")

    assert [str(message) for message in response.context["messages"]] == ["”Rutiner” läses nu av: personal."]
    assert "Läses av: personal" in response.text
    entry = PageLogEntry.objects.get(action__startswith="wagtail.view_restriction")
    assert (entry.page_id, entry.user) == (page.pk, editor)


def test_page_says_what_it_takes_from_above_and_offers_only_fewer(client, page, below, editor):
    everyone = [value for value, _label in offered(client, editor, below)]
    choose(client, editor, page, "staff")

    assert everyone == ["public", "mentors", "staff", "centre"]
    assert offered(client, editor, below) == [
        ("public", "Samma som ”Rutiner” ovanför: personal"),
        ("centre", "VPC: våldspreventivt center"),
    ]
    assert "Läses av: personal" in client.get(reverse("wagtailadmin_pages:edit", args=[below.pk])).text


def test_wider_than_above_is_refused_and_nothing_changes(client, page, below, editor):
    choose(client, editor, page, "centre")
    response = choose(client, editor, below, "staff")

    assert response.status_code == 422
    assert access_to(StandardPage.objects.get(pk=below.pk)).value == "centre"
    assert readers_of(below) == set()


@pytest.mark.parametrize(
    "posted",
    [
        {"restriction_type": "login"},
        {"restriction_type": "password", "password": "sesam"},
        {"restriction_type": "groups", "groups": "1"},
        {"access": "login"},
        {"access": "password", "password": "sesam"},
        {},
    ],
)
def test_wagtails_own_ways_are_refused_when_they_are_posted(client, page, editor, posted):
    editor.is_superuser = True
    editor.save()
    client.force_login(editor)
    collection = Collection.get_first_root_node().add_child(name="Mallar")
    places = [address(page), reverse("wagtailadmin_collections:set_privacy", args=[collection.pk])]

    assert [client.post(place, posted).status_code for place in places] == [422, 422]
    assert (PageViewRestriction.objects.count(), CollectionViewRestriction.objects.count()) == (0, 0)


def test_no_other_editor_chooses_who_reads(client, page, coordinator, stranger):
    elsewhere = Municipality.objects.get(name="Granby kommun")
    theirs = HomePage(title="Granby", slug="granby", heading="Granby", intro="Start", support_prompt="Vem?")
    Page.get_first_root_node().add_child(instance=theirs)
    elsewhere.site.root_page = theirs
    elsewhere.site.save()
    editor = MembershipFactory(role=Role.EDITOR, municipality=elsewhere).user

    statuses = []
    for user in (coordinator, stranger, editor):
        client.force_login(user)
        statuses.append(client.post(address(page), {"access": "centre"}).status_code)
    assert (statuses, readers_of(page)) == ([403, 403, 302], set())


def test_documents_are_for_whom_was_chosen(client, municipality, coordinator, centre, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    collection = Collection.get_first_root_node().add_child(name="Mallar")
    document = SiteDocument.objects.create(
        title="Mall", file=ContentFile(b"%PDF-1.7\n", name="mall.pdf"), collection=collection
    )
    client.force_login(UserFactory(is_superuser=True))
    client.post(reverse("wagtailadmin_collections:set_privacy", args=[collection.pk]), {"access": "centre"})
    page = client.get(reverse("wagtailadmin_collections:edit", args=[collection.pk])).text

    assert "Dokumenten är för: våldspreventivt center." in page
    statuses = []
    for user in (None, coordinator, centre):
        client.logout()
        if user:
            client.force_login(user)
        response = client.get(document.url)
        for _part in response.streaming_content if response.streaming else ():
            pass  # read to its end the file closes; closing the answer would close the database as well
        statuses.append(response.status_code)
    assert statuses == [302, 403, 200]


def test_half_open_doors_of_before_are_for_staff(page):
    kept = page.add_child(instance=StandardPage(title="Kvar", slug="kvar"))
    collection = Collection.get_first_root_node().add_child(name="Mallar")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="sesam")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    by_group = PageViewRestriction.objects.create(page=kept, restriction_type="groups")
    by_group.groups.add(Group.objects.get(name=ReaderGroup.CENTRE))

    importlib.import_module("cms.migrations.0010_no_half_open_doors").let_staff_in_instead(apps, None)

    assert (readers_of(page), readers_of(kept)) == ({"Personal"}, {"VPC"})
    of_the_collection = collection.view_restrictions.values_list("restriction_type", "groups__name")
    assert list(of_the_collection) == [("groups", "Personal")]
    assert list(PageViewRestriction.objects.values_list("password", flat=True)) == ["", ""]
