"""The handbook as a file: what this reader may read of it, as one book."""

from wagtail.models import Site

from cms.enums import HandbookPart
from cms.models import SupportContact, Word, home_of
from curriculum.enums import SessionKind
from curriculum.models import SessionPlanPage, fetch_scenarios
from curriculum.pdf import Handbook, handbook_pdf
from curriculum.views.plans import owner_of, pdf_response

SHOWS_PLANS = {HandbookPart.PLANS, HandbookPart.SCENARIOS}


def handbook_file(request, page):
    handbook = handbook_of(request, page)
    content = handbook_pdf(
        handbook, owner=owner_of(request), address=page.get_full_url(request), made_at=changed_at(handbook)
    )
    return pdf_response(content, name=page.slug)


def mentors_plans(request):
    """The plans that mentors hold, in order: those of the site that this reader may open."""
    return plans_on_the_site(request).filter(session__kind=SessionKind.MENTOR).order_by("session__order")


def plans_on_the_site(request):
    home = home_of(request)
    plans = SessionPlanPage.objects.live().readable_by(request.user).select_related("session")
    return plans.descendant_of(home) if home else plans.none()


def handbook_of(request, page):
    """What a reader may read of the handbook, asked for at once."""
    chapters = list(page.chapters_for(request.user))
    parts = {chapter.part for chapter in chapters}
    return Handbook(
        page=page,
        chapters=chapters,
        plans=fetch_scenarios(mentors_plans(request)) if parts & SHOWS_PLANS else [],
        words=list(Word.objects.for_site(Site.find_for_request(request))) if HandbookPart.WORDS in parts else [],
        contacts=list(SupportContact.objects.for_request(request)),
    )


def changed_at(handbook):
    """The moment that the book carries: when one of its pages or scenarios was last changed."""
    pages = [handbook.page.last_published_at, *[chapter.last_published_at for chapter in handbook.chapters]]
    return max(filter(None, [*pages, *[plan.changed_at for plan in handbook.plans]]))
