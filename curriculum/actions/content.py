"""What is handed from the content files to the actions, and what the actions answer."""

from dataclasses import dataclass, field
from typing import Any

from cms.enums import ReaderGroup
from cms.models import BasePage


class ContentError(Exception):
    """The content cannot be used as it stands; the text says where and why, in one line."""


@dataclass(frozen=True)
class PageContent:
    """A page as the files have it. Fields that are streams hold raw data; programmes, sessions and scenarios are
    given by code.

    `readers` are the groups that a new page is shown to; none of them means that it is public.
    """

    kind: type[BasePage]
    slug: str
    fields: dict[str, Any]
    source: str
    children: list["PageContent"] = field(default_factory=list)
    readers: tuple[ReaderGroup, ...] = ()


@dataclass(frozen=True)
class ContactRow:
    """A contact of the support list: national ones stand on every site, the others on the site that is loaded."""

    is_national: bool
    fields: dict[str, Any]


@dataclass(frozen=True)
class WordRow:
    """A word of the glossary as the file has it."""

    term: str
    forms: str
    explanation: str


@dataclass(frozen=True)
class ScenarioRow:
    """A scenario as the file has it; `questions` is the stream as Wagtail stores it."""

    code: str
    title: str
    text: str
    questions: list[dict[str, Any]]


@dataclass
class LoadResult:
    """How many were created, updated and unchanged; and by name what was left alone, since a person had changed it."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_alone: list[str] = field(default_factory=list)
