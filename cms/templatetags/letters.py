"""Addresses in letters to editors: on the host of the page's own site, where the reader has an account."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def admin_address(name, page, *args):
    """Where something stands in the admin; a municipality's editors enter by their own host."""
    site = page.get_site() if page else None
    is_own = site and site.hostname != "localhost"  # the name that a new installation begins with is no address
    return f"{site.root_url if is_own else settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=args)}"
