"""Answers a search: what on the site says something about it, best first, with the passage that does.

A word counts as found when its stem is there, when a longer word begins with or holds it, or, where nothing on the site
does, when a word differs by a letter or two. Rare words weigh more than common ones, and a title more than a text.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log
from typing import Any

from cms.enums import SearchKind
from cms.models import SearchText
from cms.rules import SMALL_WORDS, is_near, may_miss, stem, words_of

LONGEST_QUERY = 200
MOST_TERMS = 8
MOST_HITS = 12  # of one kind
PASSAGE_LENGTH = 200
SAME, PART, NEAR, IN_TITLE = 1.0, 0.6, 0.4, 3.0


@dataclass(frozen=True)
class Query:
    """What somebody asked for: as written, without control characters and what is too long to mean anything; its
    words as `terms`."""

    text: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """Something that can be found. `key` leads the caller back to it; `passages` may be read later, for pages."""

    kind: SearchKind
    key: Any
    title: str
    title_stems: frozenset[str]
    stems: frozenset[str]
    passages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """An entry that answers the query, and how well; `stems` are the words in it that did."""

    entry: Entry
    score: float
    stems: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """Hits by kind, the kind with the best one first; `is_whole` is False where none of them has every word."""

    hits: dict[SearchKind, list[Hit]] = field(default_factory=dict)
    total: int = 0
    is_whole: bool = True


def read_query(text: str) -> Query:
    """What to look for; small words count only where there are no others."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    shown = " ".join(printable.split())[:LONGEST_QUERY]
    words = words_of(shown)
    telling = [word for word in words if word.casefold() not in SMALL_WORDS] or words
    return Query(shown, tuple(dict.fromkeys(stem(word) for word in telling))[:MOST_TERMS])


def find(query: Query, entries: Iterable[Entry]) -> Answer:
    """What answers a query, at most twelve of each kind; those that have every word, else those that have most."""
    entries = list(entries)
    seen_in = Counter(known for entry in entries for known in entry.stems | entry.title_stems)
    ways = [_ways(term, seen_in) for term in query.terms]
    found = [hit for hit in (_hit(entry, ways, seen_in, len(entries)) for entry in entries) if hit]
    if not found:
        return Answer()
    most = max(number for _hit_, number in found)
    best = sorted((hit for hit, number in found if number == most), key=lambda hit: (-hit.score, hit.entry.title))
    hits: dict[SearchKind, list[Hit]] = {}
    for hit in best:
        hits.setdefault(hit.entry.kind, []).append(hit)
    return Answer({kind: some[:MOST_HITS] for kind, some in hits.items()}, len(best), most == len(query.terms))


def _ways(term: str, known: Iterable[str]) -> dict[str, float]:
    """The words on the site that a word may be, each with what it is worth."""
    ways = {word: SAME for word in known if word == term}
    if len(term) >= 3:
        ways |= {word: PART for word in known if word != term and _is_part(term, word)}
    if ways:
        return ways
    most = may_miss(term)
    return {word: NEAR for word in known if most and len(word) > 2 and is_near(term, word, most=most)}


def _is_part(term: str, word: str) -> bool:
    """Whether a longer word begins with it, or a compound holds it: våld in våldsförebyggande, norm in könsnorm."""
    return word.startswith(term) or (len(term) > 3 and term in word)


def _hit(entry: Entry, ways: list[dict[str, float]], seen_in: Counter[str], number: int) -> tuple[Hit, int] | None:
    score, terms, stems = 0.0, 0, set()
    for way in ways:
        values = {}
        for word, worth in way.items():
            weight = worth * log(1 + number / seen_in[word])
            if word in entry.title_stems:
                values[word] = weight * IN_TITLE
            elif word in entry.stems:
                values[word] = weight
        if values:
            score, terms = score + max(values.values()), terms + 1
            stems |= set(values)
    return (Hit(entry, score, frozenset(stems)), terms) if terms else None


def page_entries(pages: Iterable[Any], *, kind_of: Any) -> list[Entry]:
    """Entries of pages whose words are kept; `pages` are rows with `pk` and `title`, and `kind_of` tells each kind."""
    rows = {page.pk: page for page in pages}
    kept = SearchText.objects.filter(page__in=list(rows)).values_list("page_id", "title_stems", "stems")
    return [
        Entry(kind_of(rows[pk]), pk, rows[pk].title, frozenset(title.split()), frozenset(text.split()))
        for pk, title, text in kept
    ]


def text_entry(kind: SearchKind, key: Any, title: str, *passages: str, also: str = "") -> Entry:
    """An entry of something short that is no page; `also` are words that find it but are not shown."""
    words = [*words_of(" ".join(passages)), *words_of(also)]
    return Entry(
        kind,
        key,
        title,
        frozenset(map(stem, words_of(title))),
        frozenset(map(stem, words)),
        tuple(text for text in passages if text),
    )


def passages_of(keys: Iterable[int]) -> dict[int, list[str]]:
    """The texts of some pages, by page."""
    return dict(SearchText.objects.filter(page__in=list(keys)).values_list("page_id", "passages"))


def best_passage(passages: Iterable[str], stems: frozenset[str]) -> list[tuple[str, bool]]:
    """The passage that says most about the found words, in pieces: a text, and whether it is one of those words.

    Without such a passage (the title alone had them) the first one; an empty list where there is none.
    """
    texts = list(passages)
    if not texts:
        return []
    scored = [len({stem(word) for word in words_of(text)} & stems) for text in texts]
    return _marked(_shortened(texts[scored.index(max(scored))], stems), stems)


def _shortened(text: str, stems: frozenset[str]) -> str:
    if len(text) <= PASSAGE_LENGTH:
        return text
    places = [text.find(word) for word in words_of(text) if stem(word) in stems]
    start = max(0, (places[0] if places else 0) - PASSAGE_LENGTH // 3)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    piece = text[start : start + PASSAGE_LENGTH]
    if start + PASSAGE_LENGTH < len(text):
        piece = piece[: piece.rfind(" ")] + " …"
    return f"… {piece}" if start else piece


def _marked(text: str, stems: frozenset[str]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for word in words_of(text):
        start = text.index(word, at)
        if stem(word) in stems:
            pieces += [(text[at:start], False), (word, True)]
            at = start + len(word)
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]
