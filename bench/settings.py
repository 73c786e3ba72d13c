"""The installation that is measured: the product as `make run` serves it, on a database and files of its own."""

import os
from pathlib import Path

FOLDER = Path(os.environ["BENCH_FOLDER"])
os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{FOLDER / 'bench.sqlite3'}"
os.environ["DEMO"] = "1"

from config.settings.base import *  # noqa: E402, F403, TID251 -- settings build on each other by name

INSTALLED_APPS = [*INSTALLED_APPS, "bench.bare"]  # noqa: F405 -- it comes with the settings above
SECRET_KEY = os.environ["BENCH_SECRET_KEY"]
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.urls"
STATIC_ROOT = FOLDER / "static"
MEDIA_ROOT = FOLDER / "media"
