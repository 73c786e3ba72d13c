"""A copy of everything that an installation keeps, in one file: the database and the uploaded files; and back again.

The file is a compressed tar: `stins.json` says what made it, `database` is SQLite's own file or what pg_dump writes,
and under `media/` stand the uploaded files. It holds personal data, and only its owner may read it.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from accounts.models import User
from programmes.models import Municipality

ABOUT, DATABASE, MEDIA = "stins.json", "database", "media"
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class BackupError(Exception):
    """What stands in the way of a copy, or of taking it back, in words for whoever asked."""


@dataclass(frozen=True)
class About:
    """What a copy says of itself; `migrations` are the steps that its database has taken."""

    version: str
    engine: str
    made: str
    migrations: Sequence[tuple[str, str]]


def write_backup(path: Path, *, now: datetime) -> None:
    """Write a copy of the database, as it is at one moment, and of the uploaded files.

    Nobody has to be sent away meanwhile. Raises BackupError where `path` exists already or PostgreSQL's programs are
    missing, and OSError where the file cannot be written; then no file is left behind.
    """
    if path.exists():
        raise BackupError(_("The file exists already; nothing has been written over."))
    about = About(settings.STINS_VERSION, connection.vendor, now.isoformat(), sorted(_steps_taken()))
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with TemporaryDirectory(dir=path.parent) as folder, _only_for_the_owner(unfinished) as stream:
            database = Path(folder, DATABASE)
            _copy_database(database)
            Path(folder, ABOUT).write_text(json.dumps(about.__dict__))
            with tarfile.open(fileobj=stream, mode="w:gz", dereference=True) as archive:
                archive.add(Path(folder, ABOUT), ABOUT)
                archive.add(database, DATABASE)
                if settings.MEDIA_ROOT.is_dir():
                    archive.add(settings.MEDIA_ROOT, MEDIA)
        unfinished.replace(path)
    finally:
        if unfinished.parent.is_dir():
            unfinished.unlink(missing_ok=True)


def restore_backup(path: Path, *, replace: bool) -> About:
    """Put back what a copy holds, in place of what is here, and take the steps that this version has beyond it.

    `replace` allows that there is something here, which is then gone. Raises BackupError, with all as it was, for a
    file that is no copy, one of another kind of database or of a newer Stins, and where there is something here. The
    file is read to its end before anything is changed. Whoever uses Stins has to be out of it meanwhile.
    """
    media = settings.MEDIA_ROOT
    media.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=media.parent) as name:
        folder = Path(name)
        _unpack(path, folder)
        about = _about(folder)
        _refuse_what_cannot_be_put_back(about, replace=replace)
        _put_back_database(folder / DATABASE)
        shutil.rmtree(media, ignore_errors=True)
        if (folder / MEDIA).is_dir():
            shutil.copytree(folder / MEDIA, media, dirs_exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    return about


@contextmanager
def _only_for_the_owner(path: Path) -> Iterator:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        yield stream


def _steps_taken() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


def _steps_known() -> set[tuple[str, str]]:
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return set(on_disk) | {step for migration in on_disk.values() for step in migration.replaces}


def _copy_database(path: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copy = sqlite3.connect(path)
        connection.connection.backup(copy)
        copy.close()
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}", connected=True)


def _put_back_database(path: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copy = sqlite3.connect(path)
        copy.backup(connection.connection)
        copy.close()
        return
    script = path.with_name("script.sql")
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", f"--file={script}", str(path))
    tables = ", ".join(map(connection.ops.quote_name, connection.introspection.table_names()))
    emptied = [f"--command=DROP TABLE {tables} CASCADE"] if tables else []
    connection.close()
    together = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
    _run("psql", *together, *emptied, f"--file={script}", connected=True)


def _run(program: str, *words: str, connected: bool = False) -> None:
    """Run one of PostgreSQL's programs; the password goes in its environment, where no list of processes shows it."""
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    place = {key: value for key, value in connection.get_connection_params().items() if key in known}
    password = place.pop("password", None)
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    command = [program, *words, *([f"--dbname={make_conninfo(**place)}"] if connected else [])]
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise BackupError(_("%(program)s is not installed.") % {"program": program}) from error
    except subprocess.CalledProcessError as error:
        raise BackupError(f"{program}: {error.stderr.strip()}") from error


def _unpack(path: Path, folder: Path) -> None:
    """The files of the copy, and nothing that would lie elsewhere or is no plain file."""
    try:
        with tarfile.open(path, mode="r:gz") as archive:
            for member in archive:
                place = PurePosixPath(member.name)
                known = member.name in {ABOUT, DATABASE} or place.parts[:1] == (MEDIA,)
                if not known or ".." in place.parts or not (member.isfile() or member.isdir()):
                    raise BackupError(_("The file is not a backup of Stins."))
                target = folder.joinpath(*place.parts)
                source = archive.extractfile(member)
                if source is None:  # a folder
                    target.mkdir(parents=True, exist_ok=True)
                    continue
                target.parent.mkdir(parents=True, exist_ok=True)
                with source, target.open("wb") as stream:
                    shutil.copyfileobj(source, stream)
    except FileNotFoundError as error:
        raise BackupError(_("There is no such file.")) from error
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise BackupError(_("The file is not a backup of Stins, or it is damaged.")) from error


def _about(folder: Path) -> About:
    try:
        said = json.loads((folder / ABOUT).read_text())
        about = About(said["version"], said["engine"], said["made"], [(app, name) for app, name in said["migrations"]])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(_("The file is not a backup of Stins.")) from error
    if not (folder / DATABASE).is_file() or (about.engine == "sqlite" and not _is_whole(folder / DATABASE)):
        raise BackupError(_("The file is not a backup of Stins, or it is damaged."))
    return about


def _is_whole(path: Path) -> bool:
    copy = sqlite3.connect(path)
    try:
        return copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        return False
    finally:
        copy.close()


def _refuse_what_cannot_be_put_back(about: About, *, replace: bool) -> None:
    if about.engine != connection.vendor:
        kinds = {"there": ENGINES.get(about.engine, about.engine), "here": ENGINES[connection.vendor]}
        raise BackupError(_("The backup is of %(there)s, and here is %(here)s.") % kinds)
    if set(about.migrations) - _steps_known():
        raise BackupError(
            _("The backup is of a newer Stins (%(version)s). Upgrade first.") % {"version": about.version}
        )
    if not replace and _something_is_here():
        raise BackupError(
            _("There are people or schools here already. With --replace they are replaced by the backup.")
        )


def _something_is_here() -> bool:
    tables = set(connection.introspection.table_names())
    return any(model._meta.db_table in tables and model.objects.exists() for model in (User, Municipality))
