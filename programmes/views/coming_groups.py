"""What parents see without signing in: the groups to come, signing up, and the private page of a sign-up."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from programmes.actions.sign_ups import SignUpClosedError, cancel_sign_up, reference_of, sign_up_parent
from programmes.enums import SignUpState
from programmes.forms.sign_ups import ComingGroupsForm, SignUpForm
from programmes.imports.retention import days_kept
from programmes.models import ParentGroup, ParentSignUp
from programmes.reports.coming_groups import coming_group, coming_groups
from programmes.tasks import send_parent_letters

THANKS = "signed_up"  # in the visitor's own session: what the page of thanks says


@login_not_required
def coming_group_list(request):
    groups = coming_groups(_open_groups(request))
    form = ComingGroupsForm(request.GET or None, groups=groups)
    chosen = form.chosen() if form.is_bound else groups
    context = {"form": form, "groups": chosen, "has_groups": bool(groups), "crumbs": _crumbs(_("Coming groups"))}
    return render(request, "programmes/coming_groups/list.html", context)


@login_not_required
@sensitive_post_parameters()
def coming_group_sign_up(request, pk):
    group = get_object_or_404(_open_groups(request), pk=pk)
    form = SignUpForm(request.POST or None)
    if form.is_valid():
        if response := _refusal(request, form):
            return response
        return _signed_up(request, group, form)
    context = {
        "one": coming_group(group),
        "form": form,
        "kept_days": days_kept("sign_up"),
        "crumbs": _crumbs(_("Sign up"), parent=(_("Coming groups"), reverse("programmes:coming_group_list"))),
    }
    return render(request, "programmes/coming_groups/sign_up.html", context)


def _refusal(request, form):
    """Generous for an address, which a whole school or library may share; strict for one who is signed up."""
    contact = form.cleaned_data["email"] or form.cleaned_data["phone"]
    if not ratelimit.consume(request, action="parent_sign_up", key=contact):
        return ratelimit.respond_429(request)
    return None


def _signed_up(request, group, form):
    """Whoever signs up is answered the same: for the first time, again, or as a machine."""
    values = form.values()
    if form.is_from_a_machine:
        reference = reference_of(group, values["email"] or values["phone"])
    else:
        try:
            reference = sign_up_parent(group=group, **values, today=timezone.localdate(), now=timezone.now())
        except SignUpClosedError:
            messages.error(request, _("The group takes no more sign-ups. Choose another one."))
            return redirect("programmes:coming_group_list")
        send_parent_letters.enqueue()
    request.session[THANKS] = {"group": group.pk, "reference": reference, "by_email": bool(values["email"])}
    return redirect("programmes:coming_group_thanks", group.pk)


@login_not_required
@never_cache
def coming_group_thanks(request, pk):
    told = request.session.get(THANKS)
    group = get_object_or_404(_groups(request), pk=pk)
    if not told or told["group"] != pk:
        raise Http404
    context = {"one": coming_group(group), **told}
    return render(request, "programmes/coming_groups/thanks.html", context)


@login_not_required
@never_cache
def own_sign_up(request, token):
    """The private page behind the link in a letter; opening it changes nothing, since mail filters open links."""
    today = timezone.localdate()
    sign_ups = ParentSignUp.objects.by_link(token).filter(group__municipality=request.municipality or None)
    sign_up = get_object_or_404(sign_ups, last_day__gte=today)
    if request.method == "POST":
        if cancel_sign_up(sign_up=sign_up, now=timezone.now()):
            send_parent_letters.enqueue()
        return redirect("programmes:own_sign_up", token)
    group = get_object_or_404(_groups(request), pk=sign_up.group_id)
    ahead = ParentSignUp.objects.filter(group=group, state=SignUpState.WAITING).in_order()
    context = {
        "sign_up": sign_up,
        "one": coming_group(group),
        "place_in_line": [*ahead.values_list("pk", flat=True), sign_up.pk].index(sign_up.pk) + 1,
    }
    return render(request, "programmes/coming_groups/own.html", context)


def _groups(request):
    """Every group of the site's municipality, with what a page about it shows."""
    groups = ParentGroup.objects.filter(municipality=request.municipality or None)
    return groups.with_meetings().with_sign_ups()


def _open_groups(request):
    return _groups(request).filter(pk__in=ParentGroup.objects.open_for_sign_up(on=timezone.localdate()).values("pk"))


def _crumbs(here, *, parent=None):
    way = [{"label": _("Programmes"), "url": "/program/"}, {"label": "ABC", "url": "/program/abc/"}]
    if parent:
        way.append({"label": parent[0], "url": parent[1]})
    return [*way, {"label": here}]
