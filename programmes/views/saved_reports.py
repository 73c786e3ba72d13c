"""A person's own named selections of reports: keep one, call it something else, forget it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from programmes.actions.saved_reports import (
    SameNameError,
    TooManySavedError,
    remove_saved_report,
    rename_saved_report,
    save_report,
)
from programmes.exports.reports.kinds import KINDS
from programmes.forms.reports import CoverageForm
from programmes.forms.saved_reports import SavedReportForm
from programmes.models import SavedReport
from programmes.models.saved_reports import MOST_SAVED
from programmes.views.report_kinds import form_of, kind_or_404
from programmes.views.report_menu import COVERAGE, FIELD, address_of, may_read
from programmes.views.reports import reported_schools


def saved_report_add(request):
    today = timezone.localdate()
    slug = request.GET.get(FIELD, COVERAGE)
    asked = _asked_or_404(request, slug, today=today)
    form = SavedReportForm(request.POST or None, initial={"name": _suggested(slug, asked)})
    query = urlencode(asked.data)
    if form.is_valid() and _kept(request, form, slug, query):
        return redirect(address_of(slug, query))
    return _page(request, form, title=_("Save the selection"), back=address_of(slug, query))


def saved_report_change(request, pk):
    saved = _own_or_404(request, pk)
    form = SavedReportForm(request.POST or None, instance=saved)
    if form.is_valid():
        try:
            rename_saved_report(saved=saved, name=form.cleaned_data["name"])
        except SameNameError:
            _say_same_name(form)
        else:
            messages.success(request, _("The selection is now called %(name)s.") % {"name": saved.name})
            return redirect("programmes:reports")
    return _page(request, form, title=_("Change the name"), back=reverse("programmes:reports"))


def saved_report_remove(request, pk):
    saved = _own_or_404(request, pk)
    if request.method == "POST":
        remove_saved_report(saved=saved)
        messages.success(request, _("%(name)s is no longer among your selections.") % {"name": saved.name})
        return redirect("programmes:reports")
    context = {"saved": saved, "back": reverse("programmes:reports"), "crumbs": _crumbs(_("Remove"))}
    return render(request, "programmes/reports/remove_saved.html", context)


def _asked_or_404(request, slug, *, today):
    """The question that is saved, made valid by the very form that asks it."""
    if slug != COVERAGE:
        kind_or_404(slug)
    if not may_read(request, slug, today=today):
        raise PermissionDenied
    if slug == COVERAGE:
        form = CoverageForm(request.GET, schools=reported_schools(request, today=today), today=today)
    else:
        form = form_of(request, KINDS[slug], today=today)
    if not form.is_valid():
        raise Http404
    return form


def _suggested(slug, asked):
    """A name to begin with: the report, its period and its place."""
    name = _("Coverage") if slug == COVERAGE else str(KINDS[slug].name)
    said = asked.cleaned_data
    parts = (name, said["program"], said["period"].label, said["skola"] or said["omrade"])
    return ", ".join(str(part) for part in parts if part)[:80]


def _kept(request, form, slug, query):
    """Whether it was kept; else the form says why."""
    name = form.cleaned_data["name"]
    try:
        save_report(user=request.user, municipality=request.municipality, kind=slug, query=query, name=name)
    except SameNameError:
        _say_same_name(form)
    except TooManySavedError:
        form.add_error(
            None, _("You have %(count)s selections, and that is the most. Remove one first.") % {"count": MOST_SAVED}
        )
    else:
        messages.success(request, _("%(name)s is saved. You find it again under Reports.") % {"name": name})
        return True
    return False


def _say_same_name(form):
    form.add_error("name", _("You have a selection of that name already. Call it something else."))


def _own_or_404(request, pk):
    if request.municipality is None:
        raise Http404
    return get_object_or_404(SavedReport.objects.of(request.user, request.municipality), pk=pk)


def _crumbs(label):
    return [
        {"label": _("Start"), "url": "/start/"},
        {"label": _("Reports"), "url": reverse("programmes:reports")},
        {"label": label},
    ]


def _page(request, form, *, title, back):
    context = {"form": form, "title": title, "back": back, "crumbs": _crumbs(title)}
    return render(request, "programmes/reports/save.html", context)
