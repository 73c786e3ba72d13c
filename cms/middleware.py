"""What every answer tells the browser to refuse, what no address holds, and the one prefix with inline scripts."""

import re

from django.conf import settings
from django.core.exceptions import BadRequest
from django.urls import reverse
from django.utils import translation

NUL = re.compile(r"%00|\x00")
QUOTES = re.compile(r'%22|"')


class LanguageMiddleware:
    """What is asked for is in the language of its address, and nothing else decides: one address is one page for all.

    Neither the browser's wish nor a cookie counts, so that links can be shared, and no cache mixes languages up.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


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
        self.searched = (self.admin, *map(self._search_in, dict(settings.LANGUAGES)))

    @staticmethod
    def _search_in(language):
        with translation.override(language):
            return reverse("search")

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if query and request.path.startswith(self.searched):
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
