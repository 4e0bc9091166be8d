"""Filters: which passages match, and which filter emptied a combination."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.debate.table import folded

FilterName = Literal["school", "role", "q"]
FILTER_NAMES: tuple[FilterName, ...] = ("school", "role", "q")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asked to see; an empty filter asks for nothing and lets all through."""

    school: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    q: str = ""

    def without(self, *names: FilterName) -> Filters:
        """Return these filters with those called ``names`` undone."""
        undone = {name: "" if name == "q" else () for name in names}
        return replace(self, **undone)  # type: ignore[arg-type]

    def only(self, name: FilterName) -> Filters:
        """Return the filter called ``name`` by itself."""
        return self.without(*(other for other in FILTER_NAMES if other != name))

    def active(self) -> tuple[FilterName, ...]:
        """Return the names of the filters that ask for something, in a fixed order."""
        return tuple(name for name in FILTER_NAMES if getattr(self, name))


def matching(table: pd.DataFrame, filters: Filters) -> NDArray[np.bool_]:
    """Return for each row of the passage table whether all filters let it through.

    A passage matches when its school and role are among those asked for and every word asked
    for stands in its quote or gloss; case and accents do not count.
    """
    lit = np.ones(len(table), dtype=np.bool_)
    for column, wanted in (("school", filters.school), ("role", filters.role)):
        if wanted:
            lit &= table[column].isin(wanted).to_numpy(dtype=np.bool_)
    words = folded(filters.q).split()
    if words:
        quotes, glosses = table["quote"].to_numpy(), table["gloss"].to_numpy()
        for row in np.flatnonzero(lit):
            # Folded as they are searched: a second copy of every text would fill the memory.
            text = f"{folded(quotes[row])}\n{folded(glosses[row])}"
            lit[row] = all(word in text for word in words)
    return lit


@dataclass(frozen=True, slots=True)
class Undo:
    """Filters that can be undone together, and how many passages there are then."""

    names: tuple[FilterName, ...]
    passages: int


def emptied_by(table: pd.DataFrame, filters: Filters) -> tuple[Undo, ...]:
    """Return what can be undone to bring passages back, most passages first.

    Each is a single filter where that is enough, else as few together as it takes. Empty where
    the filters match something.
    """
    if matching(table, filters).any():
        return ()
    asked = filters.active()
    for size in range(1, len(asked) + 1):
        undone = [
            Undo(names, int(matching(table, filters.without(*names)).sum()))
            for names in combinations(asked, size)
        ]
        helping = [undo for undo in undone if undo.passages]
        if helping:
            return tuple(sorted(helping, key=lambda undo: -undo.passages))
    return ()


def empty_alone(table: pd.DataFrame, filters: Filters) -> tuple[FilterName, ...]:
    """Return the active filters that match no passage whatever the others ask for."""
    return tuple(n for n in filters.active() if not matching(table, filters.only(n)).any())
