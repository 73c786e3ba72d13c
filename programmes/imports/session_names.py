"""Finds the session that a log means: by code or title; what is only near is asked, never guessed."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes.imports.sheets import loosely

MOST_CHOICES = 5
NEAR, SLIP = 0.62, 0.8
SHORTEST_WORD = 5
# A title has seven words at most; a whole diary in a cell is not compared word by word.
MOST_WORDS = 20


@dataclass(frozen=True)
class SessionMatch:
    """What a text means: one session, or those it may mean; neither where it resembles none."""

    session: Session | None = None
    choices: tuple[Session, ...] = ()


@dataclass
class SessionNames:
    """Every way of writing a session's name that leaves no doubt, and the answers that a person has given."""

    sessions: list[Session]
    answers: Mapping[str, str]
    certain: dict[str, list[Session]] = field(default_factory=dict)
    _kept: dict[str, SessionMatch] = field(default_factory=dict)

    @classmethod
    def of(cls, sessions: Iterable[Session], *, answers: Mapping[str, str] | None = None) -> "SessionNames":
        """`answers` say which code a text means, by the text as `loosely` makes it; an empty code means none."""
        names = cls(list(sessions), answers or {})
        base = [session for session in names.sessions if session.kind == SessionKind.BASE]
        for session in names.sessions:
            for name in {loosely(session.code), loosely(session.title), loosely(session.short_title)} - {""}:
                names.certain.setdefault(name, []).append(session)
        for number, session in enumerate(base, start=1):
            names.certain.setdefault(f"baspass{number}", []).append(session)
        return names

    def find(self, text: str) -> SessionMatch:
        """The session that a text means, by code, title, short title, number of base session, or an earlier answer."""
        key = loosely(text)
        if key not in self._kept:
            self._kept[key] = self._match(key, text)
        return self._kept[key]

    def _match(self, key: str, text: str) -> SessionMatch:
        if key in self.answers:
            code = self.answers[key]
            return SessionMatch(next((session for session in self.sessions if session.code == code), None))
        found = self.certain.get(key, [])
        if len(found) == 1:
            return SessionMatch(found[0])
        return SessionMatch(choices=tuple(found or self._near(key, text)))

    def _near(self, key: str, text: str) -> list[Session]:
        words = {loosely(word) for word in re.findall(r"\w+", text)[:MOST_WORDS]}
        scored = [(_likeness(key, words, session), position) for position, session in enumerate(self.sessions)]
        near = sorted((-score, position) for score, position in scored if score >= NEAR)
        return [self.sessions[position] for _score, position in near[:MOST_CHOICES]]


def _likeness(key: str, words: set[str], session: Session) -> float:
    """From 0 to 1: how alike the texts are, or nearly 1 where one holds a long word or the whole of the other."""
    names = [name for name in (loosely(session.title), loosely(session.short_title)) if name]
    best = max(_ratio(key, name, least=NEAR) for name in names)
    title_words = _words_of(session.title, session.short_title)
    if any(len(word) >= SHORTEST_WORD and word in title_words for word in words):
        return max(best, 0.9)
    return max(best, *(_likest(word, title_words) for word in words), 0.0) if words else best


@lru_cache(maxsize=256)
def _words_of(title: str, short_title: str) -> frozenset[str]:
    return frozenset(loosely(word) for word in re.findall(r"\w+", f"{title} {short_title}"))


@lru_cache(maxsize=4096)
def _likest(word: str, others: frozenset[str]) -> float:
    """How alike a long word is to the likest of others: a slip of the pen, not another word."""
    if len(word) < SHORTEST_WORD:
        return 0.0
    return max((_ratio(word, other, least=SLIP) for other in others), default=0.0)


def _ratio(text: str, name: str, *, least: float) -> float:
    """How alike two texts are, and 0 below `least`: that most are not alike at all is seen at a glance."""
    needed = least * (len(text) + len(name)) / 2
    if min(len(text), len(name)) < needed or sum((Counter(text) & Counter(name)).values()) < needed:
        return 0.0
    ratio = SequenceMatcher(None, text, name).ratio()
    return ratio if ratio >= least else 0.0
