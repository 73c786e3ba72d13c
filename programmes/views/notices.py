"""The crisis notice: one writes it, another one publishes it, and it stands on every page until its last day."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from cms.models import CrisisNotice
from programmes import rules
from programmes.actions.notices import NoticeError, end_notice, publish_notice, write_notice
from programmes.enums import CENTRE_ROLES, Role
from programmes.forms.notices import CrisisNoticeForm
from programmes.models import Membership

EARLIER = 10


def notice_list(request):
    today = _today_or_403(request)
    form = CrisisNoticeForm(request.POST or None, request=request, today=today)
    if request.method == "POST" and form.is_valid():
        write_notice(municipality=request.municipality, by=request.user, **form.cleaned_data)
        messages.success(request, _("The notice is saved. Now somebody else has to publish it."))
        return redirect("programmes:notices")
    return render(request, "programmes/notices/notices.html", _context(request, form, today))


def _context(request, form, today):
    notices = CrisisNotice.objects.filter(site=request.municipality.site)
    notices = notices.select_related("written_by", "published_by").prefetch_related("contacts").in_order()
    waiting = list(notices.waiting(on=today))
    showing = notices.filter(published_at__isnull=False, ended_at__isnull=True, last_date__gte=today).first()
    known = {notice.pk for notice in [*waiting, *([showing] if showing else [])]}
    may_publish = rules.can_publish_crisis_notice(request.user, request.municipality, on=today)
    return {
        "form": form,
        "showing": showing,
        "waiting": [(notice, may_publish and rules.is_second_person(request.user, notice)) for notice in waiting],
        "earlier": notices.filter(published_at__isnull=False).exclude(pk__in=known)[:EARLIER],
        "publishers": _publishers(request, today),
        "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("Crisis notice"), "url": ""}],
    }


def _publishers(request, today):
    """Whom to ring: everybody else who may publish."""
    roles = Membership.objects.filter(municipality=request.municipality, role__in=[*CENTRE_ROLES, Role.ADMINISTRATOR])
    return User.objects.filter(is_active=True, pk__in=roles.active(on=today).values("user")).exclude(pk=request.user.pk)


@require_POST
def notice_publish(request, pk):
    today, notice = _today_or_403(request), _notice_or_404(request, pk)
    if not rules.can_publish_crisis_notice(request.user, request.municipality, on=today):
        raise PermissionDenied
    try:
        publish_notice(notice=notice, municipality=request.municipality, by=request.user, today=today)
    except PermissionError as error:
        raise PermissionDenied from error
    except NoticeError:
        messages.warning(request, _("The notice no longer waits: somebody was before you, or its last day has passed."))
    else:
        messages.success(request, _("The notice is published. It is on every page now."))
    return redirect("programmes:notices")


@require_POST
def notice_end(request, pk):
    _today_or_403(request)
    end_notice(notice=_notice_or_404(request, pk), municipality=request.municipality, by=request.user)
    messages.success(request, _("The notice is taken down."))
    return redirect("programmes:notices")


def _notice_or_404(request, pk):
    return get_object_or_404(CrisisNotice, pk=pk, site=request.municipality.site)


def _today_or_403(request):
    today = timezone.localdate()
    if not rules.can_write_crisis_notice(request.user, request.municipality, on=today):
        raise PermissionDenied
    return today
