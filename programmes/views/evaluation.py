"""Evaluation packages: made for a school year, kept as they were, and taken away with a trace."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes import rules
from programmes.actions.evaluation import keep_package, log_package_taken
from programmes.exports.evaluation.package import TABLES, write_package
from programmes.exports.evaluation.pseudonyms import Pseudonyms
from programmes.exports.evaluation.scope import Scope
from programmes.exports.tables import new_export_id
from programmes.forms.evaluation import EvaluationForm
from programmes.models import EvaluationPackage
from programmes.reports.suppression import profile_of

SHOWN = 50


def evaluation(request):
    today = timezone.localdate()
    _allowed_or_403(request, today=today)
    form = EvaluationForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        package = _made(request, form.cleaned_data["start_year"], today=today)
        messages.success(
            request, _("The package for %(year)s is ready to download below.") % {"year": package.year_label}
        )
        return redirect("programmes:evaluation")
    packages = EvaluationPackage.objects.filter(municipality=request.municipality).defer("content")
    context = {
        "form": form,
        "packages": packages[:SHOWN],
        "profile": profile_of(request.municipality, "open"),
        "tables": [(resource.name, resource.row_is) for resource, _rows in TABLES],
        "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("Evaluation")}],
    }
    return render(request, "programmes/evaluation/list.html", context)


@require_safe
def evaluation_file(request, export_id):
    _allowed_or_403(request, today=timezone.localdate())
    package = get_object_or_404(EvaluationPackage, municipality=request.municipality, export_id=export_id)
    log_package_taken(package=package, user=request.user)
    return HttpResponse(
        bytes(package.content),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{package.file_name}"'},
    )


def _allowed_or_403(request, *, today):
    if not rules.can_take_evaluation_packages(request.user, request.municipality, on=today):
        raise PermissionDenied


def _made(request, start_year, *, today):
    scope = Scope(municipality=request.municipality, start_year=start_year, day=today, names=Pseudonyms())
    stream, now = BytesIO(), timezone.now()
    checksum = write_package(scope, stream)
    return keep_package(
        municipality=request.municipality,
        start_year=start_year,
        counted_to=scope.last_day,
        profile=scope.profile.code,
        content=stream.getvalue(),
        checksum=checksum,
        export_id=new_export_id(now=now),
        user=request.user,
        now=now,
    )
