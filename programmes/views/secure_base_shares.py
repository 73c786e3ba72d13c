"""Trygg bas above the school: shares for each school, with small numbers hidden, and nothing else."""

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
from programmes.reports.secure_base_shares import secure_base_shares as secure_base_shares_of
from programmes.reports.suppression import profile_of


@never_cache
def secure_base_shares(request):
    today = timezone.localdate()
    if not rules.can_read_secure_base_shares(request.user, request.municipality, on=today):
        raise PermissionDenied
    form = TermForm(request.GET, municipality=request.municipality, today=today)
    period = form.chosen
    profile = profile_of(request.municipality, "internal")
    shares = secure_base_shares_of(municipality=request.municipality, period=period, profile=profile, today=today)
    log_event(
        kind=EventKind.SECURE_BASE_SHARES_SEEN,
        actor=request.user,
        municipality=request.municipality,
        about={"term": period.label},
    )
    context = {
        "form": form,
        "period": period,
        "shares": shares,
        "profile": profile,
        "crumbs": [
            {"label": _("Start"), "url": "/start/"},
            {"label": _("Reports"), "url": reverse("programmes:reports")},
            {"label": _("Secure base")},
        ],
    }
    return render(request, "programmes/reports/secure_bases.html", context)
