"""What the page of comparisons shows of each side: its lane, its column; and the opposed pairs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from components.markup import author_address, compare_address, passage_address
from dashboard.debate.comparison import Side
from dashboard.debate.groups import EACH_AT_MOST
from dashboard.debate.marks import shown_positions
from dashboard.debate.model import Pair
from dashboard.debate.positions import Span, middle, span
from dashboard.debate.summary import NOT_READ, position_words
from dashboard.open_debate import OpenDebate
from dashboard.reading import FullReading, brief, full

MARKS_AT_MOST = 24
"""In a lane with more passages than this, one mark stands for all that coincide."""
PASSAGES_AT_MOST = 12
"""So many passages of an author are quoted; the map has the others."""
SWAPS_AT_MOST = 60
"""Where a side could be swapped for more than this, the chooser is the only way."""
PAIRS_AT_MOST = 40
"""So many opposed pairs are listed."""
TOLD_IN_COLUMN = frozenset({"Home tradition"})
"""What a passage's column says of its author already."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on the shared axis or at the end of a pair."""

    passage: str
    label: str
    said: str
    position: float | None
    drifts_to: float | None
    school_index: int
    filled: bool
    read: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    """One side on the shared axis."""

    name: str
    said: str
    school_index: int
    marks: tuple[Mark, ...]
    span: Span | None = None
    middle: float | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another page or another comparison."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Column:
    """One side with its quotes."""

    name: str
    about: str
    school_index: int
    school_label: str
    passages: tuple[FullReading, ...]
    facts: tuple[tuple[str, str], ...]
    rest: Way | None
    there: Way
    without: Way
    swaps: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class ListedPair:
    """An opposed pair with the way to its comparison."""

    address: str
    point: str
    ends: tuple[Mark, ...]


def name_of(side: Side) -> str:
    """Return what a side is called: the author's short name or the passage's id."""
    return side.author.label if side.whole else side.id


def lane(opened: OpenDebate, side: Side) -> Lane:
    """Return a side on the axis: its marks from no claim to cure; an author's span and middle."""
    shown = shown_positions(opened.table.iloc[list(side.rows)], "both")
    many = len(side.rows) > MARKS_AT_MOST
    marks = _merged(opened, shown) if many else tuple(_mark(opened, row) for row in side.rows)
    marks = tuple(
        sorted(
            (mark for mark in marks if mark.read),
            key=lambda mark: -9 if mark.position is None else mark.position,
        )
    )
    school = opened.known.schools.index(
        side.passage.school if side.passage else side.author.home_school
    )
    if side.passage:
        whose = brief(opened, side.id).whose_words
        return Lane(side.id, whose if marks else f"{whose}: {NOT_READ}", school, marks)
    positions = [_given(value) for value in shown["position"]]
    reach, centre = span(positions), middle(positions)
    said = _reach(opened, shown, reach, centre)
    return Lane(name_of(side), said, school, marks, reach, centre)


def split_lanes(opened: OpenDebate, passage: str) -> tuple[Lane, Lane]:
    """Return the lanes of one passage: where its words stand, and where its gloss stands."""
    read = full(opened, passage)
    words, gloss = _split_marks(read)
    school = read.school_index
    return (
        Lane("The author’s words", read.quote_words, school, (words,) if words.read else ()),
        Lane("The gloss", read.gloss_words, school, (gloss,) if gloss.read else ()),
    )


def _split_marks(read: FullReading) -> tuple[Mark, Mark]:
    """Return the marks of one passage: of its words alone, and of its gloss alone."""

    def mark(said: str, position: float | None, *, filled: bool, read_: bool) -> Mark:
        said = f"{read.id}: {said}"
        return Mark(read.id, read.id, said, position, None, read.school_index, filled, read_)

    quote, gloss = read.quote_position, read.gloss_position
    return (
        mark(read.quote_words, quote, filled=quote is not None, read_=read.quote_read),
        mark(read.gloss_words, gloss, filled=False, read_=read.gloss_read),
    )


def _mark(opened: OpenDebate, row: int) -> Mark:
    read = brief(opened, opened.debate.passages[row].id)
    quote, gloss = (_given(opened.positions[c][row]) for c in ("quote_position", "gloss_position"))
    said = f"{read.id}, {read.whose_words}, {read.school_label}. Words: {read.quote_words}"
    said += f"; gloss: {read.gloss_words}." if read.gloss_words else "."
    return Mark(
        passage=read.id,
        label=read.id,
        said=said,
        position=gloss if quote is None else quote,
        drifts_to=gloss if quote is not None and gloss != quote else None,
        school_index=read.school_index,
        filled=quote is not None,
        read=bool(opened.is_read["quote_read"][row] or opened.is_read["gloss_read"][row]),
    )


def _merged(opened: OpenDebate, shown: pd.DataFrame) -> tuple[Mark, ...]:
    """Return one mark for all passages read that share school, position and claim."""
    shown = shown[shown["read"]]
    schools = opened.table["school"].cat.codes.loc[shown.index].tolist()
    kinds = zip(schools, map(_given, shown["position"]), shown["filled"].tolist(), strict=True)
    return tuple(
        _mark_of_many(opened, school, position, count, filled=filled)
        for (school, position, filled), count in Counter(kinds).items()
    )


def _mark_of_many(
    opened: OpenDebate, school: int, position: float | None, count: int, *, filled: bool
) -> Mark:
    said = f"{_passages(count)}, {opened.debate.schools[school].label}: "
    said += position_words(position, opened.debate.axis)
    return Mark("", f"×{count}", said, position, None, school, filled)


def _reach(
    opened: OpenDebate, shown: pd.DataFrame, reach: Span | None, centre: float | None
) -> str:
    """Return in words how many passages a side has, where they stand and how many are unread."""
    if shown.empty:
        return "no passages"
    axis, count, unread = opened.debate.axis, _passages(len(shown)), int((~shown["read"]).sum())
    if unread == len(shown):
        return f"{count}, {NOT_READ}"
    rest = f"; {unread} {NOT_READ}" if unread else ""
    if reach is None:
        return f"{count}, {position_words(None, axis)}{rest}"
    low, high = (position_words(value, axis) for value in reach)
    said = f"{count}, at {low}" if low == high else f"{count}, from {low} to {high}"
    mid = "" if centre is None else f"; middle: {position_words(centre, axis)}"
    return said + mid + rest


def _passages(count: int) -> str:
    return f"{count} passage" if count == 1 else f"{count} passages"


def _given(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def columns(opened: OpenDebate, sides: Sequence[Side]) -> tuple[Column, ...]:
    """Return the sides with their quotes, and the ways to other comparisons."""
    ids = tuple(side.id for side in sides)
    return tuple(_column(opened, side, ids) for side in sides)


def _column(opened: OpenDebate, side: Side, ids: Sequence[str]) -> Column:
    readings = tuple(full(opened, p.id) for p in side.passages[:PASSAGES_AT_MOST])
    ways = way_there(side), way_without(side, ids)
    swaps = tuple(
        Way(label, compare_address(other if each == side.id else each for each in ids))
        for other, label in swaps_for(opened, ids)
    )
    if side.passage:
        (read,) = readings
        facts = tuple(fact for fact in read.facts if fact[0] not in TOLD_IN_COLUMN)
        school = read.school_index, read.school_label
        return Column(side.id, read.whose_words, *school, readings, facts, None, *ways, swaps)
    index = opened.known.schools.index(side.author.home_school)
    more = len(side.rows) - len(readings)
    rest = Way(f"and {more} more, on the map", author_address(side.id)) if more > 0 else None
    facts = tuple((name, text) for name, text in (("Note", side.author.note),) if text)
    label = opened.debate.schools[index].label
    return Column(
        side.author.label,
        f"{side.author.name}: {side.author.home_tradition}",
        index,
        label,
        readings,
        facts,
        rest,
        *ways,
        swaps,
    )


def way_there(side: Side) -> Way:
    """Return the way to a side on the map."""
    address = author_address(side.id) if side.whole else passage_address(side.id)
    return Way("On the map", address)


def way_without(side: Side, ids: Iterable[str]) -> Way:
    """Return the way to the comparison of the sides with these ids without one of them."""
    return Way("Remove", compare_address(each for each in ids if each != side.id))


def swaps_for(opened: OpenDebate, ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return ids and names of all that a side can be swapped for, none where there are many."""
    debate = opened.debate
    if len(debate.authors) + len(debate.passages) > SWAPS_AT_MOST:
        return ()
    return tuple((other, name) for other, name in names(opened).items() if other not in ids)


def names(opened: OpenDebate, chosen: Iterable[str] = ()) -> dict[str, str]:
    """Return the names of all that can be chosen, by id: authors, then passages.

    In a large debate only the ``chosen`` passages are among them. An id that an author and a
    passage share is the author's.
    """
    debate = opened.debate
    authors = {author.id: author.name for author in debate.authors}
    passages = chosen if is_large(opened) else (passage.id for passage in debate.passages)
    alone = (passage for passage in passages if passage in opened.known.author_of)
    return authors | {each: _name(opened, each) for each in alone if each not in authors}


def is_large(opened: OpenDebate) -> bool:
    """Say whether a debate has too many passages to list them all for a choice."""
    return len(opened.debate.passages) > EACH_AT_MOST


def _name(opened: OpenDebate, passage: str) -> str:
    return f"{passage} · {opened.works[opened.passage(passage).work].short}"


def listed_pairs(opened: OpenDebate) -> tuple[ListedPair, ...]:
    """Return the debate's opposed pairs, the first of them where there are many."""
    return tuple(_listed(opened, pair) for pair in opened.debate.pairs[:PAIRS_AT_MOST])


def _listed(opened: OpenDebate, pair: Pair) -> ListedPair:
    if pair.a == pair.b:
        ends = _split_ends(opened, pair.a)
    else:
        ends = tuple(_end(opened, _mark(opened, opened.row_of[p])) for p in (pair.a, pair.b))
    return ListedPair(compare_address(dict.fromkeys((pair.a, pair.b))), pair.point, ends)


def _split_ends(opened: OpenDebate, passage: str) -> tuple[Mark, ...]:
    """Return the ends of a passage that is split: its words, and its gloss if it is placed."""
    read = full(opened, passage)
    words, gloss = _split_marks(read)
    if not read.gloss_words:
        return (_end(opened, words),)
    return _end(opened, words), replace(gloss, label="its gloss")


def _end(opened: OpenDebate, mark: Mark) -> Mark:
    author = opened.authors[opened.known.author_of[mark.passage]].label
    unread = "" if mark.read else f", {NOT_READ}"
    return replace(mark, label=f"{mark.passage} {author}{unread}")
