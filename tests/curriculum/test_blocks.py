"""Talks, films and worksheets in a plan: written by an editor, read on the page, step by step and on paper."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from cms.blocks import FilmBlock, WorksheetBlock, host_of
from cms.models import SiteDocument
from curriculum.blocks import DiscussionBlock
from curriculum.models import SessionPlanPage
from tests.pdf import assert_tagged, read_pdf, text_of

FILM = {
    "title": "Åskådaren",
    "minutes": 4,
    "url": "https://www.film.example/askadaren",
    "description": "En pojke blir utan plats i matsalen. Alla ser det.",
}
SHEET = {"title": "Tolv lappar", "text": "En blick.\nEtt öknamn.", "document": None}
TALK = {"form": "pairs", "questions": ["Vad ser du?", "Vad är det <minsta> du kan göra?"]}


@pytest.fixture
def plan(curriculum):
    """A plan whose first step has a talk, a film with all that is said, and a sheet of each sort."""
    said = SiteDocument.objects.create(title="Allt som sägs", file=ContentFile(b"Hej!", "sagt.txt"))
    plan = SessionPlanPage.objects.get(session__code="T-B1")
    extras = [
        ("discussion", TALK),
        ("film", {**FILM, "transcript": said}),
        ("worksheet", SHEET),
        ("worksheet", {"title": "Karta", "text": "", "document": said}),
    ]
    plan.steps[0].value["extras"] = plan.steps[0].block.child_blocks["extras"].normalize(extras)
    plan.save_revision().publish()
    return SessionPlanPage.objects.get(pk=plan.pk)


@pytest.mark.parametrize("way", ["", "steg/"])
def test_talk_film_and_sheets_stand_on_the_page_and_in_the_step(client, plan, way):
    page = client.get(f"{plan.url}{way}").text

    assert '<span class="cue__kind">Samtal · två och två</span>' in page
    assert "<li>Vad är det &lt;minsta&gt; du kan göra?</li>" in page
    assert '<a class="link-strong" href="https://www.film.example/askadaren">Film: Åskådaren (4 min)</a>' in page
    assert '<small class="muted">film.example</small>' in page
    assert "<p>En pojke blir utan plats i matsalen. Alla ser det.</p>" in page
    assert page.count("Allt som sägs i filmen, som text</a>") == 1
    assert "<summary>Arbetsblad: Tolv lappar</summary>" in page
    assert "Arbetsblad att skriva ut: Karta</a>" in page
    assert "<iframe" not in page


def test_talk_film_and_sheets_stand_on_paper(client, plan):
    content = client.get(f"{plan.url}pdf/").content

    assert_tagged(content)
    said = [words for _role, words in text_of(content)]
    assert said[said.index("Samtal · två och två") + 1 :][:4] == [
        "1.", "Vad ser du?", "2.", "Vad är det <minsta> du kan göra?",
    ]  # fmt: skip
    assert "Film: Åskådaren (4 min) https://www.film.example/askadaren" in said
    assert FILM["description"] in said
    assert "Arbetsblad, sist i planen: Tolv lappar" in said
    assert said[-3:] == ["Arbetsblad: Tolv lappar", "En blick.", "Ett öknamn."]
    with_sheet = len(read_pdf(content).pages)
    plan.steps[0].value["extras"] = []
    plan.save_revision().publish()
    assert len(read_pdf(client.get(f"{plan.url}pdf/").content).pages) < with_sheet


def test_talk_is_found_in_search(client, plan):
    assert f'<a href="{plan.url}">' in client.get("/sok/?q=minsta+du+kan").text


def refusal(block, value):
    with pytest.raises(ValidationError) as error:
        block.clean(block.to_python(value))
    return list(error.value.block_errors)


@pytest.mark.parametrize(
    ("block", "value", "fields"),
    [
        (FilmBlock(), {**FILM, "description": ""}, ["description"]),
        (FilmBlock(), {**FILM, "description": "Ring 20121212-1212"}, ["description"]),
        (FilmBlock(), {**FILM, "url": "javascript:alert(1)"}, ["url"]),
        (WorksheetBlock(), {**SHEET, "text": " "}, ["text"]),
        (WorksheetBlock(), {**SHEET, "text": "Lorem ipsum"}, ["text"]),
        (DiscussionBlock(), {**TALK, "questions": []}, ["questions"]),
        (DiscussionBlock(), {**TALK, "questions": ["Vem är 20121212-1212?"]}, ["questions"]),
    ],
)
def test_unfinished_block_is_refused(db, block, value, fields):
    assert refusal(block, value) == fields


def test_sheet_says_what_is_missing(db):
    with pytest.raises(ValidationError) as error:
        WorksheetBlock().clean(WorksheetBlock().to_python({**SHEET, "text": ""}))
    assert error.value.block_errors["text"].messages == ["Skriv vad som ska stå på bladet, eller välj ett dokument."]


@pytest.mark.parametrize(
    ("address", "host"), [("https://www.svt.se/x", "svt.se"), ("http://film.example:80/", "film.example"), ("", "")]
)
def test_site_of_a_film_is_said(address, host):
    assert host_of(address) == host
