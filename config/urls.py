"""Every address of the product."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from cms.feeds import robots, sitemap
from cms.views import favicon, image, security_txt, serve_page, service_worker
from cms.views.access import collection_access, page_access
from cms.views.translations import SubmitPage, SubmitSnippet, UpdateTranslations, refuse_alias
from curriculum.views.search import search

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)
to_login = login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))
to_logout = login_not_required(RedirectView.as_view(pattern_name="account_logout"))
TRANSLATING = f"{settings.WAGTAIL_ADMIN_PATH}/localize"

urlpatterns = [
    path("konto/", include("accounts.urls")),
    # allauth is the only door: the login forms of both admins lead there.
    path(f"{settings.WAGTAIL_ADMIN_PATH}/login/", to_login),
    path(f"{settings.WAGTAIL_ADMIN_PATH}/logout/", to_logout),
    # Who reads a page is one choice, at the addresses of Wagtail's own dialogues: theirs are not to be had.
    path(f"{settings.WAGTAIL_ADMIN_PATH}/pages/<int:page_id>/privacy/", require_admin_access(page_access)),
    path(
        f"{settings.WAGTAIL_ADMIN_PATH}/collections/<int:collection_id>/privacy/",
        require_admin_access(collection_access),
    ),
    # Translating is held to one's own pages, and to a second reader.
    path(f"{TRANSLATING}/submit/page/<int:page_id>/", require_admin_access(SubmitPage.as_view())),
    path(
        f"{TRANSLATING}/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
        require_admin_access(SubmitSnippet.as_view()),
    ),
    path(f"{TRANSLATING}/update/<int:translation_source_id>/", require_admin_access(UpdateTranslations.as_view())),
    path(f"{TRANSLATING}/page/<int:page_id>/convert_to_alias/", require_admin_access(refuse_alias)),
    path(f"{settings.WAGTAIL_ADMIN_PATH}/", include(wagtailadmin_urls)),
    path(f"{settings.DJANGO_ADMIN_PATH}/login/", to_login),
    path(f"{settings.DJANGO_ADMIN_PATH}/", admin.site.urls),
    path("sw.js", service_worker, name="service_worker"),
    path("favicon.ico", favicon, name="favicon"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("dokument/", include(wagtaildocs_urls)),
    path("media/images/<path:path>", image, name="image"),
    path("", include("programmes.urls")),
    # The site itself: in Swedish as it stands here, in other languages below their codes.
    *i18n_patterns(
        path("sok/", search, name="search"),
        re_path(r"^((?:[\w\-]+/)*)$", serve_page, name="wagtail_serve"),
        prefix_default_language=False,
    ),
]

handler400 = "cms.views.bad_request"
handler403 = "cms.views.permission_denied"
handler404 = "cms.views.page_not_found"
handler500 = "cms.views.server_error"
