"""What the site adds to Wagtail's admin: the product's colours, and the page that shows every component."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.views import component_page


@hooks.register("register_admin_urls")
def component_urls():
    return [path("komponenter/", component_page, name="components")]


@hooks.register("register_settings_menu_item")
def component_menu_item():
    return MenuItem(_("Components"), reverse("components"), icon_name="view", order=9000)


@hooks.register("insert_global_admin_css")
def admin_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))


@hooks.register("on_serve_page")
def may_be_kept_on_the_phone(serve):
    """Mark what a phone may keep for reading without network: what anyone without an account is shown of a page."""

    def inner(page, request, serve_args, serve_kwargs):
        response = serve(page, request, serve_args, serve_kwargs)
        if not request.user.is_authenticated:
            response["Stins-Offline"] = "1"
        return response

    return inner
