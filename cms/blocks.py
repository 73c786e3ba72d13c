"""The parts that ordinary pages are written in."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from accounts.rules import validate_no_personal_identity_number
from cms.enums import Colour, Shape

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


class NumberBlock(blocks.IntegerBlock):
    """A whole number that is a number as soon as it is read from the form.

    Wagtail keeps what was typed, so that `"6"` is another text than 6 and every form looks changed: then nobody could
    approve a page without having become its writer.
    """

    def value_from_datadict(self, data, files, prefix):
        typed = super().value_from_datadict(data, files, prefix)
        return int(typed) if isinstance(typed, str) and typed.strip().isdecimal() and len(typed) < 10 else typed

    def deconstruct(self):
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.IntegerBlock", args, kwargs


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
    """A film somewhere else: what it is, how long, and where; nothing of it is loaded before it is asked for.

    Whoever does not see or hear it reads what happens in it (WCAG 1.2.1 and 1.2.3): in short here, whole in a document.
    """

    title = blocks.CharBlock(label=_("Title"), max_length=80, validators=NO_PERSONAL_IDENTITY_NUMBER)
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=240)
    url = blocks.URLBlock(label=_("Address"))
    description = blocks.TextBlock(
        label=_("What happens in the film"),
        rows=3,
        max_length=1200,
        help_text=_("For whoever does not see or hear it: what is seen, and the most important of what is said."),
        validators=NO_PERSONAL_IDENTITY_NUMBER,
    )
    transcript = DocumentChooserBlock(label=_("All that is said, as a document"), required=False)

    class Meta:
        icon = "media"
        label = _("Film")
        template = "cms/blocks/film.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["host"] = host_of(value["url"])
        return context


def host_of(address):
    """Where a link leads, as a person says it: the site's name alone."""
    return (urlsplit(address or "").hostname or "").removeprefix("www.")


class WorksheetBlock(blocks.StructBlock):
    """A sheet to print: written here, or a document of the site under its own name."""

    title = blocks.CharBlock(label=_("Title"), max_length=80, validators=NO_PERSONAL_IDENTITY_NUMBER)
    text = blocks.TextBlock(
        label=_("Text"),
        required=False,
        rows=6,
        max_length=2400,
        help_text=_("What stands on the sheet, with a line for each thing. It is printed on a page of its own."),
        validators=NO_PERSONAL_IDENTITY_NUMBER,
    )
    document = DocumentChooserBlock(label=_("Document"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Worksheet")
        template = "cms/blocks/worksheet.html"

    def clean(self, value):
        cleaned = super().clean(value)
        is_empty = not (cleaned["text"] or "").strip() and not cleaned["document"]
        if is_empty and not self.is_deferred_validation:
            error = ValidationError(_("Write what stands on the sheet, or choose a document."))
            raise blocks.StructBlockValidationError({"text": error})
        return cleaned


class SupportBlock(blocks.StaticBlock):
    """The support list itself, wherever an editor puts it: the contacts are changed in one place."""

    class Meta:
        icon = "help"
        label = _("Support list")
        admin_text = _("Shows the contacts of the support list.")
        template = "cms/blocks/support.html"


class LevelBlock(blocks.StructBlock):
    """One level of a drawing: a few words that stand in it, and what it means."""

    label = blocks.CharBlock(label=_("In the drawing"), max_length=32, validators=NO_PERSONAL_IDENTITY_NUMBER)
    text = blocks.CharBlock(label=_("In words"), max_length=240, validators=NO_PERSONAL_IDENTITY_NUMBER)


class DrawingBlock(blocks.StructBlock):
    """Levels upon each other, drawn from their words, which stand under the drawing too."""

    shape = blocks.ChoiceBlock(choices=Shape.choices, label=_("Shape"))
    caption = blocks.CharBlock(label=_("What it shows"), max_length=120, validators=NO_PERSONAL_IDENTITY_NUMBER)
    levels = blocks.ListBlock(LevelBlock(), min_num=2, max_num=6, label=_("Levels, from the top"))

    class Meta:
        icon = "view"
        label = _("Drawing of levels")
        template = "cms/blocks/drawing.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        levels = value["levels"]
        context["height"] = len(levels) * LEVEL
        context["drawn"] = [
            {"label": level["label"], "points": _outline(value["shape"], number, len(levels)), "top": number * LEVEL}
            for number, level in enumerate(levels)
        ]
        return context


LEVEL, WIDEST = 52, 150


def _outline(shape, number, count):
    """The four corners of a level, as an SVG polygon wants them, in a drawing that is as wide as a phone."""
    top, bottom = number * LEVEL + 2, (number + 1) * LEVEL - 2
    if shape == Shape.PYRAMID:
        upper, lower = (round(WIDEST * y / (count * LEVEL)) for y in (number * LEVEL + 2, bottom))
        middle = WIDEST // 2
        corners = [
            (middle - upper // 2, top),
            (middle + upper // 2, top),
            (middle + lower // 2, bottom),
            (middle - lower // 2, bottom),
        ]
    else:
        width = round(WIDEST * (number + 1) / count)
        corners = [(0, top), (width, top), (width, bottom), (0, bottom)]
    return " ".join(f"{x},{y}" for x, y in corners)


class SpanBlock(blocks.StructBlock):
    """From which grade to which something is met."""

    label = blocks.CharBlock(label=_("Text"), max_length=48, validators=NO_PERSONAL_IDENTITY_NUMBER)
    first_grade = NumberBlock(label=_("From grade (0 is the preschool class)"), min_value=0, max_value=9)
    last_grade = NumberBlock(label=_("To grade"), min_value=0, max_value=9)
    colour = blocks.ChoiceBlock(choices=Colour.choices, label=_("Colour"))

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and cleaned["first_grade"] > cleaned["last_grade"]:
            error = ValidationError(_("The first grade comes after the last one."))
            raise blocks.StructBlockValidationError({"last_grade": error})
        return cleaned


class AgesBlock(blocks.StructBlock):
    """Bars over the school years; a table beside it says the same."""

    caption = blocks.CharBlock(label=_("What it shows"), max_length=120, validators=NO_PERSONAL_IDENTITY_NUMBER)
    spans = blocks.ListBlock(SpanBlock(), min_num=1, max_num=8, label=_("Bars"))

    class Meta:
        icon = "view"
        label = _("Drawing of ages")
        template = "cms/blocks/ages.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["height"] = 30 + len(value["spans"]) * 48
        context["grades"] = [{"x": 18 + grade * GRADE, "label": str(grade or "F")} for grade in range(10)]
        context["bars"] = [
            {
                "label": span["label"],
                "colour": span["colour"],
                "x": span["first_grade"] * GRADE,
                "width": (span["last_grade"] - span["first_grade"] + 1) * GRADE - 2,
                "top": 30 + number * 48,
                # A long name that begins late would run out of the drawing: it ends with its bar instead.
                "ends": span["first_grade"] > 4,
            }
            for number, span in enumerate(value["spans"])
        ]
        return context


GRADE = 36


class TableBlock(blocks.StructBlock):
    """A table whose first column names its rows."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=120, validators=NO_PERSONAL_IDENTITY_NUMBER)
    columns = blocks.ListBlock(
        blocks.CharBlock(max_length=60, validators=NO_PERSONAL_IDENTITY_NUMBER), min_num=2, label=_("Columns")
    )
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(max_length=240, validators=NO_PERSONAL_IDENTITY_NUMBER), label=_("Cells")),
        min_num=1,
        label=_("Rows"),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "cms/blocks/table.html"

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and {len(row) for row in cleaned["rows"]} != {len(cleaned["columns"])}:
            error = ValidationError(_("Every row needs as many cells as there are columns."))
            raise blocks.StructBlockValidationError({"rows": error})
        return cleaned


class SummaryBlock(blocks.StructBlock):
    """The page in short, in easy Swedish or in another language, folded until it is asked for."""

    language = blocks.ChoiceBlock(choices=[("sv", _("Swedish")), ("en", _("English"))], label=_("Language"))
    heading = blocks.CharBlock(label=_("Heading"), max_length=60, validators=NO_PERSONAL_IDENTITY_NUMBER)
    paragraphs = blocks.ListBlock(
        blocks.TextBlock(validators=NO_PERSONAL_IDENTITY_NUMBER), min_num=1, label=_("Paragraphs")
    )

    class Meta:
        icon = "globe"
        label = _("In short")
        template = "cms/blocks/summary.html"


class BodyBlock(blocks.StreamBlock):
    """What a page that is read on a phone is made of, in the order of the page."""

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
    table = TableBlock()
    drawing = DrawingBlock()
    ages = AgesBlock()
    summary = SummaryBlock()

    class Meta:
        required = False
