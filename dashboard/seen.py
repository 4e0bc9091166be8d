"""What a view shows of a debate: matches, counts, the passage read, its neighbours. No widgets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.debate.filters import (
    FilterName,
    Filters,
    Undo,
    emptied_by,
    empty_alone,
    matching,
)
from dashboard.debate.marks import Basis, shown_positions
from dashboard.debate.summary import count_words, summary, unread_words
from dashboard.open_debate import OpenDebate
from dashboard.remembered import remembered
from dashboard.view import View

NAMED_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """What a view shows.

    ``lit`` says for each row of the table whether the filters let it through; ``sequence`` holds
    the rows that previous and next step through; ``passage`` is the id of the passage read,
    empty where nothing matches and nothing was chosen.
    """

    opened: OpenDebate
    view: View
    lit: NDArray[np.bool_]
    sequence: NDArray[np.intp]
    passage: str

    @property
    def count(self) -> str:
        """How many passages and authors match, in words."""
        return count_words(self.opened.table, self.lit, len(self.opened.debate.authors))

    @property
    def summary(self) -> str:
        """What the map shows, in a sentence."""
        return _summary(self.opened, self.view.filters, self.view.basis)

    @property
    def unread(self) -> str:
        """What of the map's texts is not read yet, in a sentence; empty where all are."""
        shown = _shown(self.opened, self.view.basis)
        said = unread_words(self.opened.table, shown, self.lit, self.view.basis)
        return f"{'; '.join(said)}." if said else ""

    @property
    def hidden(self) -> bool:
        """Whether the filters hide the passage read."""
        return bool(self.passage) and not self.lit[self.opened.row_of[self.passage]]

    @property
    def emptied(self) -> tuple[Undo, ...]:
        """Which filters can be undone to bring passages back, where nothing matches."""
        return emptied_by(self.opened.table, self.view.filters)

    @property
    def empty_alone(self) -> tuple[FilterName, ...]:
        """The filters that match no passage whatever the others ask for."""
        return empty_alone(self.opened.table, self.view.filters)

    @property
    def place(self) -> tuple[int, int]:
        """Which of how many passages is read, counting from 1; 0 where it is not among them."""
        if not self.passage:
            return 0, self.sequence.size
        found = np.flatnonzero(self.sequence == self.opened.row_of[self.passage])
        return (int(found[0]) + 1 if found.size else 0), self.sequence.size

    def step(self, by: int) -> str:
        """Return the passage ``by`` steps on (1 next, -1 previous), empty at the end.

        From a passage outside the sequence, steps lead to its neighbours in the debate's order.
        """
        if not self.passage or not self.sequence.size:
            return ""
        row = self.opened.row_of[self.passage]
        if by > 0:
            at = int(np.searchsorted(self.sequence, row, side="right"))
        else:
            at = int(np.searchsorted(self.sequence, row, side="left")) - 1
        if not 0 <= at < self.sequence.size:
            return ""
        return self.opened.debate.passages[int(self.sequence[at])].id

    def around(self, far: int) -> tuple[list[str], bool]:
        """Return the passage read amid those that steps lead to, so ``far`` each way.

        Also return whether the first of them is the first of all. A passage outside the sequence
        stands where the debate's order has it.
        """
        if not self.passage:
            return [], True
        row = self.opened.row_of[self.passage]
        before = self.sequence[: np.searchsorted(self.sequence, row, side="left")]
        after = self.sequence[np.searchsorted(self.sequence, row, side="right") :]
        rows = (*before[-far:].tolist(), row, *after[:far].tolist())
        return [self.opened.debate.passages[one].id for one in rows], before.size <= far

    @property
    def author(self) -> str:
        """The author chosen, or the author of the passage read."""
        return self.view.author or self.opened.known.author_of.get(self.passage, "")

    def near(self, far: int) -> list[str]:
        """Return the passages that steps lead through, so ``far`` each way from the one read."""
        row = self.opened.row_of[self.passage] if self.passage else 0
        at = int(np.searchsorted(self.sequence, row))
        rows = self.sequence[max(0, at - far) : at + far + 1].tolist()
        return [self.opened.debate.passages[one].id for one in rows]

    @property
    def with_words(self) -> list[int]:
        """The rows that the words searched for let through, whatever school and role."""
        found: list[int] = np.flatnonzero(_matching(self.opened, Filters(q=self.view.q))).tolist()
        return found


def seen(opened: OpenDebate, view: View) -> Seen:
    """Return what ``view`` shows of the debate."""
    lit = _matching(opened, view.filters)
    rows = opened.rows_by_author[view.author] if view.author else np.flatnonzero(lit)
    first = opened.debate.passages[int(rows[0])].id if rows.size else ""
    return Seen(opened, view, lit, rows, view.passage or first)


@remembered(64)
def _matching(opened: OpenDebate, filters: Filters) -> NDArray[np.bool_]:
    found = matching(opened.table, filters)
    found.setflags(write=False)
    return found


@remembered(256)
def _summary(opened: OpenDebate, filters: Filters, basis: Basis) -> str:
    shown = _shown(opened, basis)
    lit = _matching(opened, filters)
    text = summary(opened.debate, opened.table, shown, lit, basis)
    arrows = bool((shown["drifts_to"].notna().to_numpy() & lit).any())
    return f"{text} Arrows run from the author’s words to the library’s gloss." if arrows else text


@remembered(16)
def _shown(opened: OpenDebate, basis: Basis) -> pd.DataFrame:
    return shown_positions(opened.table, basis)


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One line of the filter's help: a school, its second school, how sure, how many."""

    school: str
    second: str
    confidence: int | None
    passages: str


@remembered(8)
def school_lines(opened: OpenDebate) -> tuple[SchoolLine, ...]:
    """Return which passages lie in which school, with second school and confidence."""
    labels = {school.id: school.label for school in opened.debate.schools}
    groups: dict[tuple[str, str, int], list[str]] = {}
    for passage in opened.debate.passages:
        key = (passage.school, passage.second_school or "", passage.confidence or 0)
        groups.setdefault(key, []).append(passage.id)
    order = list(labels)
    lines = sorted(groups.items(), key=lambda line: (order.index(line[0][0]), line[0][1:]))
    return tuple(
        SchoolLine(labels[school], labels.get(second, ""), confidence or None, _named(passages))
        for (school, second, confidence), passages in lines
    )


def _named(passages: list[str]) -> str:
    return ", ".join(passages) if len(passages) <= NAMED_AT_MOST else f"{len(passages)} passages"
