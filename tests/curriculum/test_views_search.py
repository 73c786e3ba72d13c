import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction

from cms.enums import ReaderGroup
from cms.models import SearchText, StandardPage
from tests.factories import CohortFactory, UserFactory

ODD = [
    '"',
    '"skola',
    "'",
    "\x00",
    "skola\x00",
    "*",
    "AND OR NOT",
    "(",
    "a" * 10_000,
    "NEAR(",
    "%",
    "\N{GRINNING FACE}",
    "-",
    "^:",
]


@pytest.fixture
def titles(client):
    def titles(text, by=client):
        response = by.get("/sok/", {"q": text})
        assert response.status_code == 200
        return [hit["title"] for group in response.context["groups"] for hit in group["hits"]]

    return titles


@pytest.fixture
def closed(curriculum):
    """A page about something that no other page mentions, for mentors and staff."""
    page = StandardPage(title="Xylofonen", slug="xylofonen", intro="Bara för mentorer.")
    curriculum.root_page.add_child(instance=page)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.set(Group.objects.filter(name__in=[ReaderGroup.STAFF, ReaderGroup.MENTORS]))
    return page


def test_search_finds_plans_words_and_contacts_by_kind(client, curriculum):
    response = client.get("/sok/", {"q": "åskådare"})

    assert [group["label"] for group in response.context["groups"]] == ["Pass", "Begrepp", "Sidor"]
    assert "Aktiva åskådare och förändring" in [hit["title"] for hit in response.context["groups"][0]["hits"]]
    assert 'role="search"' in response.text
    assert "<mark>" in response.text


@pytest.mark.parametrize("text", ["åskådare", "askadare", "åskådarna", "ASKADARE", "åskådre"])
def test_word_forms_and_slips_find_the_same_plan(titles, curriculum, text):
    assert "Aktiva åskådare och förändring" in titles(text)


def test_contact_is_found_with_its_number(client, curriculum):
    response = client.get("/sok/", {"q": "bris"})

    assert 'href="tel:116111"' in response.text


def test_nothing_found_leads_on(client, curriculum):
    response = client.get("/sok/", {"q": "zzqqzz"})

    assert response.context["groups"] == []
    assert "Inget hittades om ”zzqqzz”" in response.text
    assert 'href="/program/"' in response.text


def test_closed_page_is_found_by_whom_it_is_for_and_nobody_else(client, titles, closed):
    assert titles("xylofon") == []

    client.force_login(UserFactory())
    assert titles("xylofon") == []

    reader = UserFactory()
    reader.groups.add(Group.objects.get(name=ReaderGroup.MENTORS))
    client.force_login(reader)
    assert titles("xylofon") == ["Xylofonen"]


def test_mentor_inside_finds_what_mentors_read(client, titles, closed, school):
    school.municipality.site = closed.get_site()
    school.municipality.save()
    CohortFactory(school=school, door_code="ALMS-2345")
    client.post("/mentor/", {"kod": "ALMS-2345"})

    assert titles("xylofon") == ["Xylofonen"]


def test_draft_is_not_found_and_a_new_publication_is(titles, curriculum):
    page = curriculum.root_page.add_child(instance=StandardPage(title="Utkast", slug="utkast", live=False))
    page.title = "Xylofon"
    assert titles("xylofon") == []

    page.save_revision().publish()
    assert titles("xylofon") == ["Xylofon"]

    page = StandardPage.objects.get(pk=page.pk)
    page.title = "Cittra"
    page.save_revision().publish()
    assert (titles("xylofon"), titles("cittra")) == ([], ["Cittra"])


def test_words_of_a_page_are_kept_once(titles, curriculum):
    titles("norm")
    titles("norm")

    assert SearchText.objects.count() == Page.objects.descendant_of(curriculum.root_page, inclusive=True).live().count()


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:8]))
def test_odd_query_is_answered(client, curriculum, odd):
    assert client.get("/sok/", {"q": odd}).status_code == 200


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:8]))
def test_odd_query_in_the_admin_is_answered(client, curriculum, odd):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    for address in (
        f"/admin/pages/{curriculum.root_page_id}/",
        "/admin/pages/search/",
        "/admin/choose-page/search/",
        "/admin/images/",
        "/admin/images/chooser/results/",
        "/admin/documents/",
        "/admin/documents/chooser/results/",
        "/admin/users/",
        "/admin/snippets/cms/supportcontact/",
        "/admin/catalogue_sessions/",
    ):
        assert (address, client.get(address, {"q": odd}).status_code) == (address, 200)


def test_search_asks_the_same_number_of_questions_for_any_number_of_hits(client, curriculum, query_count):
    client.get("/sok/", {"q": "norm"})

    for text in ("kakor", "norm", "barn"):
        with query_count(20):
            client.get("/sok/", {"q": text})
