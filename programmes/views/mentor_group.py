"""What a mentor's page knows of the own group: its days, its scenario, and the short log after a session."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from programmes.actions.mentee_groups import ScenarioTakenError, reserve_scenario
from programmes.actions.mentors import count_tap, is_tapping_too_often
from programmes.exports.calendar import CONTENT_TYPE, CalendarEntry, write_calendar
from programmes.models import MenteeGroup
from programmes.models.mentors import DOOR
from programmes.reports.mentee_groups import days_of, own_days, stations_of
from programmes.views.mentee_groups import TAKEN, scenarios_here


def cohort_of(request):
    """The cohort that this phone came in by; None for everybody else, those who work there included."""
    return getattr(request.user, "cohort", None)


def own_group(request, cohort):
    """The groups of the cohort, and the one that this phone has chosen."""
    groups = list(MenteeGroup.objects.filter(cohort=cohort).in_order()) if cohort else []
    chosen = request.session.get(DOOR, {}).get("group")
    return groups, next((group for group in groups if group.pk == chosen), None)


def own_stations(request, cohort, group, *, today):
    """The chosen group's stations, with the scenarios that may be reserved."""
    if group is None:
        return []
    return stations_of([group], cohort=cohort, scenarios=scenarios_here(request), today=today)[group.pk]


def group_days(request, *, today):
    """What the page says of the group; empty before a cohort's door."""
    cohort = cohort_of(request)
    if cohort is None:
        return {}
    groups, group = own_group(request, cohort)
    stations = own_stations(request, cohort, group, today=today)
    return {
        "groups": groups,
        "group": group,
        "stations": stations,
        "days": own_days(stations, cohort=cohort, today=today),
    }


def may_tap(request):
    """Whether this phone and its cohort have not tapped too often; each tap that writes is counted."""
    cohort, browser = cohort_of(request), request.session.session_key or ""
    if is_tapping_too_often(cohort=cohort, browser=browser):
        messages.error(request, _("That was many taps in a short time. Wait a while and try again."))
        return False
    count_tap(cohort=cohort, browser=browser)
    return True


@login_not_required
@require_POST
def mentor_group(request):
    """Remember on this phone which group is the own one; nobody else sees it."""
    cohort = cohort_of(request)
    if cohort:
        asked = request.POST.get("grupp", "")
        groups, _chosen = own_group(request, cohort)
        known = next((group.pk for group in groups if str(group.pk) == asked), None)
        door = {name: value for name, value in request.session[DOOR].items() if name != "group"}
        request.session[DOOR] = {**door, "group": known} if known else door
    return redirect(f"{reverse('programmes:mentor_page')}#gruppen")


@login_not_required
@require_POST
def mentor_scenario(request):
    """Reserve a scenario for the own group, or give it back."""
    cohort = cohort_of(request)
    if cohort and may_tap(request):
        _groups, group = own_group(request, cohort)
        stations = own_stations(request, cohort, group, today=timezone.localdate())
        asked, code = request.POST.get("pass", ""), request.POST.get("scenario", "")
        station = next((row for row in stations if row.session.code == asked and row.is_open), None)
        if station and (not code or code in {choice.code for choice in station.scenarios}):
            _reserve(request, cohort, station, code)
    return redirect(f"{reverse('programmes:mentor_page')}#scenariot")


def _reserve(request, cohort, station, code):
    try:
        reserve_scenario(planned=station.planned, cohort=cohort, scenario=code)
    except ScenarioTakenError:
        messages.error(request, TAKEN % {"title": station.session.title})


@login_not_required
@never_cache
def mentor_calendar(request):
    """The days of sessions and supervision for the phone's own calendar: dates, and no name of anybody."""
    cohort = cohort_of(request)
    if cohort is None:
        return redirect("programmes:mentor_page")
    today = timezone.localdate()
    _groups, group = own_group(request, cohort)
    sessions, supervisions = days_of(cohort, group=group)
    entries = [
        CalendarEntry(
            key=f"mvp-pass-{number}-{cohort.pk}",
            title=_("MVP, session %(number)s") % {"number": number},
            first_day=day,
            last_day=day,
        )
        for number, day in sessions
    ] + [
        CalendarEntry(key=f"mvp-handledning-{pk}", title=_("MVP, supervision"), first_day=day, last_day=day)
        for pk, day in supervisions
    ]
    content = write_calendar(entries, name=_("MVP"), host=request.get_host().partition(":")[0], today=today)
    return HttpResponse(
        content, content_type=CONTENT_TYPE, headers={"Content-Disposition": 'attachment; filename="mvp.ics"'}
    )
