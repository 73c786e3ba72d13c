"""The parts that ordinary pages are written in."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from accounts.rules import validate_no_personal_identity_number

NO_PERSONAL_IDENTITY_NUMBER = [validate_no_personal_identity_number]


class LinkBlock(blocks.StructBlock):
    """A link that says where it leads."""

    text = blocks.CharBlock(label=_("Text"), max_length=80, validators=NO_PERSONAL_IDENTITY_NUMBER)
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Link")
        template = "cms/blocks/link.html"


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

    class Meta:
        required = False
