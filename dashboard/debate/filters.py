"""Filters: which passages match, and which filter emptied a combination."""

from __future__ import annotations

from dataclasses import dataclass, replace
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

    def without(self, name: FilterName) -> Filters:
        """Return these filters with the one called ``name`` undone."""
        return replace(self, **{name: "" if name == "q" else ()})  # type: ignore[arg-type]

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
    """One filter that can be undone, and how many passages there are then."""

    name: FilterName
    passages: int


def emptied_by(table: pd.DataFrame, filters: Filters) -> tuple[Undo, ...]:
    """Return each active filter whose undoing brings passages back, most passages first.

    Empty where the filters match something, or where no single filter is to blame.
    """
    if matching(table, filters).any():
        return ()
    undone = (
        Undo(name, int(matching(table, filters.without(name)).sum())) for name in filters.active()
    )
    return tuple(sorted((u for u in undone if u.passages), key=lambda u: -u.passages))
