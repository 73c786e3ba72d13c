"""What the programmes room adds to the shell: menus, the tabs at the thumb, and reporting from a plan."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseForbidden
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _, gettext_lazy as _lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, Revision

from cms.enums import ReaderGroup
from cms.models import BasePage
from curriculum.enums import SessionKind
from curriculum.models import ProgrammePage, SessionPlanPage
from programmes import rules
from programmes.actions.demo import DEMO_ACCOUNTS
from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.exports.privacy_words import kept_in_words
from programmes.imports.retention import read_decisions, read_policy
from programmes.models import Delivery, ParentGroup, School
from programmes.viewsets import RegisterViewSetGroup

PRIVACY_SLUG = "personuppgifter"
PARENTS_SLUG = "for-foraldrar"


def _school_in_view(request, today):
    """The school whose page this is, or the person's only one."""
    if hasattr(request, "school"):
        return request.school
    if not hasattr(request, "only_school"):
        request.only_school = _only_school(request, today)
    return request.only_school


def _only_school(request, today):
    schools = School.objects.visible_to(request.user, on=today).filter(municipality=request.municipality or None)
    found = list(schools.in_order()[:2])
    return found[0] if len(found) == 1 else None


def _places_of_the_school(request, today):
    """What a coordinator or leader reaches from the menu, and on a phone beside the tabs."""
    if not rules.roles_of(request.user, on=today) & {"coordinator", "leader"}:
        return []
    school = _school_in_view(request, today)
    if school is None or not rules.can_report_at_school(request.user, school, on=today):
        return []
    return [
        (_("The year's plan"), reverse("programmes:plan_list", args=[school.slug])),
        (_("Secure base"), reverse("programmes:secure_bases", args=[school.slug])),
        (_("Staff"), reverse("programmes:staff_list", args=[school.slug])),
        (_("Parents"), reverse("programmes:parent_list", args=[school.slug])),
        (_("Questions to pupils"), reverse("programmes:survey_list", args=[school.slug])),
    ]


def _is_mentor(request):
    return getattr(request.user, "is_mentor", False)


def _mentor_places(request):
    """A mentor's places: the sessions, the support list, and what to do with a worry."""
    places = [
        (_("My sessions"), "line", request.user.home_url),
        (_("Support"), "support", "/stod/"),
        (_("Worried?"), "people", "/orolig-for-nagon/"),
    ]
    return [{"label": label, "icon": icon, "url": url, "current": request.path == url} for label, icon, url in places]


@hooks.register("stins_menu")
def menu(request):
    if _is_mentor(request):
        return _mentor_places(request)
    if not request.user.is_authenticated:
        return []
    today = timezone.localdate()
    items = [(_("Schools"), reverse("programmes:school_list")), *_places_of_the_school(request, today)]
    if rules.can_read_overview(request.user, request.municipality, on=today):
        items.append((_("Overview"), reverse("programmes:overview")))
        items.append((_("Parents"), reverse("programmes:all_parents")))
    if rules.can_read_reports(request.user, request.municipality, on=today):
        items.append((_("Reports"), reverse("programmes:reports")))
        items.append((_("Reminders"), reverse("programmes:reminder_list")))
    if rules.can_take_evaluation_packages(request.user, request.municipality, on=today):
        items.append((_("Evaluation"), reverse("programmes:evaluation")))
    if rules.can_open_imports(request.user, request.municipality, on=today):
        items.append((_("Import"), reverse("programmes:import_start")))
    if rules.can_read_rewrite_list(request.user, request.municipality, on=today):
        items.append((_("What to rewrite"), reverse("programmes:rewrite_list")))
    if rules.can_keep_courses(request.user, request.municipality, on=today):
        items.append((_("Courses"), reverse("programmes:course_list")))
    if rules.can_keep_registers(request.user, request.municipality, on=today):
        items.append((_("Registers"), reverse("registers_schools:index")))
    if rules.can_see_all_people(request.user, request.municipality, on=today):
        items.append((_("People"), reverse("programmes:people")))
    if rules.can_invite(request.user, request.municipality, on=today):
        items.append((_("Invitations"), reverse("programmes:invitation_list")))
    if rules.can_read_event_log(request.user, request.municipality, on=today):
        items.append((_("Event log"), reverse("programmes:event_log")))
    if rules.can_read_secure_base_shares(request.user, request.municipality, on=today):
        items.append((_("Secure base"), reverse("programmes:report", args=["trygg-bas"])))
    if rules.can_read_survey_answers(request.user, request.municipality, on=today):
        items.append((_("Questions to pupils"), reverse("programmes:survey_questions")))
    if rules.can_have_calendar(request.user, request.municipality, on=today):
        items.append((_("Year wheel"), reverse("programmes:year_wheel")))
    items.append((_("Programmes"), "/program/"))
    if rules.can_edit_site(request.user, request.municipality, on=today):
        items.append((_("Edit the site"), reverse("wagtailadmin_home")))
    if rules.can_write_crisis_notice(request.user, request.municipality, on=today):
        items.append((_("Crisis notice"), reverse("programmes:notices")))
    if request.user.is_staff:
        items.append((_("System administration"), reverse("admin:index")))
    items.append((_("Roles and rights"), reverse("programmes:role_list")))
    items.append((_("Your account"), reverse("account_overview")))
    return [{"label": label, "url": url, "current": request.path == url} for label, url in items]


@hooks.register("register_admin_viewset")
def register_registers():
    return RegisterViewSetGroup()


@hooks.register("construct_main_menu")
def only_the_registers(request, items):
    """Whoever comes for the registers is not led to what is closed to them."""
    if rules.keeps_registers_only(request.user, request.municipality, on=timezone.localdate()):
        items[:] = [item for item in items if item.label == RegisterViewSetGroup.menu_label]


@hooks.register("stins_page_sections")
def what_is_kept(request, page):
    """Under the editor's words on `Så behandlar vi personuppgifter`: what is stored, out of the rules themselves."""
    if page.slug != PRIVACY_SLUG:
        return []
    kept = kept_in_words(read_decisions(), read_policy())
    return [{"template": "programmes/retention/_kept.html", "kept": kept}]


@hooks.register("stins_page_sections")
def coming_groups_on_pages(request, page):
    """The way to the groups to come, on the page about ABC and on the page for parents."""
    is_about_abc = isinstance(page, ProgrammePage) and page.programme.code == "abc"
    if not is_about_abc and page.slug != PARENTS_SLUG:
        return []
    groups = ParentGroup.objects.filter(municipality=request.municipality or None)
    number = groups.open_for_sign_up(on=timezone.localdate()).count()
    return [{"template": "programmes/coming_groups/_way_in.html", "number": number}]


@hooks.register("stins_tabs")
def tabs(request):
    """A coordinator's or a mentor's places at the thumb, on a phone."""
    if _is_mentor(request):
        return [*_mentor_places(request), {"label": _("More"), "icon": "menu", "url": "#meny", "current": False}]
    if not request.user.is_authenticated:
        return []
    today = timezone.localdate()
    if not rules.roles_of(request.user, on=today) & {"coordinator", "leader"}:
        return []
    school = _school_in_view(request, today)
    if school is None or not rules.can_report_at_school(request.user, school, on=today):
        return []
    places = [
        (_("The year"), "line", reverse("programmes:school_year", args=[school.slug])),
        (_("Report"), "check", reverse("programmes:delivery_report", args=[school.slug])),
        (_("Secure base"), "people", reverse("programmes:secure_bases", args=[school.slug])),
    ]
    inside = reverse("programmes:secure_bases", args=[school.slug])
    items = [
        {
            "label": label,
            "icon": icon,
            "url": url,
            "current": request.path == url or (url == inside and request.path.startswith(inside)),
        }
        for label, icon, url in places
    ]
    return [*items, {"label": _("More"), "icon": "menu", "url": "#meny", "current": False}]


@hooks.register("before_serve_page")
def say_who_may_read(page, request, serve_args, serve_kwargs):
    """Whoever is inside but may not read a page is told so; whoever is outside is led to the door that opens it.

    Wagtail alone would send both to a sign-in page of its own, where the one who is signed in goes round in circles.
    """
    refusing = page.restrictions_refusing(request.user) if isinstance(page, BasePage) else []
    if not refusing:
        return None
    if request.user.is_authenticated or _is_mentor(request):
        raise PermissionDenied
    if all(one.groups.filter(name=ReaderGroup.MENTORS).exists() for one in refusing):
        return redirect(f"{reverse('programmes:mentor_page')}?{urlencode({'next': request.path})}")
    return redirect_to_login(request.get_full_path())


@hooks.register("before_serve_document", order=-1)
def say_who_may_have_a_document(document, request):
    """Whoever is inside but may not have a document is told so; Wagtail would look for a sign-in page of its own."""
    if not all(one.accept_request(request) for one in document.collection.get_view_restrictions()):
        raise PermissionDenied


@hooks.register("before_edit_user")
def remember_account(request, user):
    """What an account is like before the form is read, so that the log can say what kind of thing was changed."""
    request.account_before = _account(user)


@hooks.register("after_create_user")
@hooks.register("after_edit_user")
def log_account(request, user):
    """An account that is made or changed among the site's settings leaves the same trace as in the registers.

    The log names the fields, never what stood or stands in them.
    """
    before, after = getattr(request, "account_before", {}), _account(user)
    log_event(
        kind=EventKind.ACCOUNT_CHANGED,
        actor=request.user,
        person=user,
        municipality=request.municipality or None,
        about={"fields": [name for name, value in after.items() if value != before.get(name)]},
    )


def _account(user):
    names = ("email", "first_name", "last_name", "alias", "password", "is_active", "is_staff", "is_superuser")
    stored = type(user).objects.values(*names).get(pk=user.pk)
    return {**stored, "groups": sorted(user.groups.values_list("pk", flat=True))}


@hooks.register("on_serve_page")
def keep_private_pages_private(serve):
    """No cache on the way keeps a page that not everybody may read; Wagtail says so only for what it refused."""

    def inner(page, request, serve_args, serve_kwargs):
        response = serve(page, request, serve_args, serve_kwargs)
        if getattr(page, "is_restricted", False):
            add_never_cache_headers(response)
        return response

    return inner


@hooks.register("stins_demo_accounts")
def demo_accounts(request):
    return DEMO_ACCOUNTS if settings.DEMO else []


@hooks.register("stins_plan_actions")
def report_from_plan(request, session):
    """`Report the session` on a plan, for whoever reports at exactly one school; a class meets no staff session."""
    if not request.user.is_authenticated or session.kind == SessionKind.STAFF:
        return []
    today = timezone.localdate()
    school = _school_in_view(request, today)
    if school is None or not rules.can_report_at_school(request.user, school, on=today):
        return []
    address = reverse("programmes:delivery_report", args=[school.slug])
    return [{"label": _("Report the session"), "url": f"{address}?pass={session.code}"}]


class RewriteListMenuItem(MenuItem):
    def is_shown(self, request):
        return rules.can_read_rewrite_list(request.user, request.municipality, on=timezone.localdate())


@hooks.register("register_reports_menu_item")
def rewrite_list_menu_item():
    """Among the editors' reports: how the plans have served."""
    return RewriteListMenuItem(
        _lazy("What to rewrite"), reverse("programmes:rewrite_list"), icon_name="edit", order=100
    )


def _has_deliveries(page):
    plans = SessionPlanPage.objects.descendant_of(page, inclusive=True)
    revisions = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(SessionPlanPage),
        object_id__in=[str(pk) for pk in plans.values_list("pk", flat=True)],
    )
    return Delivery.objects.filter(plan_revision__in=revisions).exists()


def _kept(request, page):
    return HttpResponseForbidden(render(request, "programmes/plans/keep_page.html", {"page": page}).content)


@hooks.register("before_delete_page")
def keep_page_with_deliveries(request, page):
    """A plan that sessions have been held with is unpublished, never deleted: its versions are part of the record."""
    return _kept(request, page) if _has_deliveries(page) else None


@hooks.register("before_bulk_action")
def keep_pages_with_deliveries(request, action_type, objects, action_class_instance):
    """The same when many pages are chosen at once."""
    if action_type != "delete":
        return None
    return next((_kept(request, page) for page in objects if isinstance(page, Page) and _has_deliveries(page)), None)
