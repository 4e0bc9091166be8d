"""Where each mark of the map lies, in pixels from the top: rows, bands, stacks.

Filters play no part here, so that nothing moves when they change. The basis moves only what
reads differently: a mark whose position is the same in two bases has the same place in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count as counting
from typing import Protocol

import pandas as pd

LANE = -2.82
"""Where the no-claim lane lies on the axis; it is a place, not a value."""
STACK = 17
ROW = 24
BAND = 27
PAD = 7


class Row(Protocol):
    """One row of the map: an author, a step of the second axis, or a year."""

    @property
    def key(self) -> str:
        """The row's own key, by which marks name it."""

    @property
    def label(self) -> str:
        """Its name at the left."""

    @property
    def count(self) -> int | None:
        """How many passages lie in it, where that is said."""

    @property
    def band(self) -> int | None:
        """The index of its band, where rows are banded."""

    @property
    def span(self) -> tuple[float, float] | None:
        """The lowest and highest position in it, where that is drawn."""

    @property
    def middle(self) -> float | None:
        """The middle passage's position, where that is drawn."""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with its middle and its height, in pixels from the top."""

    row: Row
    middle: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """All marks and rows with their places.

    ``marks`` is the frame that was given with two more columns: ``x`` (the position, or
    ``LANE``) and ``y`` (pixels from the top). ``bands`` holds the index of each band and the
    height at which its label stands.
    """

    marks: pd.DataFrame
    rows: tuple[PlacedRow, ...]
    bands: tuple[tuple[int, float], ...]
    height: float


def place(marks: pd.DataFrame, rows: Sequence[Row], basis: str) -> Placed:
    """Place marks in rows.

    ``marks`` has the columns ``row`` (a key of ``rows``), ``both``, ``quote`` and ``gloss`` (the
    position in each basis, missing on the no-claim lane) and ``drifts_to`` (the gloss's position
    where an arrow leads there). ``basis`` names the column shown. Marks that would touch are
    stacked across the row, never moved along the axis.
    """
    slot = pd.Series(0, index=marks.index, dtype=int)
    depths: dict[str, tuple[int, int]] = {}
    for key, group in marks.groupby("row", sort=False, observed=True):
        slots, *depth = _stack(group, basis)
        depths[str(key)] = (depth[0], depth[1])
        slot = slot.where(~slot.index.isin(group.index), pd.Series(slots, group.index))
    placed, bands, cursor = [], [], 0.0
    band: int | None = None
    for row in rows:
        if row.band is not None and row.band != band:
            band = row.band
            bands.append((band, cursor + BAND * 0.5))
            cursor += BAND
        height = max(ROW, depths.get(row.key, (1, 1))[1] * STACK + PAD)
        placed.append(PlacedRow(row, cursor + height / 2, height))
        cursor += height
    middles = {p.row.key: _middle(p, depths.get(p.row.key, (1, 1))[0]) for p in placed}
    y = marks["row"].astype(str).map(middles).astype(float) + slot.map(_offset)
    x = marks[basis].fillna(LANE).astype(float)
    return Placed(marks.assign(x=x, y=y), tuple(placed), tuple(bands), cursor + PAD)


def _middle(placed: PlacedRow, depth: int) -> float:
    """Return where a row's first slot lies: an even stack reaches one slot further down."""
    return placed.middle - (STACK / 2 if depth % 2 == 0 else 0)


def _offset(slot: int) -> float:
    """Return how far a slot lies from the first: 0, one down, one up, two down, two up."""
    step = (slot + 1) // 2
    return float(STACK * (step if slot % 2 else -step))


def _stack(group: pd.DataFrame, basis: str) -> tuple[list[int], int, int]:
    """Return a slot for each mark of one row, how many slots both texts need, and any basis.

    Slots follow the marks of both texts together, arrows included. A mark that another basis
    moves keeps its slot where that is free, and takes the first free one where it is not.
    """
    steady = _reaches(group["both"], group["drifts_to"])
    slots = {"both": _first_free(steady)}
    for other in ("quote", "gloss"):
        slots[other] = _moved(steady, slots["both"], _reaches(group[other], group[other]))
    deepest = max(max(taken) for taken in slots.values())
    return slots[basis], 1 + max(slots["both"]), 1 + deepest


def _moved(
    steady: Sequence[tuple[float, float]],
    slots: Sequence[int],
    reaches: Sequence[tuple[float, float]],
) -> list[int]:
    """Return the slots of one text alone: who stands where it stood keeps its slot first."""
    stays = [reach[0] in before for before, reach in zip(steady, reaches, strict=True)]
    taken = [(s, r) for s, r, stay in zip(slots, reaches, stays, strict=True) if stay]
    result = list(slots)
    for i, stay in enumerate(stays):
        if not stay:
            result[i] = _free(taken, reaches[i], slots[i])
            taken.append((result[i], reaches[i]))
    return result


def _reaches(position: pd.Series, drift: pd.Series) -> list[tuple[float, float]]:
    """Return how far along the axis each mark with its arrow reaches, lowest first."""
    ends = zip(position.fillna(LANE), drift.fillna(position.fillna(LANE)), strict=True)
    return [(min(float(a), float(b)), max(float(a), float(b))) for a, b in ends]


def _first_free(reaches: Iterable[tuple[float, float]]) -> list[int]:
    taken: list[tuple[int, tuple[float, float]]] = []
    for reach in reaches:
        taken.append((_free(taken, reach, 0), reach))
    return [slot for slot, _ in taken]


def _free(
    taken: Sequence[tuple[int, tuple[float, float]]], reach: tuple[float, float], wish: int
) -> int:
    used = {slot for slot, other in taken if other[0] <= reach[1] and reach[0] <= other[1]}
    if wish not in used:
        return wish
    return next(slot for slot in counting() if slot not in used)
