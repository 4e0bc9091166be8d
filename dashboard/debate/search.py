"""Search: what a reader looks for, and where it stands in a text, to the character.

``search_index.py`` finds the passages of a debate; both go by the same `Sought`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from dashboard.debate.table import folded
from dashboard.debate.words import folded_with_origins, same_word, word_pattern, words_of

UNFINISHED_FROM = 3
"""From so many letters up the last word of a search may be the beginning of a longer one."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that must stand one after another, folded.

    ``exact`` ones must stand as they were typed, others in any of their forms; ``unfinished``
    ones may end in a word that goes on.
    """

    words: tuple[str, ...]
    exact: bool = False
    unfinished: bool = False

    def fits(self, place: int, word: str, language: str) -> bool:
        """Return whether a folded word of a text may stand for the word at ``place``."""
        wanted = self.words[place]
        if word == wanted:
            return True
        last = place == len(self.words) - 1
        if self.unfinished and last and len(wanted) >= UNFINISHED_FROM and word.startswith(wanted):
            return True
        return not self.exact and same_word(word, wanted, language)


@dataclass(frozen=True, slots=True)
class Search:
    """Everything a reader looks for at once; one that seeks nothing lets all passages through."""

    sought: tuple[Sought, ...] = ()
    language: str = "en"


def search_for(typed: str, language: str = "en") -> Search:
    """Return what a reader looks for who typed ``typed`` into a search.

    All words must be found, in any order. Words in quotation marks must stand one after another
    exactly so; words joined by a hyphen or an apostrophe one after another in any form. The last
    word may be unfinished, unless a quotation mark closes it. Accents, case and punctuation do
    not count; typed text without any word seeks nothing.
    """
    sought: dict[Sought, None] = {}
    pieces = folded(typed).split('"')
    for number, piece in enumerate(pieces):
        last = number == len(pieces) - 1
        if number % 2:
            sought[Sought(tuple(words_of(piece)), exact=True, unfinished=last)] = None
        else:
            sought.update(dict.fromkeys(_loose(piece, unfinished=last)))
    return Search(tuple(each for each in sought if each.words), language)


def _loose(piece: str, *, unfinished: bool) -> Iterator[Sought]:
    chunks = piece.split()
    for number, chunk in enumerate(chunks, start=1):
        words = tuple(words_of(chunk.removesuffix("'s")))
        yield Sought(words, unfinished=unfinished and number == len(chunks))


def places(text: str, search: Search) -> list[tuple[int, int]]:
    """Return where what is sought stands in ``text``, from left to right, none overlapping.

    Each place is (start, stop) in ``text`` as it is written, over whole words with all their
    accents, so that ``text[start:stop]`` can be lit where it stands.
    """
    if not search.sought:
        return []
    plain, origins = folded_with_origins(text)
    found = list(word_pattern(plain).finditer(plain))
    words = [match.group() for match in found]
    different = set(words)
    spans = sorted(
        (found[first].start(), found[first + len(sought.words) - 1].end())
        for sought in search.sought
        for first in _beginnings(words, different, sought, search.language)
    )
    return [_in_text(start, stop, origins, len(text)) for start, stop in _joined(spans)]


def _beginnings(
    words: Sequence[str], different: Collection[str], sought: Sought, language: str
) -> Iterator[int]:
    """Yield where in ``words`` those sought begin to stand one after another."""
    fitting = [
        {word for word in different if sought.fits(place, word, language)}
        for place in range(len(sought.words))
    ]
    for first in range(len(words) - len(fitting) + 1):
        if all(words[first + place] in fit for place, fit in enumerate(fitting)):
            yield first


def _joined(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield sorted spans, those that touch or overlap joined into one."""
    start, stop = 0, 0
    for begin, end in spans:
        if begin > stop:
            if stop:
                yield start, stop
            start = begin
        stop = max(stop, end)
    if stop:
        yield start, stop


def _in_text(start: int, stop: int, origins: Sequence[int], length: int) -> tuple[int, int]:
    """Return a span of the folded text as one of the text, with the accents behind its end."""
    behind = origins[stop] if stop < len(origins) else length
    return origins[start], max(origins[stop - 1] + 1, behind)
