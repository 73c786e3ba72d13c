"""What to rewrite, for editors and the centre: on the screen and as files."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes import rules
from programmes.exports.rewrite_list import write_rewrite_list
from programmes.models import Delivery, NotHeld
from programmes.reports.rewrite_list import rewrite_list as make_rewrite_list
from programmes.views.downloads import logged_file


@require_safe
def rewrite_list(request):
    context = {
        "uses": _uses_or_403(request),
        "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("What to rewrite")}],
    }
    return render(request, "programmes/reports/rewrite_list.html", context)


@require_safe
def rewrite_list_xlsx(request):
    return _file(request, "xlsx")


@require_safe
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

    def write(stream):
        return write_rewrite_list(
            uses, stream, file_format=file_format, municipality=request.municipality, now=timezone.now()
        )

    return logged_file(request, write, file_format=file_format, name="skriv-om", what="rewrite_list")
