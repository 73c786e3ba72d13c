"""Why a school's year went as it did and what was decided: written, and followed up in the same place."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes import rules
from programmes.actions.registers import ChangedMeanwhileError, save_analysis
from programmes.forms.analyses import AnalysisForm
from programmes.models import CauseAnalysis
from programmes.models.terms import school_year_label
from programmes.views.schools import school_or_404, start_year_or_404, with_year, year_url
from programmes.views.staff import moment


def cause_analysis(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    if not rules.can_read_analyses(request.user, school, on=today):
        raise PermissionDenied
    start_year = start_year_or_404(request, today=today)
    can_write = rules.can_write_analysis(request.user, school, on=today)
    if request.method == "POST" and not can_write:
        raise PermissionDenied
    found = CauseAnalysis.objects.filter(school=school, start_year=start_year).select_related("written_by").first()
    written_at, written_by = (found.written_at, found.written_by) if found else (None, None)
    analysis = found or CauseAnalysis(school=school, start_year=start_year)
    form = AnalysisForm(request.POST or None, instance=analysis) if can_write else None
    if form and form.is_valid():
        try:
            save_analysis(analysis=form.instance, by=request.user, seen=moment(form.cleaned_data["seen"]))
        except ChangedMeanwhileError:
            form.add_error(None, _("Somebody else has changed this meanwhile. Open it again to see how it stands now."))
        else:
            messages.success(request, _("The analysis of %(year)s is saved.") % {"year": school_year_label(start_year)})
            return redirect(analysis_url(school, start_year, today=today))
    earlier = CauseAnalysis.objects.filter(school=school).exclude(start_year=start_year).order_by("-start_year")
    context = {
        "school": school,
        "year_label": school_year_label(start_year),
        "analysis": found,
        "written_at": written_at,
        "written_by": written_by,
        "form": form,
        "earlier": [
            (row, school_year_label(row.start_year), analysis_url(school, row.start_year, today=today))
            for row in earlier
        ],
        "back": year_url(school, start_year, today=today),
        "today": today,
        "crumbs": [
            {"label": school.name, "url": year_url(school, start_year, today=today)},
            {"label": _("Cause analysis")},
        ],
    }
    return render(request, "programmes/analyses/analysis.html", context)


def analysis_url(school, start_year, *, today):
    """The address of a school year's cause analysis."""
    return with_year(reverse("programmes:cause_analysis", args=[school.slug]), start_year, today=today)
