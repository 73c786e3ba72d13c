"""Schools and classes fetched from a register, into the same preview as a file's."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programmes import rules
from programmes.enums import ImportKind
from programmes.forms.imports import FetchClassesForm
from programmes.imports.drafts import keep_reading
from programmes.imports.rest import RegisterError
from programmes.imports.sources import fetch_classes, fetch_schools
from programmes.imports.wizard import columns_of
from programmes.models import ImportDraft
from programmes.models.terms import start_year_of
from programmes.views.import_access import draft_url, schools_for


@require_POST
def import_fetch(request, source):
    today = timezone.localdate()
    if source not in SOURCES:
        raise Http404
    kind, fetched = SOURCES[source]
    draft = ImportDraft(
        owner=request.user, municipality=request.municipality, kind=kind, start_year=start_year_of(today)
    )
    try:
        reading = fetched(request, draft, today=today)
    except RegisterError as error:
        messages.error(request, str(error))
        return redirect("programmes:import_start")
    keep_reading(draft, reading, columns=columns_of(kind, one_school=False))
    draft.save()
    return redirect(draft_url(draft))


def sources_for(request, *, today):
    """The registers that a person may fetch from, with what is chosen before."""
    found = []
    if settings.SCHOOL_REGISTER_URL and rules.can_keep_registers(request.user, request.municipality, on=today):
        found.append(
            {
                "name": _("Skolverket's register of school units"),
                "text": _("New schools, new names and grades, and schools that have closed. You choose what comes in."),
                "url": reverse("programmes:import_fetch", args=["skolor"]),
                "button": _("Fetch schools"),
            }
        )
    if settings.SS12000_URL and schools_for(request, ImportKind.CLASSES, today=today):
        found.append(
            {
                "name": _("The municipality's register of pupils (SS 12000)"),
                "text": _("Classes and how many pupils they have. No person is read or kept."),
                "url": reverse("programmes:import_fetch", args=["klasser"]),
                "button": _("Fetch classes"),
                "form": FetchClassesForm(today=today),
            }
        )
    return found


def _schools(request, draft, *, today):
    if not rules.can_keep_registers(request.user, request.municipality, on=today):
        raise PermissionDenied
    return fetch_schools(request.municipality, waits=False)


def _classes(request, draft, *, today):
    schools = schools_for(request, ImportKind.CLASSES, today=today)
    if not schools:
        raise PermissionDenied
    form = FetchClassesForm(request.POST, today=today)
    if not form.is_valid():
        raise RegisterError(_("Choose a school year."))
    draft.start_year = form.cleaned_data["start_year"]
    sees_all = rules.can_keep_registers(request.user, request.municipality, on=today)
    codes = None if sees_all else {school.unit_code for school in schools}
    return fetch_classes(request.municipality, schools=codes, start_year=draft.start_year, today=today)


SOURCES = {"skolor": (ImportKind.SCHOOLS, _schools), "klasser": (ImportKind.CLASSES, _classes)}
