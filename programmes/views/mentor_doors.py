"""What the keeper of a mentors' door sees: the code, the QR sheet to print, and how to change or close it."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cms.models import SiteSettings
from programmes import rules
from programmes.actions.mentors import change_door_code, close_door
from programmes.exports.door_sheet import Door, write_door_sheet
from programmes.models import MentorCohort
from programmes.views.mentors import open_cohorts
from programmes.views.schools import school_or_404


def mentor_door_sheet(request, slug, pk):
    cohort = _kept_cohort(request, slug, pk)
    if request.method == "POST":
        return _turn_key(request, cohort)
    door, school = _door_of(request, cohort), cohort.school
    context = {
        "school": school,
        "cohort": cohort,
        "is_open": _is_open(request, cohort),
        "last_day": door.last_day,
        "qr_address": door.qr_address,
        "door_address": door.address,
        "crumbs": [
            {"label": school.name, "url": reverse("programmes:school_year", args=[school.slug])},
            {"label": _("The mentors' door"), "url": ""},
        ],
    }
    return render(request, "programmes/mentors/door_sheet.html", context)


@never_cache
def mentor_door_file(request, slug, pk):
    """A poster and cards to cut out; a door that is closed has none."""
    cohort = _kept_cohort(request, slug, pk)
    if not _is_open(request, cohort):
        raise Http404
    owner = SiteSettings.for_request(request).owner_name
    content = write_door_sheet(_door_of(request, cohort), owner=owner, made_at=timezone.now())
    name = slugify(f"mentorernas dorr {cohort.school.name} {cohort.name}")
    disposition = f'inline; filename="{name}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _kept_cohort(request, slug, pk):
    """404 for a cohort that one may not see, 403 for a door that is not one's own to keep."""
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    cohorts = MentorCohort.objects.visible_to(request.user, on=today).select_related("school__municipality")
    cohort = get_object_or_404(cohorts, school=school, pk=pk)
    if not rules.can_keep_mentor_door(request.user, cohort, on=today):
        raise PermissionDenied
    return cohort


def _is_open(request, cohort):
    return cohort.door_closed_at is None and cohort in open_cohorts(request)


def _door_of(request, cohort):
    address = reverse("programmes:mentor_enter", args=[cohort.door_code, cohort.door_key])
    return Door(
        code=cohort.door_code,
        qr_address=request.build_absolute_uri(address),
        address=request.build_absolute_uri(reverse("programmes:mentor_page")).partition("://")[2],
        last_day=date(cohort.start_year + 1, 6, 30),
    )


def _turn_key(request, cohort):
    if request.POST.get("action") == "change":
        change_door_code(cohort=cohort, by=request.user)
        messages.success(request, _("The door has a new code. The old one opens no longer: print the sheet again."))
    elif request.POST.get("action") == "close":
        close_door(cohort=cohort, by=request.user)
        messages.success(request, _("The door is closed. Nobody comes in before there is a new code."))
    else:
        raise Http404
    return redirect("programmes:mentor_door_sheet", slug=cohort.school.slug, pk=cohort.pk)
