"""A real browser against a real server, on a database file of its own; every page is free of errors in the console."""

import os
import shutil
import sqlite3
from contextlib import contextmanager
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import sync_playwright

from tests.factories.programmes import PASSWORD

# Playwright runs an event loop in this thread, and Django would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

TODAY = date(2026, 11, 22)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SAID_BY_HTMX = ("htmx:sendError", "htmx:afterRequest", "Response Status Error Code")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("e2e")


# The server


@pytest.fixture(scope="session")
def migrated_database(django_db_setup, django_db_blocker, tmp_path_factory):
    """A file with every table and none of the cast: each test starts from a copy of it."""
    path = tmp_path_factory.mktemp("e2e") / "migrated.sqlite3"
    with django_db_blocker.unblock():
        if connection.vendor != "sqlite":
            pytest.skip("The browser tests run on SQLite; the same views are tested on PostgreSQL without a browser.")
        connection.ensure_connection()
        copy = sqlite3.connect(path)
        connection.connection.backup(copy)
        copy.close()
    return path


@pytest.fixture(scope="session")
def curriculum_database(migrated_database, django_db_blocker):
    """The same with the catalogue and the pages that ship with the product."""
    path = shutil.copy(migrated_database, migrated_database.with_name("curriculum.sqlite3"))
    with database_at(path, django_db_blocker):
        call_command("load_curriculum", stdout=StringIO())
    return path


@pytest.fixture(scope="session")
def demo_database(curriculum_database, django_db_blocker):
    """The same with the demo municipality as it is on the day when everything here happens."""
    path = shutil.copy(curriculum_database, curriculum_database.with_name("demo.sqlite3"))
    with database_at(path, django_db_blocker), override_settings(DEMO=True):
        call_command("load_demo", today=TODAY, verbosity=0)
    return path


@pytest.fixture
def starting_database(migrated_database):
    """What a test starts from; a module that needs more says so with a fixture of this name."""
    return migrated_database


@pytest.fixture
def db(starting_database, django_db_blocker, tmp_path, request, settings):
    """The database of one test, in a file: the server's threads see what the test has saved, and it them.

    The demo's database is served as a demo: elsewhere its accounts are refused.
    """
    settings.DEMO = "demo_database" in request.fixturenames
    with database_at(shutil.copy(starting_database, tmp_path / "stins.sqlite3"), django_db_blocker):
        yield


@contextmanager
def database_at(path, blocker):
    """Everything asks the database in this file, for a while."""
    in_memory, its_settings = connections["default"], connections.settings["default"]
    connections.settings["default"] = {**its_settings, "NAME": str(path)}
    connections["default"] = connections.create_connection("default")
    try:
        with blocker.unblock():
            yield
            connections["default"].close()
    finally:
        connections.settings["default"] = its_settings
        connections["default"] = in_memory


@pytest.fixture
def server_address(db):
    """The address of a server that answers while the test runs."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://{server.host}:{server.port}"
    server.terminate()


# The browser


@pytest.fixture(scope="package")
def browser():
    """One browser for the folder, closed before other tests: its event loop would hide their connection."""
    path = next(filter(None, map(shutil.which, filter(None, (os.environ.get("CHROMIUM"), *BROWSERS)))), None)
    if path is None:
        pytest.skip("Chromium is not found (apt install chromium).")
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=as_root)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser, server_address):
    """Opens pages of any size, with `/` at the server; what their consoles complain of fails the test."""
    contexts, complaints = [], []

    def open_page(**options):
        context = browser.new_context(
            base_url=server_address, locale="sv-SE", timezone_id="Europe/Stockholm", **options
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: complaints.append(complaint(page, message)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert list(filter(None, complaints)) == []


def complaint(page, message):
    """What an error in the console says; a page that was itself refused (403, 404) is no error of the page, nor is
    what htmx says of an answer that did not come or was refused: the page tells the person."""
    if message.type != "error" or message.text.startswith(SAID_BY_HTMX):
        return None
    of_the_page_itself = message.text.startswith("Failed to load resource") and message.location["url"] == page.url
    return None if of_the_page_itself else f"{page.url}: {message.text} ({message.location['url']})"


@pytest.fixture
def page(new_page):
    """A phone."""
    return new_page(viewport=PHONE, has_touch=True)


@pytest.fixture
def wide_page(new_page):
    """A computer in a staff room."""
    return new_page(viewport=DESKTOP)


@pytest.fixture
def sign_in():
    """Signs a person in through the form, as that person would."""

    def sign_in(page, user, password=PASSWORD):
        page.goto("/konto/logga-in/")
        page.get_by_label("E-post").fill(user.email)
        page.get_by_label("Lösenord").fill(password)
        page.get_by_role("button", name="Logga in", exact=True).click()
        page.wait_for_url(lambda url: "/konto/" not in url)

    return sign_in


@pytest.fixture
def assert_accessible():
    """Holds a page to WCAG 2.1 A and AA, as far as a machine can."""

    def assert_accessible(page, only=None):
        rules = {"type": "rule", "values": only} if only else {"type": "tag", "values": WCAG}
        if not page.evaluate("'axe' in window"):
            page.evaluate(Axe().axe_script)
        violations = page.evaluate(
            "options => axe.run(options).then(answer => answer.violations)",
            {"runOnly": rules, "resultTypes": ["violations"]},
        )
        found = [
            f"{violation['id']}: {violation['help']}\n    " + "\n    ".join(node["html"] for node in violation["nodes"])
            for violation in violations
        ]
        assert not found, f"{page.url}\n  " + "\n  ".join(found)

    return assert_accessible
