"""What a report is made of, whatever it is about: an answer in a sentence, and sections of a drawing and a table.

The page, the workbook, the document and the CSV are all made of the same `Report`, so that they cannot differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from programmes.exports.charts import Bars
from programmes.exports.findings import Finding
from programmes.exports.lines import Lines
from programmes.exports.tables import Column, Row, Table, Text, Value

Texts = Sequence[tuple[Text, Text]]
MANY_PARTS = 4  # headings: so many that the page begins with links to them
# What a report without counts of people with an attribute says of small numbers.
NOTHING_HIDDEN = gettext_lazy("profile internal, nothing suppressed")

NO_CLASSES = gettext_lazy("There are no classes in this selection")
NOTHING_WAS_HELD = gettext_lazy(
    "No school in it ran the programme in the period, and nothing was planned or held. Choose another period, area or"
    " school."
)


@dataclass(frozen=True)
class Section:
    """A heading, and under it what people have written (`texts`), a drawing and a table, each where there is one.

    `shown` are the keys of the columns for the page and the document, in their order there, all when empty; the files
    hold every column.
    A section `in_files_only` is the rows behind the figures: a sheet of the workbook; one that `is_shown_only` has its
    rows in such a sheet, together with those of its like. `about` is what a reader has to know before the table;
    `nothing` stands in its place when it has no rows. The rows are lists, never generators. `level` 3 is a part of the
    section before it, and what `starts_page` does so in the document.
    """

    heading: Text
    table: Table | None = None
    bars: Bars | None = None
    shown: Sequence[str] = ()
    about: Text = ""
    nothing: Text = ""
    in_files_only: bool = False
    lines: Lines | None = None
    texts: Texts = ()
    is_shown_only: bool = False
    level: int = 2
    starts_page: bool = False

    @property
    def places(self) -> list[int]:
        """Where in a row the shown columns are, in the order that they are shown in."""
        keys = [column.key for column in self.table.columns] if self.table else []
        return [keys.index(key) for key in self.shown] if self.shown else list(range(len(keys)))

    @property
    def columns(self) -> list[Column]:
        return [self.table.columns[place] for place in self.places] if self.table else []

    def cells(self, row: Row) -> list[tuple[Value, Column]]:
        """A row as it is shown: each value with its column."""
        return [(row[place], column) for place, column in zip(self.places, self.columns, strict=True)]

    @property
    def rows(self) -> list[list[tuple[Value, Column]]]:
        return [self.cells(row) for row in self.table.rows] if self.table else []

    @property
    def total(self) -> list[tuple[Value, Column]] | None:
        """What several rows come to together; a single row is its own total."""
        total = self.table.total if self.table and len(self.rows) > 1 else None
        return self.cells(total) if total else None


@dataclass(frozen=True)
class Report:
    """A report as it is asked for: all that is shown, and nothing that the asker may not see.

    The first section's table is the CSV, unless `rows` names another. `words` are definitions besides those of the
    columns; `texts` are what people have written (an analysis, a decided action), heading and text. `profile` says
    in words what is done with small numbers. `nothing` and `way_on` are said of a report without any row.
    """

    title: str
    finding: Finding
    sections: Sequence[Section]
    profile: Text
    words: Texts = ()
    texts: Texts = ()
    rows: Table | None = None
    nothing: Text = NO_CLASSES
    way_on: Text = NOTHING_WAS_HELD

    @property
    def shown_sections(self) -> list[Section]:
        return [section for section in self.sections if not section.in_files_only]

    @property
    def parts(self) -> list[tuple[int, Text]]:
        """The headings to jump to on the page, each with its section's number, where there are many."""
        numbered = enumerate(self.shown_sections, 1)
        parts = [(number, section.heading) for number, section in numbered if section.level == 2]
        return parts if len(parts) >= MANY_PARTS else []

    @property
    def tables(self) -> list[Table]:
        return [section.table for section in self.sections if section.table and not section.is_shown_only]

    @property
    def main(self) -> Table:
        return self.rows or self.tables[0]

    @property
    def definitions(self) -> list[tuple[str, str]]:
        """The shown columns' meanings and then the other words, each once."""
        columns = {column.key: column for section in self.shown_sections for column in section.columns}
        explained = {str(column.heading): column for column in columns.values() if column.definition}
        words = {str(word): str(meaning) for word, meaning in self.words}
        return [
            *((column.word, str(column.definition)) for column in explained.values()),
            *((word, words[word]) for word in words if word not in explained),
        ]

    @property
    def is_empty(self) -> bool:
        return not any(table.rows for table in self.tables)
