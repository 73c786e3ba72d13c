"""What the shell around every page needs to know; the rooms above add their menus through hooks."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from cms.models import SiteSettings


def shell(request):
    """Name and logo in the header, the menu and the places of the signed-in person, and whether this is a demo."""
    site_settings = SiteSettings.for_request(request)
    return {
        "site_settings": site_settings,
        "crisis_notice": _notice(site_settings),
        "demo": settings.DEMO,
        "demo_accounts": _demo_accounts(request),
        "shell_menu": _items("stins_menu", request),
        "shell_tabs": _items("stins_tabs", request),
        "shell_languages": _items("stins_languages", request),
    }


def _notice(site_settings):
    """The notice that everybody has to see today; it comes with the settings, and costs no question of its own."""
    notice = site_settings.crisis_notice
    return notice if notice and notice.is_showing(on=timezone.localdate()) else None


def _items(hook_name, request):
    """What the rooms above add; nothing where the request failed before anyone was known."""
    if not hasattr(request, "user"):
        return []
    return [item for hook in hooks.get_hooks(hook_name) for item in hook(request)]


def _demo_accounts(request):
    """The one-click accounts of a demo, on the sign-in page and nowhere else."""
    if settings.DEMO and request.path == reverse("account_login"):
        return _items("stins_demo_accounts", request)
    return []
