"""The contacts and the glossary in the admin: changed once, shown everywhere."""

from datetime import timedelta

import django_filters
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from cms.models import SupportContact, Word, of_sites_edited_by


def contacts_to_check(today):
    """Contacts that nobody has checked for longer than the setting allows, the oldest first."""
    since = today - timedelta(days=settings.CONTACT_CHECK_DAYS)
    own = SupportContact.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return own.filter(checked_date__lt=since).order_by("checked_date", "name")


class OfASiteIndexView(IndexView):
    def get_base_queryset(self):
        return of_sites_edited_by(super().get_base_queryset(), self.request.user)


class OfASiteViewSet(SnippetViewSet):
    """Texts that stand on many pages, in the menu by themselves: those of the editor's sites and of every site."""

    index_view_class = OfASiteIndexView
    add_to_admin_menu = True


class SupportContactFilterSet(WagtailFilterSet):
    to_check = django_filters.ChoiceFilter(
        label=_("To check"), choices=[("ja", _("Not checked lately"))], method="only_to_check"
    )

    class Meta:
        model = SupportContact
        fields = ["audience"]

    def only_to_check(self, queryset, name, value):
        return queryset.filter(pk__in=contacts_to_check(timezone.localdate()).values("pk"))


class SupportContactViewSet(OfASiteViewSet):
    model = SupportContact
    menu_label = _("Support list")
    menu_order = 420
    icon = "help"
    list_display = ["name", "phone", "hours", "audience", "checked_date"]
    search_fields = ["name", "description"]
    filterset_class = SupportContactFilterSet
    ordering = ["order", "name"]


class WordViewSet(OfASiteViewSet):
    model = Word
    menu_order = 410
    icon = "comment"
    list_display = ["term", "forms", "explanation"]
    search_fields = ["term", "forms", "explanation"]
    ordering = ["term"]
    list_per_page = 100
