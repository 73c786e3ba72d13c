"""Brings the translations of a site's pages and contacts in step with their files, beside what translators have done.

A translation is kept where translators work: text by text, each beside its Swedish. So whatever is loaded can be
changed there, and what becomes another text in Swedish is asked for again.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.models import BasePage, SupportContact
from curriculum.actions.content import LoadResult, PageContent
from curriculum.actions.pages import checked_stream, find_page


@transaction.atomic
def load_translations(*, site: Site, language: str, content: PageContent, publish: bool) -> LoadResult:
    """Translate the pages that the content names, its start page at the root; drafts unless they are to be published.

    A page whose translation, or whose Swedish, a person has changed is left alone and named.
    """
    locale, _is_new = Locale.objects.get_or_create(language_code=language)
    result = LoadResult()
    _translate(site.root_page.specific, content, locale, publish=publish, result=result)
    return result


def _translate(page: BasePage, content: PageContent, locale: Locale, *, publish: bool, result: LoadResult) -> None:
    known = page.get_translation_or_none(locale)
    if _has_a_persons_hand(page) or (known is not None and _has_a_persons_hand(known)):
        result.left_alone.append(f"{content.fields['title']} ({locale.language_code})")
    else:
        slug = f"{page.slug}-{locale.language_code}" if page.depth == 2 else page.slug
        texts = {"slug": slug, **_texts_of_page(page, content)}
        translation, is_changed = _keep_texts(page, texts, locale)
        if known is not None and not is_changed:
            result.unchanged += 1
        else:
            translation.save_target(publish=False)
            saved = page.get_translation(locale)
            if publish and (known is None or known.live):
                saved.get_latest_revision().publish()
            result.created += known is None
            result.updated += known is not None
    for child in content.children:
        below = find_page(page, child)
        if below is not None:
            _translate(below, child, locale, publish=publish, result=result)


def _has_a_persons_hand(page: Page) -> bool:
    return bool(page.latest_revision and page.latest_revision.user_id)


@transaction.atomic
def load_contact_words(*, site: Site, language: str, words: Mapping[str, Mapping[str, str]]) -> LoadResult:
    """Say the contacts of the support list in a language; `words` has their fields by their Swedish name."""
    locale, _is_new = Locale.objects.get_or_create(language_code=language)
    result = LoadResult()
    own = SupportContact.objects.filter(locale__language_code=settings.LANGUAGE_CODE, name__in=list(words))
    for contact in own.filter(site=site) | own.filter(site=None):
        known = contact.get_translation_or_none(locale)
        translation, is_changed = _keep_texts(contact, words[contact.name], locale)
        if known is not None and not is_changed:
            result.unchanged += 1
            continue
        translation.save_target()
        result.created += known is None
        result.updated += known is not None
    return result


def _keep_texts(instance: Any, texts: Mapping[str, str], locale: Locale) -> tuple[Translation, bool]:
    """Keep texts by their place; what a person has written in such a place stays. Whether anything was changed."""
    source, _is_new = TranslationSource.update_or_create_from_instance(instance)
    translation, is_changed = Translation.objects.get_or_create(source=source, target_locale=locale)
    places = [(segment.context_id, segment.string_id, segment.context.path) for segment in _segments(source)]
    known = {
        (one.context_id, one.translation_of_id): one
        for one in StringTranslation.objects.filter(locale=locale, context__in=[place[0] for place in places])
    }
    for context, string, path in places:
        text, before = texts.get(path), known.get((context, string))
        if not text or (before and (before.data == text or before.last_translated_by_id)):
            continue
        StringTranslation.objects.update_or_create(
            translation_of_id=string,
            locale=locale,
            context_id=context,
            defaults={"data": text, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
        )
        is_changed = True
    return translation, is_changed


def _segments(source: TranslationSource) -> Iterable[Any]:
    return source.stringsegment_set.select_related("context")


def _texts_of_page(page: BasePage, content: PageContent) -> dict[str, str]:
    """The translated texts by their place in the page: those of blocks by the ids that they share with the Swedish."""
    translated = copy(page)
    for name, value in content.fields.items():
        field = content.kind._meta.get_field(name)
        if not field.is_relation:
            is_stream = isinstance(field, StreamField)
            setattr(translated, name, checked_stream(field, value, content.source) if is_stream else value)
    return {
        segment.path: segment.string.data
        for segment in extract_segments(translated)
        if isinstance(segment, StringSegmentValue) and segment.path.split(".")[0] in content.fields
    }
