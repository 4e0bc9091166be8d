"""The passages of a debate that hold what a reader looks for, the most telling first.

Why not SQLite's FTS5: on 100,000 passages it needs 50 to 280 ms to rank what a frequent word
finds, and knows the word forms of English only. The occurrences lie in a temporary file, since
they would take 60 MB of the server's memory; a search reads those of its own words.
"""

from __future__ import annotations

import math
import tempfile
import threading
import weakref
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.debate.model import Debate, Passage
from dashboard.debate.search import Search, Sought, places
from dashboard.debate.words import beginning, words_of

WEIGHTS = {"quote": 3, "gloss": 1, "author": 2, "title": 2, "voices": 2, "constructs": 2}
"""The texts of a passage that are searched, and how much a word counts in each."""
_OWN = (0, 1)
"""Quote and gloss, which a passage shares with no other."""
SATURATION, LENGTHS = 1.2, 0.75
"""BM25's usual k1 and b."""

_SLOTS = 8
_WEIGHT = np.array([*WEIGHTS.values(), *[0] * (_SLOTS - len(WEIGHTS))], dtype=float)
_PASSAGES_A_SEGMENT = 8_192
_IN_MEMORY_UP_TO = 4_000_000
_SIZE = np.dtype(np.int32).itemsize
_FINEST = np.iinfo(np.uint16).max

Numbers = NDArray[np.int32]


class SearchedTexts:
    """The texts of each passage that are searched."""

    def __init__(self, debate: Debate) -> None:
        self._show_glosses = debate.show_glosses
        names = {a.id: f"{a.name}\n{a.label}\n{a.sort_name}" for a in debate.authors}
        self._authors = {w.id: f"{names[w.author]}\n{w.authors}" for w in debate.works}
        self._titles = {work.id: work.title for work in debate.works}

    def of(self, passage: Passage) -> tuple[str, ...]:
        """Return the passage's texts in the order of `WEIGHTS`, empty where it has none."""
        return (
            passage.quote,
            (passage.gloss or "") if self._show_glosses else "",
            self._authors[passage.work],
            self._titles[passage.work],
            "\n".join(voice.name for voice in passage.voices),
            "\n".join(passage.constructs),
        )

    def found_in(self, passage: Passage, search: Search) -> tuple[str, ...]:
        """Return in which of the passage's texts anything sought stands, by their names."""
        texts = zip(WEIGHTS, self.of(passage), strict=True)
        return tuple(name for name, text in texts if places(text, search))


@dataclass(frozen=True, slots=True)
class _Segment:
    """Some thousand passages in the file: their rows, and their occurrences ordered by word.

    At ``offset`` the slots come first, then the places within them, ``length`` of each.
    ``starts`` holds by word, in the alphabet's order, where its occurrences begin.
    """

    rows: slice
    offset: int
    length: int
    starts: Numbers


class SearchIndex:
    """Every occurrence of every word in a debate; one may be used by many threads.

    Building it takes some 5 seconds for 100,000 passages, and raises ``OSError`` where there is
    no room for its temporary file. An occurrence is a slot, which is the
    passage's place in its segment and which of its texts, and a place among the words there.
    """

    def __init__(self, debate: Debate) -> None:
        self._count = len(debate.passages)
        self._lock = threading.Lock()
        # Open for as long as the index is there.
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_UP_TO)  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        self._lengths = np.zeros(self._count, np.float32)
        self._build(debate)

    def rows(self, search: Search) -> NDArray[np.intp]:
        """Return the rows of the debate's passages that hold all that is sought, best first.

        How many there are is the array's size. Each word or phrase may stand in any of a
        passage's texts. Ranked by BM25 (Robertson and Zaragoza, The Probabilistic Relevance
        Framework, 2009) over words weighted by text; equal ones in the debate's order, and so
        are all where nothing is sought.
        """
        score = np.zeros(self._count, np.float32)
        found = np.ones(self._count, dtype=np.bool_)
        for sought in search.sought:
            weight = self._weight_by_row(sought, search.language)
            here = weight > 0
            passages = int(np.count_nonzero(here))
            rarity = math.log1p((self._count - passages + 0.5) / (passages + 0.5))
            score += rarity * weight / (weight + self._damping)
            found &= here
        return _best_first(np.flatnonzero(found), score)

    def _weight_by_row(self, sought: Sought, language: str) -> NDArray[np.float32]:
        """Return for each passage how often the words sought stand in it, weighted by text."""
        forms = [self._forms_of(sought, n, language) for n in range(len(sought.words))]
        weight = np.empty(self._count, np.float32)
        for segment in self._segments:
            slots = self._slots(segment, forms)
            count = segment.rows.stop - segment.rows.start
            weight[segment.rows] = np.bincount(
                slots // _SLOTS, weights=_WEIGHT[slots % _SLOTS], minlength=count
            )
        return weight

    def _forms_of(self, sought: Sought, place: int, language: str) -> list[range]:
        """Return which of the alphabet's words may stand for the one sought, in runs."""
        runs: list[range] = []
        for number in self._beginning_with(beginning(sought.words[place], language)):
            if not sought.fits(place, self._alphabet[number], language):
                continue
            if runs and runs[-1].stop == number:
                runs[-1] = range(runs[-1].start, number + 1)
            else:
                runs.append(range(number, number + 1))
        return runs

    def _beginning_with(self, letters: str) -> range:
        first = bisect_left(self._alphabet, letters)
        return range(first, bisect_left(self._alphabet, letters + "\U0010ffff"))

    def _slots(self, segment: _Segment, forms: Sequence[Sequence[range]]) -> NDArray[np.integer]:
        """Return the slot of each place where words of these forms stand one after another."""
        if len(forms) == 1:
            return self._read(segment, forms[0])
        begins = [self._beginnings(segment, form, place) for place, form in enumerate(forms)]
        common = begins[0]
        for other in begins[1:]:
            common = np.intersect1d(common, other, assume_unique=True)
        return common >> 32

    def _beginnings(
        self, segment: _Segment, form: Sequence[range], place: int
    ) -> NDArray[np.int64]:
        """Return where a phrase would begin with these forms at its ``place``, as one number."""
        slots = self._read(segment, form).astype(np.int64)
        begins = self._read(segment, form, behind=segment.length) - place
        return (slots << 32 | begins)[begins >= 0]

    def _read(self, segment: _Segment, forms: Sequence[range], behind: int = 0) -> Numbers:
        """Return the slots of all occurrences of these forms, or what lies ``behind`` them."""
        found = [np.empty(0, np.int32)]
        for run in forms:
            start, stop = int(segment.starts[run.start]), int(segment.starts[run.stop])
            if start < stop:
                found.append(self._numbers(segment.offset + behind + start, stop - start))
        return np.concatenate(found)

    def _numbers(self, offset: int, length: int) -> Numbers:
        with self._lock:
            self._file.seek(offset * _SIZE)
            return np.frombuffer(self._file.read(length * _SIZE), np.int32)

    def _build(self, debate: Debate) -> None:
        numbers, texts = _Numbers(), SearchedTexts(debate)
        written: list[tuple[slice, int, int, Numbers]] = []
        for start in range(0, self._count, _PASSAGES_A_SEGMENT):
            rows = slice(start, min(start + _PASSAGES_A_SEGMENT, self._count))
            words, lengths = numbers.read(map(texts.of, debate.passages[rows]))
            self._lengths[rows] = lengths.reshape(-1, len(WEIGHTS)) @ _WEIGHT[: len(WEIGHTS)]
            written.append((rows, *self._write(words, lengths, list(numbers.of))))
        self._alphabet = sorted(numbers.of)
        order = np.array([numbers.of[word] for word in self._alphabet], dtype=np.intp)
        self._segments = [
            _Segment(rows, offset, length, _starts(counts, order))
            for rows, offset, length, counts in written
        ]
        average = float(self._lengths.mean()) if self._lengths.any() else 1.0
        self._damping = SATURATION * (1 - LENGTHS + LENGTHS * self._lengths / average)

    def _write(
        self, words: Numbers, lengths: Numbers, known: Sequence[str]
    ) -> tuple[int, int, Numbers]:
        """Write one segment; return where it lies, its length and the counts by word's number."""
        texts = np.arange(lengths.size, dtype=np.int32)
        slots = texts // len(WEIGHTS) * _SLOTS + texts % len(WEIGHTS)
        begins = np.repeat(np.cumsum(lengths) - lengths, lengths)
        places_there = np.arange(words.size) - begins
        # Numbers of 16 bits, which all but the richest vocabularies fit, sort several times faster.
        rank = np.empty(len(known), np.min_scalar_type(len(known)))
        rank[sorted(range(len(known)), key=known.__getitem__)] = np.arange(len(known))
        order = np.argsort(rank[words], kind="stable")
        offset = self._file.tell() // _SIZE
        for numbers in (np.repeat(slots, lengths), places_there):
            self._file.write(numbers[order].astype(np.int32).tobytes())
        return offset, words.size, np.bincount(words, minlength=len(known)).astype(np.int32)


class _Numbers:
    """Every word of a debate by its number, in the order in which they were first met."""

    def __init__(self) -> None:
        self.of: defaultdict[str, int] = defaultdict()
        self.of.default_factory = self.of.__len__
        self._repeated: dict[str, array[int]] = {}

    def read(self, passages: Iterable[Sequence[str]]) -> tuple[Numbers, Numbers]:
        """Return the words of the passages' texts as numbers, and how many each text has."""
        words, lengths = array("i"), array("i")
        for texts in passages:
            for place, text in enumerate(texts):
                found = self._read(text) if place in _OWN else self._read_once(text)
                words.extend(found)
                lengths.append(len(found))
        return np.array(words, dtype=np.int32), np.array(lengths, dtype=np.int32)

    def _read(self, text: str) -> array[int]:
        return array("i", map(self.of.__getitem__, words_of(text)))

    def _read_once(self, text: str) -> array[int]:
        """Read a text that many passages share; names and titles are a fifth of all words."""
        found = self._repeated.get(text)
        if found is None:
            found = self._repeated[text] = self._read(text)
        return found


def _starts(counts: Numbers, order: NDArray[np.intp]) -> Numbers:
    """Return where each word's occurrences begin, for words in ``order``, and where all end."""
    all_words = np.zeros(order.size, np.int32)
    all_words[: counts.size] = counts
    return np.concatenate([[0], np.cumsum(all_words[order])]).astype(np.int32)


def _best_first(rows: NDArray[np.intp], score: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return rows by score, highest first, equal ones in order."""
    if not rows.size:
        return rows
    scores = score[rows]
    # In so many steps scores differ by more than rounding, and numbers of 16 bits sort fast.
    steps = np.rint(scores * (_FINEST / max(float(scores.max()), 1e-9)))
    return rows[np.argsort((_FINEST - steps).astype(np.uint16), kind="stable")]
