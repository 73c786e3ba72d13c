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
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.url_routing import RouteResult
from wagtail_localize.models import Translation, TranslationSource

from accounts.rules import PERSONAL_IDENTITY_NUMBER_MESSAGE, find_personal_identity_number
from cms.enums import SearchKind
from cms.models.languages import home_of, homes_of, only_in_source
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
        return self._without(closed)

    def public(self):
        """Pages that everybody may read."""
        return self._without(PageViewRestriction.objects.all())

    def _without(self, restrictions):
        """What is closed is so in every language, whichever of them somebody closed it in."""
        hidden = Q()
        keys = restrictions.values("page__translation_key")
        for page in Page.objects.filter(translation_key__in=keys):
            hidden |= self.descendant_of_q(page, inclusive=True)
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

    def copy_for_translation(self, locale, copy_parents=False, alias=False, **options):
        """A page above a translated one comes along as a draft of its own, to be translated like any other.

        Wagtail would publish it at once, in Swedish, under the address of the other language.
        """
        if not alias:
            return super().copy_for_translation(locale, copy_parents=copy_parents, **options)
        copy = super().copy_for_translation(locale, copy_parents=copy_parents, **options)
        source, _is_new = TranslationSource.get_or_create_from_instance(self)
        Translation.objects.get_or_create(source=source, target_locale=locale)
        return copy

    def permissions_for_user(self, user):
        """Nobody publishes what they wrote themselves."""
        return SitePagePermissionTester(user, self)

    def publish(self, revision, user=None, *, skip_permission_checks=False, **kwargs):
        """At the end of a workflow the reader publishes what somebody else wrote: the version that was read."""
        is_read = user is not None and was_read(revision, by=user)
        return super().publish(revision, user=user, skip_permission_checks=skip_permission_checks or is_read, **kwargs)

    def get_view_restrictions(self):
        """Those of the page and of what it stands under, in all languages; an alias follows its source. Known once a
        request."""
        if not hasattr(self, "_restrictions"):
            places = [*self._above, self]
            ours = Q(page__translation_key__in={page.translation_key for page in places})
            sources = Q(page__in={page.alias_of_id for page in places if page.alias_of_id})
            self._restrictions = PageViewRestriction.objects.filter(ours | sources)
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
        roots = {home.get_url(): home.url_path for home in homes_of(site)}
        places = [
            f"{roots[root]}{path.removeprefix(root).strip('/')}/"
            for path in paths
            for root in [max((root for root in roots if path.startswith(root)), key=len, default="")]
            if root and path != root
        ]
        return Page.objects.not_live().filter(url_path__in=places)

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
        context["only_in_source"] = only_in_source(self)
        return context

    def get_crumbs(self, request):
        """The way here from the start page, for the breadcrumbs; nothing on the start page itself."""
        home = home_of(request)
        if home is None or self.pk is None or self.pk == home.pk:
            return []
        above = [page for page in self._above if page.live and page.path.startswith(home.path)]
        crumbs = [{"label": page.title, "url": page.get_url(request)} for page in above]
        return [*crumbs, {"label": self.title, "url": ""}]

    def clean(self):
        super().clean()
        for field in ("title", "seo_title", "search_description"):
            if find_personal_identity_number(getattr(self, field)):
                raise ValidationError({field: PERSONAL_IDENTITY_NUMBER_MESSAGE})
