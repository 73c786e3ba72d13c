"""Brings the glossary of a site in step with its file, and leaves alone what a person has changed."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction
from wagtail.models import Site

from cms.models import Word
from curriculum.actions.content import LoadResult, WordRow
from curriculum.actions.snippets import keep_snippet


@transaction.atomic
def load_words(*, site: Site, words: Iterable[WordRow]) -> LoadResult:
    """Create and update the words by their basic form; a word that a person has changed or deleted is left alone."""
    result = LoadResult()
    for row in words:
        known = Word.objects.filter(site=site, term=row.term).first()
        keep_snippet(known or Word(site=site, term=row.term), asdict(row), label=row.term, result=result)
    return result
