"""Every other report than coverage: one page and three files for each kind, made of the same report."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes import rules
from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.exports import frozen
from programmes.exports.reports.closed import answer_of, write_answer
from programmes.exports.reports.files import below_answer
from programmes.exports.reports.kinds import KINDS
from programmes.exports.reports.measures import MEASURES
from programmes.exports.reports.scope import Scope
from programmes.forms.reports import ReportForm
from programmes.views.closings import late_of
from programmes.views.downloads import logged_file, refused_question
from programmes.views.report_menu import report_menu, save_url
from programmes.views.reports import reported_schools


@require_safe
def report(request, slug):
    today = timezone.localdate()
    kind = kind_or_404(slug)
    _allowed_or_403(request, kind, today=today)
    form = form_of(request, kind, today=today)
    context = {
        "kind": kind,
        "form": form,
        "menu": report_menu(request, kind.slug, today=today),
        "crumbs": [
            {"label": _("Start"), "url": "/start/"},
            {"label": _("Reports"), "url": reverse("programmes:reports")},
            {"label": kind.name},
        ],
    }
    if form.is_valid():
        answer = answer_of(kind, scope_of(request, form, today=today))
        _log_seen(request, kind, answer.scope)
        context |= {
            "report": answer.report,
            "scope": answer.scope,
            "counted_to": " ".join(below_answer(answer.scope)),
            **_closing_of(kind, answer),
            "query": urlencode(form.data),
            "files": _files(request, kind, form, today=today),
            "save_url": save_url(kind.slug, form),
        }
    response = render(request, "programmes/reports/report.html", context)
    if kind.seen:
        add_never_cache_headers(response)
    return response


@require_safe
def report_file(request, slug, file_format):
    today = timezone.localdate()
    kind = kind_or_404(slug)
    _allowed_or_403(request, kind, today=today)
    if not rules.can_export_coverage(request.user, request.municipality, on=today):
        raise PermissionDenied
    form = form_of(request, kind, today=today)
    if not form.is_valid():
        return refused_question(form)
    answer = answer_of(kind, scope_of(request, form, today=today))
    scope = answer.scope
    _log_seen(request, kind, scope)
    return logged_file(
        request,
        partial(write_answer, answer, file_format=file_format, now=timezone.now()),
        file_format=file_format,
        name=scope.file_name(kind.slug),
        what=kind.slug,
        school=scope.school,
        tells_period=True,
    )


def _closing_of(kind, answer):
    """What is told of a closed period beside its report: what came late, or that these very schools were not kept."""
    if answer.closed is None:
        return {}
    if answer.kept is None:
        return {"is_counted_now": True, "closed": answer.closed}
    found = {"closed": answer.closed, "is_kept": True}
    if not kind.counts_sessions:
        return found
    asked = answer.scope
    seen = set(asked.visible.order_by().values_list("pk", flat=True))
    return found | late_of(
        answer.closed, frozen.schools_of(answer.closed, seen=seen, area=asked.area, school=asked.school)
    )


def scope_of(request, form, *, today):
    """What the form asks for, within the schools one may see."""
    asked = form.cleaned_data
    schools = visible = reported_schools(request, today=today)
    if asked["omrade"]:
        schools = schools.filter(area=asked["omrade"])
    if asked["skola"]:
        schools = schools.filter(pk=asked["skola"].pk)
    return Scope(
        municipality=request.municipality,
        period=asked["period"],
        today=today,
        schools=schools,
        programme=asked["program"],
        area=asked["omrade"],
        school=asked["skola"],
        visible=visible,
        sees_all=rules.can_read_overview(request.user, request.municipality, on=today),
        compared=form.compared(),
        measure=asked["matt"] or "",
        reads_secure_bases=_reads_secure_bases(request, asked["skola"], today=today),
    )


def _reads_secure_bases(request, school, *, today):
    """The centre reads every school's shares, a coordinator the own school's; an administrator none."""
    if rules.can_read_secure_base_shares(request.user, request.municipality, on=today):
        return True
    return school is not None and rules.can_lead_check_round(request.user, school, on=today)


def kind_or_404(slug):
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _allowed_or_403(request, kind, *, today):
    if not kind.is_for(request.user, request.municipality, on=today):
        raise PermissionDenied


def form_of(request, kind, *, today):
    schools = reported_schools(request, today=today)
    return ReportForm(
        request.GET,
        asks=kind.asks,
        kinds=kind.periods,
        schools=schools,
        today=today,
        opens_with_last=kind.opens_with_last,
        of_one_school=kind.of_one_school,
        looks_ahead=kind.looks_ahead,
        measures=[(key, column.heading) for key, column in MEASURES.items()],
    )


def _log_seen(request, kind, scope):
    is_hidden = kind.seen == EventKind.SECURE_BASE_SHARES_SEEN and not scope.reads_secure_bases
    if kind.seen and not is_hidden:
        log_event(
            kind=kind.seen,
            actor=request.user,
            municipality=request.municipality,
            school=scope.school,
            about={"term": scope.period.label},
        )


def _files(request, kind, form, *, today):
    """The addresses of the files, in the order that they are offered."""
    if not rules.can_export_coverage(request.user, request.municipality, on=today):
        return []
    names = {"xlsx": _("Download Excel"), "pdf": _("Download PDF"), "csv": _("Download CSV")}
    return [
        {"label": label, "url": f"{reverse('programmes:report_file', args=[kind.slug, name])}?{urlencode(form.data)}"}
        for name, label in names.items()
    ]
