"""What a page says, kept ready for search: the same on every database."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class SearchTextQuerySet(models.QuerySet):
    def for_pages(self, pages):
        return self.filter(page__in=pages.values("pk"))


class SearchText(models.Model):
    """The words of one page as of its latest publication; who may read it is asked of the page, never of this."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    published_at = models.DateTimeField(_("published"), null=True)
    title_stems = models.TextField(_("words of the title"))
    stems = models.TextField(_("words of the text"))
    passages = models.JSONField(_("passages"), default=list)

    objects = SearchTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("words of a page")
        verbose_name_plural = _("words of pages")

    def __str__(self):
        return str(self.page)


def pages_to_read_again(pages):
    """Of some pages, those that have no words kept or were published since."""
    known = SearchText.objects.filter(page=models.OuterRef("pk"))
    same = Q(published_at=models.OuterRef("last_published_at")) | Q(
        published_at__isnull=True, page__last_published_at__isnull=True
    )
    return pages.exclude(models.Exists(known.filter(same))).order_by(F("path"))
