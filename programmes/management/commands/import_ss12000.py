"""Reads the classes of a municipality out of an SS 12000 register, tells every row's result, and takes them in."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.enums import ImportResult
from programmes.imports.resources import ClassListResource, PreviewedResource
from programmes.imports.rest import RegisterError
from programmes.imports.sheets import Reading
from programmes.imports.sources import ss12000_service
from programmes.imports.ss12000 import Folder, Register, read_classes
from programmes.management.commands.import_classes import Command as ClassListCommand
from programmes.management.imports import REFUSED, USAGE
from programmes.models import Municipality


class Command(ClassListCommand):
    help = (
        "Import classes and how many pupils they have from an SS 12000 register: a folder with its answers "
        "(organisations.json, groups.json …) or its address. No person is read or stored. A class whose name does not "
        "tell the grade is asked, and is answered with --answer. Exits with 0 when done, 1 when refused, 2 on wrong "
        "usage; a dry run exits as the import would, and saves nothing."
    )
    results = tuple(ImportResult)

    def add_source(self, parser):
        parser.add_argument("source", metavar="DIR|URL")
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            metavar="CLASS=GRADE",
            help="the grade of a class whose name does not tell, as `Ugglan=F`; may be given again",
        )

    def read(self, source: str, *, start_year: int, answer, **options) -> Reading:
        grades = dict(_answer(text) for text in answer)
        try:
            return read_classes(_register(source), start_year=start_year, today=timezone.localdate(), grades=grades)
        except RegisterError as error:
            raise CommandError(str(error), returncode=REFUSED) from error

    def resource(self, *, municipality: Municipality, start_year: int, **options) -> PreviewedResource:
        return ClassListResource(municipality=municipality, start_year=start_year, asks_grades=True, code_decides=True)

    def beside(self, source: str) -> Path:
        return Path("ss12000-avvisade.csv")


def _register(source: str) -> Register:
    if urlsplit(source).scheme not in {"http", "https"}:
        folder = Path(source)
        if not folder.is_dir():
            raise CommandError(_("There is no such folder."), returncode=REFUSED)
        return Folder(folder)
    return ss12000_service(source, waits=True)


def _answer(text: str) -> tuple[str, str]:
    name, sign, grade = text.rpartition("=")
    if not sign or not name.strip():
        raise CommandError(_("Write an answer as CLASS=GRADE."), returncode=USAGE)
    return name.strip(), grade.strip()
