"""Registers the room with Django."""

import sqlite3

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

LARGEST_BATCH = 32_766  # values: what SQLite allows unless built otherwise


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = _("programmes")

    def ready(self):
        from programmes import receivers  # noqa: PLC0415 -- reads models, which are ready only now

        connection_created.connect(_write_in_large_batches, dispatch_uid="sqlite_batches")
        receivers.connect()


def _write_in_large_batches(*, connection, **kwargs):
    """Django counts on 999 values a query, as SQLite once allowed; ask the library, as Django does from 6.0 on."""
    if connection.vendor == "sqlite":
        limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = min(limit, LARGEST_BATCH)
