"""The event log, for the data-protection officer: on the screen and as files."""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from programmes import rules
from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.exports.event_words import actor_name, event_kind_label, event_sentence
from programmes.exports.events import write_event_log
from programmes.forms.events import EventLogForm
from programmes.models import Event
from programmes.views.downloads import logged_file, refused_question

EVENTS_A_PAGE = 50


def event_log(request):
    form = _form_or_403(request)
    context = {"form": form, "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("Event log")}]}
    if form.is_valid():
        events = Event.objects.in_municipality(request.municipality).chosen(**form.choice)
        pages = Paginator(events.select_related("actor", "person", "school"), EVENTS_A_PAGE)
        page = pages.get_page(request.GET.get("sida"))
        asked = {name: value for name, value in form.data.items() if name in form.fields and value}
        context |= {"page": page, "days": _days(page), "query": urlencode(asked), "is_narrowed": bool(asked)}
        context["chosen_person"] = form.cleaned_data["person"]
        if form.cleaned_data["person"] and page.number == 1:
            _log_reading(request, form)
    return render(request, "programmes/events/event_log.html", context)


def event_log_xlsx(request):
    return _event_log_file(request, "xlsx")


def event_log_csv(request):
    return _event_log_file(request, "csv")


def _form_or_403(request):
    if not rules.can_read_event_log(request.user, request.municipality, on=timezone.localdate()):
        raise PermissionDenied
    return EventLogForm(request.GET, municipality=request.municipality)


def _days(page):
    """The events of a page under their days, each with its sentence."""
    rows = [
        {
            "at": event.at,
            "actor": actor_name(event),
            "sentence": event_sentence(event) if event.actor_id else capfirst(event_sentence(event)),
            "is_known": bool(event.actor_id),
            "school": event.school,
            "label": event_kind_label(event),
        }
        for event in page
    ]
    return [(day, list(events)) for day, events in groupby(rows, key=lambda row: timezone.localtime(row["at"]).date())]


def _log_reading(request, form):
    """Whoever looks up one person is seen doing so, also by that person's extract."""
    log_event(
        kind=EventKind.LOG_READ,
        actor=request.user,
        municipality=request.municipality,
        person=form.cleaned_data["person"],
        about={"selection": form.words},
    )


def _event_log_file(request, file_format):
    form = _form_or_403(request)
    if not form.is_valid():
        return refused_question(form)
    events = Event.objects.in_municipality(request.municipality).chosen(**form.choice)

    def write(stream):
        return write_event_log(
            events,
            stream,
            file_format=file_format,
            municipality=request.municipality,
            selection=form.words,
            now=timezone.now(),
        )

    return logged_file(
        request, write, file_format=file_format, name="logg", what="event_log", school=form.cleaned_data["skola"]
    )
