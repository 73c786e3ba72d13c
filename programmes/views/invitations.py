"""Asking people in: who has been asked, asking, asking again, taking back; and the page behind the link."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.forms import HiddenInput
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.models import User
from programmes import rules
from programmes.actions.invitations import (
    InvitationRefusedError,
    accept_invitation,
    invite_person,
    open_account,
    renew_invitation,
    revoke_invitation,
    send_invitation,
)
from programmes.actions.sign_ins import remember_roles
from programmes.enums import INVITES, InvitationState, Role
from programmes.forms.invitations import AccountForm, InvitationForm
from programmes.models import Invitation, School, SchoolClass
from programmes.models.terms import start_year_of

MOST_SHOWN = 200


def invitation_list(request):
    today, now = timezone.localdate(), timezone.now()
    if not rules.can_invite(request.user, request.municipality, on=today):
        raise PermissionDenied
    rows = _visible(request, today=today).select_related("school", "municipality").in_order()
    invitations = [(row, row.state(at=now)) for row in _under_alias(rows[:MOST_SHOWN])]
    is_open = {InvitationState.WAITING, InvitationState.EXPIRED}
    context = {
        "waiting": [(row, state) for row, state in invitations if state in is_open],
        "closed": [(row, state) for row, state in invitations if state not in is_open],
    }
    return render(request, "programmes/invitations/list.html", context)


def invitation_new(request):
    today, now = timezone.localdate(), timezone.now()
    roles = rules.invitable_roles(request.user, request.municipality, on=today)
    if not roles:
        raise PermissionDenied
    form = _form(request, roles, today=today)
    if form.is_valid() and not ratelimit.consume(request, action="invite"):
        return ratelimit.respond_429(request)
    if form.is_valid():
        chosen = form.cleaned_data
        place = {"school": chosen["school"], "role": chosen["role"]}
        if not rules.can_invite_to(request.user, request.municipality, on=today, **place):
            raise PermissionDenied
        try:
            invitation, token = invite_person(
                by=request.user,
                municipality=request.municipality,
                email=chosen["email"],
                classes=chosen.get("classes") or (),
                end_date=chosen["end_date"],
                now=now,
                **place,
            )
        except InvitationRefusedError:
            form.add_error(
                "email", _("This address already has an invitation that waits. Send it again from the list.")
            )
        else:
            _send(request, invitation, token)
            return redirect("programmes:invitation_list")
    return render(request, "programmes/invitations/new.html", {"form": form, "today": today})


@require_POST
def invitation_resend(request, pk):
    today, now = timezone.localdate(), timezone.now()
    invitation = _own_or_403(request, pk, today=today)
    if not ratelimit.consume(request, action="invite"):
        return ratelimit.respond_429(request)
    try:
        token = renew_invitation(invitation=invitation, by=request.user, now=now)
    except InvitationRefusedError as error:
        messages.error(request, _already(error.reason))
    else:
        _send(request, invitation, token)
    return redirect("programmes:invitation_list")


def invitation_revoke(request, pk):
    today, now = timezone.localdate(), timezone.now()
    invitation = _own_or_403(request, pk, today=today)
    if request.method == "POST":
        try:
            revoke_invitation(invitation=invitation, by=request.user, now=now)
        except InvitationRefusedError as error:
            messages.error(request, _already(error.reason))
        else:
            messages.success(request, _("The invitation to %(email)s is taken back.") % {"email": invitation.shown_as})
        return redirect("programmes:invitation_list")
    return render(request, "programmes/invitations/revoke.html", {"invitation": invitation})


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def invitation_accept(request, token):
    """What the link shows depends on who opens it; opening alone changes nothing, since mail filters open links."""
    today, now = timezone.localdate(), timezone.now()
    rows = Invitation.objects.by_token(token).filter(municipality=request.municipality or None)
    invitation = rows.select_related("school", "municipality").first()
    state = invitation.state(at=now) if invitation else None
    if state != InvitationState.WAITING:
        return _does_not_work(request, state)
    if request.user.is_authenticated:
        return _accept_as(request, invitation, today=today, now=now)
    if User.objects.filter(email__iexact=invitation.email).exists():
        return render(request, "programmes/invitations/sign_in.html", {"invitation": invitation})
    form = AccountForm(request.POST or None, email=invitation.email)
    if not form.is_valid():
        return render(request, "programmes/invitations/account.html", {"invitation": invitation, "form": form})
    try:
        user = open_account(invitation=invitation, today=today, now=now, **form.cleaned_data)
    except InvitationRefusedError as error:
        return _does_not_work(request, error.reason)
    messages.success(request, _welcome(invitation))
    record_authentication(request, user, method="invitation")
    return perform_login(request, user, email=user.email, redirect_url=reverse("programmes:start"))


def _accept_as(request, invitation, *, today, now):
    if request.user.email.lower() != invitation.email:
        return render(request, "programmes/invitations/other_address.html", status=403)
    if request.method != "POST":
        return render(request, "programmes/invitations/accept.html", {"invitation": invitation})
    try:
        accept_invitation(invitation=invitation, user=request.user, today=today, now=now)
    except InvitationRefusedError as error:
        return _does_not_work(request, error.reason)
    remember_roles(session=request.session, user=request.user, on=today)
    request.session.cycle_key()
    messages.success(request, _welcome(invitation))
    return redirect("programmes:start")


def _does_not_work(request, state):
    return render(request, "programmes/invitations/gone.html", {"state": state}, status=410 if state else 404)


def _welcome(invitation):
    words = {"role": invitation.get_role_display(), "place": invitation.school or invitation.municipality}
    return _("Welcome. You are now %(role)s at %(place)s.") % words


def _already(state):
    if state == InvitationState.ACCEPTED:
        return _("The invitation has already been accepted.")
    return _("The invitation has already been taken back.")


def _visible(request, *, today):
    rows = Invitation.objects.visible_to(request.user, on=today)
    return rows.filter(municipality=request.municipality or None)


def _under_alias(invitations):
    """Whoever has protected identity is listed by the alias: the address that was once written holds the name."""
    rows = list(invitations)
    protected = User.objects.exclude(alias="").filter(email__in=[row.email for row in rows])
    aliases = dict(protected.values_list("email", "alias"))
    for row in rows:
        row.shown_as = aliases.get(row.email, row.email)
    return rows


def _own_or_403(request, pk, *, today):
    invitation = get_object_or_404(_visible(request, today=today).select_related("school", "municipality"), pk=pk)
    place = {"school": invitation.school, "role": Role(invitation.role)}
    if not rules.can_invite_to(request.user, request.municipality, on=today, **place):
        raise PermissionDenied
    return _under_alias([invitation])[0]


def _form(request, roles, *, today):
    """The form with the schools where this person may invite; classes only where there is one school to choose."""
    in_municipality = School.objects.filter(municipality=request.municipality)
    if not request.user.is_superuser:
        in_municipality = in_municipality.visible_to(request.user, on=today)
    inviting = {
        membership.school_id
        for membership in rules.active_memberships(request.user, on=today)
        if membership.school_id and membership.role in INVITES
    }
    everywhere = request.user.is_superuser or rules.can_read_overview(request.user, request.municipality, on=today)
    schools = in_municipality.in_order() if everywhere else in_municipality.filter(pk__in=inviting).in_order()
    chosen = request.GET.get("skola", "")
    if chosen and schools.filter(slug=chosen).exists():
        schools = schools.filter(slug=chosen)
    found = list(schools[:2])
    classes = SchoolClass.objects.none()
    initial = {"role": request.GET.get("roll", "")}
    if len(found) == 1:
        initial["school"] = found[0].slug
        classes = SchoolClass.objects.filter(school=found[0], start_year=start_year_of(today)).in_order()
    form = InvitationForm(
        request.POST or None, initial=initial, roles=roles, schools=schools, classes=classes, today=today
    )
    if len(found) == 1 and "school" in form.fields:
        form.only_school = found[0]
        form.fields["school"].widget = HiddenInput()
    return form


def _send(request, invitation, token):
    link = request.build_absolute_uri(reverse("programmes:invitation_accept", args=[token]))
    if send_invitation(invitation=invitation, link=link):
        messages.success(request, _("The invitation is sent to %(email)s.") % {"email": invitation.email})
    else:
        messages.error(
            request,
            _("The invitation is kept, but the letter could not be sent. Try again with “Send again”."),
        )
