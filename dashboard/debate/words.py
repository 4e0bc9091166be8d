"""Words: how a text falls into them, which of them are forms of one word, and where they stand.

Everything here compares words as `folded` gives them, without accents and case, and can tell
where each of them stands in the text as it is written.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import lru_cache

import snowballstemmer

from dashboard.debate.table import folded

STEMMERS = {
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
"""By language, the Snowball stemmer that finds its word forms; all of them take off endings."""
BEGINS_ALIKE = 3
"""So many letters, or all of a shorter word, are the same in every form of a word."""

_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u1000-\u103f\u1780-\u17d3"
    "\u3005-\u3007\u3041-\u3096\u309d-\u30fa\u30fc-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
)
"""Letters of scripts without spaces between words; each of them counts as a word."""
_VOWEL_SIGNS = "\u0900-\u0963\u0966-\u0dff"
"""Scripts of India, whose vowel signs are no letters for Python and yet belong to a word."""
_WORD = re.compile(f"[{_UNSPACED}]|(?:[^\\W_{_UNSPACED}]|[{_VOWEL_SIGNS}])+")
_PLAIN_WORD = re.compile("[a-z0-9]+")
_STEMMING = threading.Lock()


def word_pattern(folded_text: str) -> re.Pattern[str]:
    """Return the pattern whose matches in a folded text are its words."""
    return _PLAIN_WORD if folded_text.isascii() else _WORD


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, folded.

    A word is a run of letters and digits; in scripts without spaces, one letter.
    """
    plain = folded(text)
    return word_pattern(plain).findall(plain)


def folded_with_origins(text: str) -> tuple[str, Sequence[int]]:
    """Return ``folded(text)``, and for each of its characters the place it comes from in ``text``.

    One character may become several (``ß``) or none (an accent that stands by itself).
    """
    if text.isascii():
        return text.lower(), range(len(text))
    parts = [_folded_character(character) for character in text]
    return "".join(parts), [at for at, part in enumerate(parts) for _ in part]


_folded_character = lru_cache(maxsize=4096)(folded)


def same_word(word: str, wanted: str, language: str) -> bool:
    """Return whether the folded ``word`` is a form of the ``wanted`` one in ``language``.

    In a language without a stemmer only an equal word is.
    """
    return word == wanted or (
        word.startswith(beginning(wanted, language))
        and stem(word, language) == stem(wanted, language)
    )


@lru_cache(maxsize=1024)
def beginning(word: str, language: str) -> str:
    """Return the letters with which all forms of a folded word begin.

    Endings come off, and what stays may differ in its last letter, as in therapy and therapies.
    """
    kept = stem(word, language)
    while not word.startswith(kept):
        kept = kept[:-1]
    return kept[: max(len(kept) - 1, BEGINS_ALIKE)]


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """Return what all forms of a folded word have in common in ``language``."""
    if language not in STEMMERS:
        return word
    # A stemmer holds the word it works on, so no two threads may use one at a time.
    with _STEMMING:
        return str(_stemmer(language).stemWord(word))


@lru_cache
def _stemmer(language: str) -> snowballstemmer.basestemmer.BaseStemmer:
    return snowballstemmer.stemmer(STEMMERS[language])
