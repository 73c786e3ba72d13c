"""What no text on a page may be: a placeholder, or a file's name in the place of a description."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Collection

from cms.blocks import validate_alternative_text, validate_no_placeholder
from cms.models import SiteImage

SAYS_NOTHING = (
    "|   |bild|Bild 3|foto.jpg|IMG_1234|DSC_0001.JPG|image-12|skärmavbild 2026-11-01|En bild|lorem ipsum|xxx|alt-text"
)


@pytest.mark.parametrize("text", SAYS_NOTHING.split("|"))
def test_alternative_text_that_says_nothing_is_refused(text):
    with pytest.raises(ValidationError):
        validate_alternative_text(text)


@pytest.mark.parametrize(
    "text", ["Fyra elever står i en ring", "Bilden av en trappa med fyra steg", "Foton på en vägg"]
)
def test_alternative_text_that_says_something_is_taken(text):
    validate_alternative_text(text)


@pytest.mark.parametrize("text", ["Lorem ipsum", "Text här", "TODO: skriv", "xxx", "[...]"])
def test_placeholder_is_refused(text):
    with pytest.raises(ValidationError):
        validate_no_placeholder(text)


@pytest.mark.parametrize("text", ["Skriv en text om det här", "Säg: ”Sluta.”", "Storlek XXL"])
def test_ordinary_text_is_taken(text):
    validate_no_placeholder(text)


def test_picture_without_a_description_is_refused(db):
    with pytest.raises(ValidationError) as error:
        SiteImage(title="Trappan", description="IMG_1234.jpg", collection=Collection.get_first_root_node()).clean()
    assert list(error.value.message_dict) == ["description"]
