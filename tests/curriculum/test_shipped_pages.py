"""The words, the handbook and the pages for parents that ship: finished, typeset, and each word explained once."""

import pytest
import yaml

from curriculum.imports import CONTENT, read_words
from tests.curriculum.test_shipped_plans import UNFINISHED, WRONG_SIGNS, texts_of

FILES = ["handbook.yaml", "about.yaml", "glossary.yaml"]


@pytest.mark.parametrize("name", FILES)
def test_texts_are_finished_and_typeset(name):
    texts = list(texts_of(yaml.safe_load((CONTENT / name).read_text())))
    assert [text for text in texts if UNFINISHED.search(text)] == []
    assert [text for text in texts if WRONG_SIGNS.search(text)] == []
    assert [text for text in texts if text.count("”") % 2] == []


def test_every_spelling_belongs_to_one_word():
    spellings = [
        spelling.strip().lower()
        for row in read_words()
        for spelling in [row.term, *row.forms.split(",")]
        if spelling.strip()
    ]
    assert sorted(spellings) == sorted(set(spellings))
    assert len(read_words()) >= 40


def test_no_explanation_is_longer_than_a_breath():
    assert [row.term for row in read_words() if len(row.explanation.split()) > 30] == []
