"""Reads the words of the two questions to parents, in the languages that they are asked in."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from programmes.enums import GroupLanguage

FILE = Path(__file__).resolve().parent.parent / "feedback.yaml"
DEFAULT = "sv"
# The languages of groups that the questions are asked in; a group in another language is asked in Swedish first.
OF_GROUPS = {
    GroupLanguage.ARABIC: "ar",
    GroupLanguage.ENGLISH: "en",
    GroupLanguage.SPANISH: "es",
}


@dataclass(frozen=True)
class FeedbackWords:
    """The page in one language, which `code` names."""

    code: str
    name: str
    title: str
    promise: str
    useful: str
    welcome: str
    scale: tuple[str, ...]
    missing: str
    send: str
    thanks: str
    answered: str
    closed: str
    early: str
    camera: str
    address: str


@lru_cache(maxsize=1)
def feedback_words() -> dict[str, FeedbackWords]:
    """The words by language code, Swedish first."""
    told = yaml.safe_load(FILE.read_text())
    return {code: FeedbackWords(code=code, **{**words, "scale": tuple(words["scale"])}) for code, words in told.items()}


def language_of(group_language: str) -> str:
    """The language code that a group is asked in."""
    return OF_GROUPS.get(GroupLanguage(group_language), DEFAULT)
