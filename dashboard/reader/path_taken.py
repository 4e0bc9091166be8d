"""What a view shows of a path: its passages in order, the step, what is placed and what is shown.

A passage's readings are shown once it is placed, or once the reader asks for them without placing
it; from then on the placement stays as it is: the first is what counts. Blind, nothing is shown
before the last passage is dealt with, and until then a placement can be changed. A link may lead
to any step; what it passed over counts as shown without being placed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.debate.filters import Filters, matching
from dashboard.debate.model import Path
from dashboard.debate.placements import (
    QUESTION,
    TEXT,
    Agreeing,
    Comparison,
    agreeing,
    compare,
    shuffled,
    sign_at,
    with_sign,
)
from dashboard.open_debate import OpenDebate
from dashboard.remembered import remembered
from dashboard.view import LONGEST_PLACED, OWN, Changes, View


@dataclass(frozen=True, slots=True)
class PathTaken:
    """A path as a reader takes it.

    ``guided`` is the path of the debate, ``None`` for the reader's own selection. ``passages``
    holds the ids of its steps, as many as a link can hold placements for.
    """

    opened: OpenDebate
    view: View
    guided: Path | None
    passages: tuple[str, ...]

    @property
    def step(self) -> int:
        """The step: 0 at the beginning, one more than there are passages at the end."""
        return min(self.view.step, len(self.passages) + 1)

    @property
    def passage(self) -> str:
        """The passage of the step, empty at the beginning and at the end."""
        return self.passages[self.step - 1] if 1 <= self.step <= len(self.passages) else ""

    @property
    def at_end(self) -> bool:
        """Whether all passages are passed."""
        return self.step > len(self.passages)

    @property
    def blind(self) -> bool:
        """Whether nothing of the author, the school and the readings is shown on the way."""
        return bool(self.view.blind)

    @property
    def sign(self) -> str:
        """How the reader placed the passage of the step, empty for not yet."""
        return sign_at(self.view.placed, self.step)

    @property
    def shown(self) -> bool:
        """Whether the readings of the passage may be shown."""
        needed = len(self.passages) if self.blind else self.step
        return bool(self.sign) and len(self.view.placed) >= needed

    @property
    def bridge(self) -> str:
        """The sentence that leads to the next step, empty where there is none."""
        if self.guided is None or not self.passage:
            return ""
        return self.guided.steps[self.step - 1].bridge or ""

    def place(self, sign: str) -> Changes:
        """Return what placing the passage changes; nothing where its readings are shown."""
        if not self.passage or self.shown:
            return {}
        placed = with_sign(self.view.placed, self.step, sign)
        return {"placed": placed, "step": self.step + 1 if self.blind else self.step}

    def move(self, by: int) -> Changes:
        """Return what a step back or on changes; nothing where it leads nowhere.

        One step on there must be a placement, or a wish to see without one.
        """
        ahead = self.step + by
        if (
            ahead < 0
            or ahead > len(self.passages) + 1
            or (by > 0 and self.passage and not self.sign)
        ):
            return {}
        return {"step": ahead}


def path_taken(opened: OpenDebate, view: View) -> PathTaken | None:
    """Return the path that a view takes, ``None`` where it takes none or has not begun its own."""
    if view.path == OWN:
        passages, _ = own_passages(opened, view.filters, view.seed)
        return PathTaken(opened, view, None, passages) if passages and view.step else None
    guided = next((path for path in opened.debate.paths if path.id == view.path), None)
    if guided is None:
        return None
    passages = tuple(step.passage for step in guided.steps[:LONGEST_PLACED])
    return PathTaken(opened, view, guided, passages)


@remembered(64)
def own_passages(opened: OpenDebate, filters: Filters, seed: int) -> tuple[tuple[str, ...], int]:
    """Return the passages of a reader's own selection in its order, and how many match.

    There are no more of them than a link can hold placements for: the first of the order, which
    are drawn by lot where it is shuffled.
    """
    rows = np.flatnonzero(matching(opened.table, filters))
    ids = [opened.debate.passages[int(row)].id for row in rows]
    return shuffled(ids, seed)[:LONGEST_PLACED], len(ids)


@remembered(64)
def comparisons(
    opened: OpenDebate, passages: tuple[str, ...], placed: str
) -> tuple[Comparison, ...]:
    """Return a reader's placements beside the readings, passage by passage."""
    return compare(passages, placed, {one: _values(opened, one) for one in passages})


@remembered(64)
def agreement_with(opened: OpenDebate, passages: tuple[str, ...], placed: str) -> Agreeing:
    """Return how far a reader agrees with the readings."""
    return agreeing(opened.debate.readings, comparisons(opened, passages, placed))


def _values(opened: OpenDebate, passage: str) -> Mapping[str, float | None]:
    """Return what each reading that has read a passage's quote gave to it."""
    return {
        each.reading: each.value
        for each in opened.readings_by_passage(passage)
        if each.text == TEXT and each.question == QUESTION
    }
