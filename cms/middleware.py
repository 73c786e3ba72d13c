"""What every answer tells the browser to refuse, what no address holds, and the one prefix with inline scripts."""

import re

from django.conf import settings
from django.core.exceptions import BadRequest
from django.urls import reverse

NUL = re.compile(r"%00|\x00")
QUOTES = re.compile(r'%22|"')


class AdminPolicyMiddleware:
    """Loosen the policy for Wagtail's own screens: their date pickers are inline scripts (wagtail#1288)."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.prefix = reverse("wagtailadmin_home")

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(self.prefix):
            response._csp_update = {
                "script-src": ["'unsafe-inline'"],
                "style-src": ["'unsafe-inline'"],
                "img-src": ["blob:"],
                "frame-src": ["'self'"],
            }
        if request.path.startswith(self.prefix) or getattr(request, "is_preview", False):
            response._csp_replace = {"frame-ancestors": ["'self'"]}  # a page is previewed beside its form
        return response


class SafeHeadersMiddleware:
    """Say on every answer which powers of the browser are not used, and that no other site may embed what is here.

    What a signed-in person sees is kept in no cache: computers at schools are shared, and the back button remembers.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class SearchBoxMiddleware:
    """What somebody types in a search box is never an error.

    A quotation mark without its fellow is one to SQLite's full-text search, in every list and chooser of Wagtail's
    admin (wagtail#13227), and NUL is one to PostgreSQL: both are looked for as if they had not been typed.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")
        self.search = reverse("search")

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if query and request.path.startswith((self.admin, self.search)):
            query = NUL.sub("", query)
            request.META["QUERY_STRING"] = QUOTES.sub("+", query) if request.path.startswith(self.admin) else query
        return self.get_response(request)


class NoNullMiddleware:
    """An address with the character NUL is refused as bad: PostgreSQL stores none, and nobody types one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address.")
        return self.get_response(request)
