"""The handbook, one chapter after the other, and the glossary on a page of its own."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Site
from wagtail.search import index

from accounts.rules import validate_no_personal_identity_number
from cms.blocks import BodyBlock
from cms.enums import HandbookPart
from cms.models.base import BasePage
from cms.models.snippets import SupportContact
from cms.models.words import Word


class HandbookPage(BasePage):
    """The handbook's first page: what it is for, and its chapters in order. Who may read it may read what is in it."""

    template = "cms/handbook_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.HandbookChapterPage"]
    max_count_per_parent = 1

    intro = models.TextField(_("introduction"), blank=True, validators=[validate_no_personal_identity_number])

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = _("handbook")

    def chapters_for(self, user):
        """The published chapters that this person may read, in order."""
        return HandbookChapterPage.objects.child_of(self).live().readable_by(user).order_by("path")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["chapters"] = [
            {"page": chapter, "url": chapter.get_url(request)} for chapter in self.chapters_for(request.user)
        ]
        return context


class HandbookChapterPage(BasePage):
    """A chapter: its own words, and under them what is kept elsewhere, so that nothing is written twice."""

    template = "cms/handbook_chapter_page.html"
    parent_page_types = ["cms.HandbookPage"]
    subpage_types = []

    intro = models.TextField(_("introduction"), blank=True, validators=[validate_no_personal_identity_number])
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    part = models.CharField(_("shows under the text"), max_length=10, choices=HandbookPart, default=HandbookPart.TEXT)

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body"), FieldPanel("part")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro"), index.SearchField("body")]

    class Meta:
        verbose_name = _("chapter of the handbook")
        verbose_name_plural = _("chapters of the handbook")

    @cached_property
    def handbook(self):
        return self._above[-1].specific

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        chapters = list(self.handbook.chapters_for(request.user))
        place = next((number for number, chapter in enumerate(chapters) if chapter.pk == self.pk), None)
        if place is not None:
            context["before"] = _neighbour(chapters, place - 1, request) if place else None
            context["after"] = _neighbour(chapters, place + 1, request) if place + 1 < len(chapters) else None
        if self.part == HandbookPart.WORDS:
            context["words"] = list(Word.objects.for_site(Site.find_for_request(request)))
        if self.part == HandbookPart.SUPPORT:
            context["contacts"] = SupportContact.objects.shown_to(request)
        # The plans and their scenarios are known to a room above.
        context["sections"] = [
            section for hook in hooks.get_hooks("stins_page_sections") for section in hook(request, self)
        ]
        return context


def _neighbour(chapters, place, request):
    return {"title": chapters[place].title, "url": chapters[place].get_url(request)}


class GlossaryPage(BasePage):
    """Every word of the glossary in the order of the alphabet, each with an address of its own."""

    template = "cms/glossary_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    intro = models.TextField(_("introduction"), blank=True, validators=[validate_no_personal_identity_number])

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = _("glossary page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["words"] = list(Word.objects.for_site(Site.find_for_request(request)))
        return context
