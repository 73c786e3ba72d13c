"""`make run`: prepares what is missing, then serves Stins with its background worker until Ctrl-C."""

import argparse
import contextlib
import getpass
import hashlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _, override

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_DATABASE = ROOT / "var" / "stins.sqlite3"
OWN_DATABASE = ROOT / "var" / "egen.sqlite3"
DEMO_MUNICIPALITY, DEMO_NAME = "9901", "Ekbacka kommun"
HOST = "127.0.0.1"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10
SECONDS_BETWEEN_LOOKS = 15 * 60


def main() -> int:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--prepare", action="store_true", help="prepare the database and the files, do not serve")
    arguments = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    choose_surroundings()
    django.setup()
    with override("sv"):
        try:
            if arguments.prepare:
                return prepare()
            port = port_asked_for()
            return refuse(port) or prepare() or serve(port)
        except KeyboardInterrupt:
            print()
            return 130


def choose_surroundings() -> None:
    """Set what Django reads at its start: the settings, and the database when nobody chose one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    os.environ.setdefault("DEMO", "1")
    DEFAULT_DATABASE.parent.mkdir(exist_ok=True)
    if os.environ["DEMO"] == "0" and "DATABASE_URL" not in os.environ and holds_demo(DEFAULT_DATABASE):
        os.environ["DATABASE_URL"] = f"sqlite:///{OWN_DATABASE}"


def holds_demo(database: Path) -> bool:
    """Tell whether a database file holds the demo municipality, without starting Django on it."""
    if not database.exists():
        return False
    connection_to_file = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        query = "SELECT 1 FROM programmes_municipality WHERE code = ?"
        return connection_to_file.execute(query, [DEMO_MUNICIPALITY]).fetchone() is not None
    except sqlite3.DatabaseError:
        return False
    finally:
        connection_to_file.close()


def prepare() -> int:
    """Bring database and files up to date, and fill an empty database; what is there is left alone."""
    if settings.DATABASES["default"]["NAME"] == str(OWN_DATABASE):
        print(
            _("The demo stays in %(demo)s. Your own data are in %(own)s: commands need DATABASE_URL=%(url)s")
            % {"demo": short(DEFAULT_DATABASE), "own": short(OWN_DATABASE), "url": os.environ["DATABASE_URL"]}
        )
    migrate()
    collect_static_files()
    call_command("retention", technical=True, verbosity=0)
    if is_empty("curriculum.Programme"):
        say(_("Loading the curriculum and the pages …"))
        words = {"municipality": DEMO_NAME} if settings.DEMO else {}
        call_command("load_curriculum", verbosity=0, stdout=StringIO(), **words)
    if settings.DEMO:
        return load_demo()
    return make_first_administrator()


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say(_("Preparing the database; the first time this takes about 20 seconds …"))
        call_command("migrate", verbosity=0, interactive=False)


def collect_static_files() -> None:
    """Compress and name the static files anew when one has changed since the last time."""
    stamp = settings.STATIC_ROOT.with_name("static-collected")
    fingerprint = fingerprint_of_static_files()
    if not stamp.exists() or stamp.read_text() != fingerprint:
        say(_("Preparing styles, scripts and pictures …"))
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(fingerprint)


def fingerprint_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for path, storage in finder.list(ignore_patterns=None):
            status = os.stat(storage.path(path))
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_demo() -> int:
    """Load the demo municipality into a database that holds no municipality and no people."""
    if is_empty("programmes.Municipality") and is_empty("accounts.User"):
        say(_("Loading the demo municipality …"))
        call_command("load_demo", verbosity=0, stdout=StringIO())
    elif not apps.get_model("programmes.Municipality").objects.filter(code=DEMO_MUNICIPALITY).exists():
        print(_("The database holds data of its own, so the demo municipality is not loaded."))
        os.environ["DEMO"] = "0"
    return 0


def make_first_administrator() -> int:
    """Ask for the first administrator when there is none; scripts set ADMIN_EMAIL and ADMIN_PASSWORD."""
    users = apps.get_model("accounts.User").objects
    if users.filter(is_superuser=True).exists():
        return 0
    email, password = os.environ.get("ADMIN_EMAIL", ""), os.environ.get("ADMIN_PASSWORD", "")
    asks = not (email and password)
    if asks and not sys.stdin.isatty():
        print(_("There is no administrator yet. Set ADMIN_EMAIL and ADMIN_PASSWORD, or start from a terminal."))
        return 1
    if asks:
        print(_("Who is the first administrator?"))
    while True:
        if asks:
            email, password = ask_for_account()
        problems = problems_with(email, password)
        if not problems:
            break
        print("\n".join(problems))
        if not asks:
            return 1
    users.create_superuser(email, password)
    say(_("%(email)s can now sign in as administrator.") % {"email": email})
    return 0


def ask_for_account() -> tuple[str, str]:
    email = input(_("E-mail: ")).strip()
    while True:
        password = getpass.getpass(_("Password: "))
        if password == getpass.getpass(_("The same password again: ")):
            return email, password
        print(_("The two passwords differ."))


def problems_with(email: str, password: str) -> list[str]:
    """What is wrong with an account that is to be made, in words; empty when nothing is."""
    # The validators read models, which Django has only after its setup.
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415 -- after setup
    from django.core.validators import validate_email  # noqa: PLC0415 -- after setup

    problems = []
    for validate, value in ((validate_email, email), (validate_password, password)):
        try:
            validate(value)
        except ValidationError as error:
            problems += error.messages
    return problems


def port_asked_for() -> int:
    port = os.environ.get("PORT", "")
    return int(port) if port.isdecimal() else 8000


def refuse(port: int) -> int:
    """Say so at once when the port cannot be had, before anything that takes time."""
    if not is_taken(port):
        return 0
    values = {"port": port, "next": port + 1}
    print(_("Port %(port)s is in use by another program. Choose another: make run PORT=%(next)s") % values)
    return 1


def serve(port: int) -> int:
    """Serve and work until Ctrl-C or until one of the two ends, which ends the other."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    server = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{HOST}:{port}", "--workers", "1"]
    server += ["--threads", "8", "--no-control-socket", "--log-level", "warning", "--graceful-timeout", "5"]
    worker = [sys.executable, "manage.py", "db_worker", "--no-reload", "--no-startup-delay", "--verbosity", "0"]
    processes = [subprocess.Popen(command, cwd=ROOT, env=environment) for command in (server, worker)]
    try:
        if wait_until_served(port, processes):
            print_welcome(port)
        next_look = time.monotonic()
        while all(process.poll() is None for process in processes):
            if time.monotonic() >= next_look:
                next_look += SECONDS_BETWEEN_LOOKS
                plan_letters()
            time.sleep(0.3)
        print("\n" + _("The server or the background worker ended by itself, so Stins has stopped."))
        return 1
    except KeyboardInterrupt:
        print("\n" + _("Stins has stopped. Everything is kept: start again with make run."))
        return 0
    finally:
        stop(processes)


def plan_letters() -> None:
    """Plan the letters whose time has come, as a timer does on a server; a busy database is asked the next time."""
    with contextlib.suppress(DatabaseError):
        call_command("send_reminders", verbosity=0, stdout=StringIO())


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def wait_until_served(port: int, processes: list[subprocess.Popen]) -> bool:
    last_try = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < last_try and all(process.poll() is None for process in processes):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return True
        time.sleep(0.1)
    return False


def print_welcome(port: int) -> None:
    print()
    print(_("Stins is at http://%(host)s:%(port)s (stop with Ctrl-C)") % {"host": HOST, "port": port})
    if os.environ["DEMO"] != "0":
        print_demo_accounts()
    print()


def print_demo_accounts() -> None:
    # The room's modules need Django set up before they are read.
    from programmes.actions.demo import DEMO_ACCOUNTS  # noqa: PLC0415 -- after setup

    print(_("Demo accounts, all with the password %(password)s:") % {"password": DEMO_ACCOUNTS[0].password})
    for account in DEMO_ACCOUNTS:
        print(f"  {account.email:<30} {account.label}. {account.description}.")


def stop(processes: list[subprocess.Popen]) -> None:
    """End what still runs; a second Ctrl-C meanwhile changes nothing."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in processes:
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def is_empty(model: str) -> bool:
    return not apps.get_model(model).objects.exists()


def say(sentence: str) -> None:
    print(f"  {sentence}")


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
