"""Coverage on the screen and as files, and the overview of every school."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes import rules
from programmes.enums import FileFormat
from programmes.exports import selections
from programmes.exports.coverage import Selection, kept_file, write_coverage
from programmes.exports.coverage_bars import coverage_bars
from programmes.exports.figure_columns import (
    ADHERENCE,
    CLASSES_REACHED,
    FIGURE_TARGET_COLUMNS,
    PUPILS_REACHED,
    SUMMARY_COLUMNS,
)
from programmes.exports.findings import coverage_finding
from programmes.exports.frozen import as_defined
from programmes.forms.reports import CoverageForm, ProgrammeForm
from programmes.models import CauseAnalysis, Indicator, Letter, MentorCohort, Period, School
from programmes.models.mentors import PROGRAMME, taught_in
from programmes.models.terms import start_year_of
from programmes.reports.cohorts import mentors_report
from programmes.reports.indicators import series_of
from programmes.reports.overview import overview_of
from programmes.views.closings import late_of
from programmes.views.downloads import logged_file, refused_question
from programmes.views.prepared_files import has_files, prepared
from programmes.views.report_menu import COVERAGE, report_menu, save_url, saved_reports
from programmes.views.school_register import oversight_tabs


def reported_schools(request, *, today):
    return selections.reported_schools(request.user, request.municipality, today=today)


def selection_of(request, form, schools, *, today):
    """What the form asks for, within the schools one may see."""
    return Selection.made_for(
        request.user, municipality=request.municipality, schools=schools, asked=form.cleaned_data, today=today
    )


@require_safe
def reports(request):
    today = timezone.localdate()
    schools = reported_schools(request, today=today)
    if not rules.can_read_reports(request.user, request.municipality, on=today):
        raise PermissionDenied
    form = CoverageForm(request.GET, schools=schools, today=today)
    context = {
        "form": form,
        "menu": report_menu(request, COVERAGE, today=today),
        "saved_reports": saved_reports(request, today=today),
        "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("Reports")}],
    }
    if form.is_valid():
        selection = selection_of(request, form, schools, today=today)
        report = selection.report(today=today)
        can_export = rules.can_export_coverage(request.user, request.municipality, on=today)
        context |= {
            **_closing_of(selection),
            "report": report,
            "finding": coverage_finding(report),
            "bars": coverage_bars((row.school.name, row.figures) for row in report.schools),
            "mentors": _mentors(request, form, schools, today=today),
            "query": urlencode(form.data),
            "save_url": save_url(COVERAGE, form),
            "remind_url": "" if selection.closed else _remind_url(report),
            "definitions": as_defined(_columns(report), closed=selection.closed),
            "sees_periods": rules.can_read_overview(request.user, request.municipality, on=today),
            "can_export": can_export,
            "has_files": can_export and has_files(request),
        }
    return render(request, "programmes/reports/coverage.html", context)


def _columns(report):
    """The columns that the page explains."""
    targets = FIGURE_TARGET_COLUMNS[:1] if report.has_yearly_target else ()
    return (*SUMMARY_COLUMNS, *targets, ADHERENCE, CLASSES_REACHED, PUPILS_REACHED)


def _closing_of(selection):
    """When the period was closed, and what has come to it since."""
    if selection.closed is None:
        return {}
    return {"closed": selection.closed, **late_of(selection.closed, selection.frozen_schools)}


def _remind_url(report):
    query = urlencode({"period": report.period.code, "program": report.programme.code})
    return f"{reverse('programmes:reminder_list')}?{query}"


def _mentors(request, form, schools, *, today):
    """In the mentors' programme, how many they are: head-counts by school, and no reason why anybody left."""
    asked = form.cleaned_data
    if asked["program"].code != PROGRAMME:
        return None
    if asked["omrade"]:
        schools = schools.filter(area=asked["omrade"])
    if asked["skola"]:
        schools = schools.filter(pk=asked["skola"].pk)
    cohorts = MentorCohort.objects.visible_to(request.user, on=today).filter(school__in=schools.values("pk"))
    return mentors_report(cohorts, period=asked["period"], today=today)


@require_safe
def coverage_xlsx(request):
    return _coverage_file(request, "xlsx")


@require_safe
def coverage_csv(request):
    return _coverage_file(request, "csv")


@require_safe
def coverage_pdf(request):
    return _coverage_file(request, "pdf")


def _coverage_file(request, file_format):
    today = timezone.localdate()
    schools = reported_schools(request, today=today)
    if not rules.can_export_coverage(request.user, request.municipality, on=today):
        raise PermissionDenied
    form = CoverageForm(request.GET, schools=schools, today=today)
    if not form.is_valid():
        return refused_question(form)
    selection = selection_of(request, form, schools, today=today)
    if _is_too_large(selection, file_format, today=today):
        return prepared(request, form, selection, file_format, today=today)

    def write(stream):
        return write_coverage(selection, stream, file_format=file_format, today=today, now=timezone.now())

    return logged_file(
        request,
        write,
        file_format=file_format,
        name=selection.file_name,
        what="coverage",
        school=selection.school,
        tells_period=True,
    )


def _is_too_large(selection, file_format, *, today):
    """Whether the file would take longer than anybody waits for a page; one that is kept takes no time."""
    return (
        file_format in FileFormat
        and not (selection.closed and kept_file(selection, file_format))
        and selection.is_larger_than(settings.BACKGROUND_ROWS, today=today)
    )


@require_safe
def overview(request):
    today = timezone.localdate()
    schools = School.objects.visible_to(request.user, on=today).filter(municipality=request.municipality or None)
    if not rules.can_read_overview(request.user, request.municipality, on=today):
        raise PermissionDenied
    form = ProgrammeForm(request.GET)
    context = {
        "form": form,
        "views": oversight_tabs("overview"),
        "letters_in_trouble": Letter.objects.filter(municipality=request.municipality).in_trouble().count(),
        "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("Overview")}],
    }
    if form.is_valid():
        period = Period.school_year(start_year_of(today))
        programme = form.cleaned_data["program"]
        classes = taught_in(programme).visible_to(request.user, on=today)
        answer = overview_of(
            schools=schools,
            classes=classes.filter(school__in=schools.values("pk")),
            programme=programme,
            period=period,
            today=today,
        )
        address = reverse("programmes:reports")
        context |= {
            "overview": answer,
            "finding": coverage_finding(answer.coverage),
            "remind_url": _remind_url(answer.coverage),
            **_beside(request, [row.school for row in answer.schools], today=today),
            "report_url": f"{address}?{urlencode({'period': period.code, 'program': answer.coverage.programme.code})}",
        }
    return render(request, "programmes/reports/overview.html", context)


def _beside(request, schools, *, today):
    """What the schools have made of their figures this year, and the world around, to stand beside."""
    rows = CauseAnalysis.objects.filter(school__in=schools, start_year=start_year_of(today)).select_related("school")
    written = {row.school_id: row for row in rows}
    indicators = Indicator.objects.filter(municipality=request.municipality).select_related("area")
    return {
        "analyses": [written[school.pk] for school in schools if school.pk in written],
        "without_analysis": [school for school in schools if school.pk not in written],
        "indicators": series_of(indicators),
        "can_keep_registers": rules.can_keep_registers(request.user, request.municipality, on=today),
        "today": today,
    }
