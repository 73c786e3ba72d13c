"""How the database is asked: what the settings say to it when a connection opens."""

import pytest
from django.db import connection


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite compiles nothing.")
def test_postgresql_answers_without_compiling_the_question(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
