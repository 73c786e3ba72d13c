"""Which municipality a request is for, and who may enter the administrations."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from programmes.models import Municipality


def municipality_of(request):
    """The municipality of the request's site, or None where no municipality stands there yet."""
    site = Site.find_for_request(request)
    return Municipality.objects.filter(site=site).first() if site else None


class MunicipalityMiddleware:
    """Set `request.municipality`, looked up when first asked for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.municipality = SimpleLazyObject(lambda: municipality_of(request))
        return self.get_response(request)


class AdministrationMiddleware:
    """Somebody who is signed in but has no business in an administration is told so: the sign-in page cannot help.

    Both libraries lead such a person to the sign-in page, which leads a signed-in person straight back.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not request.user.is_authenticated:
            return
        if request.path.startswith(reverse("wagtailadmin_home")):
            may_enter = request.user.has_perm("wagtailadmin.access_admin")
        elif request.path.startswith(reverse("admin:index")):
            may_enter = request.user.is_staff
        else:
            return
        if not may_enter:
            raise PermissionDenied
