"""What machines read of the site: the feed of its news, and where its pages are."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Page

from cms.models import NewsPage, SitePageQuerySet, SiteSettings, homes_of

NEWS_IN_THE_FEED = 20
CLOSED = ("/konto/", "/start/", "/mentor/", "/inbjudan/")


def news_feed(request, page):
    """The newest news as Atom; only what everybody may read, whoever asks: a feed reader keeps what it got."""
    owner = SiteSettings.for_request(request).owner_name
    feed = Atom1Feed(
        title=f"{page.title}, {owner}" if owner else page.title,
        link=request.build_absolute_uri(page.get_url(request)),
        description=page.intro,
        language=translation.get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for news in NewsPage.objects.child_of(page).live().public().in_order()[:NEWS_IN_THE_FEED]:
        feed.add_item(
            title=news.title,
            link=request.build_absolute_uri(news.get_url(request)),
            description=news.intro,
            pubdate=datetime.combine(news.date, time.min, UTC),
            updateddate=news.last_published_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


class PagesInEveryLanguage(Sitemap):
    """Every page that everybody may read, each with the addresses of the same page in other languages."""

    def items(self):
        below = Page.objects.none()
        for home in homes_of(self.get_wagtail_site()):
            below |= Page.objects.descendant_of(home, inclusive=True)
        public = SitePageQuerySet(Page).live().public().filter(pk__in=below.values("pk"), alias_of__isnull=True)
        return public.select_related("locale").order_by("path")

    def location(self, page):
        """By the address that was asked, as everywhere else: Wagtail's own knows no https in front of a server."""
        return self.request.build_absolute_uri(page.get_url(self.request))

    def _urls(self, page, protocol, domain):
        pages = list(self.paginator.page(page).object_list)
        addresses = {}
        for one in pages:
            place = {"location": self.location(one), "lang_code": one.locale.language_code}
            addresses.setdefault(one.translation_key, []).append(place)
        days = [self.lastmod(one) for one in pages]
        if days and None not in days:
            self.latest_lastmod = max(days)
        return [
            {
                "location": self.location(one),
                "lastmod": self.lastmod(one),
                "alternates": addresses[one.translation_key] if len(addresses[one.translation_key]) > 1 else [],
            }
            for one in pages
        ]


@login_not_required
def sitemap(request):
    """Every page that everybody may read, with the day it was last published and the languages it can be read in."""
    return wagtail_sitemap(request, {"pages": PagesInEveryLanguage(request)})


@login_not_required
def robots(request):
    """What search engines may read: the site, not its doors; nothing of a demonstration."""
    closed = ["/"] if settings.DEMO else [*CLOSED, *_searches()]
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in closed)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _searches():
    """The search page in every language: what it answers is no page of its own."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield reverse("search")
