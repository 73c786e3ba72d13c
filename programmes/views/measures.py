"""The municipality's action plan: problems and what is done about them, followed up, printed and taken away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes import rules
from programmes.actions.registers import ChangedMeanwhileError, remove_measure, save_measure
from programmes.enums import MeasureState
from programmes.exports.action_plan import write_action_plan
from programmes.forms.registers import MeasureForm
from programmes.models import Measure
from programmes.views.downloads import logged_file
from programmes.views.school_register import oversight_tabs, overview_or_403
from programmes.views.staff import moment


def measure_list(request):
    return _list(request, "programmes/registers/measures.html")


def measure_print(request):
    return _list(request, "programmes/registers/measures_print.html")


def measure_xlsx(request):
    return _file(request, "xlsx")


def measure_csv(request):
    return _file(request, "csv")


def measure_add(request):
    today = kept_or_403(request)
    return _written(request, Measure(municipality=request.municipality, start_date=today))


def measure_change(request, pk):
    kept_or_403(request)
    return _written(request, _measure_or_404(request, pk))


def measure_remove(request, pk):
    kept_or_403(request)
    measure = _measure_or_404(request, pk)
    if request.method == "POST":
        name = measure.measure
        remove_measure(measure=measure, by=request.user)
        messages.success(request, _("“%(name)s” is removed from the action plan.") % {"name": name})
        return redirect("programmes:measure_list")
    context = {"measure": measure, "back": reverse("programmes:measure_change", args=[pk])}
    return render(request, "programmes/registers/remove_measure.html", context)


def kept_or_403(request):
    """Only whoever keeps the municipality's registers writes in them."""
    today = timezone.localdate()
    if not rules.can_keep_registers(request.user, request.municipality, on=today):
        raise PermissionDenied
    return today


def _measures(request):
    measures = Measure.objects.filter(municipality=request.municipality).select_related("area")
    return list(measures.order_by("problem", "start_date", "pk"))


def _measure_or_404(request, pk):
    return get_object_or_404(Measure.objects.select_related("municipality"), municipality=request.municipality, pk=pk)


def _list(request, template):
    today = timezone.localdate()
    overview_or_403(request, today=today)
    rows = [{"measure": row, "state": row.state_on(today)} for row in _measures(request)]
    context = {
        "rows": rows,
        "followed_up": sum(row["state"] == MeasureState.FOLLOWED_UP for row in rows),
        "waiting": sum(row["state"] == MeasureState.TO_FOLLOW_UP for row in rows),
        "today": today,
        "can_keep": rules.can_keep_registers(request.user, request.municipality, on=today),
        "views": oversight_tabs("measure_list"),
        "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("Action plan")}],
    }
    return render(request, template, context)


def _written(request, measure):
    """Save what was typed and lead back, or show the form with what is wrong."""
    is_new = measure.pk is None
    form = MeasureForm(request.POST or None, instance=measure)
    if form.is_valid():
        try:
            saved = save_measure(measure=form.instance, by=request.user, seen=moment(form.cleaned_data["seen"]))
        except ChangedMeanwhileError:
            form.add_error(None, _("Somebody else has changed this meanwhile. Open it again to see how it stands now."))
        else:
            messages.success(request, _("“%(name)s” is saved in the action plan.") % {"name": saved.measure})
            return redirect("programmes:measure_list")
    back, title = reverse("programmes:measure_list"), _("Add a measure") if is_new else _("Change the measure")
    context = {
        "form": form,
        "title": title,
        "back": back,
        "remove_url": "" if is_new else reverse("programmes:measure_remove", args=[measure.pk]),
        "crumbs": [
            {"label": _("Start"), "url": "/start/"},
            {"label": _("Action plan"), "url": back},
            {"label": title},
        ],
    }
    return render(request, "programmes/registers/form.html", context)


def _file(request, file_format):
    today = timezone.localdate()
    overview_or_403(request, today=today)

    def write(stream):
        return write_action_plan(
            _measures(request),
            stream,
            file_format=file_format,
            municipality=request.municipality,
            today=today,
            now=timezone.now(),
        )

    return logged_file(request, write, file_format=file_format, name="atgardsplan", what="action_plan")
