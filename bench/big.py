"""`BIG=1 make bench`: a million and a half deliveries on both databases, and files of a hundred thousand.

Each is measured against what cannot be done without: the bare SQL of the same figures, and a library alone with the
same rows. Seconds are of processor time, the database's own included, so that other work on the machine counts little.
"""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import django

ROOT = Path(__file__).resolve().parent.parent
NO_SERVER = 77
DATABASE = "stins_bench"


def run_big() -> int:
    """Measure in processes of their own, one for each database; 1 when a limit is broken."""
    command = [sys.executable, "-m", "bench.big"]
    codes = [subprocess.run(command, cwd=ROOT, env=_surroundings(), check=False).returncode]
    code = subprocess.run(["tests/postgres.sh", *command], cwd=ROOT, env=_surroundings(), check=False).returncode
    if code == NO_SERVER:
        print("PostgreSQL is left out: no server is installed.")
    else:
        codes.append(code)
    return max(codes)


def _surroundings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "BENCH_FOLDER")}


def main() -> int:
    with TemporaryDirectory(prefix="stins-big-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "BENCH_DATABASE_URL": os.environ.get("DATABASE_URL", "").replace("/stins?", f"/{DATABASE}?"),
            "BENCH_FOLDER": folder,
            "BENCH_SECRET_KEY": secrets.token_urlsafe(50),
        }
        django.setup()
        from bench.volume_run import measure_all  # noqa: PLC0415 -- its modules read models, which wait for the setup

        with _database():
            return measure_all()


@contextmanager
def _database() -> Iterator[None]:
    """On PostgreSQL a database that is made for the bench and dropped after it."""
    from django.db import connection  # noqa: PLC0415 -- after the setup

    if connection.vendor == "sqlite":
        yield
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    try:
        yield
    finally:
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    sys.exit(main())
