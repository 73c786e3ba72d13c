"""Hands the contacts of the support list to whatever part of a page shows them."""

from django import template

from cms.models import SupportContact

register = template.Library()


@register.simple_tag(takes_context=True)
def support_contacts(context):
    """The contacts of this site and those common to all, in order."""
    return SupportContact.objects.shown_to(context["request"])
