"""Writes what a municipality's schools did to a zip of open formats, for its archive."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.actions.events import log_export
from programmes.exports.archive import write_archive
from programmes.imports.retention import read_policy
from programmes.management.municipalities import the_municipality

REFUSED, USAGE = 1, 2


class Command(BaseCommand):
    help = (
        "Export a municipality's archive: a zip with a CSV per register, the pages as JSON, and datapackage.json. "
        "Exits with 0 when done, 1 when refused with a reason, 2 on wrong usage."
    )

    def add_arguments(self, parser):
        parser.add_argument("--municipality", metavar="CODE", help="four digits; needed when there are several")
        parser.add_argument("--output", type=Path, metavar="FILE", required=True)

    def handle(self, *, municipality, output, **options):
        place = the_municipality(municipality)
        unfinished = output.with_name(f".{output.name}.part")
        try:
            with unfinished.open("w+b") as stream:
                export_id = write_archive(place, stream, policy=read_policy(), now=timezone.now())
                log_export(
                    actor=None,
                    municipality=place,
                    what="archive",
                    file_format="zip",
                    selection=place.name,
                    profile=_("names of staff, nothing about pupils"),
                    export_id=export_id,
                    stream=stream,
                )
            unfinished.replace(output)
        except OSError as error:
            raise CommandError(_("The file cannot be written."), returncode=REFUSED) from error
        finally:
            if unfinished.parent.is_dir():
                unfinished.unlink(missing_ok=True)
        self.stdout.write(_("Written: %(file)s, export id %(id)s.") % {"file": output, "id": export_id})
