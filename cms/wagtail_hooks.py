"""What the site adds to Wagtail's admin: the product's colours, and the page that shows every component."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail_localize.models import Translation

from cms.actions.translations import send_translation
from cms.feeds import news_feed
from cms.models import BasePage, NewsIndexPage, NewsPage, SupportContact, of_sites_edited_by
from cms.views import component_page
from cms.viewsets import SupportContactViewSet, WordViewSet, contacts_to_check

NEWS_ON_THE_START_PAGE = 2

register_snippet(SupportContactViewSet)
register_snippet(WordViewSet)


class ContactsToCheckPanel(Component):
    """On the editors' first page: whom to ring, and ask whether the number and the hours still hold."""

    name = "contacts_to_check"
    template_name = "cms/admin/contacts_to_check.html"
    order = 90

    def get_context_data(self, parent_context):
        viewset = SupportContact.snippet_viewset
        contacts = [
            {"contact": contact, "url": reverse(viewset.get_url_name("edit"), args=[contact.pk])}
            for contact in _contacts_to_check(parent_context["request"].user)
        ]
        return {"contacts": contacts, "days": settings.CONTACT_CHECK_DAYS}


def _contacts_to_check(user):
    return of_sites_edited_by(contacts_to_check(timezone.localdate()), user)


@hooks.register("construct_homepage_panels")
def remind_of_old_contacts(request, panels):
    """Whoever may change a contact is told which have not been checked for long."""
    may_change = request.user.has_perm("cms.change_supportcontact")
    if may_change and _contacts_to_check(request.user).exists():
        panels.append(ContactsToCheckPanel())


@hooks.register("register_admin_urls")
def component_urls():
    return [path("komponenter/", component_page, name="components")]


@hooks.register("register_settings_menu_item")
def component_menu_item():
    return MenuItem(_("Components"), reverse("components"), icon_name="view", order=9000)


@hooks.register("insert_global_admin_css")
def admin_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))


@hooks.register("stins_page_views")
def feed_of_the_news(page):
    return {"flode": news_feed} if isinstance(page, NewsIndexPage) else {}


@hooks.register("stins_home_sections")
def latest_news(request, page):
    """The two latest news, when there are any; the list of them is their parent."""
    news = list(NewsPage.objects.descendant_of(page).live().public().in_order()[:NEWS_ON_THE_START_PAGE])
    if not news:
        return []
    url = news[0].get_url(request).removesuffix(f"{news[0].slug}/")
    return [{"template": "cms/_home_news.html", "news": news, "url": url}]


@hooks.register("on_serve_page")
def may_be_kept_on_the_phone(serve):
    """Mark what a phone may keep for reading without network: what anyone without an account is shown of a page."""

    def inner(page, request, serve_args, serve_kwargs):
        response = serve(page, request, serve_args, serve_kwargs)
        if not request.user.is_authenticated:
            response["Stins-Offline"] = "1"
        return response

    return inner


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_of_links_that_lead_nowhere(request, page):
    """A link to a page that is not published is allowed, since both may be on their way; the editor is told."""
    page = page.specific
    site = page.get_site()
    if isinstance(page, BasePage) and site:
        latest = page.get_latest_revision_as_object()
        for missing in latest.unpublished_links(site):
            words = {"title": missing.title}
            messages.warning(request, _("This page links to “%(title)s”, which is not published.") % words)


@hooks.register("before_edit_snippet")
def keep_to_the_own_sites(request, instance):
    """What stands on another municipality's site is not there for an editor of this one."""
    if hasattr(instance, "site") and not of_sites_edited_by(type(instance).objects.all(), request.user).filter(
        pk=instance.pk
    ):
        raise Http404


@hooks.register("before_delete_snippet")
def keep_to_the_own_sites_when_deleting(request, instances):
    for instance in instances:
        keep_to_the_own_sites(request, instance)


@hooks.register("construct_help_menu")
def help_in_swedish_only(request, menu_items):
    """Leave out Wagtail's own guide and news, which are in English; ours are in docs/redaktion.md."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(("editor-guide", "whats-new"))]


@hooks.register("before_bulk_action", order=-1)
def refuse_to_publish_many_alone(request, action_type, objects, action):
    """Publishing many at once asks nobody to read: say how a page is published instead."""
    if action_type != "publish" or action.model is not Page:
        return None
    # Those that the person may not publish have been left out by now.
    if objects and all(page.specific.permissions_for_user(request.user).can_publish() for page in objects):
        return None
    messages.error(
        request,
        _("Nothing was published: somebody else reads a page first. Open each one and send it for review."),
    )
    return redirect(action.next_url)


@hooks.register("after_edit_page")
def tell_how_the_approval_went(request, page):
    """Who changes the text while approving it has become its writer: the change is kept, and is not published."""
    if "action-workflow-action" not in request.POST or request.POST.get("workflow-action-name") != "approve":
        return
    page = Page.objects.get(pk=page.pk)
    if page.workflow_in_progress:
        messages.warning(
            request,
            _(
                "Your changes are saved, but the page is not published: somebody else must read what you changed. "
                "Request changes, and send the page for review again."
            ),
        )
    elif page.live and not page.has_unpublished_changes:
        messages.success(request, _("“%(title)s” is approved and published.") % {"title": page.title})


@hooks.register("before_edit_page", order=-1)
def send_translation_for_review(request, page):
    """Before wagtail-localize shows its editor, which knows how to publish but not how to ask somebody to read."""
    if request.method != "POST" or "send-translation" not in request.POST:
        return None
    translations = Translation.objects.filter(source__object_id=page.translation_key, enabled=True)
    translation = get_object_or_404(translations, target_locale=page.locale_id)
    if send_translation(translation=translation, by=request.user):
        messages.success(request, _("The translation is sent for review."))
    else:
        messages.error(request, _("The translation is already being read, or nobody is set to read it."))
    return redirect(request.path)


@hooks.register("construct_page_action_menu")
def offer_no_copy_in_another_language(menu_items, request, context):
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]
