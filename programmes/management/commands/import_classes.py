"""Reads a class list and tells every row's result, then takes it in."""

import argparse
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from programmes.actions.imports import (
    ClassPreview,
    ClassRow,
    ImportOutcome,
    ImportRefusedError,
    import_classes,
)
from programmes.enums import ImportResult
from programmes.imports.cells import SheetError
from programmes.imports.classes import CLASS_COLUMNS, preview_classes
from programmes.imports.refused import refused_classes_csv
from programmes.imports.sheets import Reading, read_rows
from programmes.models import Municipality
from programmes.models.terms import parse_school_year, school_year_label, start_year_of

BESIDE = Path()
REFUSED, USAGE = 1, 2
WIDEST = 28


class Command(BaseCommand):
    help = (
        "Import a class list (.xlsx or .csv) with the columns Skola or Skolenhetskod, Klass, Årskurs and Antal elever. "
        "Prints every row's result. Exits with 0 when done, 1 when refused, 2 on wrong usage; a dry run exits as the "
        "import would, and saves nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--municipality", metavar="CODE", help="four digits; needed when there are several")
        parser.add_argument(
            "--school-year",
            type=_school_year,
            metavar="2026/27",
            help="where the list has no column Läsår; the current one unless told",
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

    def handle(self, *, file, municipality, school_year, dry_run, skip_errors, refused, **options):
        place = _municipality(municipality)
        reading = _read(file)
        start_year = start_year_of(timezone.localdate()) if school_year is None else school_year
        preview = preview_classes(reading, municipality=place, start_year=start_year)
        for line in _table(preview):
            self.stdout.write(line)
        self.stdout.write(_summary(preview))
        if refused is not None:
            self._write_refused(preview, file.with_name(f"{file.stem}-avvisade.csv") if refused == BESIDE else refused)
        try:
            outcome = _import(preview, dry_run=dry_run, skip_errors=skip_errors)
        except ImportRefusedError as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        self.stdout.write(_said(outcome) if outcome else _("Dry run: nothing was saved."))

    def _write_refused(self, preview: ClassPreview, path: Path):
        if not preview.with_result(ImportResult.ERROR):
            return
        try:
            path.write_bytes(refused_classes_csv(preview))
        except OSError as error:
            raise CommandError(_("The file of refused rows cannot be written."), returncode=REFUSED) from error
        self.stdout.write(_("Refused rows: %(path)s") % {"path": path})


def _school_year(text: str) -> int:
    try:
        return parse_school_year(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("write it as 2026/27") from error


def _municipality(code: str | None) -> Municipality:
    found = Municipality.objects.filter(code=code.zfill(4)) if code else Municipality.objects.all()
    match list(found[:2]):
        case [municipality]:
            return municipality
        case []:
            raise CommandError(_("There is no such municipality."), returncode=USAGE)
    raise CommandError(_("There are several municipalities: say which with --municipality."), returncode=USAGE)


def _read(path: Path) -> Reading:
    try:
        with path.open("rb") as file:
            return read_rows(file, columns=CLASS_COLUMNS)
    except OSError as error:
        raise CommandError(_("The file cannot be opened."), returncode=REFUSED) from error
    except SheetError as error:
        raise CommandError(str(error), returncode=REFUSED) from error


def _import(preview: ClassPreview, *, dry_run: bool, skip_errors: bool) -> ImportOutcome | None:
    errors = preview.with_result(ImportResult.ERROR)
    if dry_run and (skip_errors or not errors):
        return None
    return import_classes(preview=preview, skip_errors=skip_errors)


def _table(preview: ClassPreview) -> list[str]:
    head = [
        _("Row"),
        _("Result"),
        _("School"),
        _("School year"),
        _("Class"),
        _("Grade"),
        _("Pupils"),
        _("Reason"),
    ]
    several_sheets = len({row.sheet for row in preview.rows}) > 1
    lines = [head, *(_line(row, several_sheets=several_sheets) for row in preview.rows)]
    widths = [min(WIDEST, max(len(line[column]) for line in lines)) for column in range(len(head))]
    said = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    skipped = [_("The sheet %(sheet)s was left out.") % {"sheet": name} for name in preview.skipped_sheets]
    return said + skipped


def _line(row: ClassRow, *, several_sheets: bool) -> list[str]:
    """What would be saved, or, where nothing can be, what the file says."""
    number = f"{row.sheet}!{row.number}" if several_sheets else str(row.number)
    if row.result == ImportResult.ERROR:
        fields = ("school", "school_year", "class_name", "grade", "enrolled")
        said = [row.written.get(field, "") for field in fields]
    else:
        row_class = row.as_class()
        enrolled = "" if row_class.enrolled is None else str(row_class.enrolled)
        said = [str(row.school), school_year_label(row_class.start_year), row_class.name, row_class.grades, enrolled]
    return [number, str(row.result.label), *(_short(cell) for cell in said), row.reason]


def _short(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


def _summary(preview: ClassPreview) -> str:
    counts = Counter(row.result for row in preview.rows)
    rows = ngettext("%(number)s row", "%(number)s rows", len(preview.rows)) % {"number": len(preview.rows)}
    return f"{rows}: " + ", ".join(f"{result.label} {counts[result]}" for result in ImportResult)


def _said(outcome: ImportOutcome) -> str:
    return _("Imported. New classes: %(created)s. Changed: %(changed)s. Base sessions planned: %(planned)s.") % {
        "created": outcome.created,
        "changed": outcome.changed,
        "planned": outcome.planned,
    }
