"""What editors may not put in: a number of a person in any text, a file that is no picture, the same thing twice."""

import io

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse
from PIL import Image
from wagtail import blocks
from wagtail.fields import StreamField

from accounts.rules import validate_no_personal_identity_number
from cms.models import SiteImage, SupportContact, Word
from curriculum.models import Scenario
from tests.factories import UserFactory

NUMBER = "20121212-1212"
# Of a fixed form, looked up and never shown, or written by the product itself.
NO_TEXT = {"phone", "contact_phone", "url", "contact_email", "code", "language", "file", "file_hash", "file_extension"}
WRITTEN_BY_US = {"cms.SearchText", "cms.Rendition"}
# Checked in `clean`, since the fields are Wagtail's.
IN_CLEAN = {"cms.SiteImage.title", "cms.SiteImage.description", "cms.SiteDocument.title"}


def written_models():
    return [model for room in ("cms", "curriculum") for model in apps.get_app_config(room).get_models()]


def texts():
    """Every field of ours in which somebody writes words."""
    for model in written_models():
        for field in model._meta.local_fields:
            is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
            if is_text and field.name not in NO_TEXT and model._meta.label not in WRITTEN_BY_US:
                yield f"{model._meta.label}.{field.name}", field


def text_blocks(block, path):
    """Every block in which somebody writes words, however deep it stands."""
    children = getattr(block, "child_blocks", {})
    if hasattr(block, "child_block"):
        children = {"*": block.child_block}
    for name, child in children.items():
        yield from text_blocks(child, f"{path}.{name}")
    if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.RichTextBlock):
        yield path, block.field


def test_every_text_of_an_editor_refuses_a_personal_identity_number():
    open_fields = [
        name
        for name, field in texts()
        if validate_no_personal_identity_number not in field.validators and name not in IN_CLEAN
    ]
    open_blocks = [
        path
        for model in written_models()
        for stream in model._meta.local_fields
        if isinstance(stream, StreamField)
        for path, field in text_blocks(stream.stream_block, f"{model._meta.label}.{stream.name}")
        if validate_no_personal_identity_number not in field.validators
    ]

    assert (open_fields, open_blocks) == ([], [])


@pytest.fixture
def editor(client, db):
    client.force_login(UserFactory(is_superuser=True))
    return client


def png(size=(8, 8)):
    stream = io.BytesIO()
    Image.new("1", size).save(stream, "PNG")
    return stream.getvalue()


def upload(editor, name, content, **fields):
    form = {"title": "Ringen", "description": "Fyra elever står i en ring", "collection": "1", "tags": "", **fields}
    response = editor.post(reverse("wagtailimages:add"), {**form, "file": SimpleUploadedFile(name, content)})
    return response.context["form"].errors if response.status_code == 200 else {}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("ring.txt", b"hej", "giltig bild"),
        ("ring.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "stöds inte"),
        ("ring.png", b"<html><script>alert(1)</script>", "giltig bild"),
        ("ring.jpg", png(), "matchar inte"),
        ("ring.png", png((20_000, 20_000)), "för många bildpunkter"),
        ("ring.png", png((9_000, 9_000)), "81000000"),
        ("ring.png", b"", "tom"),
    ],
    ids=["a text", "svg with a script", "a page", "another suffix", "a pixel bomb", "a large picture", "nothing"],
)
def test_what_is_no_picture_is_refused_in_words(editor, settings, tmp_path, name, content, reason):
    settings.MEDIA_ROOT = str(tmp_path)
    errors = upload(editor, name, content)

    assert (list(errors), SiteImage.objects.count()) == (["file"], 0)
    assert reason in " ".join(errors["file"])


@pytest.mark.parametrize("description", ["", "IMG_1234.jpg", "bild", "lorem ipsum"])
def test_picture_that_nobody_described_is_refused(editor, settings, tmp_path, description):
    settings.MEDIA_ROOT = str(tmp_path)

    assert list(upload(editor, "ring.png", png(), description=description)) == ["description"]
    assert SiteImage.objects.count() == 0


@pytest.mark.parametrize("field", ["title", "description"])
def test_number_of_a_person_in_a_pictures_words_is_refused_and_not_repeated(editor, settings, tmp_path, field):
    settings.MEDIA_ROOT = str(tmp_path)
    errors = upload(editor, "ring.png", png(), **{field: f"Elev {NUMBER}"})

    assert list(errors) == [field]
    assert NUMBER not in str(errors)


CONTACT = {
    "name": "Bris",
    "description": "",
    "phone": "116 111",
    "url": "",
    "hours": "dygnet runt",
    "audience": "child",
}
CONTACT |= {"checked_date": "2026-11-01", "order": "0", "site": ""}
QUESTION = {"questions-count": "1", "questions-0-deleted": "", "questions-0-order": "0", "questions-0-type": "question"}
SCENARIO = {"code": "T-X1-S1", "title": "Kön", "text": "Någon tränger sig.", "site": "", **QUESTION}
SCENARIO |= {"questions-0-value": "Vad gör du?", "questions-0-id": ""}
WORD = {"term": "norm", "forms": "", "explanation": "En oskriven regel.", "site": ""}


@pytest.mark.parametrize(
    ("model", "form", "said"),
    [
        (Word, WORD, "Ordet finns redan i begreppslistan."),
        (SupportContact, CONTACT, "Det finns redan en kontakt med det namnet."),
        (Scenario, SCENARIO, "Det finns redan ett scenario med den här koden."),
    ],
)
def test_same_thing_twice_is_refused_in_words(editor, model, form, said):
    address = reverse(model.snippet_viewset.get_url_name("add"))
    editor.post(address, form)
    again = editor.post(address, form)

    assert model.objects.count() == 1
    assert [said] == [str(error) for errors in again.context["form"].errors.values() for error in errors]


SEARCHES = [
    "wagtailadmin_explore_root",
    "wagtailadmin_pages:search",
    "wagtailadmin_choose_page_search",
    "wagtailimages:index",
    "wagtailimages_chooser:choose_results",
    "wagtaildocs:index",
    "wagtaildocs_chooser:choose_results",
    "wagtailusers_users:index",
    "wagtailredirects:index",
    "wagtailsnippets_cms_word:list",
    "wagtailsnippets_cms_supportcontact:list",
    "wagtailsnippets_curriculum_scenario:list",
]
ODD = ["\x00", 'mål"', "'\"", "*", "(", "a" * 10_000, "-", "NEAR(", "%", "åäö:"]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:6]))
def test_whatever_is_typed_in_a_search_box_is_answered(editor, odd):
    asked = {name: editor.get(reverse(name), {"q": odd}).status_code for name in SEARCHES}

    assert {name: status for name, status in asked.items() if status not in {200, 302}} == {}
