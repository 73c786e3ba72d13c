"""Reads the schools of a municipality out of Skolverket's register, tells every school's result, and takes them in."""

from datetime import date
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.actions.previews import ImportOutcome
from programmes.actions.school_imports import SchoolRow
from programmes.imports.resources import PreviewedResource, SchoolResource
from programmes.imports.rest import RegisterError
from programmes.imports.school_units import SCHOOL_COLUMNS
from programmes.imports.sheets import Reading
from programmes.imports.sources import fetch_schools
from programmes.management.imports import REFUSED, USAGE, ImportCommand
from programmes.models import Municipality


class Command(ImportCommand):
    help = (
        "Import the schools of a municipality from Skolverket's register of school units, by unit code: new schools, "
        "changed names and grades. A school that has closed is asked, and is answered with --answer. Exits with 0 when "
        "done, 1 when refused, 2 on wrong usage; a dry run exits as the import would, and saves nothing."
    )
    row_type = SchoolRow
    columns = SCHOOL_COLUMNS

    def add_source(self, parser):
        parser.add_argument("source", metavar="URL", nargs="?", default="", help="where the settings do not say")
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            metavar="CODE=DAY",
            help="the last day of a closed school, as `12345678=2026-06-30`; without a day it is left as it is",
        )

    def read(self, source: str, *, municipality: Municipality, **options) -> Reading:
        try:
            return fetch_schools(municipality, address=source)
        except RegisterError as error:
            raise CommandError(str(error), returncode=REFUSED) from error

    def resource(self, *, municipality: Municipality, answer, **options) -> PreviewedResource:
        answers = dict(_answer(text) for text in answer)
        return SchoolResource(municipality=municipality, today=timezone.localdate(), answers=answers, asks=True)

    def said(self, outcome: ImportOutcome) -> str:
        return _("Imported. New schools: %(created)s. Changed: %(changed)s. Unchanged: %(unchanged)s.") % {
            "created": outcome.created,
            "changed": outcome.changed,
            "unchanged": outcome.unchanged,
        }

    def beside(self, source: str) -> Path:
        return Path("skolor-avvisade.csv")


def _answer(text: str) -> tuple[str, str]:
    code, sign, day = text.partition("=")
    try:
        return code.strip(), date.fromisoformat(day.strip()).isoformat() if sign and day.strip() else ""
    except ValueError:
        raise CommandError(_("Write an answer as CODE=2026-06-30."), returncode=USAGE) from None
