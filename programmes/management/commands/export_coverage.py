"""Writes a municipality's coverage for a period to a file, as the page of reports would."""

from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.models import Programme
from programmes.actions.events import log_export
from programmes.exports.coverage import write_coverage
from programmes.exports.selections import Selection
from programmes.forms.reports import programmes_with_coverage
from programmes.management.municipalities import the_municipality
from programmes.models import Period

REFUSED, USAGE = 1, 2


class Command(BaseCommand):
    help = (
        "Export a municipality's coverage: the workbook with six sheets, a document (PDF), or the sheet Pass (CSV). "
        "Exits with 0 when done, 1 when refused with a reason, 2 on wrong usage."
    )

    def add_arguments(self, parser):
        parser.add_argument("--period", type=_period, required=True, help="HT2026, VT2027, 2026/27 or T1-2027")
        parser.add_argument("--program", metavar="CODE", help="the first programme unless told")
        parser.add_argument("--municipality", metavar="CODE", help="four digits; needed when there are several")
        parser.add_argument("--format", choices=["xlsx", "csv", "pdf"], required=True, dest="file_format")
        parser.add_argument("--output", type=Path, metavar="FILE", required=True)

    def handle(self, *, period, program, municipality, file_format, output, **options):
        place, programme = the_municipality(municipality), _programme(program)
        selection = Selection.whole(place, programme, period)
        # Beside the file and then in its place: what is half written never bears its name.
        unfinished = output.with_name(f".{output.name}.part")
        try:
            with unfinished.open("w+b") as stream:
                stamp = write_coverage(
                    selection, stream, file_format=file_format, today=timezone.localdate(), now=timezone.now()
                )
                log_export(
                    actor=None,
                    municipality=place,
                    what="coverage",
                    file_format=file_format,
                    selection=f"{stamp.selection}, {stamp.period}",
                    profile=stamp.profile,
                    export_id=stamp.export_id,
                    stream=stream,
                )
            unfinished.replace(output)
        except OSError as error:
            raise CommandError(_("The file cannot be written."), returncode=REFUSED) from error
        finally:
            if unfinished.parent.is_dir():
                unfinished.unlink(missing_ok=True)
        self.stdout.write(_("Written: %(file)s, export id %(id)s.") % {"file": output, "id": stamp.export_id})


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise ArgumentTypeError("write it as HT2026, VT2027, 2026/27 or T1-2027") from error


def _programme(code: str | None) -> Programme:
    found = programmes_with_coverage().filter(code=code) if code else programmes_with_coverage()
    programme = found.first()
    if programme is None:
        raise CommandError(_("There is no such programme."), returncode=USAGE)
    return programme
