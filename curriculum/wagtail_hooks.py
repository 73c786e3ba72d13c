"""Registers the catalogue in the admin, the programmes on the start page, and what must hold before publishing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from curriculum.models import ProgrammePage, SessionPlanPage
from curriculum.views.plans import plan_file, scenario_cards
from curriculum.viewsets import CatalogueViewSetGroup


@hooks.register("register_admin_viewset")
def register_catalogue():
    return CatalogueViewSetGroup()


@hooks.register("stins_home_sections")
def programmes_on_the_start_page(request, page):
    """The line of the programme that has base sessions, then every programme with its own colour."""
    pages = list(
        ProgrammePage.objects.descendant_of(page)
        .live()
        .public()
        .select_related("programme")
        .order_by("programme__order")
    )
    lines = [one for one in pages if one.programme.code == "taget"]
    sections = [
        {"template": "curriculum/_home_line.html", "programme": one.programme, "sessions": one.taught_sessions}
        for one in lines
    ]
    return [*sections, {"template": "curriculum/_home_programmes.html", "pages": pages}] if pages else []


@hooks.register("stins_page_views")
def files_of_a_plan(page):
    """A plan can be had on paper, and its scenarios as cards."""
    return {"pdf": plan_file, "kort": scenario_cards} if isinstance(page, SessionPlanPage) else {}


@hooks.register("before_bulk_action")
def refuse_unfinished_pages(request, action_type, objects, action):
    """Publishing many at once skips the form: say which page is unfinished instead of failing half-way."""
    if request.method != "POST" or action_type != "publish" or action.model is not Page:
        return None
    for page in _to_be_published(objects, with_descendants="include_descendants" in request.POST):
        try:
            page.get_latest_revision_as_object().full_clean()
        except ValidationError as error:
            words = {"title": page.title, "reason": " ".join(error.messages)}
            messages.error(request, _("Nothing was published. %(title)s: %(reason)s") % words)
            return redirect(action.next_url)
    return None


def _to_be_published(pages, *, with_descendants):
    for page in pages:
        yield page
        if with_descendants:
            yield from page.get_descendants().not_live()
