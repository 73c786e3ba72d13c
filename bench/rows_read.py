"""How much a database reads to answer: rows on PostgreSQL, steps of its machine on SQLite, whatever the clock says."""

from collections.abc import Callable

from django.db import connection, transaction

STEPS = 100


def rows_read(work: Callable[[], object]) -> int:
    return _rows_of_postgresql(work) if connection.vendor == "postgresql" else _steps_of_sqlite(work)


def _rows_of_postgresql(work: Callable[[], object]) -> int:
    count = "SELECT COALESCE(SUM(seq_tup_read + idx_tup_fetch), 0) FROM pg_stat_xact_user_tables"
    with transaction.atomic(), connection.cursor() as cursor:
        # A table of a few pages is quicker read whole, however few of its rows are asked for: the small tables of the
        # bench are to be read as large ones would.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(count)
        before = cursor.fetchone()[0]
        work()
        cursor.execute(count)
        return int(cursor.fetchone()[0] - before)


def _steps_of_sqlite(work: Callable[[], object]) -> int:
    """SQLite tells no rows, but calls after every so many steps of what it compiled the questions to."""
    calls = 0

    def step() -> int:
        nonlocal calls
        calls += 1
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(step, STEPS)
    try:
        work()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return calls * STEPS
