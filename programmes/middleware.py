"""Which municipality a request is for: the one that stands on the site it was sent to."""

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
