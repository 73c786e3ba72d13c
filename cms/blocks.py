"""The parts that ordinary pages are written in."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from accounts.rules import validate_no_personal_identity_number

PLACEHOLDER = re.compile(
    r"lorem ipsum|dolor sit amet|\btodo\b|\btbd\b|\bx{3,}\b|\btext (?:här|kommer)\b|\btext here\b|\[\s*\.{0,3}\s*\]",
    re.IGNORECASE,
)
FILE_NAME = re.compile(
    r"\S\.(?:jpe?g|png|gif|webp|heic|avif|svg|tiff?|bmp|pdf)$"
    r"|^(?:img|dsc[nf]?|pxl|image|bild|foto|photo|picture|skärmavbild|skärmbild|screenshot|namnlös|untitled)"
    r"[\s_.-]*[\d\s_.:()-]*$",
    re.IGNORECASE,
)
SAYS_NOTHING = {"alt", "alt-text", "alttext", "alternativtext", "beskrivning", "en bild", "ett foto", "bilden", "test"}


def validate_no_placeholder(value):
    """Refuse a text that only holds the place of one."""
    if isinstance(value, str) and PLACEHOLDER.search(value):
        raise ValidationError(_("This looks like a placeholder. Write the real text, or leave it out."))


def validate_alternative_text(value):
    """Refuse what says nothing to the one who cannot see the picture: a file's name, or that it is a picture."""
    text = (value or "").strip()
    if not text or FILE_NAME.search(text) or text.lower().rstrip(".") in SAYS_NOTHING or PLACEHOLDER.search(text):
        raise ValidationError(_("Describe what the picture shows, in a sentence. A file name helps nobody."))


# What every text on a page is checked for.
NO_PERSONAL_IDENTITY_NUMBER = [validate_no_personal_identity_number, validate_no_placeholder]


class LinkBlock(blocks.StructBlock):
    """A link that says where it leads."""

    text = blocks.CharBlock(label=_("Text"), max_length=80, validators=NO_PERSONAL_IDENTITY_NUMBER)
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Link")
        template = "cms/blocks/link.html"


class PictureBlock(ImageBlock):
    """A picture that is described for the one who cannot see it, unless it is only there to be pretty."""

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/picture.html"

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # On the field and not among the block's options, which stand in every migration.
        self.child_blocks["alt_text"].field.validators.append(validate_no_personal_identity_number)

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned is not None and not cleaned.decorative:
            try:
                validate_alternative_text(cleaned.contextual_alt_text)
            except ValidationError as error:
                raise blocks.StructBlockValidationError({"alt_text": error}) from error
        return cleaned


class FilmBlock(blocks.StructBlock):
    """A film somewhere else: what it is, how long, and where; nothing of it is loaded before it is asked for."""

    title = blocks.CharBlock(label=_("Title"), max_length=80, validators=NO_PERSONAL_IDENTITY_NUMBER)
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=240)
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "media"
        label = _("Film")
        template = "cms/blocks/film.html"


class WorksheetBlock(blocks.StructBlock):
    """A sheet to print: a document of the site, under its own name."""

    title = blocks.CharBlock(label=_("Title"), max_length=80, validators=NO_PERSONAL_IDENTITY_NUMBER)
    document = DocumentChooserBlock(label=_("Document"))

    class Meta:
        icon = "doc-full"
        label = _("Worksheet")
        template = "cms/blocks/worksheet.html"


class SupportBlock(blocks.StaticBlock):
    """The support list itself, wherever an editor puts it: the contacts are changed in one place."""

    class Meta:
        icon = "help"
        label = _("Support list")
        admin_text = _("Shows the contacts of the support list.")
        template = "cms/blocks/support.html"


class BodyBlock(blocks.StreamBlock):
    """Headings, paragraphs, lists and links: enough for a page that is read on a phone."""

    heading = blocks.CharBlock(
        label=_("Heading"),
        max_length=120,
        icon="title",
        template="cms/blocks/heading.html",
        validators=NO_PERSONAL_IDENTITY_NUMBER,
    )
    paragraph = blocks.TextBlock(
        label=_("Paragraph"),
        icon="pilcrow",
        template="cms/blocks/paragraph.html",
        validators=NO_PERSONAL_IDENTITY_NUMBER,
    )
    points = blocks.ListBlock(
        blocks.CharBlock(max_length=300, validators=NO_PERSONAL_IDENTITY_NUMBER),
        label=_("List"),
        icon="list-ul",
        template="cms/blocks/points.html",
    )
    link = LinkBlock()
    picture = PictureBlock()
    film = FilmBlock()
    worksheet = WorksheetBlock()
    support = SupportBlock()

    class Meta:
        required = False
