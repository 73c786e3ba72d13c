"""What Wagtail's editor leaves without a name: a field by itself in a list tells a screen reader what it is."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.field_block import FieldBlockAdapter
from wagtail.blocks.list_block import ListBlockAdapter
from wagtail.sites.views import IndexView as SitesIndexView


class NamedFieldAdapter(FieldBlockAdapter):
    def js_args(self, block):
        if block.label:
            block.field.widget.attrs.setdefault("aria-label", block.label)
        return super().js_args(block)


class NamedListAdapter(ListBlockAdapter):
    """What a list holds has no label of its own unless somebody wrote one: then it is called what the list is."""

    def js_args(self, block):
        block.child_block.label = block.child_block.label or block.label
        return super().js_args(block)


def name_fields():
    """Stand in for Wagtail's own; called once, when the room is ready."""
    register(NamedFieldAdapter(), blocks.FieldBlock)
    register(NamedListAdapter(), blocks.ListBlock)
    headings = {"port": _("Port"), "site_name": _("Site name"), "root_page": _("Start page")}
    for column in SitesIndexView.columns:
        column.label = headings.get(column.name, column.label)
