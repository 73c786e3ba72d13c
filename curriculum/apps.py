"""Registers the room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurriculumConfig(AppConfig):
    name = "curriculum"
    verbose_name = _("curriculum")

    def ready(self):
        from curriculum import receivers  # noqa: PLC0415 -- reads models, which are ready only now

        receivers.connect()
