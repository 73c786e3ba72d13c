"""Registers the room with Django."""

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import router
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("site")

    def ready(self):
        from cms import adapters, receivers  # noqa: PLC0415 -- both read models, which are ready only now

        adapters.name_fields()
        receivers.connect()
        post_migrate.connect(make_locales, sender=self)


def make_locales(using, **kwargs):
    """Wagtail keeps a row for each language that pages are written in; the setting says which those are."""
    if router.allow_migrate_model(using, apps.get_model("wagtailcore.Locale")):
        for code, _name in settings.LANGUAGES:
            apps.get_model("wagtailcore.Locale").all_objects.using(using).get_or_create(language_code=code)
