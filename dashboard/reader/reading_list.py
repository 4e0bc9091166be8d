"""The passages to be read one after another: which, in what order, and the leaf one is on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from dashboard.debate.filters import Filters, matching
from dashboard.debate.order import Order, Part, parts
from dashboard.debate.search import Search, search_for
from dashboard.open_debate import OpenDebate
from dashboard.remembered import remembered
from dashboard.view import View

ON_A_LEAF = 25


@dataclass(frozen=True, slots=True, eq=False)
class ReadingList:
    """Passages in parts that are read in order; ``rows`` are the debate's, part after part.

    A passage that stands in several parts is there several times; ``passages`` says how many
    there are, ``steps`` holds each once, where it stands first.
    """

    parts: tuple[Part, ...]
    rows: NDArray[np.intp]
    steps: NDArray[np.intp]
    search: Search

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return int(self.steps.size)

    @property
    def leaves(self) -> int:
        """How many leaves they fill, one at least."""
        return max(1, -(-self.rows.size // ON_A_LEAF))

    def on_leaf(self, leaf: int) -> Iterator[tuple[Part, NDArray[np.intp]]]:
        """Yield the parts on a leaf, counted from 1, with those of their rows that stand there."""
        first, end, start = (leaf - 1) * ON_A_LEAF, leaf * ON_A_LEAF, 0
        for part in self.parts:
            stop = start + part.rows.size
            if start < end and stop > first:
                yield part, part.rows[max(0, first - start) : end - start]
            start = stop


def reading_list(opened: OpenDebate, view: View) -> ReadingList:
    """Return the passages that a view's filters and words find, in the view's order.

    In the source's order, what is looked for comes best first.
    """
    return _reading_list(opened, view.filters, cast(Order, view.by))


@remembered(8)
def _reading_list(opened: OpenDebate, filters: Filters, order: Order) -> ReadingList:
    search = search_for(filters.q, opened.debate.language)
    allowed = matching(opened.table, filters.without("q"))
    ranked = np.flatnonzero(allowed)
    if search.sought:
        ranked = _with_the_one_named(opened, filters.q, opened.search_index.rows(search))
        ranked = ranked[allowed[ranked]]
        allowed = np.zeros_like(allowed)
        allowed[ranked] = True
    ordered: Iterable[Part] = (Part("", "", ranked),)
    if order != "source":
        ordered = (_only(part, allowed) for part in parts(opened.debate, opened.table, order))
    found = tuple(part for part in ordered if part.rows.size)
    rows = np.concatenate([part.rows for part in found]) if found else ranked
    _, first = np.unique(rows, return_index=True)
    return ReadingList(found, rows, rows[np.sort(first)], search)


def _with_the_one_named(
    opened: OpenDebate, typed: str, found: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Return the rows found, before them that of the passage whose id was typed, if any."""
    named = typed.strip()
    row = opened.row_of.get(named, opened.row_of.get(named.lower()))
    return found if row is None else np.concatenate([[row], found[found != row]]).astype(np.intp)


def _only(part: Part, allowed: NDArray[np.bool_]) -> Part:
    return replace(part, rows=part.rows[allowed[part.rows]])


def leaf_shown(opened: OpenDebate, view: View) -> int:
    """Return the leaf that a view shows: that of its passage, else the one it names."""
    listed = reading_list(opened, view)
    if view.passage:
        found = np.flatnonzero(listed.rows == opened.row_of[view.passage])
        if found.size:
            return int(found[0]) // ON_A_LEAF + 1
    return min(view.leaf, listed.leaves)


def is_listed(opened: OpenDebate, view: View) -> bool:
    """Say whether the passage of a view is among those found."""
    return bool((reading_list(opened, view).steps == opened.row_of[view.passage]).any())


def step(opened: OpenDebate, view: View, by: int) -> str:
    """Return the passage ``by`` steps on (1 or -1), the first where none is read; else empty."""
    steps = reading_list(opened, view).steps
    found = np.flatnonzero(steps == opened.row_of.get(view.passage, -1))
    at = int(found[0]) + by if found.size else (0 if by > 0 else -1)
    return opened.debate.passages[int(steps[at])].id if 0 <= at < steps.size else ""
