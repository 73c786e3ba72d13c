"""This month's theme at a school, for the parents at home: open to anyone, and says nothing of any class."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from wagtail.models import Site

from curriculum.models import SessionPlanPage
from programmes.models import School
from programmes.reports.themes import months_theme


@login_not_required
def school_theme(request, slug):
    today = timezone.localdate()
    site = Site.find_for_request(request)
    school = get_object_or_404(School, municipality__site=site, slug=slug)
    theme = months_theme(school, today=today)
    plan = None
    if theme:
        # The same page for everybody: what an unknown reader may open, also for who is signed in
        plans = SessionPlanPage.objects.live().readable_by(AnonymousUser()).descendant_of(site.root_page)
        plan = plans.filter(session=theme.session).first()
    context = {
        "school": school,
        "theme": theme,
        "question": plan.question_to_take_home if plan else "",
        "plan_url": plan.get_url(request) if plan else "",
    }
    return render(request, "programmes/parents/theme.html", context)
