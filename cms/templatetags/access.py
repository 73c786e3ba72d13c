"""Says in the admin who reads a page, or who may have the documents of a collection."""

from django import template

from cms.models import access_to

register = template.Library()


@register.filter
def access(place):
    return access_to(place).label
