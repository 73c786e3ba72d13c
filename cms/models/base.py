"""What every page of the site has in common."""

from django.core.exceptions import ValidationError
from wagtail.models import Page

from accounts.rules import PERSONAL_IDENTITY_NUMBER_MESSAGE, find_personal_identity_number


class BasePage(Page):
    """A page of the site: its own words are free of personal identity numbers."""

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        for field in ("title", "seo_title", "search_description"):
            if find_personal_identity_number(getattr(self, field)):
                raise ValidationError({field: PERSONAL_IDENTITY_NUMBER_MESSAGE})
