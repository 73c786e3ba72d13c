"""The catalogue alone, and loading without a search index; the whole curriculum stands in the folder above."""

import pytest
from django.core.management import call_command
from wagtail.models import Site

from curriculum.actions import load_catalogue
from curriculum.imports import read_catalogue


@pytest.fixture
def catalogue(db):
    """Programmes and sessions, without pages."""
    return load_catalogue(programmes=read_catalogue())


@pytest.fixture
def _no_search_index(settings):
    """Loading is slow enough without an index that no test here searches."""
    settings.WAGTAILSEARCH_BACKENDS = {"default": {**settings.WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}


@pytest.fixture
def some_plans(db, capsys, few_plans, _no_search_index):
    """Catalogue, contacts and some of the pages, loaded anew: for what happens when they are loaded again."""
    call_command("load_curriculum", municipality="Ekbacka kommun", content=few_plans)
    capsys.readouterr()
    return Site.objects.get(is_default_site=True)
