"""The checks' databases on PostgreSQL: made once, then copied on the server by itself, and kept as a file between runs.

A server that tests/postgres.sh starts is empty each time, and its workers would migrate and load side by side. The
first worker makes a database and leaves a template of it; the file is what pg_dump writes, where pg_dump is found.
"""

import fcntl
import shutil
import subprocess
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from tests.kept import FOLDER, fingerprint, fingerprint_of_the_curriculum


def start_from_template_on_the_server():
    """Let Django's tests begin with a copy of the migrated database instead of migrating again."""
    migrate = connection.creation.create_test_db

    def create_test_db(*args, **kwargs):
        name = connection.creation._get_test_db_name()
        connection.close()
        with template("tests", fingerprint()) as (its_name, ready):
            if ready:
                copy_database(its_name, to=name)
            else:
                migrate(*args, **kwargs)
                connection.close()
                keep(name, as_template=its_name)
        settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
        return name

    connection.creation.create_test_db = create_test_db


def clone_with_the_curriculum(plain, loaded, load):
    """What `loaded` is connected to: a copy of the curriculum's template, or of `plain` that is loaded and kept."""
    name = loaded.settings_dict["NAME"]
    with template("curriculum", fingerprint_of_the_curriculum()) as (its_name, ready):
        if ready:
            copy_database(its_name, to=name)
            return
        plain.close()
        copy_database(plain.settings_dict["NAME"], to=name)
        load()
        loaded.close()
        keep(name, as_template=its_name)


@contextmanager
def template(kind, made_of):
    """Its name and whether it stands on the server, read from its file if need be; nobody else makes it meanwhile."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "tests-postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        name = f"stins_{kind}_{made_of}"
        yield name, on_server(name) or read_from_file(name)


def on_server(name):
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def copy_database(source, *, to):
    run(f'DROP DATABASE IF EXISTS "{to}" WITH (FORCE)', f'CREATE DATABASE "{to}" TEMPLATE "{source}"')


def run(*statements):
    with connection.creation._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def keep(name, *, as_template):
    """Older templates of the same kind go: they were made of other models or another content."""
    kind = as_template.rsplit("_", 1)[0]
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{kind}_"])
        older = [row[0] for row in cursor.fetchall()]
    run(*(f'DROP DATABASE "{database}" WITH (FORCE)' for database in older))
    copy_database(name, to=as_template)
    for file in FOLDER.glob(f"{kind}_*.dump"):
        file.unlink()
    write_to_file(as_template)


def write_to_file(name):
    unfinished = FOLDER / f"{name}.unfinished"
    if program("pg_dump", "--format=custom", "--compress=1", f"--file={unfinished}", f"--dbname={address_of(name)}"):
        unfinished.rename(unfinished.with_suffix(".dump"))
    else:
        unfinished.unlink(missing_ok=True)


def read_from_file(name):
    file = FOLDER / f"{name}.dump"
    if not file.exists():
        return False
    run(f'CREATE DATABASE "{name}" TEMPLATE template0')
    if program("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={address_of(name)}", str(file)):
        return True
    run(f'DROP DATABASE "{name}" WITH (FORCE)')
    return False


def address_of(name):
    known = connection.get_connection_params()
    return make_conninfo(
        "", **{key: known[key] for key in ("host", "port", "user", "password") if key in known}, dbname=name
    )


def program(*command):
    """Whether one of PostgreSQL's own did what it was asked; one that is older than the server refuses."""
    if not shutil.which(command[0]):
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
