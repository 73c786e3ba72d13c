"""Files too large to wait for: how far one has come, its download, and all of one's own."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes import rules
from programmes.actions.prepared_files import ask_for_file, begin_again, make_anew, remove_file
from programmes.enums import FileState
from programmes.exports.prepared_files import file_name, title_of
from programmes.exports.selections import reported_schools
from programmes.models import PreparedFile
from programmes.tasks import make_prepared_file
from programmes.views.downloads import CONTENT_TYPES
from programmes.views.resumable import resumable_file

STOP_POLLING = 286  # htmx's own: show this, and do not ask again


def prepared(request, form, selection, file_format, *, today):
    """Lead to the file that the worker makes; the same request leads to the same one, so a GET may ask for it."""
    file, is_new = ask_for_file(
        owner=request.user,
        municipality=request.municipality,
        file_format=file_format,
        asked={name: str(form.data[name]) for name in form.fields if form.data.get(name)},
        title=title_of(selection),
        file_name=file_name(selection, file_format),
        today=today,
        now=timezone.now(),
    )
    if is_new:
        make_prepared_file.enqueue(file.pk)
    return redirect("programmes:prepared_file", file.reference)


def _own(request):
    files = PreparedFile.objects.of_owner(request.user, request.municipality).kept(now=timezone.now())
    return files.defer("asked")


def has_files(request):
    """Whether there is anything on the page of one's own files."""
    return _own(request).exists()


def _allowed_or_403(request, *, today):
    if not rules.can_export_coverage(request.user, request.municipality, on=today):
        raise PermissionDenied


def _may_fetch(request, file, *, today):
    """Whether the person still sees every school that the file holds."""
    schools = reported_schools(request.user, request.municipality, today=today)
    return not file.schools.exclude(pk__in=schools.order_by().values("pk")).exists()


@require_safe
def prepared_files(request):
    _allowed_or_403(request, today=timezone.localdate())
    crumbs = [*_crumbs(), {"label": _("Your files")}]
    return render(request, "programmes/prepared_files/list.html", {"files": _own(request), "crumbs": crumbs})


def _crumbs():
    return [{"label": _("Start"), "url": "/start/"}, {"label": _("Reports"), "url": "/rapporter/"}]


def prepared_file(request, reference):
    today = timezone.localdate()
    file = get_object_or_404(_own(request), reference=reference)
    _allowed_or_403(request, today=today)
    if request.method == "POST":
        return _changed(request, file)
    context = {
        "file": file,
        "is_stuck": file.is_stuck(now=timezone.now()),
        "may_fetch": _may_fetch(request, file, today=today),
        "is_waited_for": file.state in (FileState.WAITING, FileState.MAKING),
        "is_poll": bool(request.htmx),
        "crumbs": [*_crumbs(), {"label": _("Your files"), "url": "/rapporter/filer/"}, {"label": file.title}],
    }
    if request.htmx:
        status = 200 if context["is_waited_for"] else STOP_POLLING
        return render(request, "programmes/prepared_files/_state.html", context, status=status)
    return render(request, "programmes/prepared_files/file.html", context)


def _changed(request, file):
    deed = request.POST.get("gor")
    if deed == "ta-bort":
        remove_file(file=file)
        return redirect("programmes:prepared_files")
    put_in_line = make_anew if deed == "ny" else begin_again
    if put_in_line(file=file, now=timezone.now()):
        make_prepared_file.enqueue(file.pk)
    return redirect("programmes:prepared_file", file.reference)


@require_safe
def prepared_file_download(request, reference):
    today = timezone.localdate()
    file = get_object_or_404(_own(request), reference=reference)
    _allowed_or_403(request, today=today)
    if file.state != FileState.READY:
        raise Http404
    if not _may_fetch(request, file, today=today):
        raise PermissionDenied
    return resumable_file(request, file, content_type=CONTENT_TYPES[file.file_format])
