"""The checks' database: migrated once for all workers, and kept as a file for as long as no migration changes.

Beside it stand databases with more in them, such as the whole curriculum, made once for all tests that ask for one.
"""

import fcntl
import os
import sqlite3
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, connections

from tests import database_postgres
from tests.kept import FOLDER, fingerprint, fingerprint_of_the_curriculum


def start_from_template():
    """Let Django's tests begin with a copy of the migrated database instead of migrating again."""
    migrate = connection.creation.create_test_db

    def create_test_db(*args, **kwargs):
        FOLDER.mkdir(exist_ok=True)
        template = FOLDER / f"tests-{fingerprint()}.sqlite3"
        with (FOLDER / "tests.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if template.exists():
                return _copy_to_memory(template)
            name = migrate(*args, **kwargs)
            _keep(template, among="tests-*.sqlite3")
            return name

    connection.creation.create_test_db = create_test_db


def _copy_to_memory(template):
    name = connection.creation._get_test_db_name()
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
    _fill(connection, template)
    return name


def _fill(empty, template):
    empty.ensure_connection()
    source = sqlite3.connect(template)
    source.backup(empty.connection)
    source.close()


def _keep(template, *, among):
    for older in FOLDER.glob(among):
        older.unlink()
    unfinished = template.with_suffix(f".{os.getpid()}")
    copy = sqlite3.connect(unfinished)
    connection.connection.backup(copy)
    copy.close()
    unfinished.rename(template)


_loaded = {}


@contextmanager
def database_with_the_curriculum(load):
    """Everything asks a database that was loaded once; what a test does there is rolled back as elsewhere."""
    plain = connections["default"]
    if "curriculum" not in _loaded:
        _loaded["curriculum"] = _load_beside(plain, load)
    connections["default"] = _loaded["curriculum"]
    try:
        yield
    finally:
        connections["default"] = plain


def _load_beside(plain, load):
    its_settings = connections.settings["default"]
    plain.ensure_connection()
    if plain.vendor == "sqlite":
        beside = {**its_settings, "NAME": "file:curriculum?mode=memory&cache=shared"}
    else:
        beside = plain.creation.get_test_db_clone_settings("curriculum")
    connections.settings["default"] = beside
    connections["default"] = loaded = connections.create_connection("default")
    try:
        if plain.vendor != "sqlite":
            database_postgres.clone_with_the_curriculum(plain, loaded, load)
            return loaded
        template = FOLDER / f"curriculum-{fingerprint_of_the_curriculum()}.sqlite3"
        with (FOLDER / "tests.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if template.exists():
                _fill(loaded, template)
            else:
                loaded.ensure_connection()
                plain.connection.backup(loaded.connection)
                load()
                _keep(template, among="curriculum-*.sqlite3")
        return loaded
    finally:
        connections.settings["default"] = its_settings
        connections["default"] = plain


def flush_the_event_log_too():
    """Between tests with real transactions all tables are emptied, the log among them, which refuses it otherwise."""
    sql_flush = connection.ops.sql_flush

    def with_permission(*args, **kwargs):
        opened = "INSERT INTO programmes_deletion (decision, started_at, counts) VALUES ('tests', '2026-11-22', '{}')"
        return [opened, "DELETE FROM programmes_event", *sql_flush(*args, **kwargs)]

    connection.ops.sql_flush = with_permission


@contextmanager
def own_database(folder):
    """A copy of the migrated database that threads can share, as they do in a server; gone afterwards.

    In the memory of the checks SQLite locks otherwise than in a file, and on PostgreSQL emptying the tables after a
    test with real transactions would take the rows of the migrations with them.
    """
    of_the_checks, its_settings = connections["default"], connections.settings["default"]
    of_the_checks.ensure_connection()
    if of_the_checks.vendor == "sqlite":
        path = folder / "stins.sqlite3"
        copy = sqlite3.connect(path)
        of_the_checks.connection.backup(copy)
        copy.close()
        settings_of_the_copy = {**its_settings, "NAME": str(path)}
    else:
        of_the_checks.creation.clone_test_db(suffix="own", verbosity=0, autoclobber=True)
        settings_of_the_copy = of_the_checks.creation.get_test_db_clone_settings("own")
    connections.settings["default"] = settings_of_the_copy
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = its_settings
        connections["default"] = of_the_checks
        if of_the_checks.vendor != "sqlite":
            of_the_checks.creation.destroy_test_db(suffix="own", verbosity=0)
