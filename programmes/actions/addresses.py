"""Whole addresses for letters, which are written where nobody has asked for a page."""

from django.conf import settings

from programmes.models import Municipality


def address_of(municipality: Municipality, path: str) -> str:
    """The full address of a page of a municipality, where there is no request to ask: BASE_URL's, or its own site's."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    site = municipality.site
    if site.is_default_site:
        return f"{base}{path}"
    scheme = base.partition("://")[0]
    port = "" if site.port in {80, 443} else f":{site.port}"
    return f"{scheme}://{site.hostname}{port}{path}"
