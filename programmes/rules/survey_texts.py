"""The statements that pupils are asked about, and the words around them, as `survey.yaml` says them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from programmes.enums import SurveyAudience

FILE = Path(__file__).resolve().parent.parent / "survey.yaml"
DEFAULT = "sv"
FEWEST, MOST = 5, 8  # statements in a set: enough to say something, few enough for a seven-year-old


@dataclass(frozen=True)
class SurveyWords:
    """The page in one language, which `code` names."""

    code: str
    name: str
    title: str
    promise: str
    door: str
    short: str
    scale: tuple[str, ...]
    simple_scale: tuple[str, ...]
    will_not_say: str
    missing: str
    put_right: str
    match_title: str
    match_why: str
    match_toy: str
    match_food: str
    match_animal: str
    match_choose: str
    match_letters: str
    match_missing: str
    send: str
    thanks: str
    answered: str
    closed: str
    full: str
    again: str
    next: str
    support: str
    support_link: str
    code_label: str
    open: str
    wrong: str
    camera: str
    address: str
    code_there: str

    def scale_for(self, audience: str) -> tuple[str, ...]:
        """The four steps from not at all to completely, in simpler words for the youngest."""
        return self.simple_scale if audience == SurveyAudience.YOUNGER else self.scale


@dataclass(frozen=True)
class ShippedQuestion:
    """A statement of the first version, by language."""

    audience: SurveyAudience
    code: str
    place: int
    text: Mapping[str, str]


@cache
def survey_words() -> dict[str, SurveyWords]:
    """The words by language code, Swedish first."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))["words"]
    return {code: _words(code, dict(words)) for code, words in told.items()}


def _words(code: str, told: dict[str, Any]) -> SurveyWords:
    scales = {name: tuple(told.pop(name)) for name in ("scale", "simple_scale")}
    words: dict[str, Any] = {**told, **scales, "code": code, "code_label": told["code"]}
    return SurveyWords(**words)


@cache
def shipped_questions(audience: SurveyAudience) -> tuple[ShippedQuestion, ...]:
    """The statements for an audience, in their order."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))["questions"][audience.value]
    return tuple(
        ShippedQuestion(audience, code, place, text) for place, (code, text) in enumerate(told.items(), start=1)
    )
