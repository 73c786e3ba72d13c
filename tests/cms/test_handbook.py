"""The handbook chapter by chapter, the glossary, and the drawings that say the same in words."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from cms.blocks import AgesBlock, DrawingBlock, TableBlock
from cms.enums import ReaderGroup
from tests.factories import UserFactory

MENTORS = ["Om MVP", "De elva passen", "När någon berättar", "Begreppslista", "Stödlista", "Scenarier att kopiera"]
MENTORS_ALL = [*MENTORS, "Årets gång"]


@pytest.fixture
def mentor(curriculum):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=ReaderGroup.MENTORS))
    return user


def titles(page):
    [chapters] = re.findall(r'<ol class="chapters">(.*?)</ol>', page, flags=re.DOTALL)
    return re.findall(r">([^<]+)</a>", chapters)


def test_mentors_read_their_chapters_in_order_and_staff_those_for_adults_too(client, mentor, coordinator):
    client.force_login(mentor)
    assert titles(client.get("/handbok/").text) == MENTORS_ALL
    assert client.get("/handbok/for-handledare/").status_code == 403
    client.force_login(coordinator)
    assert titles(client.get("/handbok/").text) == [*MENTORS_ALL, "För handledare", "För skolans ledning"]
    assert "En handledning på 40 minuter" in client.get("/handbok/for-handledare/").text


@pytest.mark.parametrize("address", ["/handbok/", "/handbok/scenarier/", "/handbok/for-handledare/"])
def test_the_public_does_not_read_the_handbook(client, curriculum, address):
    response = client.get(address)
    assert response.status_code in (302, 403)
    assert "Handledning och pass varannan vecka" not in response.text


def test_a_chapter_leads_to_the_one_before_and_the_one_after(client, mentor):
    client.force_login(mentor)
    page = client.get("/handbok/passen/").text
    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', page) == [
        ("prev", "/handbok/om-mvp/"),
        ("next", "/handbok/nar-nagon-berattar/"),
    ]
    assert re.findall(r'rel="(prev|next)"', client.get("/handbok/aret/").text) == ["prev"]


def test_chapters_show_plans_scenarios_words_and_contacts_that_are_kept_elsewhere(client, mentor):
    client.force_login(mentor)
    assert titles(client.get("/handbok/passen/").text)[0] == "Vi lär känna varandra"
    scenarios = client.get("/handbok/scenarier/").text
    assert '<a class="link-strong" href="/program/mvp/vi-lar-kanna-varandra/kort/">' in scenarios
    assert "Nya i klassen" in scenarios
    assert '<div id="ord-norm"><dt>Norm</dt>' in client.get("/handbok/ord/").text
    assert "116 111" in client.get("/handbok/stod/").text


@pytest.mark.parametrize("address", ["/handbok/", "/handbok/om-mvp/", "/handbok/scenarier/"])
def test_a_chapter_asks_few_questions(client, mentor, django_assert_max_num_queries, address):
    client.force_login(mentor)
    with django_assert_max_num_queries(26):
        client.get(address)


def test_the_glossary_is_open_and_in_the_order_of_the_alphabet(client, curriculum):
    words = re.findall(r"<dt>([^<]+)</dt>", client.get("/begrepp/").text)
    assert len(words) == 55
    assert {"Adept", "Norm", "Åskådare"} < set(words)


def test_a_drawing_says_the_same_in_words(client, curriculum):
    page = client.get("/om-arbetet/valdspyramiden/").text
    drawn = re.findall(r'<text class="drawing__text"[^>]*>([^<]+)</text>', page)
    said = re.findall(r"<dt>([^<]+)</dt>", page)
    assert drawn == said == ["Grovt våld", "Slag och tvång", "Hot och kontroll", "Elaka ord", "Skämt och blickar"]
    assert page.count('role="img" aria-label="Våldspyramiden:') == 1


def test_how_it_hangs_together_is_a_drawing_and_a_real_table(client, curriculum):
    page = client.get("/om-arbetet/hur-hanger-allt-ihop/").text
    assert re.findall(r'<th scope="col">([^<]+)</th>', page) == ["Program", "Ålder", "Elever", "Personal", "Föräldrar"]
    assert re.findall(r'<th scope="row">([^<]+)</th>', page) == ["Tåget", "MVP", "ABC", "Trygg bas"]
    assert 'x="0" y="56" width="214"' in page


def test_parents_find_a_question_for_each_theme_and_the_months_first(client, curriculum, monkeypatch, today):
    page = client.get("/for-foraldrar/fraga-vid-middagsbordet/").text
    assert "Vilken vuxen var trygg för dig när du var liten?" in page
    assert "Den här månaden" not in page
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: today.replace(month=12))
    december = client.get("/for-foraldrar/fraga-vid-middagsbordet/").text.partition("Den här månaden")[2]
    assert re.findall(r'<dt><a href="[^"]+">([^<]+)</a>', december)[0] == "Aktiva åskådare och förändring"


@pytest.mark.parametrize("slug", ["taget", "mvp", "abc"])
def test_a_programme_is_told_in_easy_swedish_and_in_english(client, curriculum, slug):
    page = client.get(f"/program/{slug}/").text
    assert re.findall(r'<details class="disclosure" lang="(\w+)"><summary><h2>([^<]+)</h2>', page) == [
        ("sv", "Lättläst"),
        ("en", "In English"),
    ]


def test_a_table_needs_a_cell_for_each_column():
    block = TableBlock()
    whole = {"caption": "Två", "columns": ["A", "B"], "rows": [["1", "2"]]}
    assert block.clean(block.to_python(whole))["caption"] == "Två"
    with pytest.raises(ValidationError) as error:
        block.clean(block.to_python({**whole, "rows": [["1", "2"], ["3"]]}))
    assert list(error.value.block_errors) == ["rows"]


def test_ages_that_end_before_they_begin_are_refused():
    block = AgesBlock()
    span = {"label": "MVP", "first_grade": 9, "last_grade": 6, "colour": "mvp"}
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"caption": "År", "spans": [span]}))


def test_a_drawing_needs_two_levels():
    block = DrawingBlock()
    level = {"label": "För alla", "text": "Det som alla möter."}
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"shape": "steps", "caption": "Nivåer", "levels": [level]}))
