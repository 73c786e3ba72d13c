"""Registers the catalogue in the admin, the programmes on the start page, and what must hold before publishing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.enums import HandbookPart
from cms.models import HandbookPage
from curriculum.enums import SessionKind
from curriculum.models import ProgrammePage, SessionPlanPage, fetch_scenarios
from curriculum.views.handbook import handbook_file, mentors_plans, plans_on_the_site
from curriculum.views.plans import plan_file, scenario_cards
from curriculum.viewsets import CatalogueViewSetGroup, ScenarioViewSet

# The page for parents that shows a question for each theme, by the end of its address.
DINNER_TABLE = "fraga-vid-middagsbordet"
SECTIONS_OF_THE_HANDBOOK = {
    HandbookPart.PLANS: "curriculum/_handbook_plans.html",
    HandbookPart.SCENARIOS: "curriculum/_handbook_scenarios.html",
}

register_snippet(ScenarioViewSet)


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


@hooks.register("stins_page_sections")
def plans_in_the_handbook(request, page):
    """The plans, or their scenarios, in the chapter that shows them: those that the reader may open."""
    template = SECTIONS_OF_THE_HANDBOOK.get(getattr(page, "part", None))
    if template is None:
        return []
    plans = mentors_plans(request)
    if page.part == HandbookPart.SCENARIOS:
        plans = fetch_scenarios(plans)
    return [{"template": template, "plans": [{"page": plan, "url": plan.get_url(request)} for plan in plans]}]


@hooks.register("stins_page_sections")
def questions_for_the_dinner_table(request, page):
    """A question for each theme, taken from the plans; the base session of the month first."""
    if page.slug != DINNER_TABLE:
        return []
    kinds = [SessionKind.BASE, SessionKind.ADDITIONAL]
    plans = plans_on_the_site(request).filter(session__kind__in=kinds).order_by("session__order")
    asked = [(plan, plan.question_to_take_home) for plan in plans]
    rows = [
        {"title": plan.title, "question": question, "url": plan.get_url(request), "month": plan.session.month}
        for plan, question in asked
        if question
    ]
    month = timezone.localdate().month
    this_month = [row for row in rows if row["month"] == month]
    return [{"template": "curriculum/_dinner_questions.html", "themes": rows, "month": this_month}] if rows else []


@hooks.register("stins_page_views")
def files_of_a_plan(page):
    """A plan can be had on paper, and its scenarios as cards."""
    return {"pdf": plan_file, "kort": scenario_cards} if isinstance(page, SessionPlanPage) else {}


@hooks.register("stins_page_views")
def file_of_the_handbook(page):
    """The whole handbook can be had as a book: the chapters that its reader may open."""
    return {"pdf": handbook_file} if isinstance(page, HandbookPage) else {}


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
