"""Which language a request is in, the start page of that language, and where a page stands in the others."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db.models import CharField, TextField
from django.utils.translation import get_language, get_language_info
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from cms.enums import FooterPage

A_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True)
class PageLanguage:
    """One language of a page: where it stands in it, or else the nearest page above it that does."""

    code: str
    url: str
    is_current: bool
    is_same_page: bool

    @property
    def label(self):
        """Its name as those who speak it write it."""
        name = get_language_info(self.code)["name_local"]
        return name[:1].upper() + name[1:]


def is_source_language():
    """Whether what is asked for is in the language that everything is written in."""
    return get_language() in {settings.LANGUAGE_CODE, None}


def home_of(request):
    """The start page of the request's site in the language of its address; None where that has none."""
    if not hasattr(request, "_home"):
        site = Site.find_for_request(request)
        request._home = site.root_page if site else None
        if site and not is_source_language():
            homes = site.root_page.get_translations().live().filter(alias_of__isnull=True)
            request._home = homes.filter(locale__language_code=get_language()).first()
    return request._home


def homes_of(site):
    """The start pages of a site, one for each language that is published; the Swedish one first."""
    homes = site.root_page.get_translations(inclusive=True).live().filter(alias_of__isnull=True)
    codes = [code for code, _name in settings.LANGUAGES]
    known = [page for page in homes.select_related("locale") if page.locale.language_code in codes]
    return sorted(known, key=lambda page: codes.index(page.locale.language_code))


def find_page(request, path):
    """The page at an address, and what is left of it for the page to understand, such as the steps of a plan.

    One question to the database instead of two for each level; the same answer says where the page stands in other
    languages. None where the site has no such language.
    """
    home = home_of(request)
    if home is None:
        return None, []
    parts = [part for part in path.split("/") if part]
    addresses = {
        f"{home.url_path}{''.join(f'{part}/' for part in parts[:number])}": parts[number:]
        for number in range(len(parts) + 1)
    }
    known = _pages_at(addresses)
    page = max((one for one in known if one.url_path in addresses), key=lambda one: one.depth, default=home)
    request.page_languages = list(_languages_of(page, known, request))
    return page, addresses[page.url_path]


def _pages_at(addresses):
    """The pages at some addresses, and the same ones in other languages."""
    pages = Page.objects.filter(url_path__in=list(addresses))
    if not settings.WAGTAIL_I18N_ENABLED:
        return list(pages)
    return list(Page.objects.filter(translation_key__in=pages.values("translation_key")).select_related("locale"))


def _languages_of(page, known, request):
    """The languages of the site: each with the page itself, or else the nearest one above it."""
    if not settings.WAGTAIL_I18N_ENABLED:
        return
    shown = sorted((one for one in known if one.live and not one.alias_of_id), key=lambda one: one.depth)
    nearest = {one.locale.language_code: one for one in shown}
    homes = {one.locale.language_code for one in shown if one.depth == shown[0].depth}
    codes = [code for code, _name in settings.LANGUAGES if code in homes]
    for code in codes if len(codes) > 1 else []:
        yield PageLanguage(
            code=code,
            url=nearest[code].get_url(request),
            is_current=code == get_language(),
            is_same_page=nearest[code].translation_key == page.translation_key,
        )


def footer_links(request=None):
    """The pages at the foot; one that nobody has translated is led to in Swedish, and says so."""
    home = None if request is None or is_source_language() else home_of(request)
    slugs = set(home.get_children().live().values_list("slug", flat=True)) if home else set()
    return [
        {
            "label": page.label,
            "url": f"{home.get_url(request)}{page}/" if page.value in slugs else f"/{page}/",
            "is_swedish": home is not None and page.value not in slugs,
        }
        for page in FooterPage
    ]


def only_in_source(page):
    """What of a translation still stands in Swedish: the names of its fields, and the ids of its blocks."""
    if is_source_language():
        return frozenset()
    source = page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if source is None:
        return frozenset()
    same = set()
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            written = {block.id: _value(block) for block in getattr(source, field.name)}
            same |= {
                block.id
                for block in getattr(page, field.name)
                if _has_words(block) and _value(block) == written.get(block.id)
            }
        elif type(field) in {CharField, TextField} and field.editable and not field.choices and field.name != "slug":
            text = getattr(page, field.name)
            if A_WORD.search(text or "") and text == getattr(source, field.name):
                same.add(field.name)
    return frozenset(same)


def _value(block):
    return block.get_prep_value()["value"]


def _has_words(block):
    return bool(A_WORD.search(str(_value(block) or "")))
