"""What every page of the site has in common."""

from django.core.exceptions import ValidationError
from wagtail.models import Page, Site

from accounts.rules import PERSONAL_IDENTITY_NUMBER_MESSAGE, find_personal_identity_number


class BasePage(Page):
    """A page of the site: its own words are free of personal identity numbers."""

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["crumbs"] = self.get_crumbs(request)
        return context

    def get_crumbs(self, request):
        """The way here from the start page, for the breadcrumbs; nothing on the start page itself."""
        site = Site.find_for_request(request)
        if site is None or self.pk is None or self.pk == site.root_page_id:
            return []
        above = self.get_ancestors().descendant_of(site.root_page, inclusive=True).live()
        crumbs = [{"label": page.title, "url": page.get_url(request, current_site=site)} for page in above]
        return [*crumbs, {"label": self.title, "url": ""}]

    def clean(self):
        super().clean()
        for field in ("title", "seo_title", "search_description"):
            if find_personal_identity_number(getattr(self, field)):
                raise ValidationError({field: PERSONAL_IDENTITY_NUMBER_MESSAGE})
