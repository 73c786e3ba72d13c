"""A session plan as a file: the whole plan, and its scenarios as cards. Who may read the page may have them."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from cms.models import SiteSettings, SupportContact
from curriculum.pdf import cards_pdf, plan_pdf


def plan_file(request, page):
    contacts = SupportContact.objects.for_request(request) if page.shows_support else ()
    content = plan_pdf(page, owner=owner_of(request), made_at=changed_at(page), contacts=contacts)
    return pdf_response(content, name=page.slug)


def scenario_cards(request, page):
    if not page.told_scenarios:
        raise Http404
    content = cards_pdf(page, owner=owner_of(request), made_at=changed_at(page))
    return pdf_response(content, name=f"{page.slug}-scenariokort")


def owner_of(request):
    """Whose name stands at the foot: the municipality's."""
    return SiteSettings.for_request(request).owner_name


def changed_at(page):
    """The moment that a file carries: when its words were last changed, so that an unchanged page is the same file."""
    return page.changed_at or timezone.now()


def pdf_response(content, *, name):
    """A file that is shown in the browser, under a name without Swedish letters when it is kept."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(name)}.pdf"'
    return response
