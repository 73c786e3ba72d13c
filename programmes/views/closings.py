"""The periods of a programme: which are open, who is missing, and their closing and reopening."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes import rules
from programmes.actions.closings import ask_to_close, reopen_period
from programmes.exports.reports.kinds import KINDS
from programmes.forms.closings import ReasonForm
from programmes.forms.reports import ProgrammeForm, period_or_none
from programmes.models import ClosedPeriod, ClosingInLine, PlannedSession, School
from programmes.models.mentors import taught_in
from programmes.models.terms import CALENDAR_YEAR, SCHOOL_YEAR, TERM, TERTIAL
from programmes.reports.closings import late_entries, period_rows
from programmes.reports.missing import missing_in
from programmes.tasks import close_asked_period

MOST_LATE = 60
FORMATS = {"xlsx": "Excel", "pdf": "PDF", "csv": "CSV"}


def period_url(name, programme, period):
    """The address of a period's page: `/rapporter/perioder/2026-27/?program=mvp`."""
    address = reverse(f"programmes:{name}", args=[period.code.replace("/", "-")])
    return f"{address}?{urlencode({'program': programme.code})}"


def list_url(programme):
    return f"{reverse('programmes:period_list')}?{urlencode({'program': programme.code})}"


def report_url(programme, period):
    return f"{reverse('programmes:reports')}?{urlencode({'period': period.code, 'program': programme.code})}"


@require_safe
def period_list(request):
    today = timezone.localdate()
    _readable_or_403(request, today=today)
    form = ProgrammeForm(request.GET)
    context = {"form": form, "crumbs": [*_crumbs()[:2], {"label": _("Periods")}]}
    if form.is_valid():
        programme = form.cleaned_data["program"]
        rows = period_rows(
            _sessions(request, programme, today=today),
            municipality=request.municipality,
            programme=programme,
            today=today,
        )
        context |= {"programme": programme, "groups": _grouped(rows, programme)}
    return render(request, "programmes/closings/list.html", context)


def _grouped(rows, programme):
    """Each kind of period under its heading, each period with its page."""
    kinds = {
        TERM: _("Terms"),
        SCHOOL_YEAR: _("School years"),
        TERTIAL: _("Tertials"),
        CALENDAR_YEAR: _("Calendar years"),
    }
    groups = {kind: [] for kind in kinds}
    for row in rows:
        groups[row.period.kind].append((row, period_url("period", programme, row.period)))
    return [(kind, kinds[kind], found) for kind, found in groups.items()]


@require_safe
def period(request, code):
    today = timezone.localdate()
    _readable_or_403(request, today=today)
    programme, asked = _asked_or_404(request, code)
    closed = _standing(request, programme, asked)
    may_close = rules.can_close_periods(request.user, request.municipality, programme, on=today)
    context = {
        "programme": programme,
        "period": asked,
        "closed": closed,
        "may_close": may_close,
        "has_ended": asked.last_day < today,
        "report_url": report_url(programme, asked),
        "close_url": period_url("period_close", programme, asked),
        "reopen_url": period_url("period_reopen", programme, asked),
        "crumbs": [*_crumbs(programme), {"label": asked.label}],
        "reopened": ClosedPeriod.objects.light()
        .filter(municipality=request.municipality, programme=programme, period=asked.code, reopened_at__isnull=False)
        .select_related("reopened_by"),
    }
    if closed:
        schools = School.objects.visible_to(request.user, on=today).order_by()
        context |= late_of(closed, schools.values_list("pk", flat=True))
        files = closed.files.filter(report=None, selection="").order_by("file_format").defer("content")
        context["files"] = [(FORMATS[file.file_format], file, _file_url(file, programme, asked)) for file in files]
        context["reports"] = _kept_reports(request, closed, asked, today=today)
    elif line := _in_line(request, programme, asked):
        context |= {"line": line, "is_stuck": line.is_stuck(now=timezone.now()), "page_url": request.get_full_path()}
        if request.htmx and not line.has_failed:
            return render(request, "programmes/closings/_line.html", context)
    else:
        context |= _missing(request, programme, asked, may_remind=may_close, today=today)
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "programmes/closings/period.html", context)


def _in_line(request, programme, asked):
    """The period while the worker closes it, or where it has failed to."""
    own = ClosingInLine.objects.filter(municipality=request.municipality, programme=programme, period=asked.code)
    return own.select_related("asked_by").first()


def _kept_reports(request, closed, asked, *, today):
    """The reports that are kept with the closing, those that the person may read: their names and addresses."""
    kept = set(closed.reports.values_list("report", flat=True).distinct())
    return [
        (kind.name, f"{reverse('programmes:report', args=[kind.slug])}?{urlencode(_question(kind, closed, asked))}")
        for kind in KINDS.values()
        if kind.slug in kept and kind.is_for(request.user, request.municipality, on=today)
    ]


def _question(kind, closed, asked):
    told = {"period": asked.code, "program": closed.programme.code}
    return {name: value for name, value in told.items() if name in kind.asks}


def _file_url(file, programme, asked):
    query = urlencode({"period": asked.code, "program": programme.code})
    return f"{reverse(f'programmes:coverage_{file.file_format}')}?{query}"


def late_of(closed, schools):
    """What came after the closing, as it is shown beside the figures: at most some, and how many there are."""
    late = late_entries(closed, schools=schools)
    return {"late": late[:MOST_LATE], "late_count": len(late), "late_hidden": max(len(late) - MOST_LATE, 0)}


def _missing(request, programme, asked, *, may_remind, today):
    """Who has not reported, and whether they can be reminded today."""
    sessions = _sessions(request, programme, today=today)
    rows = missing_in(sessions, programme=programme, period=asked, by_class=False, today=today)
    to_remind = [row for row in rows if may_remind and row.people and not row.was_reminded(on=today)]
    query = urlencode({"period": asked.code, "program": programme.code})
    return {
        "missing": rows,
        "sessions_missing": sum(row.count for row in rows),
        "to_remind": to_remind,
        "remind_url": f"{reverse('programmes:reminder_list')}?{query}",
    }


def period_close(request, code):
    today = timezone.localdate()
    programme, asked = _changeable_or_403(request, code, today=today)
    page = period_url("period", programme, asked)
    if asked.last_day >= today:
        words = {"period": asked.label, "day": date_format(asked.last_day, "j F Y")}
        messages.error(request, _("%(period)s runs until %(day)s and can be closed the day after.") % words)
        return redirect(page)
    if _standing(request, programme, asked):
        messages.info(request, _("%(period)s is closed already.") % {"period": asked.label})
        return redirect(page)
    if request.method == "POST":
        line, is_new = ask_to_close(
            municipality=request.municipality,
            programme=programme,
            period=asked,
            by=request.user,
            now=timezone.now(),
        )
        if is_new:
            close_asked_period.enqueue(line.pk)
        if _standing(request, programme, asked):
            messages.success(
                request, _("%(period)s is closed. The figures stand as they are.") % {"period": asked.label}
            )
        return redirect(page)
    context = {
        "programme": programme,
        "period": asked,
        "back": page,
        "kept": ", ".join(str(kind.name) for kind in KINDS.values() if kind.is_kept_with(programme, asked)),
        "crumbs": [*_crumbs(programme), {"label": asked.label, "url": page}, {"label": _("Close")}],
        **_missing(request, programme, asked, may_remind=False, today=today),
    }
    return render(request, "programmes/closings/close.html", context)


def period_reopen(request, code):
    today = timezone.localdate()
    programme, asked = _changeable_or_403(request, code, today=today)
    page = period_url("period", programme, asked)
    closed = _standing(request, programme, asked)
    if closed is None:
        messages.info(request, _("%(period)s is open already.") % {"period": asked.label})
        return redirect(page)
    form = ReasonForm.to_reopen(request.POST or None)
    if form.is_valid():
        reopen_period(closed=closed, reason=form.cleaned_data["skal"], by=request.user, now=timezone.now())
        messages.success(request, _("%(period)s is open again and is counted anew.") % {"period": asked.label})
        return redirect(page)
    context = {
        "programme": programme,
        "period": asked,
        "closed": closed,
        "form": form,
        "back": page,
        "crumbs": [*_crumbs(programme), {"label": asked.label, "url": page}, {"label": _("Reopen")}],
    }
    return render(request, "programmes/closings/reopen.html", context)


def _readable_or_403(request, *, today):
    if not rules.can_read_overview(request.user, request.municipality, on=today):
        raise PermissionDenied


def _changeable_or_403(request, code, *, today):
    """The programme and the period, for who closes them."""
    _readable_or_403(request, today=today)
    programme, asked = _asked_or_404(request, code)
    if not rules.can_close_periods(request.user, request.municipality, programme, on=today):
        raise PermissionDenied
    return programme, asked


def _asked_or_404(request, code):
    form, asked = ProgrammeForm(request.GET), period_or_none(code)
    if asked is None or not form.is_valid():
        raise Http404
    return form.cleaned_data["program"], asked


def _standing(request, programme, asked):
    return ClosedPeriod.objects.defer("rows").standing_for(
        municipality=request.municipality, programme=programme, period=asked
    )


def _sessions(request, programme, *, today):
    classes = taught_in(programme).visible_to(request.user, on=today)
    classes = classes.filter(school__municipality=request.municipality)
    return PlannedSession.objects.filter(school_class__in=classes.values("pk"))


def _crumbs(programme=None):
    periods = {"label": _("Periods"), "url": list_url(programme) if programme else reverse("programmes:period_list")}
    return [
        {"label": _("Start"), "url": "/start/"},
        {"label": _("Reports"), "url": reverse("programmes:reports")},
        periods,
    ]
