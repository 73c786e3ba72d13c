"""Keeps the words that search reads in step with the published pages."""

from typing import Any

from django.db import transaction
from wagtail.search import index

from cms.models import BasePage, SearchText
from cms.models.search import pages_to_read_again
from cms.rules import stems_of

LONGEST_PASSAGE = 1200


def read_pages_again(*, pages: Any) -> int:
    """Keep the words of pages that were published since they were read; how many that was.

    Whoever searches first after a publication does it: nothing has to run beside the server, and nothing is missed.
    """
    stale = list(pages_to_read_again(pages).specific())
    if not stale:
        return 0
    rows = [_row(page) for page in stale if isinstance(page, BasePage)]
    with transaction.atomic():
        SearchText.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["page"],
            update_fields=["published_at", "title_stems", "stems", "passages"],
        )
    return len(rows)


def _row(page: BasePage) -> SearchText:
    passages = _passages(page)
    return SearchText(
        page_id=page.pk,
        published_at=page.last_published_at,
        title_stems=" ".join(sorted(stems_of(page.title))),
        stems=" ".join(sorted(stems_of(" ".join(passages)))),
        passages=passages,
    )


def _passages(page: BasePage) -> list[str]:
    """The page's texts one by one, in the order that its fields are named as searchable; its title stands apart."""
    found: list[str] = []
    for field in page.get_search_fields():
        if not isinstance(field, index.SearchField) or field.field_name == "title":
            continue
        value = field.get_value(page)
        found += [value] if isinstance(value, str) else [text for text in value or [] if isinstance(text, str)]
    texts = (" ".join(text.replace("\x00", "").split())[:LONGEST_PASSAGE] for text in found)
    return list(dict.fromkeys(text for text in texts if text))
