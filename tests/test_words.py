"""Words: folded with their places, and which of them are forms of one word."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debate.table import folded
from dashboard.debate.words import folded_with_origins, same_word, stem, words_of
from tests.strategies import quick, shipped, texts

ODD = st.text(st.sampled_from("aeiß ﬁİıǅŉ½Åé\u0301\u0308\u0345\u200d’—ΐς한漢ガ"), max_size=20)


@quick
@given(st.one_of(texts, ODD, st.text()))
def test_folded_with_origins_is_folded(text):
    """Folding character by character gives what folding the whole text gives, with true places."""
    plain, origins = folded_with_origins(text)
    assert plain == folded(text)
    assert len(origins) == len(plain)
    assert list(origins) == sorted(origins)
    for place, origin in enumerate(origins):
        assert plain[place] in folded(text[origin])


def test_every_character_folds_by_itself():
    """No character of Unicode folds otherwise within a text than by itself."""
    everything = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c)) != "Cs"]
    text = "".join(everything)
    assert folded(text) == "".join(folded(character) for character in everything)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" —…?! _*_ ", []),
        (
            "The patient’s (1956) *own* snake_case",
            ["the", "patient", "s", "1956", "own", "snake", "case"],
        ),
        ("Mündliche Straße, ﬁne", ["mundliche", "strasse", "fine"]),
        ("治療関係 works", ["治", "療", "関", "係", "works"]),
        ("हिन्दी", ["हिनदी"]),
        ("שלום \u202eabc\u202c مرحبا", ["שלום", "abc", "مرحبا"]),
    ],
)
def test_words_of(text, words):
    """Words are letters and digits, folded; scripts without spaces give letter by letter."""
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("one", "other", "language", "same"),
    [
        ("bond", "bonds", "en", True),
        ("transformed", "transformation", "en", True),
        ("cure", "curing", "en", True),
        ("therapy", "therapies", "en", True),
        ("is", "be", "en", False),
        ("therapy", "therapist", "en", False),
        ("bindung", "bindungen", "de", True),
        ("bindung", "bindungen", "en", False),
        ("bindung", "bindungen", "zh", False),
        ("guerison", "guerisons", "fr", True),
        ("bond", "bond", "zh", True),
    ],
)
def test_same_word(one, other, language, same):
    """Forms of one word are told by the language's own stemmer; without one they must be equal."""
    assert same_word(one, other, language) is same
    assert same_word(other, one, language) is same


def test_no_form_is_missed():
    """Of all words in the shipped debate those with one stem are forms of each other."""
    by_stem: dict[str, set[str]] = {}
    for passage in shipped().debate.passages:
        for word in words_of(f"{passage.quote} {passage.gloss} {passage.rationale}"):
            by_stem.setdefault(stem(word, "en"), set()).add(word)
    assert by_stem["therapist"] == {"therapist", "therapists"}
    for forms in by_stem.values():
        for one in forms:
            assert all(same_word(one, other, "en") for other in forms), forms
