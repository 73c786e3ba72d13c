"""Registers the room with Django, and tells when tries to sign in would be counted in several places."""

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.utils.translation import gettext_lazy as _

OF_ONE_PROCESS = ("LocMemCache", "DummyCache")


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("accounts")

    def ready(self):
        checks.register(shared_cache, checks.Tags.security)


def shared_cache(app_configs, **kwargs):
    """Rate limits live in the cache: with several processes, one that they share."""
    in_process = settings.CACHES["default"]["BACKEND"].endswith(OF_ONE_PROCESS)
    if settings.PROCESSES < 2 or not in_process:
        return []
    text = f"{settings.PROCESSES} processes each count tries to sign in on their own, and let in that many more."
    return [checks.Warning(text, hint="Set CACHE_URL=dbcache://cache and run createcachetable.", id="stins.W001")]
