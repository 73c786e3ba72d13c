"""The mentors' door, the page behind it, and the sheet with the code that the supervisor prints."""

from datetime import date, datetime, time

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.models import Site

from cms.models import HandbookPage
from cms.templatetags.line import Line, Stop
from curriculum.enums import SessionKind
from curriculum.models import Session, SessionPlanPage
from programmes import rules
from programmes.actions.locks import PeriodClosedError
from programmes.actions.mentee_groups import keep_mentor_log
from programmes.actions.mentors import (
    MOST_FAILURES_PER_BROWSER,
    WINDOW,
    count_failed_code,
    is_guessing,
)
from programmes.enums import LogTalk, SessionState
from programmes.forms.mentors import DoorForm, MentorLogForm
from programmes.models import MentorCohort
from programmes.models.mentors import DOOR
from programmes.reports.mentors import MentorState, way_of_mentors
from programmes.views.mentor_group import cohort_of, group_days, may_tap

FAILURES = "mentor_door_failures"
HELD = SessionState.HELD
CLEARED = '"cache", "storage"'
SIGNS = {MentorState.HELD: "held", MentorState.NEXT: "due", MentorState.AHEAD: "planned"}


@login_not_required
@never_cache
def mentor_page(request):
    """The page for who is inside, the door for everybody else."""
    if request.method == "POST":
        return _knock(request)
    if not rules.can_read_mentor_material(request.user, request.municipality, on=timezone.localdate()):
        return _door(request, DoorForm())
    return _page(request)


def _page(request, *, log_form=None):
    today = timezone.localdate()
    own = group_days(request, today=today)
    way = _way(request, held_by_group=[row.session.code for row in own.get("stations", ()) if row.state == HELD])
    to_log = own["days"].to_log if own else None
    context = own | {
        "way": way,
        "line": _line(way, {row.session.code: row.due_date for row in own.get("stations", ())}),
        "cohort": cohort_of(request),
        "offline": [*_addresses_to_keep(way), *_handbook_addresses(request)],
        "to_log": to_log,
        "log_form": log_form or _log_form(to_log),
        "talks": LogTalk.choices,
    }
    response = render(request, "programmes/mentors/page.html", context)
    if context["cohort"]:
        response["Stins-Offline"] = "1"  # the phone keeps it, and forgets it at sign-out
    return response


def _log_form(station):
    log = station.log if station else None
    return MentorLogForm(initial={"feeling": log.feeling, "reach": log.reach} if log else None)


def _way(request, *, held_by_group=()):
    """The eleven sessions with the plans that this reader may open, and what this phone has marked as held."""
    site = Site.find_for_request(request)
    plans = SessionPlanPage.objects.filter(session__kind=SessionKind.MENTOR).live().readable_by(request.user)
    plans = plans.descendant_of(site.root_page) if site else plans.none()
    sessions = Session.objects.on_offer().filter(kind=SessionKind.MENTOR).in_order()
    urls = {plan.session_id: plan.get_url(request) for plan in plans}
    held = {*request.session.get(DOOR, {}).get("held", ()), *held_by_group}
    return way_of_mentors(sessions=sessions, plan_urls=urls, held=held)


def _line(way, days):
    """The stations downwards: what is held is filled, what comes next is marked; with the own group's days."""
    last = max(len(way.stations) - 1, 1)
    stops = [
        Stop(
            position=index / last,
            sign=SIGNS[station.state],
            name=f"{station.number}. {station.title}",
            sublabel=_said_below(station, days.get(station.code)),
            url=station.url,
        )
        for index, station in enumerate(way.stations)
    ]
    reached = next((index for index, station in enumerate(way.stations) if station.state != MentorState.HELD), last)
    return Line(stops=stops, progress=reached / last, programme="mvp", name=_("The eleven sessions"))


def _said_below(station, day):
    words = [date_format(day, "l j F")] if day else []
    if station.state == MentorState.NEXT:
        words.append(_("next session"))
    return " · ".join(words)


def _addresses_to_keep(way):
    """What a phone keeps for reading without network, from the first opening on."""
    plans = [station.url for station in way.stations if station.url]
    steps = [f"{url}steg/" for url in plans]
    return [reverse("programmes:mentor_page"), "/stod/", "/orolig-for-nagon/", *plans, *steps]


def _handbook_addresses(request):
    """The handbook and the chapters of it that this reader may open."""
    site = Site.find_for_request(request)
    books = HandbookPage.objects.live().readable_by(request.user)
    book = books.descendant_of(site.root_page).first() if site else None
    pages = [book, *book.chapters_for(request.user)] if book else []
    return [page.get_url(request) for page in pages]


def _door(request, form, *, status=200):
    context = {"form": form, "next": _safe_next(request)}
    return render(request, "programmes/mentors/door.html", context, status=status)


def _knock(request):
    form = DoorForm(request.POST)
    if not form.is_valid():
        return _door(request, form)
    code, address = form.cleaned_data["kod"], get_adapter(request).get_client_ip(request)
    if _failures(request) >= MOST_FAILURES_PER_BROWSER or is_guessing(address=address, code=code):
        form.add_error("kod", _("Too many wrong codes. Wait ten minutes, or use the QR code on your sheet."))
        return _door(request, form, status=429)
    cohort = open_cohorts(request).filter(door_code=code).first()
    if cohort is None:
        count_failed_code(address=address, code=code)
        _remember_failure(request)
        form.add_error(
            "kod", _("No door opens with that code. Look once more, or ask your supervisor for the new one.")
        )
        return _door(request, form)
    return _let_in(request, cohort)


def open_cohorts(request):
    return MentorCohort.objects.with_open_door(on=timezone.localdate()).filter(
        school__municipality=request.municipality or None
    )


def _failures(request):
    """How often this browser was wrong within the window; another one in the same classroom starts afresh."""
    since = timezone.now().timestamp() - WINDOW
    return len([moment for moment in request.session.get(FAILURES, []) if moment > since])


def _remember_failure(request):
    earlier = request.session.get(FAILURES, [])[-MOST_FAILURES_PER_BROWSER:]
    request.session[FAILURES] = [*earlier, int(timezone.now().timestamp())]


@login_not_required
@never_cache
def mentor_enter(request, code, key):
    """The QR link: the code, and a key that nobody guesses."""
    cohort = open_cohorts(request).filter(door_code=code).first()
    if cohort is None or not cohort.has_door_key(key):
        messages.error(request, _("The QR code does not open any longer. Ask your supervisor for the new sheet."))
        return redirect("programmes:mentor_page")
    return _let_in(request, cohort)


def _let_in(request, cohort):
    """A fresh session that says only which cohort; it ends with the school year. Who has an account keeps that."""
    address = _safe_next(request) or reverse("programmes:mentor_page")
    if request.user.is_authenticated:
        return redirect(address)
    request.session.flush()
    request.session[DOOR] = {"cohort": cohort.pk, "code": cohort.door_code, "held": []}
    last_day = date(cohort.start_year + 1, 6, 30)
    request.session.set_expiry(timezone.make_aware(datetime.combine(last_day, time.max)))
    return redirect(address)


def _safe_next(request):
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_safe else ""


@login_not_required
@require_POST
def mentor_held(request):
    """Keep which sessions are held: signs on this phone's own line and nothing else."""
    if getattr(request.user, "is_mentor", False):
        sessions = Session.objects.filter(kind=SessionKind.MENTOR, code__in=request.POST.getlist("pass")[:50])
        held = list(sessions.in_order().values_list("code", flat=True))
        request.session[DOOR] = {**request.session[DOOR], "held": held}
    return redirect(f"{reverse('programmes:mentor_page')}#nasta")


@login_not_required
@require_POST
def mentor_log(request):
    """How the own group's latest session went: three choices, changed until the day is over."""
    own, today = group_days(request, today=timezone.localdate()), timezone.localdate()
    station = own["days"].to_log if own else None
    if station is None or station.session.code != request.POST.get("pass"):
        if own:
            messages.error(request, _("That session is not open to write about any longer."))
        return redirect("programmes:mentor_page")
    form = MentorLogForm(request.POST)
    if not form.is_valid():
        return _page(request, log_form=form)
    if may_tap(request):
        try:
            keep_mentor_log(planned=station.planned, today=today, **form.cleaned_data)
        except PeriodClosedError:
            messages.error(request, _("The period is closed, so what you wrote stands. Tell your supervisor."))
        else:
            messages.success(request, _("Saved. Your supervisor sees it."))
    return redirect("programmes:mentor_page")


@login_not_required
@require_POST
def mentor_leave(request):
    """Nothing stays on the phone: neither the session nor the pages that it kept for reading without network."""
    if DOOR in request.session and not request.user.is_authenticated:
        request.session.flush()
    messages.success(request, _("You have signed out. Nothing is left on this phone."))
    response = redirect("programmes:mentor_page")
    response["Clear-Site-Data"] = CLEARED
    return response
