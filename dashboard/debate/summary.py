"""What the map shows, said in one or two sentences, generated from the data."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.debate.model import Axis, Debate, School
from dashboard.debate.positions import NOT_AGREED

NAMES_AT_MOST = 3
NOT_READ = "not read"
"""What is said in place of a position where no reading has read the text."""


def position_words(
    value: float | None, axis: Axis, *, read: bool = True, not_agreed: bool = False
) -> str:
    """Return a position in the axis's own words, in small letters.

    A value halfway between two steps is said to lie between them; a missing one is the no-claim
    label, unless the text has not been ``read``; where the readings are divided on whether there
    is a claim, it is said to be ``not_agreed``.
    """
    if not read:
        return NOT_READ
    if value is None or math.isnan(value):
        silent = axis.no_claim.label.lower() if axis.no_claim else "no claim"
        return f"{silent} (not agreed)" if not_agreed else silent
    labels = {tick.value: tick.label.lower() for tick in axis.ticks}
    if value == int(value):
        return labels[int(value)]
    low = math.floor(value)
    return f"between {labels[low]} and {labels[low + 1]}"


def placed_words(
    value: float | None,
    zero_kind: str | None,
    axis: Axis,
    *,
    read: bool = True,
    not_agreed: bool = False,
) -> str:
    """Return a passage's position in words; at 0 say which kind, since two share that number."""
    words = position_words(value, axis, read=read, not_agreed=not_agreed)
    return f"{words} ({zero_kind})" if value == 0 and zero_kind else words


def count_words(table: pd.DataFrame, lit: NDArray[np.bool_], authors: int) -> str:
    """Return "9 of 23 passages, 4 of 11 authors" for the rows of ``table`` that are ``lit``."""
    seen = np.count_nonzero(np.bincount(table["author"].cat.codes.to_numpy()[lit]))
    return f"{int(lit.sum())} of {len(table)} passages, {seen} of {authors} authors"


def summary(
    debate: Debate, table: pd.DataFrame, shown: pd.DataFrame, lit: NDArray[np.bool_], basis: str
) -> str:
    """Return what each school's lit passages cover, which make no claim, what else is open.

    ``shown`` holds ``position`` and ``read`` of each row of ``table`` in ``basis`` (both, quote
    or gloss). Empty where nothing is lit.
    """
    view = _Lit(
        debate,
        table,
        shown["position"].to_numpy(dtype=float),
        shown["read"].to_numpy(dtype=np.bool_),
        table[NOT_AGREED["gloss_position" if basis == "gloss" else "quote_position"]].to_numpy(
            dtype=np.bool_
        ),
        lit,
    )
    schools = (view.school(school) for school in debate.schools)
    parts = [*schools, view.silent(), view.divided()]
    text = "; ".join(part for part in (*parts, *unread_words(table, shown, lit, basis)) if part)
    return f"{text}." if text else ""


def unread_words(
    table: pd.DataFrame, shown: pd.DataFrame, lit: NDArray[np.bool_], basis: str
) -> list[str]:
    """Say how many of the lit texts of ``basis`` are not read yet, and how many are not there.

    The arguments are those of ``summary``. These texts stand nowhere on the map, so that nothing
    else would tell of them.
    """
    there = np.ones(len(table), dtype=np.bool_)
    if basis == "gloss":
        there = table["gloss"].to_numpy() != ""
    unread = int((lit & ~shown["read"].to_numpy(dtype=np.bool_) & there).sum())
    missing = int((lit & ~there).sum())
    noun = "passage" if basis == "both" else basis
    said = [f"{_counted(unread, noun)} {_have(unread)} not been read yet"] if unread else []
    return [
        *said,
        *([f"{_counted(missing, 'passage')} {_have(missing)} no gloss"] if missing else []),
    ]


@dataclass(frozen=True, slots=True)
class _Lit:
    """The lit passages and where they stand."""

    debate: Debate
    table: pd.DataFrame
    position: NDArray[np.float64]
    read: NDArray[np.bool_]
    not_agreed: NDArray[np.bool_]
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
        """Return which passages make no claim, empty where all that were read do.

        An author stands for a passage only where it is the author's only one in sight.
        """
        rows = np.flatnonzero(self.lit & self.read & np.isnan(self.position) & ~self.not_agreed)
        if not rows.size:
            return ""
        verb = "makes" if rows.size == 1 else "make"
        count = f"{_counted(rows.size, 'passage')} {verb} no claim"
        if rows.size > NAMES_AT_MOST:
            return count
        labels = [self._label(row) for row in rows]
        names = [self._who(row, np.flatnonzero(self.lit)) for row in rows]
        return (
            f"{_listed(labels)} {verb} no claim"
            if names == labels
            else (f"{count} ({'; '.join(names)})")
        )

    def divided(self) -> str:
        """Return on whose claim the readings are divided, empty where on none."""
        rows = np.flatnonzero(self.lit & np.isnan(self.position) & self.not_agreed)
        if not rows.size:
            return ""
        verb = "is" if rows.size == 1 else "are"
        said = f"{_counted(rows.size, 'passage')} {verb} not agreed to make a claim"
        if rows.size > NAMES_AT_MOST:
            return said
        names = (self._who(row, np.flatnonzero(self.lit)) for row in rows)
        return f"{said} ({'; '.join(names)})"

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


def _counted(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    return f"{number} {'glosses' if noun == 'gloss' else f'{noun}s'}"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
