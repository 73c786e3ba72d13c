"""Who has signed up for a group, for those who call them: each look is logged, and no file can be taken out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from programmes import rules
from programmes.actions.sign_ups import cancel_sign_up, note_contact, note_look, open_sign_up
from programmes.enums import SignUpState
from programmes.imports.retention import days_kept
from programmes.models import ParentSignUp, SignUpLetter
from programmes.tasks import send_parent_letters
from programmes.views.parents import group_or_404, group_title


@never_cache
def sign_up_list(request, pk):
    group = _own_group(request, pk)
    sign_ups = list(group.sign_ups.in_order())
    stuck = set(SignUpLetter.objects.stuck().filter(sign_up__group=group).values_list("sign_up", flat=True))
    note_look(group=group, by=request.user)
    context = {
        "group": group,
        "title": group_title(group),
        "sections": _sections(sign_ups, stuck),
        "active": [one for one in sign_ups if one.state != SignUpState.CANCELLED],
        "to_call": len([one for one in sign_ups if _waits_for_a_call(one, stuck)]),
        "stuck": len(stuck),
        "kept_days": days_kept("sign_up"),
        "crumbs": [
            {"label": group_title(group), "url": reverse("programmes:parent_group", args=[group.pk])},
            {"label": _("Signed up")},
        ],
    }
    return render(request, "programmes/sign_ups/list.html", context)


@require_POST
def sign_up_change(request, pk, sign_up):
    """One button each: called, not called after all, or cancelled for who has asked."""
    group = _own_group(request, pk)
    one = get_object_or_404(ParentSignUp, group=group, pk=sign_up)
    now = timezone.now()
    match request.POST.get("action"):
        case "called" | "not_called" as action:
            note_contact(sign_up=one, is_contacted=action == "called", now=now)
        case "cancel":
            if cancel_sign_up(sign_up=one, now=now, by=request.user):
                send_parent_letters.enqueue()
                messages.success(request, _("The sign-up is cancelled. The next in line gets the seat."))
        case _:
            raise Http404
    return redirect(f"{reverse('programmes:sign_up_list', args=[pk])}#anmalan-{one.pk}")


@require_POST
def sign_up_open(request, pk):
    """Show the group to parents and take sign-ups, or stop."""
    group = _own_group(request, pk)
    is_open = request.POST.get("action") == "open"
    open_sign_up(group=group, is_open=is_open, by=request.user)
    words = _("Parents see the group and can sign up.") if is_open else _("The group takes no more sign-ups.")
    messages.success(request, words)
    return redirect("programmes:parent_group", pk)


def _own_group(request, pk):
    """A group whose sign-ups one may see."""
    today = timezone.localdate()
    group, _can_keep = group_or_404(request, pk, today=today)
    may = (
        rules.can_read_sign_ups(request.user, group.school, on=today)
        if group.school
        else rules.can_keep_own_parent_groups(request.user, group.municipality, on=today)
    )
    if not may:
        raise PermissionDenied
    return group


def _waits_for_a_call(sign_up, stuck):
    """Who has no e-mail, or whose letter has not gone, is called by somebody."""
    is_active = sign_up.state != SignUpState.CANCELLED
    return is_active and sign_up.contacted_at is None and (not sign_up.email or sign_up.pk in stuck)


def _sections(sign_ups, stuck):
    """The seats, the line, and who has cancelled, each in the order of signing up; numbered from one."""
    sections = [
        {
            "key": state.value,
            "heading": heading,
            "rows": [
                {"one": one, "is_stuck": one.pk in stuck, "to_call": _waits_for_a_call(one, stuck)}
                for one in sign_ups
                if one.state == state
            ],
        }
        for state, heading in (
            (SignUpState.PLACED, _("Has a seat")),
            (SignUpState.WAITING, _("Waiting list")),
            (SignUpState.CANCELLED, _("Cancelled sign-ups")),
        )
    ]
    return [section for section in sections if section["rows"]]
