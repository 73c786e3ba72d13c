"""The barest page that Wagtail's editor can show: a title, and plain blocks of one line each."""

from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page


class BarePage(Page):
    body = StreamField([("text", blocks.CharBlock())], blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]
