"""Pictures and documents; never pictures of children: a picture's file is open to whoever has its address."""

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class SiteImage(AbstractImage):
    """A picture of the site."""

    admin_form_fields = Image.admin_form_fields


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
