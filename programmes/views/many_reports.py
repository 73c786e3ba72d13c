"""Many reports in one go, typed from the paper sheet by keyboard alone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from wagtail.models import Site

from curriculum.models import SessionPlanPage
from programmes import rules
from programmes.actions.many_reports import ManyConflictsError, report_many
from programmes.actions.sessions import DeliveryReport, NotHeldReport
from programmes.enums import SessionState
from programmes.forms.many_reports import ManyReportsForm
from programmes.models import Delivery, NotHeld, PlannedSession, SchoolClass
from programmes.models.terms import school_year_label
from programmes.reports.year import TAUGHT_BY_STAFF
from programmes.views.locks import tell_late
from programmes.views.schools import school_or_404, start_year_or_404, ways_to_classes, with_year, year_url
from programmes.views.sessions import undo_url

# More would be refused whole: a form of Stins has at most a thousand values.
MOST_ROWS = 120


def report_many_sessions(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    if not rules.can_report_at_school(request.user, school, on=today):
        raise PermissionDenied
    start_year = start_year_or_404(request, today=today)
    rows = _reportable(request, school, start_year, today=today)
    if request.method == "POST":
        sent = [int(pk) for pk in request.POST.getlist("rad") if pk.isdecimal() and len(pk) < 19][:MOST_ROWS]
        shown = list(rows.filter(pk__in=sent))
    else:
        shown = list(_waiting(rows, everything="alla" in request.GET, today=today)[: MOST_ROWS + 1])
    form = ManyReportsForm(
        request.POST or None,
        rows=shown[:MOST_ROWS],
        start_year=start_year,
        today=today,
        conflicts=_standing(request, shown),
    )
    address = with_year(reverse("programmes:report_many", args=[school.slug]), start_year, today=today)
    if form.is_valid():
        try:
            changes = report_many(
                reports={row.pk: _report_of(request, form, row) for row in form.filled()},
                user=request.user,
                client_id=form.cleaned_data["client_id"],
            )
        except ManyConflictsError as error:
            form = _form_that_has_seen(request, form, error)
        else:
            _tell(request, school, start_year, changes, today=today)
            return redirect(address)
    context = {
        "school": school,
        "classes": _classes(request, school, start_year, today=today),
        **ways_to_classes(request.user, school, start_year, today=today),
        "form": form,
        "has_more": len(shown) > MOST_ROWS,
        "shows_all": "alla" in request.GET,
        "all_url": f"{address}{'&' if '?' in address else '?'}alla=1",
        "address": address,
        "year_label": school_year_label(start_year),
        "year_url": year_url(school, start_year, today=today),
        "paper_url": with_year(reverse("programmes:paper", args=[school.slug]), start_year, today=today),
        "crumbs": [
            {"label": school.name, "url": year_url(school, start_year, today=today)},
            {"label": _("Report many sessions")},
        ],
    }
    return render(request, "programmes/sessions/many.html", context)


def _classes(request, school, start_year, *, today):
    """The classes of the year that the person reports for."""
    return SchoolClass.objects.reportable_by(request.user, on=today).filter(school=school, start_year=start_year)


def _reportable(request, school, start_year, *, today):
    """What is planned for the classes that the person reports for, in the order of the paper sheets."""
    classes = _classes(request, school, start_year, today=today)
    rows = PlannedSession.objects.planned().filter(school_class__in=classes, session__kind__in=TAUGHT_BY_STAFF)
    return rows.select_related("school_class", "session").order_by("school_class__sort_key", "due_date", "pk")


def _waiting(rows, *, everything, today):
    states = [SessionState.NOT_REPORTED, SessionState.DUE_NOW, *([SessionState.PLANNED] if everything else [])]
    return rows.with_state(on=today).filter(state__in=states)


def _standing(request, rows):
    """Other people's reports that the person has been shown, by row, to be shown again."""
    shown = [row.pk for row in rows if request.POST.get(f"seen_{row.pk}")]
    if not shown:
        return {}
    entries = [
        *NotHeld.objects.filter(planned_session__in=shown).select_related("reported_by"),
        *Delivery.objects.filter(planned_session__in=shown, group=Delivery.WHOLE_CLASS).select_related("reported_by"),
    ]
    return {entry.planned_session_id: entry for entry in entries}


def _report_of(request, form, row):
    cleaned = form.cleaned_data
    what = {"school_class": row.school_class, "session": row.session, "seen": form.seen(row)}
    if reason := cleaned[f"reason_{row.pk}"]:
        return NotHeldReport(reason=reason, **what)
    day = cleaned[f"date_{row.pk}"]
    values = {"date": day, "group_size": cleaned[f"size_{row.pk}"], "present": cleaned[f"present_{row.pk}"]}
    if what["seen"] is None:
        values["plan_revision"] = _version_on(request, row.session, day)
    return DeliveryReport(group=Delivery.WHOLE_CLASS, values=values, leaders=None, **what)


def _version_on(request, session, day):
    """The version of the plan that was live on a day, asked for once for each session and day of the form."""
    kept = request.__dict__.setdefault("_plan_versions", {})
    if (session.pk, day) not in kept:
        plans = SessionPlanPage.objects.plans_of(session, site=Site.find_for_request(request))
        kept[session.pk, day] = plans.revision_live_on(day)
    return kept[session.pk, day]


def _form_that_has_seen(request, form, error):
    """The same form with all that was typed, which now knows what others have reported meanwhile."""
    data = request.POST.copy()
    for pk, entry in error.existing.items():
        data[f"seen_{pk}"] = f"{entry.pk}.{entry.version}"
        data[f"choice_{pk}"] = ""
    again = ManyReportsForm(
        data,
        rows=list(form.planned.values()),
        start_year=form.start_year,
        today=form.today,
        conflicts=form.conflicts | error.existing,
    )
    again.is_valid()
    for pk in error.held:
        again.add_error(f"reason_{pk}", _("The session is already reported as held. Remove that report first."))
    for pk, locked in error.locked.items():
        again.add_error(f"date_{pk}", str(locked))
    return again


def _tell(request, school, start_year, changes, *, today):
    count = len([change for change in changes if change.kind != "unchanged"])
    messages.success(
        request,
        ngettext("%(count)s report is saved.", "%(count)s reports are saved.", count) % {"count": count},
        extra_tags=undo_url(request.user, school, start_year, changes),
    )
    tell_late(request, school, changes, today=today)
