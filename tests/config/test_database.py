"""How the database is asked: what the settings say to it when a connection opens."""

import os
import subprocess
import sys

import pytest
from django.db import connection

OPTIONS = "from config.settings.base import DATABASES; print(DATABASES['default']['OPTIONS']['options'])"


@pytest.mark.parametrize(
    ("asked", "options"), [("", "-c jit=off"), ("?options=-c%20work_mem%3D64MB", "-c work_mem=64MB")]
)
def test_postgresql_is_told_not_to_compile_unless_the_address_says_something_else(asked, options):
    environment = {**os.environ, "DATABASE_URL": f"postgres://stins@db.example/stins{asked}"}

    said = subprocess.run([sys.executable, "-c", OPTIONS], env=environment, capture_output=True, text=True, check=True)

    assert said.stdout.strip() == options


# Only PostgreSQL has the setting to ask for; what is said to it is tested above on every machine.
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such setting to ask for.")
def test_postgresql_answers_without_compiling_the_question(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
