"""Pictures and documents; never pictures of children: a picture's file is open to whoever has its address."""

import zipfile

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from accounts.rules import PERSONAL_IDENTITY_NUMBER_MESSAGE, find_personal_identity_number
from cms.blocks import validate_alternative_text

# What a zipped document must hold to be what its name says, and what none may hold.
PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "odt": "content.xml",
    "ods": "content.xml",
    "odp": "content.xml",
}
MACROS = ("vbaproject.bin", "basic/script-lc.xml", "basic/script-lb.xml")
MOST_PARTS = 5000


def refuse_personal_identity_numbers(instance, *fields):
    """Refuse a title or description with a personal identity number, without repeating it."""
    for field in fields:
        if find_personal_identity_number(getattr(instance, field, "")):
            raise ValidationError({field: PERSONAL_IDENTITY_NUMBER_MESSAGE})


def is_what_its_name_says(file, extension):
    """Whether a file's first bytes and parts are those of its kind, and no macros are in it."""
    file.seek(0)
    head = file.read(2048)
    file.seek(0)
    if extension == "pdf":
        return b"%PDF-" in head[:1024]
    if extension == "txt":
        return b"\x00" not in head
    if extension not in PARTS:
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return False
    finally:
        file.seek(0)
    has_macros = any(name.casefold().endswith(MACROS) for name in names)
    return PARTS[extension] in names and not has_macros and len(names) <= MOST_PARTS


class SiteImage(AbstractImage):
    """A picture of the site."""

    description = models.CharField(
        _("what it shows"),
        max_length=255,
        help_text=_("In a sentence, for the one who cannot see it: “Four pupils stand in a ring in the schoolyard”."),
    )

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def clean(self):
        super().clean()
        refuse_personal_identity_numbers(self, "title", "description")
        try:
            validate_alternative_text(self.description)
        except ValidationError as error:
            raise ValidationError({"description": error}) from error


class Rendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_per_size")
        ]


class SiteDocument(AbstractDocument):
    """A file to download, always through the view that asks who may."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self):
        super().clean()
        refuse_personal_identity_numbers(self, "title")
        is_new_file = self.file and not self.file._committed
        if is_new_file and not is_what_its_name_says(self.file, self.file_extension.casefold()):
            raise ValidationError({"file": _("The file is not what its name says, or it holds macros.")})
