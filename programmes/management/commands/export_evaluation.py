"""Writes a municipality's evaluation package of a school year to a file, as the page of evaluation would."""

from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.actions.evaluation import keep_package, log_package_taken
from programmes.exports.evaluation.package import write_package
from programmes.exports.evaluation.pseudonyms import Pseudonyms
from programmes.exports.evaluation.scope import Scope
from programmes.exports.tables import new_export_id
from programmes.management.municipalities import the_municipality
from programmes.models.terms import parse_school_year

REFUSED, USAGE = 1, 2


class Command(BaseCommand):
    help = (
        "Export the evaluation package of a school year: a zip with open tables, pseudonyms and the open profile. "
        "Exits with 0 when done, 1 when refused with a reason, 2 on wrong usage."
    )

    def add_arguments(self, parser):
        parser.add_argument("--school-year", type=_school_year, required=True, metavar="2026/27")
        parser.add_argument("--municipality", metavar="CODE", help="four digits; needed when there are several")
        parser.add_argument("--output", type=Path, metavar="FILE", required=True)

    def handle(self, *, school_year, municipality, output, **options):
        scope = Scope(
            municipality=the_municipality(municipality),
            start_year=school_year,
            day=timezone.localdate(),
            names=Pseudonyms(),
        )
        if scope.day < scope.period.first_day:
            raise CommandError(_("The school year has not begun."), returncode=REFUSED)
        unfinished = output.with_name(f".{output.name}.part")
        try:
            with unfinished.open("w+b") as stream:
                checksum = write_package(scope, stream)
            package = keep_package(
                municipality=scope.municipality,
                start_year=school_year,
                counted_to=scope.last_day,
                profile=scope.profile.code,
                content=unfinished.read_bytes(),
                checksum=checksum,
                export_id=new_export_id(now=timezone.now()),
                user=None,
                now=timezone.now(),
            )
            log_package_taken(package=package, user=None)
            unfinished.replace(output)
        except OSError as error:
            raise CommandError(_("The file cannot be written."), returncode=REFUSED) from error
        finally:
            if unfinished.parent.is_dir():
                unfinished.unlink(missing_ok=True)
        self.stdout.write(_("Written: %(file)s, export id %(id)s.") % {"file": output, "id": package.export_id})


def _school_year(text: str) -> int:
    try:
        return parse_school_year(text)
    except ValueError as error:
        raise ArgumentTypeError("write it as 2026/27") from error
