"""What the shell around every page needs to know; the rooms above add their menus through hooks."""

from django.conf import settings
from wagtail import hooks

from cms.models import SiteSettings


def shell(request):
    """Name and logo in the header, the menu of the signed-in person, and whether this is a demo."""
    return {
        "site_settings": SiteSettings.for_request(request),
        "demo": settings.DEMO,
        "shell_menu": [item for hook in hooks.get_hooks("stins_menu") for item in hook(request)],
    }
