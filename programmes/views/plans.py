"""The plan of the year: every class's line as it is being laid, and one class with the catalogue beside it."""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from cms.templatetags.line import Line, Stop
from curriculum.enums import Month, SessionKind
from curriculum.models import Session, SessionPlanPage
from programmes import rules
from programmes.actions.plans import plan_base_sessions
from programmes.enums import PlanAdvice, SessionState
from programmes.exports.lines import SIGNS, month_scale, position_of
from programmes.models import Break, PlannedSession, ProgrammeTarget, SchoolClass, SchoolYear
from programmes.models.terms import is_last_of_month, last_day_of_month, school_year_label
from programmes.reports.chain import staff_dates
from programmes.reports.plan_advice import advice_for
from programmes.reports.plan_copies import had_by_pupils
from programmes.reports.year import year_of
from programmes.views.schools import (
    plan_url,
    school_or_404,
    start_year_or_404,
    visible_classes,
    ways_to_classes,
    with_year,
    year_url,
)

MONTHS_TO_FILL = (9, 10, 11, 1, 2, 3, 5)


@require_safe
def plan_list(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    start_year = start_year_or_404(request, today=today)
    classes = list(visible_classes(request, school, start_year, today=today))
    target = ProgrammeTarget.objects.for_school(school, code="taget")
    report = year_of(classes, today=today, target=target)
    can_plan = rules.can_plan_sessions(request.user, school, on=today)
    calendar = calendar_of(school, start_year)
    staff = staff_dates(school=school, today=today)
    context = {
        "school": school,
        "crumbs": [{"label": school.name, "url": year_url(school, start_year, today=today)}, {"label": _("The plan")}],
        "rows": [
            drawn(line, target=target.sessions_per_year, calendar=calendar, staff=staff, today=today)
            for line in report.classes
        ],
        "reached": sum(len(line.sessions) >= target.sessions_per_year for line in report.classes),
        "scale": month_scale(start_year),
        **ways_to_classes(request.user, school, start_year, today=today),
        "can_plan": can_plan,
        "target": target.sessions_per_year,
        "year_label": school_year_label(start_year),
        "year_url": year_url(school, start_year, today=today),
        "add_url": with_year(reverse("programmes:plan_add", args=[school.slug]), start_year, today=today),
        "base_url": with_year(reverse("programmes:plan_base", args=[school.slug]), start_year, today=today),
        "copy_url": with_year(reverse("programmes:plan_copy", args=[school.slug]), start_year, today=today),
        "has_last_year": SchoolClass.objects.filter(school=school, start_year=start_year - 1).exists(),
        "lacks_base": any(not any(session.is_base for session in line.sessions) for line in report.classes),
    }
    return render(request, "programmes/plans/list.html", context)


def plan_class(request, slug, pk):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    classes = SchoolClass.objects.visible_to(request.user, on=today).filter(school=school)
    school_class = get_object_or_404(classes.select_related("school"), pk=pk)
    start_year = school_class.start_year
    target = ProgrammeTarget.objects.for_school(school, code="taget")
    line = year_of([school_class], today=today).classes[0]
    can_plan = rules.can_plan_sessions(request.user, school, on=today)
    row = drawn(
        line,
        target=target.sessions_per_year,
        calendar=calendar_of(school, start_year),
        staff=staff_dates(school=school, today=today),
        today=today,
    )
    context = {
        "school": school,
        "class": school_class,
        "crumbs": [
            {"label": school.name, "url": year_url(school, start_year, today=today)},
            {"label": _("The plan"), "url": plan_url(school, start_year, today=today)},
            {"label": school_class.name},
        ],
        "row": row,
        "stations": _in_words(line, row),
        "scale": month_scale(start_year),
        "target": target.sessions_per_year,
        "can_plan": can_plan,
        "year_label": school_year_label(start_year),
        "catalogue": catalogue_for(request, school_class, line) if can_plan else [],
        "months": Month.choices,
        "suggested": suggested_month(line, start_year, today=today),
        "add_url": with_year(reverse("programmes:plan_add", args=[school.slug]), start_year, today=today),
        **neighbours(visible_classes(request, school, start_year, today=today), school_class),
    }
    return render(request, "programmes/plans/class.html", context)


@require_POST
def plan_base(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    if not rules.can_plan_sessions(request.user, school, on=today):
        raise PermissionDenied
    start_year = start_year_or_404(request, today=today)
    count = plan_base_sessions(classes=visible_classes(request, school, start_year, today=today))
    messages.success(
        request,
        ngettext("%(count)s base session was added.", "%(count)s base sessions were added.", count) % {"count": count},
    )
    return redirect(plan_url(school, start_year, today=today))


def planned_or_404(request, school, pk, *, today):
    """A row of the plan that the person may see; what was held without being planned is no plan."""
    rows = PlannedSession.objects.visible_to(request.user, on=today).planned().filter(school_class__school=school)
    return get_object_or_404(rows.select_related("school_class__school", "session"), pk=pk)


def calendar_of(school, start_year):
    """The school year with its breaks, as the municipality has set it up; (None, []) until it has."""
    year = SchoolYear.objects.filter(municipality=school.municipality_id, start_year=start_year).first()
    return year, list(Break.objects.filter(school_year=year).order_by("first_day")) if year else []


def drawn(line, *, target, calendar, staff, today):
    """A class's line as it is laid: its stops, its rows in words, and what to look at."""
    school_class = line.school_class
    start_year = school_class.start_year
    school_year, breaks = calendar
    slug = school_class.school.slug
    found = advice_for(line, target=target, school_year=school_year, breaks=breaks, staff_dates=staff)
    return {
        "class": school_class,
        "line": Line(
            stops=[_stop(session, slug) for session in line.sessions],
            progress=position_of(today, start_year),
            programme="taget",
            name=school_class.name,
        ),
        "planned": len(line.sessions),
        "short": next((words(advice) for advice in found if advice.kind == PlanAdvice.SHORT), ""),
        "advice": [words(advice) for advice in found if advice.kind != PlanAdvice.SHORT],
        "url": reverse("programmes:plan_class", args=[slug, school_class.pk]),
    }


def _stop(session, slug):
    """A station that leads to its change, as long as it can be changed."""
    return Stop(
        position=position_of(session.day, session.school_class.start_year),
        sign=SIGNS[session.state],
        name=f"{session.school_class.name} {session.title}: {when(session)}, {session.state.label}",
        is_major=session.is_base,
        url=reverse("programmes:plan_change", args=[slug, session.pk]) if session.is_open else "",
    )


def _in_words(line, row):
    """The same stations downwards, with their names and days."""
    stops = [
        replace(stop, label=session.title, sublabel=f"{when(session)}{_state(session)}")
        for stop, session in zip(row["line"].stops, line.sessions, strict=True)
    ]
    return replace(row["line"], stops=stops)


def _state(session):
    is_plain = session.state in (SessionState.PLANNED, SessionState.DUE_NOW)
    return "" if is_plain else f", {session.state.label}"


def when(session):
    """By when, as people say it: a month, or a day with its week."""
    if session.due_date is None:
        return _("unplanned, held %(day)s") % {"day": date_format(session.first_date, "j F")}
    if is_last_of_month(session.due_date):
        return date_format(session.due_date, "F")
    return f"{date_format(session.due_date, 'l j F')}, v. {session.due_date.isocalendar().week}"


def words(advice):
    """A piece of advice as a sentence."""
    titles = [session.title for session in advice.sessions]
    days = [session.due_date for session in advice.sessions]
    if advice.kind == PlanAdvice.SHORT:
        return ngettext(
            "%(count)s more session reaches the target.", "%(count)s more sessions reach the target.", advice.missing
        ) % {"count": advice.missing}
    if advice.kind == PlanAdvice.SAME_WEEK:
        return _("%(first)s and %(second)s are in the same week (v. %(week)s).") % {
            "first": titles[0],
            "second": titles[1],
            "week": days[0].isocalendar().week,
        }
    told = {"title": titles[0], "day": date_format(days[0], "j F"), "name": advice.break_name}
    sentences = {
        PlanAdvice.BEFORE_STAFF: _("%(title)s is a sensitive theme, and no staff session on it comes before."),
        PlanAdvice.IN_BREAK: _("%(title)s: %(day)s is in a break (%(name)s)."),
        PlanAdvice.OUTSIDE_TERM: _("%(title)s: %(day)s is outside the terms."),
        PlanAdvice.WEEKEND: _("%(title)s: %(day)s is on a weekend."),
    }
    return sentences[advice.kind] % told


def catalogue_for(request, school_class, line):
    """The additional sessions that suit a class and are not on its line, each with its aim from the plan's page."""
    standing = {session.code for session in line.sessions}
    sessions = Session.objects.on_offer().filter(kind=SessionKind.ADDITIONAL).in_order().select_related("programme")
    sessions = [row for row in sessions if row.code not in standing and school_class.suits(row)]
    pages = plan_pages(request)
    had = had_by_pupils([school_class]).get(school_class.pk, set())
    return [{"session": session, "page": pages.get(session.pk), "had": session.pk in had} for session in sessions]


def plan_pages(request):
    """The published plan of each session on this site, with its address."""
    site = request.municipality.site
    pages = SessionPlanPage.objects.live().descendant_of(site.root_page)
    return {page.session_id: {"aim": page.aim, "url": page.get_url(request)} for page in pages.defer_streamfields()}


def suggested_month(line, start_year, *, today):
    """The month with the fewest sessions among those to come, so that the year is spread out."""
    planned = [session.due_date.month for session in line.sessions if session.due_date]
    ahead = [month for month in MONTHS_TO_FILL if last_day_of_month(start_year, month) >= today] or [5]
    return min(ahead, key=lambda month: (planned.count(month), date(start_year + (month < 7), month, 1)))


def neighbours(classes, school_class):
    """The classes before and after, to go through the school one by one."""
    names = list(classes)
    index = names.index(school_class)
    return {
        "previous": names[index - 1] if index else None,
        "next": names[index + 1] if index + 1 < len(names) else None,
    }
