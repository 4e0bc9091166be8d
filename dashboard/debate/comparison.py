"""Authors and passages side by side: what they share, and what one says and the other does not."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from dashboard.debate.model import Author, Debate, Pair, Passage
from dashboard.debate.summary import placed_words

Kind = Literal[
    "position", "gloss", "school", "second_school", "role", "construct", "mechanism", "voice"
]
KINDS: tuple[Kind, ...] = (
    "position",
    "gloss",
    "school",
    "second_school",
    "role",
    "construct",
    "mechanism",
    "voice",
)
"""What can be shared, in the order in which it is told; positions of words and gloss apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One side of a comparison: an author with all passages, or one passage alone.

    ``id`` is the author's or the passage's, ``rows`` are the passages' in the passage table.
    """

    id: str
    author: Author
    passages: tuple[Passage, ...]
    rows: tuple[int, ...]
    whole: bool

    @property
    def passage(self) -> Passage | None:
        """The passage that stands alone; none where the side is an author."""
        return None if self.whole else self.passages[0]


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing that is said, and for each side the ids of the passages it rests on."""

    kind: Kind
    value: str
    passages: tuple[tuple[str, ...], ...]

    @property
    def sides(self) -> tuple[int, ...]:
        """The indices of the sides that say it."""
        return tuple(i for i, rests_on in enumerate(self.passages) if rests_on)


def sides_of(debate: Debate, table: pd.DataFrame, of: Iterable[str]) -> tuple[Side, ...]:
    """Return the sides with these ids: authors, then passages, each in the debate's order.

    The order of ``of`` does not matter. An id that an author and a passage share is the
    author's; one that nobody has is left out.
    """
    wanted = set(of)
    codes = table["author"].cat.codes.to_numpy()
    authors = {i: author for i, author in enumerate(debate.authors) if author.id in wanted}
    wanted -= {author.id for author in authors.values()}
    alone = np.flatnonzero(table["passage"].isin(list(wanted)).to_numpy(dtype=np.bool_))
    found = [
        _side(debate, author.id, author, np.flatnonzero(codes == i).tolist(), whole=True)
        for i, author in authors.items()
    ]
    found += [
        _side(debate, debate.passages[row].id, debate.authors[int(codes[row])], [row], whole=False)
        for row in alone.tolist()
    ]
    return tuple(found)


def _side(debate: Debate, name: str, author: Author, rows: Sequence[int], *, whole: bool) -> Side:
    return Side(name, author, tuple(debate.passages[row] for row in rows), tuple(rows), whole)


def sayings(debate: Debate, table: pd.DataFrame, sides: Sequence[Side]) -> tuple[Saying, ...]:
    """Return everything that any of the sides says, by kind, then in the debate's order.

    Positions come from no claim to cure, voices by name. Nothing is said of where a text stands
    that has not been read, nor of glosses where the debate does not show them.
    """
    read = _Read(debate, table)
    rests_on: dict[_Fact, tuple[list[str], ...]] = {}
    for i, side in enumerate(sides):
        for passage, row in zip(side.passages, side.rows, strict=True):
            for fact in dict.fromkeys(read.facts(passage, row)):
                rests_on.setdefault(fact, tuple([] for _ in sides))[i].append(passage.id)
    return tuple(
        Saying(KINDS[fact[0]], fact[2], tuple(map(tuple, rests_on[fact])))
        for fact in sorted(rests_on)
    )


_Fact = tuple[int, float, str]
"""One thing that a passage says: the index of its kind, its place within that, its words."""


class _Read:
    """What each passage of a debate says."""

    def __init__(self, debate: Debate, table: pd.DataFrame) -> None:
        self._debate = debate
        self._position = table["quote_position"].to_numpy(dtype=float)
        self._gloss = table["gloss_position"].to_numpy(dtype=float)
        self._position_read = table["quote_read"].to_numpy(dtype=np.bool_)
        self._gloss_read = table["gloss_read"].to_numpy(dtype=np.bool_)
        self._position_open = table["quote_not_agreed"].to_numpy(dtype=np.bool_)
        self._gloss_open = table["gloss_not_agreed"].to_numpy(dtype=np.bool_)
        self._schools = {s.id: (i, s.label) for i, s in enumerate(debate.schools)}
        self._roles = {r.id: (i, r.label) for i, r in enumerate(debate.roles)}
        self._mechanisms = {m.id: (i, m.label) for i, m in enumerate(debate.mechanisms)}
        self._constructs = {name: i for i, name in enumerate(debate.constructs)}

    def facts(self, passage: Passage, row: int) -> list[_Fact]:
        """Return what the passage in the table's ``row`` says, things of one kind in a row."""
        facts = []
        if self._position_read[row]:
            facts.append(self._placed("position", passage, row))
        if self._gloss_read[row]:
            facts.append(self._placed("gloss", passage, row))
        facts.append(_fact("school", *self._schools[passage.school]))
        if passage.second_school is not None:
            facts.append(_fact("second_school", *self._schools[passage.second_school]))
        facts.append(_fact("role", *self._roles[passage.role]))
        facts += [_fact("construct", self._construct(name), name) for name in passage.constructs]
        facts += [_fact("mechanism", *self._mechanisms[name]) for name in passage.mechanisms]
        facts += [_fact("voice", 0, voice.name) for voice in passage.voices]
        return facts

    def _construct(self, name: str) -> int:
        """Return a construct's place; a debate that lists none lets passages name any."""
        return self._constructs.get(name, len(self._constructs))

    def _placed(self, kind: Literal["position", "gloss"], passage: Passage, row: int) -> _Fact:
        values, open_ = (
            (self._position, self._position_open)
            if kind == "position"
            else (self._gloss, self._gloss_open)
        )
        value, not_agreed = float(values[row]), bool(open_[row])
        words = placed_words(value, passage.zero_kind, self._debate.axis, not_agreed=not_agreed)
        return _fact(kind, -math.inf if math.isnan(value) else value, words)


def _fact(kind: Kind, place: float, words: str) -> _Fact:
    return KINDS.index(kind), place, words


def shared(said: Iterable[Saying]) -> tuple[Saying, ...]:
    """Return what every side says, where there are at least two."""
    return tuple(s for s in said if len(s.sides) == len(s.passages) > 1)


def partly_shared(said: Iterable[Saying]) -> tuple[Saying, ...]:
    """Return what at least two sides say, but not every one."""
    return tuple(s for s in said if 1 < len(s.sides) < len(s.passages))


def only(said: Iterable[Saying], side: int) -> tuple[Saying, ...]:
    """Return what the side with this index says and none of the others does."""
    return tuple(s for s in said if s.sides == (side,))


def met(pairs: Iterable[Pair], sides: Sequence[Side]) -> tuple[Pair, ...]:
    """Return the opposed pairs whose two passages lie on two different sides.

    A passage that is split meets itself where it is the only side.
    """
    held = [{passage.id for passage in side.passages} for side in sides]
    split = {side.id for side in sides if not side.whole} if len(sides) == 1 else set()
    return tuple(
        pair
        for pair in pairs
        if (pair.a in split if pair.a == pair.b else _apart(held, pair.a, pair.b))
    )


def _apart(held: Sequence[set[str]], a: str, b: str) -> bool:
    return any(a in one and b in other for one in held for other in held if one is not other)


def inside(sides: Sequence[Side]) -> tuple[tuple[Side, Side], ...]:
    """Return each passage that stands beside its own author, with that author's side."""
    authors = {side.author.id: side for side in sides if side.whole}
    return tuple(
        (side, authors[side.author.id])
        for side in sides
        if not side.whole and side.author.id in authors
    )
