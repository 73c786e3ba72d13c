"""Who reads a page or a collection's documents: one choice, in place of Wagtail's dialogues."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Collection, Page
from wagtail.permissions import collection_permission_policy

from cms.actions.access import set_access
from cms.forms import AccessForm
from cms.models import access_to


def page_access(request, page_id):
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_set_view_restrictions():
        raise PermissionDenied
    return _choose(request, page, title=page.get_admin_display_title(), back=_editor_of(page))


def _editor_of(page):
    if page.is_root():
        return reverse("wagtailadmin_explore_root")
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def collection_access(request, collection_id):
    collection = get_object_or_404(Collection, pk=collection_id)
    if not collection_permission_policy.user_has_permission_for_instance(request.user, "change", collection):
        raise PermissionDenied
    back = reverse("wagtailadmin_collections:edit", args=[collection.pk])
    return _choose(request, collection, title=collection.name, back=back)


def _choose(request, place, *, title, back):
    form = AccessForm(request.POST if request.method == "POST" else None, place=place)
    if form.is_valid():
        set_access(place=place, access=form.cleaned_data["access"], by=request.user)
        words = {"title": title, "who": access_to(place).label}
        messages.success(request, _("“%(title)s” is now read by: %(who)s.") % words)
        return redirect(back)
    context = {"form": form, "title": title, "back": back, "is_page": isinstance(place, Page)}
    return render(request, "cms/admin/access.html", context, status=422 if form.is_bound else 200)
