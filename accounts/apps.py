"""Registers the room with Django, keeps personal identity numbers out of every text, and checks the shared cache."""

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number

# Whose texts are written by people: our own rooms, and what editors write in Wagtail's own tables.
WRITTEN_IN = ("accounts", "cms", "curriculum", "programmes", "wagtailcore", "taggit", "wagtailredirects")
# Written by programs, or checked as something else.
NOT_WORDS = {"password", "phone", "contact_phone", "history_change_reason"}
OF_ONE_PROCESS = ("LocMemCache", "DummyCache")


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("accounts")

    def ready(self):
        checks.register(shared_cache, checks.Tags.security)
        for field in texts_that_people_write():
            if validate_no_personal_identity_number not in field.validators:
                field.validators.append(validate_no_personal_identity_number)


def texts_that_people_write():
    """Every text field of every model that somebody fills in; a new one is among them without anyone remembering to."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            is_text = isinstance(field, models.CharField | models.TextField) and field.editable and not field.choices
            if model._meta.app_label in WRITTEN_IN and is_text and field.name not in NOT_WORDS:
                yield field


def shared_cache(app_configs, **kwargs):
    """Rate limits live in the cache: with several processes, one that they share."""
    in_process = settings.CACHES["default"]["BACKEND"].endswith(OF_ONE_PROCESS)
    if settings.PROCESSES < 2 or not in_process:
        return []
    text = f"{settings.PROCESSES} processes each count tries to sign in on their own, and let in that many more."
    return [checks.Warning(text, hint="Set CACHE_URL=dbcache://cache and run createcachetable.", id="stins.W001")]
