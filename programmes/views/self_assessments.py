"""A school assesses its own work once a term: twelve things, how the terms compare, and what is left to do."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.templatetags.line import Line, Stop
from programmes import rules
from programmes.actions.registers import ChangedMeanwhileError, save_assessment, save_assessment_plan
from programmes.forms.analyses import AssessmentForm, AssessmentPlanForm, assessment_values
from programmes.models import Period, SelfAssessment
from programmes.reports.self_assessments import rows_of, to_do, trend_of
from programmes.rules.assessment_items import items
from programmes.views.schools import school_or_404, to_schools
from programmes.views.staff import moment

TERMS_SHOWN = 6


def self_assessment(request, slug):
    today = timezone.localdate()
    school = _read_school(request, slug, today=today)
    found = _assessments(school)[:TERMS_SHOWN]
    results = trend_of(found)
    latest = results[-1].assessment if results else None
    term = Period.term_of(today)
    context = {
        "school": school,
        "results": [{"result": result, "line": _line(result)} for result in results],
        "rows": rows_of(found),
        "latest": latest,
        "to_do": to_do(latest) if latest else [],
        "term": term,
        "is_assessed": bool(latest and latest.term == term.code),
        "can_assess": rules.can_assess_school(request.user, school, on=today),
        "today": today,
        "crumbs": [*_to_school(school), {"label": _("Self-assessment")}],
    }
    return render(request, "programmes/analyses/self_assessment.html", context)


def self_assessment_term(request, slug, term):
    today = timezone.localdate()
    school, period = _assessed_school(request, slug, term, today=today)
    found = _assessments(school).filter(term=period.code).first()
    form = AssessmentForm(request.POST or None, initial=assessment_values(found), items=items())
    if form.is_valid():
        try:
            save_assessment(
                school=school,
                term=period.code,
                levels=form.levels(),
                by=request.user,
                seen=moment(form.cleaned_data["seen"]),
            )
        except ChangedMeanwhileError:
            form.add_error(None, _("Somebody else has changed this meanwhile. Open it again to see how it stands now."))
        else:
            messages.success(request, _("The assessment of %(term)s is saved.") % {"term": period.label})
            return redirect("programmes:self_assessment_plan", slug, period.code)
    context = {"school": school, "term": period, "form": form, **_inside(school, period)}
    return render(request, "programmes/analyses/assess.html", context)


def self_assessment_plan(request, slug, term):
    today = timezone.localdate()
    school, period = _assessed_school(request, slug, term, today=today)
    assessment = get_object_or_404(_assessments(school), term=period.code)
    form = AssessmentPlanForm(request.POST or None, waiting=to_do(assessment))
    if form.is_valid():
        save_assessment_plan(assessment=assessment, plan=form.plan())
        messages.success(request, _("What you will do is saved."))
        return redirect("programmes:self_assessment", slug)
    context = {"school": school, "term": period, "form": form, **_inside(school, period)}
    return render(request, "programmes/analyses/assessment_plan.html", context)


def _assessments(school):
    return SelfAssessment.objects.filter(school=school).prefetch_related("items").order_by("-first_day")


def _read_school(request, slug, *, today):
    school = school_or_404(request, slug, today=today)
    if not rules.can_read_analyses(request.user, school, on=today):
        raise PermissionDenied
    return school


def _assessed_school(request, slug, term, *, today):
    """A school that the person assesses, and a term that has begun."""
    school = school_or_404(request, slug, today=today)
    if not rules.can_assess_school(request.user, school, on=today):
        raise PermissionDenied
    try:
        period = Period.parse(term)
    except ValueError as error:
        raise Http404 from error
    if period != Period.term_of(period.first_day) or period.first_day > today:
        raise Http404
    return school, period


def _to_school(school):
    return [*to_schools(), {"label": school.name, "url": reverse("programmes:school_year", args=[school.slug])}]


def _inside(school, period):
    back = reverse("programmes:self_assessment", args=[school.slug])
    return {
        "back": back,
        "crumbs": [*_to_school(school), {"label": _("Self-assessment"), "url": back}, {"label": period.label}],
    }


def _line(result):
    """A term as a line from nothing to everything in place, with a station where the school stands."""
    words = {"term": result.assessment.label, "total": result.total, "most": result.most}
    stop = Stop(position=result.share, sign="held", name=_("%(term)s: %(total)s of %(most)s") % words, is_major=True)
    return Line(stops=[stop], progress=result.share, name=result.assessment.label)
