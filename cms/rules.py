"""When two written words are the same one to somebody who searches: forms, accents, and slips of the pen."""

import re
import unicodedata
from functools import cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 40
# The definite forms that the Swedish stemmer leaves: skolan, klassrummet, barnens.
_ENDING = re.compile(r"(?<=\w{4})(?:arnas?|ernas?|ornas?|ens?|ets?|ans?)$")
# Words that stand in every text and say nothing of what it is about.
_SMALL = """och i att som en ett det den de på av för med är till om vi jag du man så inte har kan ska vad hur när var
vem från eller men sin sitt sina dig mig sig han hon din ditt dina min mitt mina er ert era vara blir the of and"""
SMALL_WORDS = frozenset(_SMALL.split())
_swedish = snowballstemmer.stemmer("swedish")


def fold(text: str) -> str:
    """Small letters without marks: åskådare and ASKADARE are written the same."""
    marks = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in marks if not unicodedata.combining(sign))


@cache
def stem(word: str) -> str:
    """What the forms of a word have in common: skola, skolan and skolorna are all `skol`."""
    ended = _ENDING.sub("", _swedish.stemWord(fold(word)[:LONGEST_WORD]))
    return ended[:-1] if len(ended) > 3 and ended[-1] == ended[-2] else ended


def words_of(text: str) -> list[str]:
    """The words of a text as they stand."""
    return WORD.findall(text)


def stems_of(text: str) -> set[str]:
    """The stems of a text, each once."""
    return {stem(word) for word in words_of(text)}


def may_miss(term: str) -> int:
    """How many letters may be wrong in a word of its length: none in a short one, where another word lies near."""
    return 0 if len(term) < 4 else 1 if len(term) < 7 else 2


def is_near(one: str, other: str, *, most: int) -> bool:
    """Whether at most so many letters are added, left out, changed, or have changed places with their neighbour."""
    if abs(len(one) - len(other)) > most:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, against in enumerate(other, start=1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                steps = min(steps, earlier[j - 2] + 1)
            row.append(steps)
        if min(row) > most:
            return False
    return row[-1] <= most
