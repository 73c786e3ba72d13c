"""SQLite with the number of values in a statement that this SQLite allows, instead of the 999 of versions before 3.32.

Django splits what is written in bulk at that number: five thousand reports with their history would be three hundred
statements instead of twenty. Django 6 asks the database in the same way; then this folder goes.
"""

import sqlite3

from django.db.backends.sqlite3.base import DatabaseWrapper as SQLiteWrapper
from django.db.backends.sqlite3.features import DatabaseFeatures as SQLiteFeatures
from django.utils.functional import cached_property

# Nothing is gained by longer statements, and SQLite keeps each one's values in memory.
MOST = 32_000


class DatabaseFeatures(SQLiteFeatures):
    @cached_property
    def max_query_params(self):
        self.connection.ensure_connection()
        return min(self.connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER), MOST)


class DatabaseWrapper(SQLiteWrapper):
    features_class = DatabaseFeatures
