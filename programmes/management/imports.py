"""What the commands that read a file have in common: how they are asked, how they print, and how they refuse."""

import argparse
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from programmes.actions.previews import ImportRefusedError
from programmes.enums import ImportResult
from programmes.imports.cells import SheetError
from programmes.imports.refused import refused_csv
from programmes.imports.resources import PreviewedResource
from programmes.imports.sheets import Columns, Reading, read_rows
from programmes.imports.words import PreviewedRow, cells_of, headings_of
from programmes.management.municipalities import the_municipality
from programmes.models import Municipality
from programmes.models.terms import parse_school_year, start_year_of

BESIDE = Path()
REFUSED, USAGE = 1, 2
WIDEST = 28


class ImportCommand(BaseCommand, ABC):
    """Reads a file, prints every row's result, and takes it in unless it is only tried."""

    columns: Columns
    row_type: type[PreviewedRow]

    def add_arguments(self, parser):
        self.add_source(parser)
        parser.add_argument("--municipality", metavar="CODE", help="four digits; needed when there are several")
        parser.add_argument(
            "--school-year",
            type=_school_year,
            metavar="2026/27",
            help="where the file does not say; the current one unless told",
        )
        parser.add_argument("--dry-run", action="store_true", help="save nothing")
        parser.add_argument("--skip-errors", action="store_true", help="import the rows that have no errors")
        parser.add_argument(
            "--refused",
            type=Path,
            nargs="?",
            const=BESIDE,
            metavar="FILE",
            help="write the refused rows to a file; without a name, to <name>-avvisade.csv beside the list",
        )

    def add_source(self, parser):
        parser.add_argument("source", type=Path, metavar="FILE")

    def read(self, source: Any, *, start_year: int, **options: Any) -> Reading:
        return _read(source, self.columns)

    def handle(self, *, source, municipality, school_year, dry_run, skip_errors, refused, **options):
        place = the_municipality(municipality)
        start_year = start_year_of(timezone.localdate()) if school_year is None else school_year
        reading = self.read(source, municipality=place, start_year=start_year, **options)
        resource = self.resource(municipality=place, start_year=start_year, **options)
        preview = resource.look_at(reading)
        for line in self._table(preview):
            self.stdout.write(line)
        self.stdout.write(_summary(preview.rows, self.results))
        if refused is not None:
            path = self.beside(source) if refused == BESIDE else refused
            self._write_refused(preview, path)
        try:
            is_refused = bool(_refused(preview)) and not skip_errors
            outcome = None if dry_run and not is_refused else resource.save(reading, skip_errors=skip_errors)
        except ImportRefusedError as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        self.stdout.write(self.said(outcome) if outcome else _("Dry run: nothing was saved."))

    def beside(self, source: Any) -> Path:
        return source.with_name(f"{source.stem}-avvisade.csv")

    results: Sequence[ImportResult] = tuple(ImportResult)

    @abstractmethod
    def resource(self, *, municipality: Municipality, start_year: int, **options: Any) -> PreviewedResource:
        """What judges the rows and takes them in."""

    @abstractmethod
    def said(self, outcome: Any) -> str:
        """What came of it, in one sentence."""

    def _table(self, preview: Any) -> list[str]:
        several_sheets = len({row.sheet for row in preview.rows}) > 1
        lines = [[_("Row"), _("Result"), *headings_of(self.row_type), _("Reason")]]
        for row in preview.rows:
            number = f"{row.sheet}!{row.number}" if several_sheets else str(row.number)
            lines.append([number, str(row.result.label), *(_short(cell) for cell in cells_of(row)), row.reason])
        widths = [min(WIDEST, max(len(line[column]) for line in lines)) for column in range(len(lines[0]))]
        said = [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
        ]
        skipped = [_("The sheet %(sheet)s was left out.") % {"sheet": name} for name in preview.skipped_sheets]
        unread = [_("Not read: %(columns)s.") % {"columns": ", ".join(preview.unread_columns)}]
        return said + skipped + (unread if preview.unread_columns else [])

    def _write_refused(self, preview: Any, path: Path):
        rows = _refused(preview)
        if not rows:
            return
        several_sheets = len({row.sheet for row in preview.rows}) > 1
        try:
            path.write_bytes(refused_csv(rows, columns=self.columns, several_sheets=several_sheets))
        except OSError as error:
            raise CommandError(_("The file of refused rows cannot be written."), returncode=REFUSED) from error
        self.stdout.write(_("Refused rows: %(path)s") % {"path": path})


def _refused(preview: Any) -> list[Any]:
    return [row for row in preview.rows if row.result in {ImportResult.ERROR, ImportResult.QUESTION}]


def _school_year(text: str) -> int:
    try:
        return parse_school_year(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("write it as 2026/27") from error


def _read(path: Path, columns: Columns) -> Reading:
    try:
        with path.open("rb") as file:
            return read_rows(file, columns=columns)
    except OSError as error:
        raise CommandError(_("The file cannot be opened."), returncode=REFUSED) from error
    except SheetError as error:
        raise CommandError(str(error), returncode=REFUSED) from error


def _short(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


def _summary(rows: Sequence[Any], results: Iterable[ImportResult]) -> str:
    counts = Counter(row.result for row in rows)
    said = ngettext("%(number)s row", "%(number)s rows", len(rows)) % {"number": len(rows)}
    return f"{said}: " + ", ".join(f"{result.label} {counts[result]}" for result in results)
