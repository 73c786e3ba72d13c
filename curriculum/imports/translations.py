"""Reads the translations that ship: `languages/<code>.yaml`, written like the Swedish files, words only."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cms.models import HomePage, StandardPage, SupportPage
from curriculum.actions import PageContent
from curriculum.imports.blocks import Fill, body
from curriculum.imports.files import CONTENT, SUPPORT_SLUG, reading
from curriculum.models import ProgrammeIndexPage, ProgrammePage


def shipped_languages(directory: Path = CONTENT) -> list[str]:
    """The codes of the languages that some pages are translated into."""
    return sorted(path.stem for path in (directory / "languages").glob("*.yaml"))


def read_translation(language: str, directory: Path = CONTENT, *, words: Mapping[str, str]) -> PageContent:
    """Read the pages of a language as a tree: only those that are translated, the start page at the root."""
    name = f"languages/{language}.yaml"
    return reading(name, directory, lambda data, fill: _home(data, fill, name), words)


def read_contact_words(language: str, directory: Path = CONTENT) -> dict[str, dict[str, str]]:
    """Read what the contacts are called, do and when they answer, by their Swedish names."""
    return reading(f"languages/{language}.yaml", directory, lambda data, fill: data["contacts"])


def _home(data: Any, fill: Fill, source: str) -> PageContent:
    home = data["home"]
    programmes = dict(data["programmes"])
    index = programmes.pop("index")
    fields = {name: fill(home[name]) for name in ("title", "heading", "intro", "support_prompt")}
    below = [_programme(code, page, fill, source) for code, page in programmes.items()]
    index_fields = {"title": fill(index["title"]), "intro": fill(index["intro"])}
    return PageContent(
        HomePage,
        "home",
        {**fields, "search_description": fields["intro"]},
        source,
        [
            PageContent(ProgrammeIndexPage, "program", index_fields, source, below),
            *[_page(page, fill, source) for page in data["pages"]],
        ],
    )


def _programme(code: str, page: Any, fill: Fill, source: str) -> PageContent:
    fields = {
        "programme": code,
        "title": fill(page["title"]),
        "teaser": fill(page["teaser"]),
        "summary": fill(page["summary"]),
        "search_description": fill(page["summary"]),
        "body": body(page, fill, code),
    }
    return PageContent(ProgrammePage, code, fields, source)


def _page(page: Any, fill: Fill, source: str) -> PageContent:
    """A plain page; the ids of its blocks follow from the file that holds the Swedish: `about.yaml`, or `site.yaml`."""
    slug = page["slug"]
    name = f"about/{slug}" if page.get("stands_in") == "about" else slug
    fields = {"title": fill(page["title"]), "intro": fill(page["intro"]), "body": body(page, fill, name)}
    if name != slug:
        fields["search_description"] = fields["intro"]
    below = [_page({**child, "stands_in": page.get("stands_in")}, fill, source) for child in page.get("pages", [])]
    return PageContent(SupportPage if slug == SUPPORT_SLUG else StandardPage, slug, fields, source, below)
