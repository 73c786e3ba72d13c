"""The contacts and the glossary in the admin: changed once, shown everywhere."""

from datetime import timedelta

import django_filters
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import SupportContact, Word


def contacts_to_check(today):
    """Contacts that nobody has checked for longer than the setting allows, the oldest first."""
    since = today - timedelta(days=settings.CONTACT_CHECK_DAYS)
    return SupportContact.objects.filter(checked_date__lt=since).order_by("checked_date", "name")


class SupportContactFilterSet(WagtailFilterSet):
    to_check = django_filters.ChoiceFilter(
        label=_("To check"), choices=[("ja", _("Not checked lately"))], method="only_to_check"
    )

    class Meta:
        model = SupportContact
        fields = ["audience"]

    def only_to_check(self, queryset, name, value):
        return queryset.filter(pk__in=contacts_to_check(timezone.localdate()).values("pk"))


class SupportContactViewSet(SnippetViewSet):
    model = SupportContact
    icon = "help"
    list_display = ["name", "phone", "hours", "audience", "checked_date"]
    search_fields = ["name", "description"]
    filterset_class = SupportContactFilterSet
    ordering = ["order", "name"]


class WordViewSet(SnippetViewSet):
    model = Word
    icon = "comment"
    list_display = ["term", "forms", "explanation"]
    search_fields = ["term", "forms", "explanation"]
    ordering = ["term"]
    list_per_page = 100
