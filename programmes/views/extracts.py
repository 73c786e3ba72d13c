"""What is stored about a member of staff: for the person, and for those who answer for the data."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from programmes import rules
from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.exports.extracts import extract_of, own_facts, stored_about
from programmes.imports.retention import read_policy
from programmes.models import Membership


def own_extract(request):
    """The person's own: no rule but being signed in."""
    return _page(request, request.user)


def own_extract_file(request):
    return _file(request, request.user)


def person_extract(request, pk):
    return _page(request, _person_or_404(request, pk))


def person_extract_file(request, pk):
    return _file(request, _person_or_404(request, pk))


def _person_or_404(request, pk):
    if not rules.can_read_event_log(request.user, request.municipality, on=timezone.localdate()):
        raise PermissionDenied
    here = Membership.objects.in_municipality(request.municipality).values("user")
    return get_object_or_404(User, pk=pk, pk__in=here)


def _page(request, person):
    policy = read_policy()
    is_own = person == request.user
    if not is_own:
        _log(request, person)
    context = {
        "person": person,
        "is_own": is_own,
        "facts": own_facts(person, policy),
        "stored": stored_about(person, policy),
        "file_url": reverse("programmes:own_extract_file")
        if is_own
        else reverse("programmes:person_extract_file", args=[person.pk]),
        "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("What is stored about you")}],
    }
    return render(request, "programmes/extracts/person.html", context)


def _file(request, person):
    content = extract_of(person, read_policy(), now=timezone.now())
    _log(request, person)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="registerutdrag.json"'
    return response


def _log(request, person):
    log_event(kind=EventKind.PERSON_EXTRACTED, actor=request.user, municipality=request.municipality, person=person)
