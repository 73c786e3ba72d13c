"""The content policy of the Wagtail admin, the one prefix where inline scripts must be allowed."""

from django.urls import reverse


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
            }
        return response
