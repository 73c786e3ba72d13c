"""The private calendar address of each person, the file behind it, and the open calendar of terms and breaks."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from programmes import rules
from programmes.actions.calendars import close_feed, note_fetch, open_feed
from programmes.exports.calendar import CONTENT_TYPE, write_calendar
from programmes.exports.calendar_words import entries_of
from programmes.models import CalendarFeed
from programmes.models.terms import start_year_of
from programmes.reports.calendars import dates_of_person, shared_dates

FETCHES_AN_HOUR = 60  # of one address: a calendar program asks a few times a day
GUESSES_AN_HOUR = 30  # of addresses that nobody has, from one place
HOUR = 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_setting(request):
    today, municipality = timezone.localdate(), request.municipality or None
    if not rules.can_have_calendar(request.user, municipality, on=today):
        raise PermissionDenied
    address = ""
    if request.method == "POST":
        if request.POST.get("adress") == "stang":
            if close_feed(user=request.user, municipality=municipality, now=timezone.now()):
                messages.success(request, _("The address is closed. It shows nothing to anybody any more."))
            return redirect("programmes:calendar_setting")
        token = open_feed(user=request.user, municipality=municipality, now=timezone.now())
        address = request.build_absolute_uri(reverse("programmes:calendar_feed", args=[token]))
    context = {
        "feed": CalendarFeed.objects.open().filter(user=request.user, municipality=municipality).first(),
        "address": address,
        "open_address": request.build_absolute_uri(reverse("programmes:open_calendar")),
    }
    return render(request, "programmes/calendars/setting.html", context)


@login_not_required
@require_safe
def calendar_feed(request, token):
    """The address is the key: it shows what its owner may see today, in the municipality that it was made in."""
    today, municipality = timezone.localdate(), request.municipality or None
    feed = CalendarFeed.objects.by_token(token).filter(municipality=municipality).select_related("user").first()
    if feed is None:
        if _is_too_much(f"calendar-guess:{request.META.get('REMOTE_ADDR')}", GUESSES_AN_HOUR):
            return _plain(429, _("Too many attempts. Wait an hour."))
        raise Http404
    if feed.closed_at is not None:
        return _plain(410, _("This calendar address is closed."))
    if _is_too_much(f"calendar:{feed.pk}", FETCHES_AN_HOUR):
        return _plain(429, _("Too many attempts. Wait an hour."))
    if not rules.can_have_calendar(feed.user, municipality, on=today):
        raise Http404
    note_fetch(feed=feed, today=today)
    rows = dates_of_person(feed.user, municipality, today=today)
    name = _("Stins, %(name)s") % {"name": municipality.name}
    return _calendar(request, rows, name=name, municipality=municipality, today=today, private=True)


@login_not_required
@require_safe
def open_calendar(request):
    """Terms, breaks and base months of this school year and the next."""
    today, municipality = timezone.localdate(), request.municipality or None
    if municipality is None:
        raise Http404
    first = start_year_of(today)
    rows = [row for year in (first, first + 1) for row in shared_dates(municipality, start_year=year)]
    name = _("School year, %(name)s") % {"name": municipality.name}
    return _calendar(request, rows, name=name, municipality=municipality, today=today, private=False)


def _calendar(request, rows, *, name, municipality, today, private):
    host = request.get_host().partition(":")[0]
    content = write_calendar(entries_of(rows, municipality=municipality), name=name, host=host, today=today)
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    asked = {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}
    if etag in asked:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(content, content_type=CONTENT_TYPE)
        response["Content-Disposition"] = 'inline; filename="stins.ics"'
    response["ETag"] = etag
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=private, public=not private, max_age=HOUR)
    return response


def _is_too_much(key, most):
    """Count a request under a key for an hour; the secret itself is in no key."""
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > most
    except ValueError:  # it has just grown too old
        return False


def _plain(status, words):
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
