"""Every link of the public site and of the mentors' pages leads to a page, and every page is written to its end."""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page, Site

from tests.factories import CohortFactory

# Made anew for each reader and tested with the rest of paper, and the same page once more for each step and age.
NOT_WALKED = re.compile(r"/(pdf|kort)/$|\?(steg|arskurs)=")
LEFT_BEHIND = re.compile(r"lorem|ipsum|platshållare|placeholder|\btodo\b|\bNone\b|\{\{|\{%|%\(|xxx", re.IGNORECASE)


@pytest.fixture
def _in_all_languages(curriculum):
    for page in Page.objects.exclude(locale=curriculum.root_page.locale).filter(depth__gt=1).order_by("depth"):
        page.get_latest_revision().publish()
    Site.clear_site_root_paths_cache()


@pytest.fixture
def anyone(client):
    return client


@pytest.fixture
def mentor(client, school):
    cohort = CohortFactory(school=school, door_code="EKBA-9MVP")
    client.get(reverse("programmes:mentor_enter", args=["EKBA-9MVP", cohort.door_key]))
    return client


def walk(client, *starts):
    """Every page that can be reached, by its address, and every link: from where, to where, and to which part."""
    pages, links, waiting = {}, [], list(starts)
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        response = client.get(address)
        pages[address] = response.status_code, BeautifulSoup(response.content, "html.parser")
        for link in pages[address][1].find_all("a", href=True):
            target, part = urldefrag(urljoin(f"http://testserver{address}", link["href"]))
            if not target.startswith("http://testserver/") or NOT_WALKED.search(target):
                continue
            there = urlsplit(target)._replace(scheme="", netloc="").geturl()
            links.append((address, there, part))
            waiting.append(there)
    return pages, links


@pytest.mark.usefixtures("_in_all_languages", "municipality")
@pytest.mark.parametrize(("who", "least"), [("anyone", 110), ("mentor", 140)])
def test_every_link_leads_to_a_page_that_is_written(request, who, least):
    pages, links = walk(request.getfixturevalue(who), "/", "/en/", "/ar/", "/mentor/")
    parts = {address: {thing["id"] for thing in soup.find_all(id=True)} for address, (_status, soup) in pages.items()}
    texts = {address: soup.main.get_text(" ") for address, (_status, soup) in pages.items()}
    empty = [
        address for address, (_status, soup) in pages.items() for h in soup.select("h1, h2, h3") if not h.text.strip()
    ]

    assert [link for link in links if pages[link[1]][0] != 200] == []
    assert [link for link in links if link[2] and link[2] not in parts[link[1]]] == []
    assert {address: found[0] for address, text in texts.items() if (found := LEFT_BEHIND.search(text))} == {}
    assert empty == []
    assert len(pages) >= least
