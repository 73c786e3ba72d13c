"""What is new: short pages with a day, the newest first."""

from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from accounts.rules import validate_no_personal_identity_number
from cms.blocks import BodyBlock, validate_no_placeholder
from cms.enums import SearchKind
from cms.models.base import BasePage, SitePageQuerySet

NEWS_A_PAGE = 20


def today():
    return timezone.localdate()


class NewsIndexPage(BasePage):
    """The news of a site."""

    template = "cms/news_index_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    max_count_per_parent = 1

    intro = models.TextField(_("introduction"), blank=True, validators=[validate_no_personal_identity_number])

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = _("news index")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.child_of(self).live().readable_by(request.user).in_order()
        context["news"] = Paginator(news, NEWS_A_PAGE).get_page(request.GET.get("sida"))
        return context


class NewsPageQuerySet(SitePageQuerySet):
    def in_order(self):
        """The newest first."""
        return self.order_by("-date", "-pk")


class NewsPage(BasePage):
    """One thing that is new, on its day."""

    template = "cms/news_page.html"
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types = []
    search_kind = SearchKind.NEWS

    date = models.DateField(_("day"), default=today)
    intro = models.TextField(
        _("introduction"),
        help_text=_("What is new, in a sentence or two. It stands in the list and in the feed."),
        validators=[validate_no_personal_identity_number, validate_no_placeholder],
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = PageManager.from_queryset(NewsPageQuerySet)()

    content_panels = [*BasePage.content_panels, FieldPanel("date"), FieldPanel("intro"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro"), index.SearchField("body")]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")
