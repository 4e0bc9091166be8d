"""One small axis for several sides: a lane a side, every mark with its name, and the spans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from components.markup import e, passage_address, school_class, shape
from components.small_axis import Step

FIRST, WIDTH = 20.0, 66.0
LANE = 7.0
LABEL = 0.95
"""So many steps of the axis are kept free for the name beside a mark."""
MARK = 0.2
"""So many steps of the axis reach from the middle of a mark to its edge."""
ROW = 1.6
"""The height of one row of marks, in rem."""


class LaneMark(Protocol):
    """One mark of a lane: a passage, or many that coincide."""

    @property
    def passage(self) -> str:
        """The passage's id; empty where the mark stands for many."""

    @property
    def label(self) -> str:
        """What stands beside it."""

    @property
    def said(self) -> str:
        """What a screen reader says of it; begins with the label."""

    @property
    def position(self) -> float | None:
        """Where it lies, -2 to 2, or none on the no-claim lane."""

    @property
    def drifts_to(self) -> float | None:
        """Where the gloss lies, if that is to be shown and differs."""

    @property
    def school_index(self) -> int:
        """The index of its school."""

    @property
    def filled(self) -> bool:
        """Whether the author's words make the claim."""


class Lane(Protocol):
    """One side of the axis."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def said(self) -> str:
        """Where it stands, in words."""

    @property
    def school_index(self) -> int:
        """The index of the school whose colour its span has."""

    @property
    def marks(self) -> Sequence[LaneMark]:
        """Its marks."""

    @property
    def span(self) -> tuple[float, float] | None:
        """From where to where an author's passages reach, if it is to be shown."""

    @property
    def middle(self) -> float | None:
        """The position of an author's middle passage, if there is one."""


def shared_axis(lanes: Sequence[Lane], steps: Sequence[Step], no_claim: str) -> str:
    """Return the axis with its lanes one below the other, as HTML.

    ``steps`` are those of the axis, the lowest first.
    """
    names = "".join(step_name(step.label, left(step.value)) for step in steps)
    return (
        '<div class="shared-axis"><div class="axis-row axis-head" aria-hidden="true">'
        f'<span></span><div class="axis-room">{step_name(no_claim, LANE)}{names}</div></div>'
        f"<ul>{''.join(_lane(lane, steps) for lane in lanes)}</ul></div>"
    )


def step_name(label: str, place: float) -> str:
    """Return what a place on the axis is called, above it, as HTML."""
    return f'<span class="step-name" style="left:{place:.2f}%"><span>{e(label)}</span></span>'


def _lane(lane: Lane, steps: Sequence[Step]) -> str:
    rows = rows_of(lane.marks)
    height = max([*rows, 0]) + 1
    ticks = "".join(f'<i class="step-line" style="left:{left(s.value):.2f}%"></i>' for s in steps)
    marks = "".join(_mark(mark, row) for mark, row in zip(lane.marks, rows, strict=True))
    return (
        f'<li class="axis-row"><p class="axis-name"><b>{e(lane.name)}</b> '
        f"<span>{e(lane.said)}</span></p>"
        f'<div class="axis-room"><i class="axis-lane"></i>{_reach(lane)}{ticks}'
        f'<div class="axis-marks" style="height:{height * ROW:.2f}rem">{marks}</div></div></li>'
    )


def _reach(lane: Lane) -> str:
    school = school_class(lane.school_index)
    reach = ""
    if lane.span is not None:
        low, high = map(left, lane.span)
        reach += (
            f'<i class="axis-span {school}" style="left:{low - 1.5:.2f}%;'
            f'width:{high - low + 3:.2f}%"></i>'
        )
    if lane.middle is not None:
        reach += f'<i class="axis-middle {school}" style="left:{left(lane.middle):.2f}%"></i>'
    return reach


def _mark(mark: LaneMark, row: int) -> str:
    start = place_of(mark.position)
    top = (row + 0.5) * ROW
    inner = shape(mark.school_index, filled=mark.filled)
    inner += f'<span class="mark-name">{e(mark.label)}</span>'
    at = f"left:{start:.2f}%" if not _named_before(mark) else f"right:{100 - start:.2f}%"
    kind = f'class="lane-mark{" before" if _named_before(mark) else ""}"'
    style = f'style="{at};top:{top:.2f}rem" aria-label="{e(mark.said)}"'
    if not mark.passage:
        return f'<span {kind} {style} role="img">{inner}</span>'
    address = e(passage_address(mark.passage))
    return f'{_arrow(mark, top)}<a {kind} {style} data-in-app="yes" href="{address}">{inner}</a>'


def _arrow(mark: LaneMark, top: float) -> str:
    if mark.position is None or mark.drifts_to is None:
        return ""
    start, end = left(mark.position), left(mark.drifts_to)
    way = "right" if end > start else "left"
    return (
        f'<i class="axis-arrow {way} {school_class(mark.school_index)}" style="top:{top:.2f}rem;'
        f'left:{min(start, end):.2f}%;width:{abs(end - start):.2f}%"></i>'
    )


def rows_of(marks: Sequence[LaneMark]) -> tuple[int, ...]:
    """Return for each mark the row of its lane in which nothing covers it, its name or arrow.

    Rows are counted from 0; each mark takes the first one that is free, so that few are needed.
    """
    taken: list[list[tuple[float, float]]] = []
    rows = []
    for mark in marks:
        low, high = _extent(mark)
        row = next(
            (
                i
                for i, others in enumerate(taken)
                if all(high <= start or low >= end for start, end in others)
            ),
            len(taken),
        )
        if row == len(taken):
            taken.append([])
        taken[row].append((low, high))
        rows.append(row)
    return tuple(rows)


def _extent(mark: LaneMark) -> tuple[float, float]:
    """Return from where to where a mark reaches with its name and its arrow, in steps."""
    place = _step(mark.position)
    other = place if mark.drifts_to is None else mark.drifts_to
    if _named_before(mark):
        return place - LABEL, max(place, other) + MARK
    return min(place, other) - MARK, place + LABEL


def _named_before(mark: LaneMark) -> bool:
    """Whether the name stands left of the mark, since an arrow leaves it to the right."""
    return (
        mark.position is not None and mark.drifts_to is not None and mark.drifts_to > mark.position
    )


def left(value: float) -> float:
    """Return where a position lies on the shared axis, in percent of its width."""
    return FIRST + (value + 2) / 4 * WIDTH


def place_of(position: float | None) -> float:
    """Return where a position, or none, is drawn, in percent of the axis's width."""
    return LANE if position is None else left(position)


def _step(position: float | None) -> float:
    """Return a position in steps, the no-claim lane where it is drawn."""
    return (LANE - FIRST) / WIDTH * 4 - 2 if position is None else position
