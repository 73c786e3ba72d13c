"""The site's pages, its pictures and documents, its support contacts and its settings."""

from cms.models.access import READERS, access_above, access_to, own_access, restrictions_on
from cms.models.base import BasePage, SitePageQuerySet
from cms.models.handbook import GlossaryPage, HandbookChapterPage, HandbookPage
from cms.models.languages import find_page, footer_links, home_of, homes_of, is_source_language
from cms.models.media import Rendition, SiteDocument, SiteImage
from cms.models.news import NewsIndexPage, NewsPage
from cms.models.notices import CrisisNotice
from cms.models.pages import HomePage, StandardPage, SupportPage
from cms.models.review import SecondReader, SitePagePermissionTester, publishes_alone
from cms.models.search import SearchText
from cms.models.settings import SiteSettings
from cms.models.snippets import OfASiteForm, SupportContact, of_sites_edited_by
from cms.models.words import Word

__all__ = [
    "READERS",
    "BasePage",
    "CrisisNotice",
    "GlossaryPage",
    "HandbookChapterPage",
    "HandbookPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "OfASiteForm",
    "Rendition",
    "SearchText",
    "SecondReader",
    "SiteDocument",
    "SiteImage",
    "SitePagePermissionTester",
    "SitePageQuerySet",
    "SiteSettings",
    "StandardPage",
    "SupportContact",
    "SupportPage",
    "Word",
    "access_above",
    "access_to",
    "find_page",
    "footer_links",
    "home_of",
    "homes_of",
    "is_source_language",
    "of_sites_edited_by",
    "own_access",
    "publishes_alone",
    "restrictions_on",
]
