"""Which municipality a request is for, whether whoever asks has shown enough, and what is theirs to enter."""

from functools import partial
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from wagtail.models import Site

from cms.enums import ReaderGroup
from programmes import rules
from programmes.actions.groups import reader_groups
from programmes.actions.sign_ins import ROLE_MARK
from programmes.models import MentorCohort, MentorVisitor, Municipality
from programmes.models.mentors import DOOR

# Open without a second factor: the own account, where it is given, and what holds nothing of anyone's.
OPEN_BEFORE = ("/konto/", "/inbjudan/", "/halsa/", "/media/images/", "/static/", "/sw.js")
# What lies under the own account and still gives something away.
CLOSED_THERE = ("/konto/kalender/",)

# In the session, while a second factor is set up: the page that was asked for, to go on to.
ASKED_FIRST = "asked_first"


def municipality_of(request):
    """The municipality of the request's site, or None where no municipality stands there yet."""
    site = Site.find_for_request(request)
    return Municipality.objects.filter(site=site).first() if site else None


class MunicipalityMiddleware:
    """Set `request.municipality`, looked up when first asked for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.municipality = SimpleLazyObject(lambda: municipality_of(request))
        return self.get_response(request)


class AdministrationMiddleware:
    """Somebody who is signed in but has no business in an administration is told so: the sign-in page cannot help.

    Both libraries lead such a person to the sign-in page, which leads a signed-in person straight back.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not request.user.is_authenticated:
            return None
        if request.path.startswith(reverse("wagtailadmin_home")):
            may_enter = request.user.has_perm("wagtailadmin.access_admin")
            if may_enter and rules.keeps_registers_only(request.user, request.municipality, on=timezone.localdate()):
                if request.path == reverse("wagtailadmin_home"):
                    return redirect("registers_schools:index")
                may_enter = request.path.startswith(_registers())
        elif request.path.startswith(reverse("admin:index")):
            may_enter = request.user.is_staff
        else:
            return None
        if not may_enter:
            raise PermissionDenied
        return None


def _registers():
    """What the registers' pages are made of: themselves, their icons and their texts."""
    home = reverse("wagtailadmin_home")
    return f"{home}register/", f"{home}sprite/", f"{home}jsi18n/"


class SignInMiddleware:
    """At every door: a sign-in ends when the roles have changed, and some roles give a second factor first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_open = request.path.startswith(OPEN_BEFORE) and not request.path.startswith(CLOSED_THERE)
        if request.user.is_authenticated and not is_open:
            today = timezone.localdate()
            if _roles_have_changed(request, today):
                return _sign_in_again(request)
            if _second_factor_is_missing(request, today):
                return _to_second_factor(request)
            request.session.pop(ASKED_FIRST, None)
        return self.get_response(request)


def _roles_have_changed(request, today):
    """Asked when a page is opened: what is being sent meets the rules as they are, and is refused in words."""
    mark = request.session.get(ROLE_MARK)
    if mark is None or request.method not in {"GET", "HEAD"} or request.htmx:
        return False
    return mark != rules.role_mark(request.user, on=today)


def _sign_in_again(request):
    logout(request)
    messages.info(request, _("Your roles have changed. Sign in again to go on."))
    query = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('account_login')}?{query}")


def _second_factor_is_missing(request, today):
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    records = get_authentication_records(request, request.user)
    if rules.has_given_second_factor(records, trusted=settings.SINGLE_SIGN_ON.with_second_factor):
        return False
    return rules.needs_second_factor(request.user, on=today)


def _to_second_factor(request):
    """To give it, or to set one up; what was asked for comes after."""
    if is_mfa_enabled(request.user):
        query = urlencode({"next": request.get_full_path() if request.method == "GET" else "/start/"})
        address = f"{reverse('mfa_reauthenticate')}?{query}"
    else:
        if request.method == "GET" and not request.htmx:
            request.session[ASKED_FIRST] = request.get_full_path()
        messages.info(request, _("Your role needs two steps at sign-in. Set up the second one here."))
        address = reverse("mfa_index")
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


class MentorDoorMiddleware:
    """Say whom the privacy of pages meets: a person as they are in this municipality, or a mentor visitor.

    Whoever came in by a cohort's code is one for as long as that code opens the door.

    A visitor is not signed in: every view that asks for an account stays closed. Only the privacy of pages knows them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.user = SimpleLazyObject(partial(_person, request, request.user))
        return self.get_response(request)


def _groups_here(request, user):
    """The person's groups, of those for readers what the roles in this municipality give alone."""
    here = rules.memberships_in(user, request.municipality or None, on=timezone.localdate())
    elsewhere = {ReaderGroup.STAFF, ReaderGroup.CENTRE} - reader_groups(here)
    return Group.objects.filter(user=user).exclude(name__in=elsewhere)


def _person(request, user):
    if user.is_authenticated:
        # Where page privacy, Wagtail's own for documents too, asks for a person's groups.
        user._prefetched_objects_cache = {"groups": SimpleLazyObject(partial(_groups_here, request, user))}
        return user
    if DOOR not in request.session:
        return user
    door = request.session[DOOR]
    cohorts = MentorCohort.objects.with_open_door(on=timezone.localdate()).with_readers()
    cohort = cohorts.filter(
        pk=door["cohort"], door_code=door["code"], school__municipality__site=Site.find_for_request(request)
    ).first()
    return MentorVisitor(cohort) if cohort else user
