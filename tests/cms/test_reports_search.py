import pytest

from cms.enums import SearchKind
from cms.reports.search import best_passage, find, read_query, text_entry


def entry(key, title, *passages, kind=SearchKind.PAGE):
    return text_entry(kind, key, title, *passages)


TEXTS = [
    entry(1, "Trygg bas", "Alla barn i skolan har en vuxen att gå till."),
    entry(2, "Grupptryck", "Att våga säga ifrån när en grupp trycker på."),
    entry(3, "Våldsförebyggande arbete", "Skolornas plan för läsåret."),
    entry(4, "Bris", "Ring när som helst.", kind=SearchKind.CONTACT),
]


def keys(text):
    answer = find(read_query(text), TEXTS)
    return [hit.entry.key for hits in answer.hits.values() for hit in hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("skola", [1, 3]),
        ("skolorna", [1, 3]),
        ("våld", [3]),
        ("vald", [3]),
        ("gruptryck", [2]),
        ("trygg vuxen", [1]),
        ("Ring Bris", [4]),
        ("cykel", []),
        ("", []),
        ("!?", []),
    ],
)
def test_search_finds_forms_parts_and_slips(text, found):
    assert keys(text) == found


def test_title_comes_before_text():
    texts = [entry(1, "Annat", "Om mobbning."), entry(2, "Mobbning", "Om annat."), entry(3, "Tredje", "Om cyklar.")]

    assert [hit.entry.key for hit in find(read_query("mobbning"), texts).hits[SearchKind.PAGE]] == [2, 1]


def test_without_every_word_those_with_most_are_found_and_said_to_be_near():
    answer = find(read_query("vuxen cykel"), TEXTS)

    assert ([hit.entry.key for hit in answer.hits[SearchKind.PAGE]], answer.is_whole) == ([1], False)


def test_small_words_count_only_alone():
    assert read_query("att vara en åskådare").terms == ("askad",)
    assert read_query("om att").terms == ("om", "att")


def test_query_is_cut_and_cleaned():
    query = read_query("norm\x00\x07 " + "ö" * 10_000)

    assert (query.text[:5], len(query.text), len(query.terms)) == ("norm ", 200, 2)


def test_passage_is_the_one_with_the_words_and_marks_them():
    passages = ["Något annat.", "Skolan och skolorna."]

    assert best_passage(passages, frozenset({"skol"})) == [
        ("Skolan", True),
        (" och ", False),
        ("skolorna", True),
        (".", False),
    ]


def test_long_passage_is_cut_around_the_word():
    text = "".join(
        text for text, _is_found in best_passage([f"{'ord ' * 100}norm {'slut ' * 100}"], frozenset({"norm"}))
    )

    assert (text[:5], text[-5:], "norm" in text, len(text) < 210) == ("… ord", "lut …", True, True)


def test_no_passages_give_none():
    assert best_passage([], frozenset({"norm"})) == []
