"""Groups: passages that every choice of schools and roles lets through together.

With a few numbers for each group, the map, the count and the list of any such choice can be told
without asking for each of many passages.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

EACH_AT_MOST = 150
"""In a debate of up to so many passages each is a group of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Passages of one school and one role: their ids, and the table's rows in order."""

    school: str
    role: str
    rows: NDArray[np.intp]


def groups(table: pd.DataFrame) -> tuple[Group, ...]:
    """Return the groups of a debate's passage table; each row is in exactly one of them."""
    of = group_of(table)
    order = np.argsort(of, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(of))[:-1]) if len(table) else []
    return tuple(
        Group(str(table["school"].iloc[rows[0]]), str(table["role"].iloc[rows[0]]), rows)
        for rows in parts
    )


def group_of(table: pd.DataFrame) -> NDArray[np.intp]:
    """Return for each row of the passage table the index of its group."""
    if len(table) <= EACH_AT_MOST:
        return np.arange(len(table), dtype=np.intp)
    kinds = table.groupby(["school", "role"], observed=True, sort=True).ngroup()
    return np.asarray(kinds, dtype=np.intp)
