"""The handbook as a book: everything its reader may read, in order, and nothing else."""

import gc
import warnings
from io import BytesIO

import pikepdf
import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from PIL import Image

from cms.blocks import BodyBlock
from cms.enums import ReaderGroup
from cms.models import HandbookChapterPage, HandbookPage, SiteImage, Word
from cms.pdf.body import WRITERS
from curriculum.models import Scenario, SessionPlanPage
from tests.factories import UserFactory
from tests.pdf import assert_inert, assert_tagged, read_pdf, text_of

pytestmark = pytest.mark.usefixtures("curriculum")
BOOK = "/handbok/pdf/"
CHAPTERS = [
    "Om MVP", "De elva passen", "När någon berättar", "Begreppslista", "Stödlista", "Scenarier att kopiera",
    "Årets gång",
]  # fmt: skip
FOR_ADULTS = ["För handledare", "För skolans ledning"]


@pytest.fixture
def mentor(client):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=ReaderGroup.MENTORS))
    client.force_login(user)
    return client


@pytest.fixture
def staff(client, coordinator):
    client.force_login(coordinator)
    return client


def spoken(content, role):
    return [words for kind, words in text_of(content) if kind == role]


def change(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_mentor_gets_the_chapters_that_mentors_read_and_staff_those_for_adults_too(mentor, coordinator):
    response = mentor.get(BOOK)

    assert response["Content-Disposition"] == 'inline; filename="handbok.pdf"'
    assert spoken(response.content, "H1") == ["Handboken", "Innehåll", *CHAPTERS]
    mentor.force_login(coordinator)
    assert spoken(mentor.get(BOOK).content, "H1") == ["Handboken", "Innehåll", *CHAPTERS, *FOR_ADULTS]


def test_public_gets_no_handbook(client):
    response = client.get(BOOK)

    assert (response.status_code, b"%PDF" in response.content) == (302, False)


def test_book_is_tagged_and_long(staff):
    content = staff.get(BOOK).content

    roles = assert_tagged(content)
    assert len(read_pdf(content).pages) >= 55
    assert (roles.count("TOC"), roles.count("Table")) == (1, 7)


def test_contents_lead_to_every_chapter_and_session_on_its_page(mentor):
    pdf = read_pdf(mentor.get(BOOK).content)
    plans = SessionPlanPage.objects.filter(session__kind="mentor").order_by("session__order")
    sessions = [f"Pass {number}. {plan.title}" for number, plan in enumerate(plans, start=1)]

    links = [link for page in pdf.pages for link in page.get("/Annots", [])]
    titles = [str(link.Contents) for link in links]
    assert titles == [*CHAPTERS[:2], *sessions, *CHAPTERS[2:]]
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    leads_to = [numbers[link.Dest[0].objgen] for link in links]
    assert leads_to == sorted(set(leads_to))
    lines = spoken(mentor.get(BOOK).content, "Link")
    assert lines == [f"{title} {number}" for title, number in zip(titles, leads_to, strict=True)]


def test_outline_holds_chapters_and_below_them_sessions(mentor):
    with read_pdf(mentor.get(BOOK).content).open_outline() as outline:
        top = [item.title for item in outline.root]
        sessions = [item.title for item in outline.root[2].children]

    assert top == ["Innehåll", *CHAPTERS]
    assert "Pass 1. Vi lär känna varandra" in sessions


def test_book_says_what_the_chapters_show(staff):
    content = staff.get(BOOK).content
    said = [words for _role, words in text_of(content)]

    for plan in SessionPlanPage.objects.filter(session__kind="mentor"):
        for step in plan.steps:
            for line in step.value["lines"]:
                assert any(line["text"] in words for words in said), line["text"]
        for scenario in plan.told_scenarios:
            assert said.count(scenario.title) == 2, "in the plan, and on its card"
    for word in Word.objects.all():
        assert any(word.explanation in words for words in said)
    for chapter in HandbookChapterPage.objects.all():
        for block in chapter.body:
            for text in block.value if block.block_type == "points" else ():
                assert text in said
    assert "Augusti" in spoken(content, "TH")
    assert [words for words in said if words.startswith("Bris 116 111")] != []


def test_sensitive_session_ends_with_the_numbers_to_ring(mentor):
    plan = SessionPlanPage.objects.get(session__code="MVP-09")

    found = text_of(mentor.get(BOOK).content)

    begins = found.index(("H2", f"Pass 9. {plan.title}"))
    after = found[found.index(("H3", "Stöd"), begins) :]
    assert after[2] == ("LBody", "Bris: 116 111 · dygnet runt")


def test_plan_and_scenarios_that_a_reader_may_not_open_are_not_in_the_book(mentor):
    restriction = SessionPlanPage.objects.get(session__code="MVP-01").get_view_restrictions().get()
    restriction.groups.set(Group.objects.filter(name=ReaderGroup.STAFF))

    said = " ".join(words for _role, words in text_of(mentor.get(BOOK).content))

    assert ("Vi lär känna varandra" in said, "Amal" in said) == (False, False)
    assert "Pass 2. Vad är våld?" in said


def test_change_of_a_scenario_is_in_the_book_at_once_and_else_the_file_is_the_same(mentor):
    before = mentor.get(BOOK).content
    assert mentor.get(BOOK).content == before

    scenario = Scenario.objects.get(code="MVP-01-S1")
    scenario.title = "Den röda mössan"
    scenario.save()

    assert spoken(mentor.get(BOOK).content, "H4").count("Den röda mössan") == 1


def test_hostile_words_are_words_in_the_book(mentor):
    hostile = "=1+1<script>alert(1)</script> & \x01så"  # PostgreSQL keeps no NUL in a page
    chapter = HandbookChapterPage.objects.get(slug="om-mvp")
    change(chapter, title=hostile.replace("\x01", ""), body=[("heading", hostile), ("points", [hostile])])

    content = mentor.get(BOOK).content

    assert_tagged(content)
    assert_inert(content)
    assert hostile.replace("\x01", "") in spoken(content, "H1")
    assert hostile.replace("\x01", "") in spoken(content, "LBody")


def test_every_block_of_a_page_can_stand_in_the_book(mentor):
    assert set(WRITERS) == set(BodyBlock().child_blocks)
    chapter = HandbookChapterPage.objects.get(slug="om-mvp")
    span = {"label": "MVP", "first_grade": 6, "last_grade": 9, "colour": "mvp"}
    level = {"label": "Skämt", "text": "Det börjar ofta med skämt."}
    summary = {"language": "en", "heading": "In English", "paragraphs": ["Pupils lead pupils."]}
    change(
        chapter,
        body=[
            ("paragraph", "Ett stycke."),
            ("link", {"text": "Skolverket", "url": "https://www.skolverket.se/"}),
            ("film", {"title": "Åskådaren", "minutes": 4, "url": "https://film.example/1"}),
            ("support", None),
            ("drawing", {"shape": "pyramid", "caption": "En pyramid.", "levels": [level, level]}),
            ("ages", {"caption": "Åldrar.", "spans": [span]}),
            ("summary", summary),
        ],
    )

    content = mentor.get(BOOK).content

    roles = assert_tagged(content)
    assert roles.count("Figure") == 2
    said = spoken(content, "P")
    assert "Skolverket: https://www.skolverket.se/" in said
    assert "Film: Åskådaren (4 min) https://film.example/1" in said
    assert "Pupils lead pupils." in said
    pdf = read_pdf(content)
    nodes = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
    assert [str(node.Lang) for node in nodes if str(node.get("/S", "")) == "/P" and "/Lang" in node] == ["en", "en"]


@pytest.fixture
def _open_files():
    """Wagtail leaves it to chance when the file of a new size is closed: it is closed here."""
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        yield
        gc.collect()


@pytest.mark.usefixtures("_open_files")
def test_picture_stands_in_the_book_with_its_words(mentor, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    stream = BytesIO()
    Image.new("RGB", (1600, 900), "#7a2a6a").save(stream, "JPEG")
    images = [
        SiteImage.objects.create(title=title, description=title, file=ContentFile(stream.getvalue(), f"{title}.jpg"))
        for title in ("trappan", "gardinen")
    ]
    images[0].contextual_alt_text, images[0].decorative = "Två elever sitter i en trappa.", False
    images[1].contextual_alt_text, images[1].decorative = "", True
    change(HandbookChapterPage.objects.get(slug="om-mvp"), body=[("picture", image) for image in images])

    content = mentor.get(BOOK).content

    assert_tagged(content)
    pdf = read_pdf(content)
    nodes = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
    figures = [str(node.Alt) for node in nodes if str(node.get("/S", "")) == "/Figure"]
    assert figures == ["Två elever sitter i en trappa."]


def test_handbook_leads_to_its_book(mentor):
    assert f'<a class="link-strong" href="{BOOK}">Hela handboken som pdf</a>' in mentor.get("/handbok/").text


def test_book_is_made_with_few_questions(staff, query_count):
    staff.get(BOOK)
    with query_count(21):
        staff.get(BOOK)


def test_handbook_without_chapters_is_still_a_book(staff):
    for chapter in HandbookChapterPage.objects.all():
        chapter.unpublish()

    content = staff.get(BOOK).content

    assert_tagged(content)
    assert spoken(content, "H1") == ["Handboken", "Innehåll"]
    HandbookPage.objects.get().unpublish()
    assert staff.get(BOOK).status_code == 404
