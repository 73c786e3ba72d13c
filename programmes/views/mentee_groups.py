"""One mentee group: its eleven stations, how each is arranged, and the group's own facts."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.models import Site

from cms.templatetags.line import Line, Stop
from curriculum.enums import SessionKind
from curriculum.models import SessionPlanPage
from programmes import rules
from programmes.actions.cohorts import CohortChangedError, ReportedError
from programmes.actions.locks import PlanClosedError, closings_over
from programmes.actions.mentee_groups import ScenarioTakenError, change_group, remove_group, reserve_scenario
from programmes.exports.lines import SIGNS
from programmes.forms.mentee_groups import GroupForm
from programmes.models import MenteeGroup
from programmes.models.terms import school_year_label
from programmes.reports.mentee_groups import scenarios_of, stations_of
from programmes.views.cohort_changes import form_page, kept_cohort, meet_other_change, remove_page
from programmes.views.cohorts import back_to, cohort_or_404, readable_school, report_url
from programmes.views.schools import unlock_url, year_url


def scenarios_here(request):
    """The scenarios of the mentors' plans on this site, by session."""
    site = Site.find_for_request(request)
    plans = SessionPlanPage.objects.filter(session__kind=SessionKind.MENTOR).live()
    return scenarios_of(plans.descendant_of(site.root_page) if site else plans.none())


def group_or_404(cohort, number):
    group = get_object_or_404(
        MenteeGroup.objects.select_related("school", "home_class__school"), pk=number, cohort=cohort
    )
    group.cohort = cohort
    return group


def mentee_group(request, slug, pk, number):
    today = timezone.localdate()
    school = readable_school(request, slug, today=today)
    cohort = cohort_or_404(request, school, pk, today=today)
    group = group_or_404(cohort, number)
    can_keep = rules.can_keep_cohorts(request.user, school, on=today)
    stations = stations_of([group], cohort=cohort, scenarios=scenarios_here(request), today=today)[group.pk]
    mentors = cohort.mentors.filter(group=group.pk, left="").order_by("pk")
    context = {
        "school": school,
        "cohort": cohort,
        "group": group,
        "room": group.room or cohort.room,
        "pairs": pairs_of(mentors) if can_keep else [],
        "mentor_count": len(mentors),
        "line": _line(
            stations,
            group,
            report=report_url if can_keep else None,
            unlock={} if can_keep else _to_unlock(request, group, stations, today=today),
        ),
        "logs": [station for station in stations if station.log],
        "can_keep": can_keep,
        "crumbs": [
            {"label": school.name, "url": year_url(school, cohort.start_year, today=today)},
            {"label": _("Mentors in MVP"), "url": back_to(cohort, today=today)},
            {"label": group.name},
        ],
        "year_label": school_year_label(cohort.start_year),
    }
    return render(request, "programmes/cohorts/group.html", context)


def pairs_of(mentors):
    """The mentors as they lead: (number of the pair or None, their aliases), pairs first."""
    found = {}
    for mentor in mentors:
        found.setdefault(mentor.pair, []).append(mentor.alias)
    return sorted(found.items(), key=lambda item: item[0] or 99)


def _to_unlock(request, group, stations, *, today):
    """For the centre: where a press on a session that is locked in a closed period leads."""
    school, programme = group.school, stations[0].session.programme if stations else None
    if programme is None or not rules.can_close_periods(request.user, school.municipality, programme, on=today):
        return {}
    closings = closings_over(school=school, programme=programme.pk)
    return {
        station.pk: unlock_url(school, station.pk)
        for station in stations
        if not station.is_open
        and any(
            rules.entry_lies_in(closed, due_date=station.due_date, day=station.planned.first_date)
            for closed in closings
        )
    }


def _line(stations, group, *, report, unlock):
    last = max(len(stations) - 1, 1)
    stops = [
        Stop(
            position=index / last,
            sign=SIGNS[station.state],
            name=f"{index + 1}. {station.session.title}",
            sublabel=said_of(station),
            url=report(group.school, group.cohort, group.name, station.session.code)
            if report
            else unlock.get(station.pk, ""),
        )
        for index, station in enumerate(stations)
    ]
    passed = [index for index, station in enumerate(stations) if not station.is_open]
    return Line(
        stops=stops, progress=(max(passed) / last if passed else 0.0), programme="mvp", name=_("The eleven sessions")
    )


def said_of(station):
    """A station's day and what is special about it, in one line."""
    parts = [str(station.state.label)]
    if station.due_date:
        parts.insert(0, date_format(station.due_date, "l j F"))
    if station.own_room:
        parts.append(station.own_room)
    if station.pair:
        parts.append(_("led by pair %(number)s") % {"number": station.pair})
    if station.scenario:
        parts.append(_("scenario: %(title)s") % {"title": station.scenario_title})
    return " · ".join(parts)


def mentee_group_change(request, slug, pk, number):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    group = group_or_404(cohort, number)
    stations = stations_of([group], cohort=cohort, scenarios=scenarios_here(request), today=today)[group.pk]
    others = MenteeGroup.objects.filter(cohort=cohort).exclude(pk=group.pk)
    form = GroupForm(
        request.POST or None,
        cohort=cohort,
        group=group,
        stations=[station for station in stations if station.is_open],
        taken=set(others.values_list("name_key", flat=True)),
    )
    here = reverse("programmes:mentee_group", args=[cohort.school.slug, cohort.pk, group.pk])
    if form.is_valid():
        for name in ("name", "enrolled", "room"):
            setattr(group, name, form.cleaned_data[name])
        try:
            change_group(group=group, arrangements=form.arrangements(), seen=form.cleaned_data["seen"], by=request.user)
        except CohortChangedError:
            meet_other_change(form, cohort)
        else:
            _reserve(request, form, cohort)
            messages.success(request, _("%(name)s is saved.") % {"name": group.name})
            return redirect(here)
    return form_page(
        request,
        cohort.school,
        form,
        title=_("Change %(name)s") % {"name": MenteeGroup.objects.get(pk=group.pk).name},
        back=here,
        start_year=cohort.start_year,
        today=today,
        page="programmes/cohorts/group_change.html",
        cohort=cohort,
        group=group,
    )


def _reserve(request, form, cohort):
    """Reserve what was chosen; what another group took in this very moment is told."""
    for station, scenario in form.scenarios().items():
        if scenario == station.scenario:
            continue
        try:
            reserve_scenario(planned=station.planned, cohort=cohort, scenario=scenario)
        except ScenarioTakenError:
            messages.error(request, TAKEN % {"title": station.session.title})


TAKEN = gettext_lazy("Another group has just reserved that scenario of %(title)s. Choose another one.")


def mentee_group_remove(request, slug, pk, number):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    group = group_or_404(cohort, number)
    back = back_to(cohort, today=today)
    if request.method == "POST":
        try:
            remove_group(group=group, seen=cohort.version, by=request.user)
        except CohortChangedError:
            messages.error(request, _("Somebody else has changed these mentors meanwhile. Nothing is removed."))
        except ReportedError:
            kept = _("%(name)s has reported sessions or questions to its pupils, and is kept.")
            messages.error(request, kept % {"name": group.name})
        except PlanClosedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("%(name)s is removed. Its mentors have no group.") % {"name": group.name})
        return redirect(back)
    return remove_page(
        request,
        title=_("Remove %(name)s?") % {"name": group.name},
        text=_("Its days, rooms and reserved scenarios go. Its mentors stay, without a group. It cannot be undone."),
        back=back,
    )
