"""What every word of the coverage file means, in the municipality's language: the file explains itself."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from programmes.exports.tables import Row, Table

# What an empty cell and a sign mean, in every file.
MARKS = (
    (pgettext_lazy("definition", "Empty cell"), gettext_lazy("Not recorded, or not applicable; never zero.")),
    ("0", gettext_lazy("A true zero.")),
    (".", gettext_lazy("No denominator: there is nothing to make a share or a mean of.")),
)
# Raised when a definition counts something else, with a line in docs/definitions.md. A closed period keeps its own.
DEFINITIONS_VERSION = "1"

GENERAL = (
    (
        pgettext_lazy("definition", "Counted to and including"),
        gettext_lazy("Today, or the last day of the period when that has passed. States are as they were on that day."),
    ),
    (
        pgettext_lazy("definition", "Expected, recounted"),
        gettext_lazy(
            "Rows of Pass whose due date lies in the period and not after the day counted to. Their states give held, "
            "not held and not reported; due now counts as not reported."
        ),
    ),
    (
        pgettext_lazy("definition", "Dose, recounted"),
        gettext_lazy("Rows of Pass whose date lies in the period, in classes that Klasser counts in the dose."),
    ),
    (
        pgettext_lazy("definition", "What Pass holds"),
        gettext_lazy(
            "What is due in the period, what was held in it though due earlier or later, and what was held without "
            "being planned. A session due while the school did not run the programme is left out, or, when it was "
            "held in the period, stands without a due date."
        ),
    ),
    (
        pgettext_lazy("definition", "Together, on Skolor"),
        gettext_lazy(
            "The last row adds the schools' counts and makes the rates from the sums; leave it out when summing."
        ),
    ),
    *MARKS,
    (
        pgettext_lazy("definition", "Profile"),
        gettext_lazy(
            "Counts of schools, classes, sessions, enrolled pupils and pupils present are never suppressed, and this "
            "file holds no other counts of persons. It holds no names of persons and no free text."
        ),
    ),
)


def definition_rows(tables: Sequence[Table]) -> Iterator[Row]:
    """The words used in general, then every column of every sheet in the order it stands there."""
    for word, meaning in GENERAL:
        yield [_("all sheets"), str(word), str(meaning)]
    yield from column_rows(tables)


def column_rows(tables: Iterable[Table]) -> Iterator[Row]:
    """Every column of every sheet in the order it stands there, with what it means."""
    for table in tables:
        for column in table.columns:
            yield [str(table.name), str(column.heading), str(column.definition)]
