"""The tables of an evaluation package, and the very same rows written by the standard library alone."""

import csv
from io import StringIO
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

Tables = dict[str, list[list[str]]]


def tables_in(stream: BinaryIO) -> Tables:
    """Every table of a package, its columns first."""
    with ZipFile(stream) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        return {name: list(csv.reader(StringIO(archive.read(name).decode(), newline=""))) for name in names}


def write_alone(tables: Tables, stream: BinaryIO) -> None:
    """Write tables into a zip with nothing but the library: no database, no pseudonyms, no codebook."""
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            text = StringIO(newline="")
            csv.writer(text, lineterminator="\n").writerows(rows)
            archive.writestr(name, text.getvalue())
