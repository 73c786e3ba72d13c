"""Reads a school's own log and tells every row's result, then takes it in."""

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.actions.delivery_imports import DeliveryRow
from programmes.actions.previews import ImportOutcome
from programmes.imports.log_columns import LOG_COLUMNS
from programmes.imports.resources import LogResource, PreviewedResource
from programmes.imports.sheets import loosely
from programmes.management.imports import USAGE, ImportCommand
from programmes.models import Municipality, School, SchoolClass


class Command(ImportCommand):
    help = (
        "Import a log of sessions held (.xlsx or .csv) with the columns Klass, Pass, Datum, Närvarande, Antal elever "
        "and Kommentar. Prints every row's result; what resembles a session's name without being it is asked, and is "
        "answered with --answer. Exits with 0 when done, 1 when refused, 2 on wrong usage; a dry run exits as the "
        "import would, and saves nothing."
    )
    row_type = DeliveryRow
    columns = LOG_COLUMNS

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--school", metavar="SLUG", help="where the log has no column Skola")
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            metavar="TEXT=CODE",
            help="which session a text means, as `Normer o konsekvenser=T-B1`; may be given again",
        )

    def resource(self, *, municipality: Municipality, start_year: int, school, answer, **options) -> PreviewedResource:
        return LogResource(
            municipality=municipality,
            classes=SchoolClass.objects.filter(school__municipality=municipality).select_related("school"),
            start_year=start_year,
            today=timezone.localdate(),
            school=_school(municipality, school) if school else None,
            answers=dict(_answer(text) for text in answer),
        )

    def said(self, outcome: ImportOutcome) -> str:
        return _("Imported. New reports: %(created)s. Corrected: %(changed)s. Unchanged: %(unchanged)s.") % {
            "created": outcome.created,
            "changed": outcome.changed,
            "unchanged": outcome.unchanged,
        }


def _school(municipality: Municipality, slug: str) -> School:
    found = School.objects.filter(municipality=municipality, slug=slug).first()
    if found is None:
        raise CommandError(_("There is no such school in the municipality."), returncode=USAGE)
    return found


def _answer(text: str) -> tuple[str, str]:
    said, sign, code = text.rpartition("=")
    if not sign or not loosely(said):
        raise CommandError(_("Write an answer as TEXT=CODE."), returncode=USAGE)
    return loosely(said), code.strip().upper()
