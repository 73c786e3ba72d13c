from datetime import date
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from cms.models import NewsIndexPage, NewsPage, StandardPage

ATOM = "{http://www.w3.org/2005/Atom}"
PLACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
DAYS = {"first": date(2026, 9, 1), "second": date(2026, 10, 1), "third": date(2026, 11, 1)}


@pytest.fixture
def index(curriculum):
    return NewsIndexPage.objects.get()


@pytest.fixture
def add(index):
    def add(slug, **fields):
        page = NewsPage(title=f"Om {slug}", slug=slug, intro=f"Ingress {slug}.", date=DAYS.get(slug, DAYS["first"]))
        for name, value in fields.items():
            setattr(page, name, value)
        NewsIndexPage.objects.get(pk=index.pk).add_child(instance=page)
        return page

    return add


@pytest.fixture
def three(add):
    return [add("second"), add("third"), add("first")]


def close(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def places(client, **how):
    tree = ElementTree.fromstring(client.get("/sitemap.xml", **how).content)  # noqa: S314 - our own answer
    return [place.text for place in tree.iter(f"{PLACE}loc")]


def test_news_stand_with_the_newest_first(client, three):
    news = client.get("/nyheter/").context["news"]

    assert [page.slug for page in news] == ["third", "second", "first"]


def test_index_without_news_says_so(client, index):
    assert "Inga nyheter än" in client.get("/nyheter/").text


def test_news_item_shows_its_day(client, three):
    text = client.get("/nyheter/third/").text

    assert '<time datetime="2026-11-01">1 november 2026</time>' in text
    assert '<meta property="og:type" content="article">' in text


def test_two_latest_news_stand_on_the_start_page(client, three):
    sections = [section for section in client.get("/").context["sections"] if "news" in section]

    assert [[page.slug for page in section["news"]] for section in sections] == [["third", "second"]]
    assert sections[0]["url"] == "/nyheter/"


@pytest.mark.parametrize("number", [1, 3, 30])
def test_news_ask_the_same_number_of_questions(client, add, number, query_count):
    for one in range(number):
        add(f"nyhet-{one}")

    with query_count(12):
        client.get("/nyheter/")


def test_feed_holds_what_is_public_and_nothing_else(client, three, add):
    close(add("closed"))
    add("draft", live=False)
    response = client.get("/nyheter/flode/")
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own answer

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")] == [
        "Om third",
        "Om second",
        "Om first",
    ]
    assert feed.find(f"{ATOM}entry/{ATOM}link").get("href").endswith("/nyheter/third/")


def test_sitemap_lists_what_is_public_and_nothing_else(client, three, add, curriculum):
    close(add("closed"))
    add("draft", live=False)
    below = StandardPage(title="Under", slug="under")
    locked = StandardPage(title="Stängd", slug="stangd")
    curriculum.root_page.add_child(instance=locked)
    locked.add_child(instance=below)
    close(locked)
    found = "\n".join(places(client))

    assert "/nyheter/third/" in found
    assert "/program/taget/" in found
    assert [name for name in ("closed", "draft", "stangd", "under") if f"/{name}/" in found] == []


@pytest.mark.parametrize("number", [1, 3, 30])
def test_sitemap_asks_the_same_number_of_questions(client, add, number, query_count):
    for one in range(number):
        add(f"nyhet-{one}")

    with query_count(8):
        client.get("/sitemap.xml")


def test_sitemap_gives_the_addresses_that_it_was_asked_by(client, add):
    add("nyhet-1")
    found = places(client, secure=True)

    assert {"/".join(address.split("/")[:3]) for address in found} == {"https://testserver"}


def test_robots_are_led_to_the_sitemap_and_not_to_the_doors(client):
    lines = client.get("/robots.txt").text.splitlines()

    assert lines[:2] == ["User-agent: *", "Disallow: /konto/"]
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_demonstration_is_closed_to_robots(client, settings):
    settings.DEMO = True

    assert client.get("/robots.txt").text.splitlines()[:2] == ["User-agent: *", "Disallow: /"]


def test_page_says_how_it_is_previewed(client, curriculum):
    text = client.get("/program/taget/").text

    assert '<meta property="og:title" content="Tåget">' in text
    assert 'og:title" content="En skola fri från våld börjar med vuxna som finns där."' in client.get("/").text
    assert '<meta property="og:url" content="http://testserver/program/taget/">' in text
    assert 'og:image" content="http://testserver/static/cms/img/social.png"' in text
    assert 'og:description" content="Tåget är skolans våldsförebyggande program' in text


def test_sensitive_plan_is_previewed_without_its_title(client, curriculum):
    head = client.get("/program/taget/vald-i-hemmet/").text.partition("</head>")[0]

    assert 'og:title" content="Pass i Tåget"' in head


@pytest.mark.parametrize("text", ["Lorem ipsum dolor", "Ring 20100101-1234"])
def test_news_item_refuses_placeholders_and_personal_identity_numbers(db, text):
    with pytest.raises(ValidationError) as error:
        NewsPage(title="Ny", slug="ny", intro=text).full_clean(exclude=["path", "depth"])

    assert "intro" in error.value.message_dict
