"""Makes files on their way in."""

import factory
from factory.django import DjangoModelFactory

from programmes.enums import ImportKind
from programmes.models import ImportDraft
from tests.factories.programmes import MunicipalityFactory, UserFactory


class ImportDraftFactory(DjangoModelFactory):
    """A class list with one row, its headings found."""

    class Meta:
        model = ImportDraft

    owner = factory.SubFactory(UserFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    kind = ImportKind.CLASSES
    start_year = 2026
    sheets = [{"name": "Klasser", "hidden": False, "rows": [[1, ["Klass", "Antal elever"]], [2, ["4D", 22]]]}]
    headers = {"0": {"row": 1, "fields": {"0": "class_name", "1": "enrolled"}}}
