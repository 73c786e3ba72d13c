"""Registers the room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("site")

    def ready(self):
        from cms import adapters  # noqa: PLC0415 -- Wagtail's blocks read models, which are ready only now

        adapters.name_fields()
