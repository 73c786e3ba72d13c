"""What machines read of the site: the feed of its news, and where its pages are."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap

from cms.models import NewsPage, SiteSettings

NEWS_IN_THE_FEED = 20
CLOSED = ("/konto/", "/start/", "/mentor/", "/inbjudan/", "/sok/")


def news_feed(request, page):
    """The newest news as Atom; only what everybody may read, whoever asks: a feed reader keeps what it got."""
    owner = SiteSettings.for_request(request).owner_name
    feed = Atom1Feed(
        title=f"{page.title}, {owner}" if owner else page.title,
        link=request.build_absolute_uri(page.get_url(request)),
        description=page.intro,
        language="sv",
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


@login_not_required
def sitemap(request):
    """Every page that everybody may read, with the day it was last published."""
    return wagtail_sitemap(request)


@login_not_required
def robots(request):
    """What search engines may read: the site, not its doors; nothing of a demonstration."""
    closed = ["/"] if settings.DEMO else CLOSED
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in closed)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
