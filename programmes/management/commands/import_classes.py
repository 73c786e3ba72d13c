"""Reads a class list and tells every row's result, then takes it in."""

from django.utils.translation import gettext as _

from programmes.actions.imports import ClassRow
from programmes.actions.previews import ImportOutcome
from programmes.enums import ImportResult
from programmes.imports.classes import CLASS_COLUMNS
from programmes.imports.resources import ClassListResource, PreviewedResource
from programmes.management.imports import ImportCommand
from programmes.models import Municipality


class Command(ImportCommand):
    help = (
        "Import a class list (.xlsx or .csv) with the columns Skola or Skolenhetskod, Klass, Årskurs and Antal elever. "
        "Prints every row's result. Exits with 0 when done, 1 when refused, 2 on wrong usage; a dry run exits as the "
        "import would, and saves nothing."
    )
    row_type = ClassRow
    columns = CLASS_COLUMNS
    results = tuple(result for result in ImportResult if result != ImportResult.QUESTION)

    def resource(self, *, municipality: Municipality, start_year: int, **options) -> PreviewedResource:
        return ClassListResource(municipality=municipality, start_year=start_year)

    def said(self, outcome: ImportOutcome) -> str:
        return _("Imported. New classes: %(created)s. Changed: %(changed)s. Base sessions planned: %(planned)s.") % {
            "created": outcome.created,
            "changed": outcome.changed,
            "planned": outcome.planned,
        }
