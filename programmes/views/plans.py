"""The plan of the year: which additional sessions each class is to have, and by when."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from curriculum.enums import SessionKind
from programmes import rules
from programmes.actions.plans import ReportedSessionError, plan_base_sessions, plan_session, unplan_session
from programmes.forms.plans import PlanForm
from programmes.models import PlannedSession, ProgrammeTarget
from programmes.models.terms import school_year_label, start_year_of
from programmes.reports.year import year_of
from programmes.views.schools import plan_url, school_or_404, start_year_or_404, visible_classes, year_url


def plan_list(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    start_year = start_year_or_404(request, today=today)
    classes = visible_classes(request, school, start_year, today=today)
    can_plan = rules.can_plan_sessions(request.user, school, on=today)
    if request.method == "POST" and not can_plan:
        raise PermissionDenied
    form = PlanForm(request.POST or None, classes=classes, start_year=start_year)
    if form.is_valid():
        chosen = form.cleaned_data["classes"]
        count = plan_session(
            classes=chosen, session=form.cleaned_data["session"], due_date=form.cleaned_data["due_date"]
        )
        words = {"title": form.cleaned_data["session"].title, "count": count}
        messages.success(
            request,
            ngettext("%(title)s is planned for %(count)s class.", "%(title)s is planned for %(count)s classes.", count)
            % words,
        )
        return redirect(plan_url(school, start_year, today=today))
    target = ProgrammeTarget.objects.for_school(school, code="taget")
    context = {
        "school": school,
        "crumbs": [{"label": school.name, "url": year_url(school, start_year, today=today)}, {"label": _("The plan")}],
        "form": form,
        "lines": year_of(classes, today=today, target=target).classes,
        "can_plan": can_plan,
        "target": target.sessions_per_year,
        "year_label": school_year_label(start_year),
        "is_current": start_year == start_year_of(today),
        "year_url": year_url(school, start_year, today=today),
    }
    return render(request, "programmes/plans/list.html", context)


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


def plan_remove(request, slug, pk):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    rows = PlannedSession.objects.visible_to(request.user, on=today).filter(school_class__school=school)
    planned = get_object_or_404(rows.select_related("school_class", "session"), pk=pk)
    if not rules.can_plan_sessions(request.user, school, on=today) or planned.session.kind == SessionKind.BASE:
        raise PermissionDenied
    back = plan_url(school, planned.school_class.start_year, today=today)
    if request.method == "POST":
        try:
            unplan_session(planned_session=planned)
        except ReportedSessionError:
            messages.error(request, _("The session has been reported, so it stays on the line."))
        else:
            words = {"title": planned.session.title, "name": planned.school_class.name}
            messages.success(request, _("%(title)s is no longer planned for %(name)s.") % words)
        return redirect(back)
    return render(request, "programmes/plans/remove.html", {"school": school, "planned": planned, "back": back})
