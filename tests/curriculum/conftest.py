"""The catalogue alone, and loading without a search index; the whole curriculum stands in the folder above."""

import pytest

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
