"""What every page of the site has in common."""

import json
import re
from urllib.parse import urlsplit

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageViewRestriction, Site
from wagtail.query import PageQuerySet
from wagtail.url_routing import RouteResult

from accounts.rules import PERSONAL_IDENTITY_NUMBER_MESSAGE, find_personal_identity_number
from cms.enums import SearchKind
from cms.models.review import SitePagePermissionTester, was_read

ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+")


class SitePageQuerySet(PageQuerySet):
    def readable_by(self, user):
        """Pages whose privacy lets this person in: by group, by being signed in, or because they are public."""
        if user.is_superuser:
            return self
        closed = PageViewRestriction.objects.exclude(groups__in=list(user.groups.all()))
        if user.is_authenticated:
            closed = closed.exclude(restriction_type=PageViewRestriction.LOGIN)
        hidden = Q()
        for restriction in closed.select_related("page"):
            hidden |= self.descendant_of_q(restriction.page, inclusive=True)
        return self.exclude(hidden) if hidden else self


class BasePage(Page):
    """A page of the site: its own words are free of personal identity numbers."""

    objects = PageManager.from_queryset(SitePageQuerySet)()
    search_kind = SearchKind.PAGE

    class Meta:
        abstract = True

    @cached_property
    def _above(self):
        """All pages above this one, asked for once a request: for the way here, and for who may read."""
        return list(self.get_ancestors())

    def permissions_for_user(self, user):
        """Nobody publishes what they wrote themselves."""
        return SitePagePermissionTester(user, self)

    def publish(self, revision, user=None, *, skip_permission_checks=False, **kwargs):
        """At the end of a workflow the reader publishes what somebody else wrote: the version that was read."""
        is_read = user is not None and was_read(revision, by=user)
        return super().publish(revision, user=user, skip_permission_checks=skip_permission_checks or is_read, **kwargs)

    def get_view_restrictions(self):
        """Those of the page and of what it stands under; an alias follows its source. Known once a request."""
        if not hasattr(self, "_restrictions"):
            places = {page.alias_of_id or page.pk for page in [*self._above, self]}
            self._restrictions = PageViewRestriction.objects.filter(page__in=places)
        return self._restrictions

    def restrictions_refusing(self, user):
        """The restrictions that keep a person out, in one question; Wagtail's own check then has nothing more to ask.

        Whether anything restricts the page at all stands in `is_restricted`: such a page is kept in no shared cache.
        """
        groups = Group.objects.filter(pageviewrestriction=OuterRef("pk"))
        known = user.groups.all()
        own = groups.filter(pk__in=[group.pk for group in known] if isinstance(known, list) else known.values("pk"))
        found = list(self.get_view_restrictions().annotate(lets_in=Exists(own)).prefetch_related(None))
        self.is_restricted = bool(found)
        self._restrictions = [one for one in found if not self._lets_in(one, user)]
        return self._restrictions

    def _lets_in(self, restriction, user):
        if restriction.restriction_type == PageViewRestriction.LOGIN:
            return user.is_authenticated
        return user.is_superuser or restriction.lets_in

    def unpublished_links(self, site):
        """The pages of the site that this one links to, though nobody can open them."""
        streams = [field.name for field in self._meta.get_fields() if isinstance(field, StreamField)]
        text = " ".join(json.dumps(getattr(self, name).get_prep_value()) for name in streams)
        paths = {
            parts.path for address in ADDRESS.findall(text) if (parts := urlsplit(address)).hostname == site.hostname
        }
        root = site.root_page.url_path.rstrip("/")
        return Page.objects.not_live().filter(url_path__in=[f"{root}{path.rstrip('/')}/" for path in paths])

    def route(self, request, path_components):
        """Below a page stand other ways to read it, such as `pdf/`; who may read the page may read those."""
        if self.live and len(path_components) == 1:
            for hook in hooks.get_hooks("stins_page_views"):
                if view := hook(self).get(path_components[0]):
                    return RouteResult(self, kwargs={"view": view})
        return super().route(request, path_components)

    def serve(self, request, *args, view=None, **kwargs):
        return view(request, self) if view else super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["crumbs"] = self.get_crumbs(request)
        return context

    def get_crumbs(self, request):
        """The way here from the start page, for the breadcrumbs; nothing on the start page itself."""
        site = Site.find_for_request(request)
        if site is None or self.pk is None or self.pk == site.root_page_id:
            return []
        above = [page for page in self._above if page.live and page.path.startswith(site.root_page.path)]
        crumbs = [{"label": page.title, "url": page.get_url(request, current_site=site)} for page in above]
        return [*crumbs, {"label": self.title, "url": ""}]

    def clean(self):
        super().clean()
        for field in ("title", "seo_title", "search_description"):
            if find_personal_identity_number(getattr(self, field)):
                raise ValidationError({field: PERSONAL_IDENTITY_NUMBER_MESSAGE})
