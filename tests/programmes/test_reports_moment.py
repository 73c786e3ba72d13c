"""A report is read as of one moment, makes nobody wait, and leaves the connection as it found it."""

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from programmes.models import School
from programmes.reports.moment import one_moment
from tests.factories import SchoolFactory

WAL = "PRAGMA journal_mode=WAL; PRAGMA busy_timeout=0"


@pytest.fixture
def two_connections(db, tmp_path):
    """Two connections to a database file of their own, as a reader and a writer have."""
    settings = {**connections["default"].settings_dict, "NAME": tmp_path / "moment.sqlite3"}
    settings |= {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"init_command": WAL}, "TEST": {}}
    reader, writer = DatabaseWrapper(settings, "reader"), DatabaseWrapper(settings, "writer")
    run(writer, "CREATE TABLE held (number integer)")
    yield reader, writer
    reader.close()
    writer.close()


def run(database, statement):
    with database.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_what_is_written_meanwhile_is_not_seen_and_does_not_wait(two_connections, monkeypatch):
    reader, writer = two_connections
    monkeypatch.setattr("programmes.reports.moment.connection", reader)
    with one_moment():
        before = run(reader, "SELECT count(*) FROM held")
        run(writer, "INSERT INTO held VALUES (1)")
        assert run(reader, "SELECT count(*) FROM held") == before == [(0,)]
    assert run(reader, "SELECT count(*) FROM held") == [(1,)]


def test_no_transaction_stays_open_when_reading_fails(two_connections, monkeypatch):
    reader, _writer = two_connections
    monkeypatch.setattr("programmes.reports.moment.connection", reader)
    with pytest.raises(ValueError, match="halfway"):
        _fail_halfway()
    assert not reader.connection.in_transaction


def _fail_halfway():
    with one_moment():
        raise ValueError("halfway")


def test_a_transaction_that_is_open_is_kept_to(db):
    with one_moment():
        SchoolFactory()
    assert connection.in_atomic_block
    assert School.objects.count() == 1
