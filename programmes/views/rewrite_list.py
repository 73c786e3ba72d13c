"""What to rewrite, for editors and the centre: on the screen and as files."""

from tempfile import SpooledTemporaryFile

from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes import rules
from programmes.actions.events import log_export
from programmes.exports.rewrite_list import write_rewrite_list
from programmes.models import Delivery, NotHeld
from programmes.reports.rewrite_list import rewrite_list as make_rewrite_list

IN_MEMORY = 5 * 1024 * 1024
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def rewrite_list(request):
    context = {
        "uses": _uses_or_403(request),
        "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("What to rewrite")}],
    }
    return render(request, "programmes/reports/rewrite_list.html", context)


def rewrite_list_xlsx(request):
    return _file(request, "xlsx")


def rewrite_list_csv(request):
    return _file(request, "csv")


def _uses_or_403(request):
    """Counts of sessions in the whole municipality: nothing about a class, a school or a person is shown."""
    municipality = request.municipality
    if not rules.can_read_rewrite_list(request.user, municipality, on=timezone.localdate()):
        raise PermissionDenied
    here = {"planned_session__school_class__school__municipality": municipality}
    return make_rewrite_list(Delivery.objects.filter(**here), NotHeld.objects.filter(**here))


def _file(request, file_format):
    uses = _uses_or_403(request)
    stream = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 FileResponse closes it
    stamp = write_rewrite_list(
        uses, stream, file_format=file_format, municipality=request.municipality, now=timezone.now()
    )
    log_export(
        actor=request.user,
        municipality=request.municipality,
        what="rewrite_list",
        file_format=file_format,
        selection=stamp.selection,
        profile=stamp.profile,
        export_id=stamp.export_id,
        stream=stream,
    )
    return FileResponse(
        stream, as_attachment=True, filename=f"skriv-om.{file_format}", content_type=CONTENT_TYPES[file_format]
    )
