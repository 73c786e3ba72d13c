"""The start page, plain pages and the support page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from accounts.rules import validate_no_personal_identity_number
from cms.blocks import BodyBlock
from cms.models.base import BasePage
from cms.models.languages import home_of
from cms.models.snippets import SupportContact


class HomePage(BasePage):
    """The public start of a municipality's site."""

    template = "cms/home_page.html"
    parent_page_types = ["wagtailcore.Page"]

    heading = models.CharField(_("heading"), max_length=120, validators=[validate_no_personal_identity_number])
    intro = models.TextField(_("introduction"), validators=[validate_no_personal_identity_number])
    support_prompt = models.CharField(
        _("question above the support list"), max_length=120, validators=[validate_no_personal_identity_number]
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("heading"),
        FieldPanel("intro"),
        FieldPanel("support_prompt"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("heading"), index.SearchField("intro")]

    class Meta:
        verbose_name = _("start page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        # The rooms above put their sections on the start page: each a template, and what it needs.
        context["sections"] = [
            section for hook in hooks.get_hooks("stins_home_sections") for section in hook(request, self)
        ]
        context["support_page"] = SupportPage.for_request(request)
        return context


class StandardPage(BasePage):
    """A plain page of text, such as the three legal ones."""

    template = "cms/standard_page.html"
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]

    intro = models.TextField(_("introduction"), blank=True, validators=[validate_no_personal_identity_number])
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro"), index.SearchField("body")]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        # The rooms above may say more under the editor's words, where a page is about them.
        context["sections"] = [
            section for hook in hooks.get_hooks("stins_page_sections") for section in hook(request, self)
        ]
        if self.numchild:
            below = StandardPage.objects.child_of(self).live().readable_by(request.user).order_by("path")
            context["below"] = [{"page": page, "url": page.get_url(request)} for page in below]
        return context


class SupportPage(BasePage):
    """The support list: numbers to ring, hours, and when each was last checked."""

    template = "cms/support_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    intro = models.TextField(_("introduction"), blank=True, validators=[validate_no_personal_identity_number])
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro"), index.SearchField("body")]

    class Meta:
        verbose_name = _("support page")

    @classmethod
    def for_request(cls, request):
        """The published support page of the request's site in its language, or None."""
        home = home_of(request)
        return cls.objects.live().descendant_of(home).first() if home else None

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["contacts"] = SupportContact.objects.shown_to(request)
        return context
