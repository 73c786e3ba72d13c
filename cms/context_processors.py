"""What the shell around every page needs to know; the rooms above add their menus through hooks."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from wagtail import hooks

from cms.models import SiteSettings, footer_links, home_of, is_source_language


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
        "shell_home": _home(request),
        "shell_links": footer_links(request),
        "shell_languages": getattr(request, "page_languages", []),
        "shell_speaks": _speaks(),
    }


def _home(request):
    """The start page in the language of the address."""
    home = None if is_source_language() else home_of(request)
    return home.get_url(request) if home else "/"


def _speaks():
    """The language of the header and footer where it is another than the page's: nobody has translated them."""
    language = translation.get_language()
    return "" if language in settings.SPOKEN_LANGUAGES else settings.LANGUAGE_CODE


def _notice(site_settings):
    """The notice that everybody has to see today; it comes with the settings, and costs no question of its own."""
    notice = site_settings.crisis_notice
    return notice if notice and notice.is_showing(on=timezone.localdate()) else None


def _items(hook_name, request):
    """What the rooms above add; nothing where the request failed before anyone was known."""
    if not hasattr(request, "user"):
        return []
    # The places of who is signed in are in Swedish, wherever the way led there from.
    with translation.override(settings.LANGUAGE_CODE):
        return [item for hook in hooks.get_hooks(hook_name) for item in hook(request)]


def _demo_accounts(request):
    """The one-click accounts of a demo, on the sign-in page and nowhere else."""
    if settings.DEMO and request.path == reverse("account_login"):
        return _items("stins_demo_accounts", request)
    return []
