"""Changes to the year's plan: a session added, moved or taken off, and last year's choices copied."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from curriculum.enums import SessionKind
from programmes import rules
from programmes.actions.locks import PlanClosedError, outside_closed_periods
from programmes.actions.plans import (
    PlanChangedError,
    ReportedSessionError,
    lay_plan,
    plan_session,
    reschedule_sessions,
    unplan_sessions,
)
from programmes.forms.plans import ChangePlanForm, PlanForm, seen_of
from programmes.models import PlannedSession, ProgrammeTarget, SchoolClass
from programmes.models.terms import is_last_of_month, school_year_label
from programmes.reports.plan_copies import copies_of
from programmes.views.plans import plan_pages, planned_or_404
from programmes.views.schools import (
    plan_url,
    school_or_404,
    start_year_or_404,
    visible_classes,
    ways_to_classes,
    with_year,
    year_url,
)


def plan_add(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    if not rules.can_plan_sessions(request.user, school, on=today):
        raise PermissionDenied
    start_year = start_year_or_404(request, today=today)
    classes = visible_classes(request, school, start_year, today=today)
    asked = {"session": request.GET.get("pass"), "classes": request.GET.getlist("klass")}
    form = PlanForm(request.POST or None, initial=asked, classes=classes, start_year=start_year)
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            planned = plan_session(classes=cleaned["classes"], session=cleaned["session"], due_date=cleaned["due_date"])
        except PlanClosedError as error:
            form.add_error(None, str(error))
        else:
            _tell(request, school, planned, cleaned["session"], cleaned["due_date"])
            return redirect(_back(request, school, start_year, classes, today=today))
    chosen = form["session"].value()
    context = {
        "school": school,
        "form": form,
        **ways_to_classes(request.user, school, start_year, today=today),
        "year_label": school_year_label(start_year),
        "crumbs": _crumbs(school, start_year, _("Add a session"), today=today),
        "back": plan_url(school, start_year, today=today),
        "origin": request.POST.get("fran", ""),
        "chosen": next((row for row in form.fields["session"].queryset if row.code == chosen), None),
        "pages": plan_pages(request),
    }
    context["page"] = context["pages"].get(context["chosen"].pk) if context["chosen"] else None
    return render(request, "programmes/plans/add.html", context)


def _tell(request, school, planned, session, due_date):
    """What was planned, with the way back; and which classes had it already, where nothing was changed."""
    words = {"title": session.title, "day": by_words(due_date), "names": _names(planned.added)}
    if planned.added:
        first, *more = [str(row.pk) for row in planned.added]
        undo = reverse("programmes:plan_remove", args=[school.slug, first])
        if more:
            undo += "?" + "&".join(f"med={pk}" for pk in more)
        messages.success(request, _("%(title)s, %(day)s, is on the line of %(names)s.") % words, extra_tags=undo)
    for row in planned.kept:
        words |= {"name": row.school_class.name}
        if row.due_date is None:
            messages.info(request, _("%(name)s has held %(title)s already. Nothing was changed there.") % words)
        else:
            words |= {"day": by_words(row.due_date)}
            messages.info(request, _("%(name)s had %(title)s already, %(day)s. Nothing was changed there.") % words)


def by_words(day):
    """A due date in a sentence: `in October` or `by 15 October`."""
    if is_last_of_month(day):
        return _("in %(month)s") % {"month": date_format(day, "F")}
    return _("by %(day)s") % {"day": date_format(day, "j F")}


def _names(rows):
    return ", ".join(row.school_class.name for row in rows)


def _back(request, school, start_year, classes, *, today):
    """Back to the class that the person was at, or else to the whole plan."""
    origin = request.POST.get("fran", "")
    if origin in {str(row.pk) for row in classes}:
        return reverse("programmes:plan_class", args=[school.slug, origin]) + "#katalog"
    return plan_url(school, start_year, today=today)


def _crumbs(school, start_year, label, *, today):
    return [
        {"label": school.name, "url": year_url(school, start_year, today=today)},
        {"label": _("The plan"), "url": plan_url(school, start_year, today=today)},
        {"label": label},
    ]


def plan_change(request, slug, pk):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    planned = planned_or_404(request, school, pk, today=today)
    if not rules.can_plan_sessions(request.user, school, on=today):
        raise PermissionDenied
    others = _others(planned)
    form = ChangePlanForm(request.POST or None, planned=planned, others=others)
    changed = []
    if form.is_valid():
        try:
            rows = reschedule_sessions(seen=form.seen_dates(), due_date=form.cleaned_data["due_date"])
        except ReportedSessionError:
            messages.error(request, _("The session has been reported, so its date stands."))
            return redirect(_class_url(school, planned))
        except PlanChangedError as error:
            changed = error.rows
            form = _form_that_has_seen(request, planned, others)
        except PlanClosedError as error:
            form.add_error(None, str(error))
        else:
            words = {"title": planned.session.title, "names": _names(rows)}
            words["day"] = by_words(form.cleaned_data["due_date"])
            messages.success(request, _("%(title)s is now planned %(day)s for %(names)s.") % words)
            return redirect(_class_url(school, planned))
    context = {
        "school": school,
        "planned": planned,
        "is_reported": not _unreported().filter(pk=planned.pk).exists(),
        "by": by_words(planned.due_date),
        "form": form,
        "changed": [{"name": row.school_class.name, "day": by_words(row.due_date)} for row in changed],
        "can_remove": planned.session.kind != SessionKind.BASE,
        "crumbs": _crumbs(school, planned.school_class.start_year, planned.school_class.name, today=today),
        "back": _class_url(school, planned),
    }
    return render(request, "programmes/plans/change.html", context)


def _form_that_has_seen(request, planned, others):
    """The same form with what was typed, which now knows of the dates that somebody else has set."""
    planned.refresh_from_db(fields=["due_date"])
    data = request.POST.copy()
    data["seen"] = seen_of([planned, *others.all()])
    form = ChangePlanForm(data, planned=planned, others=others.all())
    form.is_valid()
    return form


def _unreported():
    return PlannedSession.objects.planned().filter(deliveries__isnull=True, not_held__isnull=True)


def _others(planned):
    """The same session in the school's other classes, where it has not been reported."""
    rows = _unreported().filter(
        session=planned.session_id,
        school_class__school=planned.school_class.school_id,
        school_class__start_year=planned.school_class.start_year,
    )
    return rows.exclude(pk=planned.pk).select_related("school_class").order_by("school_class__sort_key")


def _class_url(school, planned):
    return reverse("programmes:plan_class", args=[school.slug, planned.school_class_id])


def plan_remove(request, slug, pk):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    planned = planned_or_404(request, school, pk, today=today)
    if not rules.can_plan_sessions(request.user, school, on=today) or planned.session.kind == SessionKind.BASE:
        raise PermissionDenied
    others = list(_others(planned))
    back = _class_url(school, planned)
    if request.method == "POST":
        asked = {*request.GET.getlist("med"), *request.POST.getlist("med")}
        chosen = [planned, *(row for row in others if str(row.pk) in asked)]
        try:
            unplan_sessions(ids=[row.pk for row in chosen])
        except ReportedSessionError:
            messages.error(request, _("The session has been reported, so it stays on the line."))
        except PlanClosedError as error:
            messages.error(request, str(error))
        else:
            words = {"title": planned.session.title, "names": _names(chosen)}
            messages.success(request, _("%(title)s is no longer planned for %(names)s.") % words)
        return redirect(back)
    context = {"school": school, "planned": planned, "others": others, "back": back}
    return render(request, "programmes/plans/remove.html", context)


def plan_copy(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    if not rules.can_plan_sessions(request.user, school, on=today):
        raise PermissionDenied
    start_year = start_year_or_404(request, today=today)
    classes = visible_classes(request, school, start_year, today=today)
    last_year = SchoolClass.objects.filter(school=school, start_year=start_year - 1).in_order()
    copies = copies_of(classes, last_year=last_year, today=today)
    back = plan_url(school, start_year, today=today)
    if request.method == "POST":
        asked = set(request.POST.getlist("klass"))
        rows = [
            PlannedSession(school_class=copy.school_class, session=choice.session, due_date=choice.due_date)
            for copy in copies
            if str(copy.school_class.pk) in asked
            for choice in copy.choices
        ]
        to_lay = outside_closed_periods(rows)
        if len(to_lay) < len(rows):
            messages.info(request, _("What is due in a closed period was left out: its plan stands."))
        count = len(lay_plan(rows=to_lay).added)
        messages.success(
            request,
            ngettext(
                "%(count)s session was copied from last year's plan.",
                "%(count)s sessions were copied from last year's plan.",
                count,
            )
            % {"count": count},
        )
        return redirect(back)
    context = {
        "school": school,
        "copies": copies,
        "target": ProgrammeTarget.objects.for_school(school, code="taget").sessions_per_year,
        "has_choices": any(copy.choices for copy in copies),
        "year_label": school_year_label(start_year),
        "last_year_label": school_year_label(start_year - 1),
        "action": with_year(reverse("programmes:plan_copy", args=[school.slug]), start_year, today=today),
        "crumbs": _crumbs(school, start_year, _("Copy last year"), today=today),
        "back": back,
    }
    return render(request, "programmes/plans/copy.html", context)
