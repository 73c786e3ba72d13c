"""Rows read once and laid aside in a temporary file, so that what is read of one moment is written in its own time.

A workbook of a hundred thousand rows takes half a minute to write. Read as it is written, it would keep the
database's moment open as long; kept in memory, it would take all there is.
"""

import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO

from programmes.exports.tables import Row, Table

AT_A_TIME = 1000
IN_MEMORY = 256 * 1024

# Told how many rows have been written, of how many.
Progress = Callable[[int, int], None]


class Spool:
    """The rows of one table in a temporary file; they are read back in the order they came, once."""

    def __init__(self, table: Table, file: IO[bytes]) -> None:
        self.table, self.file, self.count = table, file, 0
        rows = iter(table.rows)
        while some := [tuple(row) for row in islice(rows, AT_A_TIME)]:
            pickle.dump(some, file, protocol=pickle.HIGHEST_PROTOCOL)
            self.count += len(some)

    def rows(self, written: Callable[[int], None]) -> Iterator[Row]:
        self.file.seek(0)
        left = self.count
        while left > 0:
            some = pickle.load(self.file)  # noqa: S301 -- written by this very process, into a file without a name
            yield from some
            left -= len(some)
            written(len(some))


@contextmanager
def spooled(tables: Sequence[Table], *, progress: Progress | None = None) -> Iterator[list[Table]]:
    """The same tables with their rows read and laid aside; `progress` is told while they are written."""
    with ExitStack() as files:
        spools = [Spool(table, files.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))) for table in tables]
        total, done = sum(spool.count for spool in spools), 0

        def written(count: int) -> None:
            nonlocal done
            done += count
            if progress:
                progress(done, total)

        yield [replace(spool.table, rows=spool.rows(written)) for spool in spools]
