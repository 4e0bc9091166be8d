"""Search: what is found, in which order, and where it stands in the verbatim text."""

import math
import sys
import threading
from dataclasses import replace as changed
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debate import search_index
from dashboard.debate.search import Search, Sought, places, search_for
from dashboard.debate.search_index import LENGTHS, SATURATION, WEIGHTS, SearchedTexts, SearchIndex
from dashboard.debate.words import words_of
from dashboard.open_debate import open_folder
from tests.a_debate import replace, with_table
from tests.strategies import HOSTILE, quick, shipped, texts

TYPED = st.lists(
    st.sampled_from(
        ["bond", "Alliances", '"working alliance"', "meta-analytic", "Jung's", "the", "ther", '"']
    ),
    max_size=3,
).map(" ".join)


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    """Give the index of the shipped debate."""
    return SearchIndex(shipped().debate)


def _ids(index: SearchIndex, typed: str) -> list[str]:
    return [shipped().debate.passages[row].id for row in index.rows(search_for(typed))]


def _lit(text: str, typed: str, language: str = "en") -> list[str]:
    return [text[start:stop] for start, stop in places(text, search_for(typed, language))]


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("", ()),
        (" \t ", ()),
        ("— ?! $ 😀", ()),
        ('""', ()),
        ("bond", (Sought(("bond",), unfinished=True),)),
        ("Bönd BOND bond", (Sought(("bond",)), Sought(("bond",), unfinished=True))),
        (
            "“Sine qua” non",
            (Sought(("sine", "qua"), exact=True), Sought(("non",), unfinished=True)),
        ),
        ('"sine qua', (Sought(("sine", "qua"), exact=True, unfinished=True),)),
        (
            "Jung’s meta–analytic claim",
            (
                Sought(("jung",)),
                Sought(("meta", "analytic")),
                Sought(("claim",), unfinished=True),
            ),
        ),
        ("関係", (Sought(("関", "係"), unfinished=True),)),
    ],
)
def test_search_for(typed, sought):
    """What is typed is taken apart into words and phrases, each once."""
    assert search_for(typed) == Search(sought, "en")


@pytest.mark.parametrize(
    ("text", "typed", "lit"),
    [
        ("The bonds bind; a bond, bonding.", "bond", ["bonds", "bond", "bonding"]),
        (
            "transformative, transformed, transit",
            "transformation",
            ["transformative", "transformed"],
        ),
        ("Countertransference and transfer", "transf", ["transfer"]),
        ("transf transfer", "transf bond", ["transf"]),
        ("The Bond’s “real” bond", "bond REAL", ["Bond", "real", "bond"]),
        ("a real bond. Real, bonds", '"real bond"', ["real bond"]),
        (
            "evidence-based; evidence based; based",
            "evidence—based",
            ["evidence-based", "evidence based"],
        ),
        ("evidence of a basis", "evidence-based", []),
        ("bo\u0308nds and bönd!", "bond", ["bo\u0308nds", "bönd"]),
        ("Mate\u0301, mate\u0301\u0308", "mate", ["Mate\u0301", "mate\u0301\u0308"]),
        ("ﬁne Straße İstanbul", "fine strasse istanbul", ["ﬁne", "Straße", "İstanbul"]),
        ("Mate and MATÉ.", "maté", ["Mate", "MATÉ"]),
        ("治療関係は治療である", "治療", ["治療", "治療"]),
        ("治療関係", "治療 関係", ["治療関係"]),
        ("metaphysical analytics", "meta-analytic", []),
        ("הקשר הטיפולי", "הטיפולי", ["הטיפולי"]),
        ("a\u202ebond\u202c b", "bond", ["bond"]),
        ("<b>bond</b> &amp; $bond$", "bond amp", ["bond", "amp", "bond"]),
        ("in interpretation", "in", ["in"]),
        ("sine qua non", "qua non sine", ["sine", "qua", "non"]),
        ("qua non qua non qua", '"qua non qua"', ["qua non qua non qua"]),
        ("anything at all", "", []),
        ("anything — at all", "—", []),
        ("a bo\u00adnd b", "bond", ["bo\u00adnd"]),
        ("a bond b", "bo\u200bnd", ["bond"]),
        ("", "bond", []),
    ],
)
def test_places(text, typed, lit):
    """Whole words are lit as they are written, in all their forms, and nothing else."""
    assert _lit(text, typed) == lit


def test_places_in_the_language_of_the_debate():
    """The stemmer of the debate's language decides what is a form of a word."""
    assert _lit("Die Bindungen", "Bindung") == ["Bindungen"]
    assert _lit("Die Bindungen", "Bindung heilt") == []
    assert _lit("Die Bindungen", "Bindung heilt", "de") == ["Bindungen"]


@quick
@given(st.one_of(texts, st.text()), st.one_of(texts, st.text()), st.text(max_size=3))
def test_what_stands_in_a_text_is_lit(before, word, after):
    """Any words are found where they stand; places are ordered, apart and within the text."""
    text = f"{before} {word} {after}"
    found = places(text, search_for(f'"{word.replace(chr(34), " ")}"'))
    assert bool(found) or not words_of(word) or '"' in "".join(words_of(word))
    ends = [0, *(end for place in found for end in place), len(text)]
    assert ends == sorted(ends)
    assert all(start < stop for start, stop in found)
    assert all(stop < start for (_, stop), (start, _) in pairwise(found))


@quick
@given(texts, TYPED)
def test_what_is_lit_is_sought(text, typed):
    """A place that is lit holds what is sought by itself too."""
    for start, stop in places(f"{text} bonds {text}", search_for(typed)):
        assert places(f"{text} bonds {text}"[start:stop], search_for(typed))


def test_a_long_and_hostile_text():
    """In a long, odd text every bond is lit, and a search for odd text raises nothing."""
    text = " ".join(HOSTILE) * 60 + " bond" * 1000
    assert len(text) > 20_000
    assert _lit(text, "bonds bond") == ["bond"] * 1000
    for typed in (*HOSTILE, " ".join(HOSTILE), "\x00", '"' * 200, "a b " * 50):
        places(text, search_for(typed))


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("sine qua non", ["p01"]),
        ('"sine qua non"', ["p01"]),
        ('"qua sine"', []),
        ("strupp", ["p08", "p09", "p18"]),
        ("alchemical combination", ["p03"]),
        ("Molyn", ["p01", "p18", "p23"]),
        ("zen", ["p21"]),
        ("carl gustav", ["p03"]),
        ("maté", ["p20"]),
        ("physiologically", ["p20"]),
        ("physiology", ["p20"]),
        ("zzz", []),
        ("bond zzz", []),
        ("wampold courtois", []),
    ],
)
def test_passages_found(index, typed, ids):
    """Words are found in quotes, glosses, names, voices and titles; all must be found."""
    assert sorted(_ids(index, typed)) == ids


def test_best_first(index):
    """Passages whose author or words say most of what is sought come first."""
    assert _ids(index, "jung")[0] == "p03"
    assert _ids(index, "real relationship")[0] == "p05"
    assert _ids(index, "group cohesiveness")[0] == "p23"


@quick
@given(TYPED)
def test_found_as_by_hand(typed):
    """The index finds what looking through every text finds, with BM25's very scores."""
    debate = shipped().debate
    search, searched = search_for(typed), SearchedTexts(debate)
    score = dict.fromkeys(range(len(debate.passages)), 0.0)
    lengths = [
        sum(w * len(words_of(t)) for w, t in zip(WEIGHTS.values(), searched.of(p), strict=True))
        for p in debate.passages
    ]
    for sought in search.sought:
        one = {row: _counted(p, sought, searched) for row, p in enumerate(debate.passages)}
        held = sum(count > 0 for count in one.values())
        rarity = math.log(1 + (len(debate.passages) - held + 0.5) / (held + 0.5))
        for row, count in one.items():
            average = sum(lengths) / len(lengths)
            damping = SATURATION * (1 - LENGTHS + LENGTHS * lengths[row] / average)
            if count == 0:
                score.pop(row, None)
            elif row in score:
                score[row] += rarity * count / (count + damping)
    found = SearchIndex(debate).rows(search).tolist()
    assert sorted(found) == sorted(score)
    assert all(score[a] >= score[b] - 1e-3 for a, b in pairwise(found))


def _counted(passage, sought, searched) -> int:
    """Count by hand how often the words stand in a passage's texts, weighted."""
    total = 0
    for weight, text in zip(WEIGHTS.values(), searched.of(passage), strict=True):
        words = words_of(text)
        for first in range(len(words) - len(sought.words) + 1):
            part = words[first : first + len(sought.words)]
            total += weight * all(sought.fits(n, word, "en") for n, word in enumerate(part))
    return total


def test_nothing_sought_finds_all_in_order(index):
    """Without a word to look for all passages are there, in the debate's order."""
    for typed in ("", "  ", "—"):
        assert index.rows(search_for(typed)).tolist() == list(range(23))


def test_equal_passages_keep_their_order(tiny_debate):
    """Passages that are equally good come in the debate's order."""
    debate = open_folder(tiny_debate).debate
    twins = [changed(debate.passages[0], id=f"t{n}") for n in range(50)]
    found = SearchIndex(changed(debate, passages=tuple(twins))).rows(search_for("heal"))
    assert found.tolist() == list(range(50))


def test_a_debate_of_several_segments(monkeypatch):
    """However many passages lie together in the file, the same are found in the same order."""
    whole = SearchIndex(shipped().debate)
    monkeypatch.setattr(search_index, "_PASSAGES_A_SEGMENT", 3)
    monkeypatch.setattr(search_index, "_IN_MEMORY_UP_TO", 100)
    parts = SearchIndex(shipped().debate)
    for typed in (
        "bond",
        "the bond of",
        '"therapeutic relationship"',
        "ther",
        "evidence-based",
        "zz",
    ):
        search = search_for(typed)
        assert parts.rows(search).tolist() == whole.rows(search).tolist(), typed


def test_many_threads_search_at_once(monkeypatch):
    """Searches at the same time do not disturb each other."""
    monkeypatch.setattr(search_index, "_PASSAGES_A_SEGMENT", 2)
    index = SearchIndex(shipped().debate)
    typed = ("bond", "alliances", "the relational", '"working alliance"')
    alone = {each: index.rows(search_for(each)).tolist() for each in typed}
    wrong: list[str] = []

    def look(each: str) -> None:
        for _ in range(30):
            if index.rows(search_for(each)).tolist() != alone[each]:
                wrong.append(each)

    threads = [threading.Thread(target=look, args=(each,)) for each in typed]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert wrong == []


def test_an_empty_debate(tiny_debate):
    """Where there is no passage none is found."""
    debate = changed(open_folder(tiny_debate).debate, passages=())
    for typed in ("", "bond", '"a bond"'):
        assert SearchIndex(debate).rows(search_for(typed)).tolist() == []


def test_glosses_that_are_not_shown_are_not_searched():
    """What stands in no text that is shown is not found."""
    debate = changed(shipped().debate, show_glosses=False)
    assert SearchIndex(debate).rows(search_for("ontological")).tolist() == []
    assert SearchIndex(shipped().debate).rows(search_for("ontological")).tolist() == [2]


def test_found_in():
    """It is told in which texts of a passage something sought stands."""
    debate = shipped().debate
    searched = SearchedTexts(debate)
    assert searched.found_in(debate.passages[2], search_for("jung")) == ("gloss", "author")
    assert searched.found_in(debate.passages[2], search_for("transference")) == ("quote", "title")
    assert searched.found_in(debate.passages[7], search_for("strupp")) == (
        "quote",
        "gloss",
        "voices",
    )
    assert searched.found_in(debate.passages[0], search_for("zzz")) == ()


def test_a_debate_in_another_language(tiny_debate):
    """A debate says in which language its quotes are, and its word forms are found."""
    replace(tiny_debate, "passages.yaml", "A bond is what", "Die Bindungen sind, was")
    replace(tiny_debate, "debate.yaml", "version: 0.1.0", "version: 0.1.0\nlanguage: de")
    debate = open_folder(tiny_debate).debate
    assert debate.language == "de"
    index = SearchIndex(debate)
    assert index.rows(search_for("Bindung zwei", "de")).tolist() == []
    assert index.rows(search_for("Bindung people", debate.language)).tolist() == [3]
    assert index.rows(search_for("Bindung people", "en")).tolist() == []


def test_a_debate_whose_passages_are_a_table(tiny_debate):
    """Line breaks within a quote part words, and do not hide a phrase."""
    index = SearchIndex(open_folder(with_table(tiny_debate)).debate)
    assert index.rows(search_for('"method move"')).tolist() == [2]


def test_every_word_of_a_quote_finds_its_passage(index):
    """Each passage is found by each word of its own quote."""
    for row, passage in enumerate(shipped().debate.passages):
        for word in set(words_of(passage.quote)):
            assert row in index.rows(search_for(word)), (passage.id, word)


def test_rows_are_numbers_of_the_table(index):
    """Rows can be used with the passage table, and be combined with filters."""
    rows = index.rows(search_for("bond"))
    assert np.issubdtype(rows.dtype, np.integer)
    asides = rows[(shipped().table["role"] == "aside").to_numpy()[rows]]
    assert {shipped().debate.passages[row].role for row in asides} <= {"aside"}
