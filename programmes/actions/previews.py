"""What every import has in common: rows with their result, whether they may be taken in, and the trace it leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.translation import ngettext

from accounts.models import User
from programmes.actions.events import log_event
from programmes.enums import EventKind, ImportResult
from programmes.models import Municipality

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class PreviewedRow:
    """A row of a file, what would become of it, and why not.

    `written` is what the file says, by field, as text, without anything that must not be repeated; `asked` is what a
    question is about, as its answer names it.
    """

    sheet: str
    number: int
    written: Mapping[str, str]
    result: ImportResult
    problems: Sequence[str] = ()
    asked: str = ""

    @property
    def reason(self) -> str:
        return " ".join(self.problems)


Row = TypeVar("Row", bound=PreviewedRow)


@dataclass(frozen=True, kw_only=True)
class Preview(Generic[Row]):
    """A file with the result of every row, in the order of the file; nothing is saved."""

    municipality: Municipality
    rows: Sequence[Row]
    skipped_sheets: Sequence[str] = ()
    unread_columns: Sequence[str] = ()

    def with_result(self, *results: ImportResult) -> list[Row]:
        return [row for row in self.rows if row.result in results]

    @property
    def refused(self) -> list[Row]:
        return self.with_result(ImportResult.ERROR, ImportResult.QUESTION)

    @property
    def questions(self) -> dict[str, Row]:
        """What is asked, once for each text however many rows have it: the first row with it, by the text."""
        asked: dict[str, Row] = {}
        for row in self.with_result(ImportResult.QUESTION):
            asked.setdefault(row.asked, row)
        return asked


@dataclass(frozen=True, kw_only=True)
class ImportOutcome:
    """How many rows became what; `planned` is how many sessions were put on the lines of the classes."""

    created: int
    changed: int
    unchanged: int
    refused: int
    planned: int


class ImportRefusedError(Exception):
    """An import that saved nothing; its text is one translated sentence."""


def require_takeable(preview: Preview, *, skip_errors: bool) -> None:
    """Refuse a preview with rows that are errors or ask something, unless those rows are to be skipped."""
    count = len(preview.refused)
    if not count or skip_errors:
        return
    if preview.with_result(ImportResult.QUESTION):
        sentence = ngettext(
            "Nothing was imported: %(number)s row has an error or a question. Answer it, correct it or skip it.",
            "Nothing was imported: %(number)s rows have errors or questions. Answer, correct or skip them.",
            count,
        )
    else:
        sentence = ngettext(
            "Nothing was imported: %(number)s row has an error. Correct it or skip it.",
            "Nothing was imported: %(number)s rows have errors. Correct them or skip them.",
            count,
        )
    raise ImportRefusedError(sentence % {"number": count})


def taken_in(preview: Preview, *, what: str, user: User | None, planned: int = 0) -> ImportOutcome:
    """Write down in the event log that a preview was taken in, and tell how its rows came out."""
    outcome = ImportOutcome(
        created=len(preview.with_result(ImportResult.NEW)),
        changed=len(preview.with_result(ImportResult.CHANGED)),
        unchanged=len(preview.with_result(ImportResult.UNCHANGED)),
        refused=len(preview.refused),
        planned=planned,
    )
    log_event(
        kind=EventKind.IMPORTED,
        actor=user,
        municipality=preview.municipality,
        about={
            "what": what,
            "created": outcome.created,
            "changed": outcome.changed,
            "refused": outcome.refused,
        },
    )
    return outcome
