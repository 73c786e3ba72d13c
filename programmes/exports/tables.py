"""What every file is made of: columns that explain themselves, tables of rows, a cover, and a stamp.

A missing value is None and becomes an empty cell; zero is 0. A rate without a denominator is NO_DENOMINATOR.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise
from django.utils.timezone import localtime

Text = str | Promise
Kind = Literal["text", "integer", "decimal", "number", "percent", "date"]
Value = str | int | float | date | None
Row = Sequence[Value]

NO_DENOMINATOR = "."


@dataclass(frozen=True)
class Column:
    """A column: its heading, what its cells are, how wide it is (in characters), and what it means.

    A decimal is a mean with two decimals, a number has as many as it needs.
    `short` is its heading on the page and in documents, where the whole one is too long for a column.
    """

    key: str
    heading: Text
    kind: Kind
    width: int
    definition: Text
    short: Text = ""

    @property
    def head(self) -> str:
        return str(self.short or self.heading)

    @property
    def word(self) -> str:
        """What its definition is found by: the heading of the page, and the whole one where it differs."""
        return self.head if self.head == str(self.heading) else f"{self.head} ({self.heading})"

    @property
    def is_number(self) -> bool:
        return self.kind not in ("text", "date")


@dataclass(frozen=True)
class Table:
    """A named table; `rows` may be a generator and is read once, `total` stands under the rows and apart from them.

    `signs` are signs put before words of the column `signed` where a format can do so without changing the value.
    """

    name: Text
    title: Text
    columns: Sequence[Column]
    rows: Iterable[Row]
    total: Row | None = None
    signed: str = ""
    signs: Sequence[tuple[Text, str, str]] = ()


@dataclass(frozen=True)
class Stamp:
    """What a file says about its own making."""

    export_id: str
    exported_at: datetime
    version: str
    period: str
    selection: str
    profile: str

    @property
    def time(self) -> str:
        return f"{localtime(self.exported_at):%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Cover:
    """The first sheet: what the file is, its answer in a sentence, the facts of its making, and small tables."""

    name: Text
    title: str
    finding: str
    facts: Sequence[tuple[Text, Value]]
    tables: Sequence[Table]


@dataclass(frozen=True)
class Book:
    """A whole file: a cover and its tables, in order."""

    cover: Cover
    tables: Sequence[Table]
    stamp: Stamp


def new_export_id(*, now: datetime) -> str:
    """An id to tell one export from every other: its day and eight random signs, nothing about who made it."""
    return f"{localtime(now):%Y%m%d}-{secrets.token_hex(4)}"


def or_no_denominator(value: float | None) -> float | str:
    """A rate as it stands in a summary: its value, or the sign for no denominator, never 0."""
    return NO_DENOMINATOR if value is None else value
