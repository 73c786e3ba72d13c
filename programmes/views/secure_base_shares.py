"""Trygg bas above the school: shares for each school, with small numbers hidden, and nothing else."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from programmes import rules
from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.forms.secure_bases import TermForm
from programmes.models import CheckRound, School
from programmes.reports.secure_bases import school_shares
from programmes.reports.suppression import INTERNAL, Group, Shown, suppress


@dataclass(frozen=True)
class ShareRow:
    """A school, or all of them together, as the centre may read it."""

    name: str
    round: CheckRound | None
    covered: Shown
    named_nobody: Shown


@never_cache
def secure_base_shares(request):
    today = timezone.localdate()
    if not rules.can_read_secure_base_shares(request.user, request.municipality, on=today):
        raise PermissionDenied
    form = TermForm(request.GET, municipality=request.municipality, today=today)
    period = form.chosen
    schools = School.objects.visible_to(request.user, on=today).filter(municipality=request.municipality)
    shares = school_shares(schools=schools, period=period, today=today)
    log_event(
        kind=EventKind.SECURE_BASE_SHARES_SEEN,
        actor=request.user,
        municipality=request.municipality,
        about={"term": period.label},
    )
    context = {
        "form": form,
        "period": period,
        "rows": _rows(shares),
        "threshold": INTERNAL.threshold,
        "smallest_group": INTERNAL.smallest_group,
        "crumbs": [
            {"label": _("Start"), "url": "/start/"},
            {"label": _("Reports"), "url": reverse("programmes:reports")},
            {"label": _("Secure base")},
        ],
    }
    return render(request, "programmes/reports/secure_bases.html", context)


def _rows(shares):
    """Every school and their sum; what could be worked out from the sum is hidden with it."""
    uncovered = suppress(_group(shares, "pupils", "uncovered"), profile=INTERNAL)
    nobody = suppress(_group(shares, "asked", "named_nobody"), profile=INTERNAL)
    rows = [
        ShareRow(row.school.name, row.round, uncovered[str(row.school.pk)].complement, nobody[str(row.school.pk)])
        for row in shares
    ]
    return [*rows, ShareRow(_("Together"), None, uncovered["all"].complement, nobody["all"])]


def _group(shares, whole, attribute):
    return Group.of(
        "all",
        [
            Group(str(row.school.pk), getattr(row.figures, whole), getattr(row.figures, attribute))
            if row.round
            else Group(str(row.school.pk), None, None)
            for row in shares
        ],
    )
