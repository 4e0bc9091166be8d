"""Who moved where between two votes: pure arithmetic of ballots, nothing is drawn here.

A place that a ballot names is one sign: ``0`` to ``4`` for the steps of the axis from the lowest
to the highest, ``n`` for no claim, ``w`` where the question is held to be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

SIGNS = "n01234w"
"""The places in the order in which they lie on the page, from left to right."""

Counts = Mapping[str, int]
"""How many ballots each place has; a place that is left out has none."""
Movement = Mapping[tuple[str, str], int]
"""How many of those who voted twice went from one place to another, or stayed at one."""


@dataclass(frozen=True, slots=True)
class Flow:
    """So many people who moved from one place to another."""

    start: str
    end: str
    count: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of the ballots of a first vote in a second one.

    ``flows`` are those who moved, the largest first; ``stayed`` those who voted the same twice;
    ``left`` those who voted only the first time, ``came`` those who voted only the second, each
    by place. For every place the second vote less the first is what flowed there less what
    flowed away, plus who came, less who left.
    """

    flows: tuple[Flow, ...]
    stayed: Counts
    left: Counts
    came: Counts

    @property
    def movers(self) -> int:
        """How many people moved."""
        return sum(flow.count for flow in self.flows)

    @property
    def twice(self) -> int:
        """How many people voted twice."""
        return self.movers + sum(self.stayed.values())


def change(first: Counts, second: Counts) -> dict[str, int]:
    """Return for every place how many ballots more the second vote has there than the first."""
    return {sign: second.get(sign, 0) - first.get(sign, 0) for sign in SIGNS}


def moved(first: Counts, second: Counts, movement: Movement) -> Moved:
    """Return who moved, stayed, left and came between two votes.

    ``movement`` holds those who voted twice. ``ValueError`` where it does not fit the votes: more
    people going from a place than it had, or to a place than it has.
    """
    _check(chain(first, second, *movement), chain(first.values(), second.values()))
    _check((), movement.values())
    left = {sign: first.get(sign, 0) - _sum(movement, sign, end=0) for sign in SIGNS}
    came = {sign: second.get(sign, 0) - _sum(movement, sign, end=1) for sign in SIGNS}
    if min(*left.values(), *came.values()) < 0:
        raise ValueError("The movement does not fit the two votes.")
    flows = (Flow(*ends, count) for ends, count in movement.items() if ends[0] != ends[1] and count)
    return Moved(
        tuple(sorted(flows, key=lambda flow: (-flow.count, *map(SIGNS.index, _ends(flow))))),
        {sign: movement.get((sign, sign), 0) for sign in SIGNS},
        left,
        came,
    )


def rows_of(flows: Sequence[Flow]) -> tuple[int, ...]:
    """Return for each flow the first row, from 0, in which it lies upon no flow before it.

    Flows of one row may meet where one ends and another starts.
    """
    rows: list[list[tuple[int, int]]] = []
    found = []
    for flow in flows:
        low, high = sorted(map(SIGNS.index, _ends(flow)))
        free = (i for i, row in enumerate(rows) if all(high <= a or low >= b for a, b in row))
        at = next(free, len(rows))
        if at == len(rows):
            rows.append([])
        rows[at].append((low, high))
        found.append(at)
    return tuple(found)


def _ends(flow: Flow) -> tuple[str, str]:
    return flow.start, flow.end


def _sum(movement: Movement, sign: str, *, end: int) -> int:
    return sum(count for ends, count in movement.items() if ends[end] == sign)


def _check(signs: Iterable[str], numbers: Iterable[int]) -> None:
    """Refuse what is no place, and what is no number of ballots."""
    for sign in signs:
        if sign not in tuple(SIGNS):
            raise ValueError(f"{sign!r} is no place for a ballot.")
    if any(number < 0 for number in numbers):
        raise ValueError("There are no fewer ballots than none.")
