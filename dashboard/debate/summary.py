"""What the map shows, said in one or two sentences, generated from the data."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.debate.model import Axis, Debate, School

NAMES_AT_MOST = 3


def position_words(value: float | None, axis: Axis) -> str:
    """Return a position in the axis's own words, in small letters.

    A value halfway between two steps is said to lie between them; a missing one is the no-claim
    label.
    """
    if value is None or math.isnan(value):
        return axis.no_claim.label.lower() if axis.no_claim else "no claim"
    labels = {tick.value: tick.label.lower() for tick in axis.ticks}
    if value == int(value):
        return labels[int(value)]
    low = math.floor(value)
    return f"between {labels[low]} and {labels[low + 1]}"


def placed_words(value: float | None, zero_kind: str | None, axis: Axis) -> str:
    """Return a passage's position in words; at 0 say which kind, since two share that number."""
    words = position_words(value, axis)
    return f"{words} ({zero_kind})" if value == 0 and zero_kind else words


def count_words(table: pd.DataFrame, lit: NDArray[np.bool_], authors: int) -> str:
    """Return "9 of 23 passages, 4 of 11 authors" for the rows of ``table`` that are ``lit``."""
    seen = np.count_nonzero(np.bincount(table["author"].cat.codes.to_numpy()[lit]))
    return f"{int(lit.sum())} of {len(table)} passages, {seen} of {authors} authors"


def summary(
    debate: Debate, table: pd.DataFrame, position: pd.Series, lit: NDArray[np.bool_]
) -> str:
    """Return what each school's lit passages cover, and who makes no claim.

    ``position`` holds the shown position of each row of ``table``. Empty where nothing is lit.
    """
    view = _Lit(debate, table, position.to_numpy(dtype=float), lit)
    parts = [part for school in debate.schools if (part := view.school(school))]
    silent = view.silent()
    text = "; ".join([*parts, *([silent] if silent else [])])
    return f"{text}." if text else ""


@dataclass(frozen=True, slots=True)
class _Lit:
    """The lit passages and where they stand."""

    debate: Debate
    table: pd.DataFrame
    position: NDArray[np.float64]
    lit: NDArray[np.bool_]

    def school(self, school: School) -> str:
        """Return what a school's passages cover, empty where none of them makes a claim."""
        codes = self.table["school"].cat.codes.to_numpy()
        own = codes == self.debate.schools.index(school)
        rows = np.flatnonzero(self.lit & own & ~np.isnan(self.position))
        if not rows.size:
            return ""
        values = self.position[rows]
        low, high = rows[values.argmin()], rows[values.argmax()]
        start, end = self._words(low), self._words(high)
        if start == end:
            who = f" ({self._who(low, rows)})" if rows.size == 1 else ""
            return f"{school.label} stands at {start}{who}"
        return (
            f"{school.label} runs from {start} ({self._who(low, rows)}) "
            f"to {end} ({self._who(high, rows)})"
        )

    def silent(self) -> str:
        """Return who makes no claim, empty where all do."""
        rows = np.flatnonzero(self.lit & np.isnan(self.position))
        if not rows.size:
            return ""
        names = [self._label(row) for row in _first_of_each(self.table, rows)]
        if len(names) > NAMES_AT_MOST:
            return f"{rows.size} passages make no claim"
        verb = "makes" if len(names) == 1 else "make"
        often = f" in {rows.size} passages" if rows.size > len(names) else ""
        return f"{_listed(names)} {verb} no claim{often}"

    def _words(self, row: np.intp) -> str:
        return position_words(float(self.position[row]), self.debate.axis)

    def _who(self, row: np.intp, rows: NDArray[np.intp]) -> str:
        """Name the author, and the passage too where the author has more than one in sight."""
        codes = self.table["author"].cat.codes.to_numpy()
        alone = int((codes[rows] == codes[row]).sum()) == 1
        label = self._label(row)
        return label if alone else f"{label}, {self.table['passage'].iloc[int(row)]}"

    def _label(self, row: np.intp) -> str:
        return self.debate.authors[int(self.table["author"].cat.codes.iloc[int(row)])].label


def _first_of_each(table: pd.DataFrame, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return of ``rows`` the first one of each author, in their order."""
    codes = table["author"].cat.codes.to_numpy()[rows]
    return rows[np.sort(np.unique(codes, return_index=True)[1])]


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
