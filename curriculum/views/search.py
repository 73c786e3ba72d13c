"""The search page: one box, and what answers it, by kind."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from wagtail.models import Page, Site

from cms.actions.search import read_pages_again
from cms.enums import SearchKind
from cms.models import SitePageQuerySet, SupportContact, SupportPage, Word, home_of, is_source_language
from cms.reports.search import best_passage, find, page_entries, passages_of, read_query, text_entry

PAGE_KINDS = {SearchKind.PLAN, SearchKind.HANDBOOK, SearchKind.PAGE, SearchKind.NEWS}
HANDBOOK, GLOSSARY = "/handbok/", "begrepp"


@login_not_required
def search(request):
    query = read_query(request.GET.get("q", ""))
    pages, contacts, words, answer = [], {}, {}, None
    if query.terms:
        pages = list(_readable_pages(request))
        contacts = {contact.pk: contact for contact in SupportContact.objects.shown_to(request)}
        words = {word.pk: word for word in _words(request)}
        entries = [
            *page_entries(pages, kind_of=_kind_of),
            *[_contact_entry(contact) for contact in contacts.values()],
            *[
                text_entry(SearchKind.WORD, word.pk, word.term, word.explanation, also=word.forms)
                for word in words.values()
            ],
        ]
        answer = find(query, entries)
    context = {
        "query": query.text,
        "answer": answer,
        "groups": _groups(request, answer, pages, contacts, words) if answer else [],
        "support_page": SupportPage.for_request(request),
    }
    return render(request, "curriculum/search.html", context)


def _readable_pages(request):
    """What this person may read of the site in the language of the address, its words up to date."""
    home = home_of(request)
    if home is None:
        return Page.objects.none()
    below = SitePageQuerySet(Page).live().descendant_of(home, inclusive=True)
    read_pages_again(pages=below)
    return below.readable_by(request.user)


def _words(request):
    """The glossary, which is in Swedish: among what is found in another language it would only be in the way."""
    return Word.objects.for_site(Site.find_for_request(request)) if is_source_language() else ()


def _kind_of(page):
    if HANDBOOK in page.url_path:
        return SearchKind.HANDBOOK
    return getattr(page.specific_class, "search_kind", SearchKind.PAGE)


def _contact_entry(contact):
    also = f"{contact.get_audience_display()} {contact.hours}"
    return text_entry(SearchKind.CONTACT, contact.pk, contact.name, contact.description, also=also)


def _groups(request, answer, pages, contacts, words):
    """What the template shows: a heading for each kind, and its hits with the passage that answers."""
    site = Site.find_for_request(request)
    by_pk = {page.pk: page for page in pages}
    found = [hit.entry.key for kind, hits in answer.hits.items() if kind in PAGE_KINDS for hit in hits]
    passages = passages_of(found)
    glossary = next((page.get_url(request, site) for page in pages if page.slug == GLOSSARY), "")

    def shown(kind, hit):
        entry, url, contact = hit.entry, "", None
        texts = entry.passages
        if kind in PAGE_KINDS:
            url, texts = by_pk[entry.key].get_url(request, site), passages.get(entry.key, [])
        elif kind == SearchKind.CONTACT:
            contact = contacts[entry.key]
        else:
            url = glossary
        return {"title": entry.title, "url": url, "contact": contact, "passage": best_passage(texts, hit.stems)}

    return [{"label": kind.label, "hits": [shown(kind, hit) for hit in hits]} for kind, hits in answer.hits.items()]
