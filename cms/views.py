"""The pages a person meets when something is not right, and media files by their path."""

from django.http import HttpResponseForbidden
from django.template import loader


def csrf_failure(request, reason=""):
    return HttpResponseForbidden(loader.render_to_string("403_csrf.html", request=request))
