"""What wagtail-localize lets anyone do who may translate, held to the pages that are theirs and to a second reader."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitSnippetTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from cms.models import of_sites_edited_by


def _is_theirs(user, instance):
    if isinstance(instance, Page):
        return instance.specific.permissions_for_user(user).can_edit()
    return of_sites_edited_by(type(instance).objects.filter(pk=instance.pk), user).exists()


class SubmitPage(SubmitPageTranslationView):
    def get_object(self):
        page = super().get_object()
        if not _is_theirs(self.request.user, page):
            raise PermissionDenied
        return page


class SubmitSnippet(SubmitSnippetTranslationView):
    def get_object(self):
        snippet = super().get_object()
        if not _is_theirs(self.request.user, snippet):
            raise Http404
        return snippet


class UpdateTranslations(UpdateTranslationsView):
    """Take over what is new in the Swedish; a page is published by a second reader, here too."""

    def get_object(self):
        source = super().get_object()
        self.instance = source.get_source_instance()
        if not _is_theirs(self.request.user, self.instance):
            raise PermissionDenied
        return source

    def get_form(self):
        form = super().get_form()
        is_page = isinstance(self.instance, Page)
        if is_page and not self.instance.permissions_for_user(self.request.user).can_publish():
            form.fields["publish_translations"].disabled = True
            form.fields["publish_translations"].widget = forms.HiddenInput()
        return form


def refuse_alias(request, page_id):
    """A copy of the Swedish under the address of another language would tell nobody that it is Swedish."""
    page = get_object_or_404(Page, pk=page_id)
    messages.error(request, _("A page in another language is never a copy of the Swedish one: translate it instead."))
    return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
