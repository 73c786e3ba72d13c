"""What writes the curriculum: the catalogue from its file, and the pages that no editor has touched."""

from curriculum.actions.catalogue import ProgrammeRow, SessionRow, load_catalogue
from curriculum.actions.content import ContactRow, ContentError, LoadResult, PageContent, ScenarioRow, WordRow
from curriculum.actions.pages import load_contacts, load_pages
from curriculum.actions.scenarios import forget_search_texts, load_scenarios
from curriculum.actions.translations import load_contact_words, load_translations
from curriculum.actions.words import load_words

__all__ = [
    "ContactRow",
    "ContentError",
    "LoadResult",
    "PageContent",
    "ProgrammeRow",
    "ScenarioRow",
    "SessionRow",
    "WordRow",
    "forget_search_texts",
    "load_catalogue",
    "load_contact_words",
    "load_contacts",
    "load_pages",
    "load_scenarios",
    "load_translations",
    "load_words",
]
