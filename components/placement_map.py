"""A path's passages on the axis, one row a step, with the reader's own placement beside each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from components.markup import e, school_class, shape
from components.small_axis import LANE, Step, left

RING = '<i class="placement-ring"></i>'
STRUCK = '<i class="placement-ring struck"></i>'


class PlacedPassage(Protocol):
    """A passage with where it stands and where the reader put it."""

    @property
    def step(self) -> int:
        """Its place on the path."""

    @property
    def address(self) -> str:
        """Where its step can be read again."""

    @property
    def name(self) -> str:
        """What the row is called: the work."""

    @property
    def passage(self) -> str:
        """The passage's id."""

    @property
    def school_index(self) -> int:
        """The index of its school."""

    @property
    def quote_position(self) -> float | None:
        """The position of the author's words, -2 to 2, or none."""

    @property
    def gloss_position(self) -> float | None:
        """The position of the gloss, -2 to 2, or none; none where glosses are not shown."""

    @property
    def quote_read(self) -> bool:
        """Whether any reading has read the author's words; if not, they stand nowhere."""

    @property
    def own_position(self) -> float | None:
        """Where the reader put it, -2 to 2, or none."""

    @property
    def own_on_axis(self) -> bool:
        """Whether the reader's placement has a place: a position, or the no-claim lane."""

    @property
    def own_refuses(self) -> bool:
        """Whether the reader holds that the question is wrong."""

    @property
    def said(self) -> str:
        """All of this in words."""


def placement_map(
    rows: Sequence[PlacedPassage], steps: Sequence[Step], no_claim: str, *, joined: bool
) -> str:
    """Return the rows under one axis as HTML; ``joined`` draws a line through our marks."""
    course = _course(rows) if joined and len(rows) > 1 else ""
    items = "".join(_row(row) for row in rows)
    return (
        f'<div class="placement-map">{_head(steps, no_claim)}'
        f'<div class="placement-rows">{course}<ol>{items}</ol></div></div>'
    )


def placement_axis(row: PlacedPassage, steps: Sequence[Step], no_claim: str) -> str:
    """Return one passage's axis with both placements, as HTML."""
    return (
        f'<div class="placement-axis"><div class="axis-line" role="img" '
        f'aria-label="{e(row.said)}">{_ground()}{_marks(row)}</div>'
        f'<div class="axis-ends" aria-hidden="true">{_ends(steps, no_claim)}</div></div>'
    )


def placement_legend(*, joined: bool, glosses: bool, words: bool = True, refused: str = "") -> str:
    """Return what the marks mean, as HTML.

    ``words`` says whether anybody has read the author's words, so that they have marks, and
    ``refused`` names the answer that has no place.
    """
    items: list[str] = []
    if words:
        items.append(f"{shape(0, neutral=True)} the author’s words")
        items.append(f"{shape(0, neutral=True, filled=False)} they make no claim")
    if glosses:
        items.append('<i class="legend-arrow"></i> to the library’s gloss')
    items.append(f"{RING} your placement")
    if refused:
        items.append(f"{STRUCK} you: {e(refused)}")
    if joined:
        items.append(
            '<i class="legend-course"></i> in the order of the path, dotted from or to no claim'
        )
    return (
        '<p class="legend">'
        + "".join(f'<span class="legend-item">{item}</span>' for item in items)
        + "</p>"
    )


def _head(steps: Sequence[Step], no_claim: str) -> str:
    return (
        '<div class="placement-head" aria-hidden="true"><span></span>'
        f'<div class="axis-ends">{_ends(steps, no_claim)}</div></div>'
    )


def _ends(steps: Sequence[Step], no_claim: str) -> str:
    last = len(steps) - 1
    return f'<span class="axis-end" style="left:{LANE}%">{e(no_claim.lower())}</span>' + "".join(
        f'<span class="axis-end {"pole" if i in (0, last) else "between"}" '
        f'style="left:{left(step.value):.2f}%">'
        f"{e(step.label if i in (0, last) else step.label.lower())}</span>"
        for i, step in enumerate(steps)
    )


def _row(row: PlacedPassage) -> str:
    struck = STRUCK if row.own_refuses else ""
    name = f"<span>{e(row.name)}</span> <small>{e(row.passage)}</small>"
    return (
        f'<li><a class="placement-name" data-in-app="yes" href="{e(row.address)}">'
        f"<b>{row.step}</b> {struck}{name}</a>"
        f'<div class="axis-line" role="img" aria-label="{e(row.said)}">'
        f"{_ground()}{_marks(row)}</div></li>"
    )


def _ground() -> str:
    ticks = "".join(
        f'<i class="axis-tick" style="left:{left(value):.2f}%"></i>' for value in range(-2, 3)
    )
    return f'<i class="axis-lane"></i>{ticks}'


def _marks(row: PlacedPassage) -> str:
    ring = ""
    if row.own_on_axis:
        ring = f'<span class="axis-mark" style="left:{_place(row.own_position):.2f}%">{RING}</span>'
    return (_our_mark(row) if row.quote_read else "") + ring


def _our_mark(row: PlacedPassage) -> str:
    quote, gloss = row.quote_position, row.gloss_position
    school = school_class(row.school_index)
    start = _place(quote)
    arrow = ""
    if quote is not None and gloss is not None and not math.isclose(quote, gloss):
        end = _place(gloss)
        way = "right" if end > start else "left"
        arrow = (
            f'<i class="axis-arrow {way} {school}" '
            f'style="left:{min(start, end):.2f}%;width:{abs(end - start):.2f}%"></i>'
        )
    mark = shape(row.school_index, filled=quote is not None)
    return f'{arrow}<span class="axis-mark" style="left:{start:.2f}%">{mark}</span>'


def _course(rows: Sequence[PlacedPassage]) -> str:
    """Return the line through our marks in the order of the rows, which are all of one height.

    It is broken where it leads to or from the lane, which is no place on the axis, and passes by
    what has not been read.
    """
    read = [(at, row.quote_position) for at, row in enumerate(rows) if row.quote_read]
    lines = "".join(_line(one, other) for one, other in pairwise(read))
    return (
        f'<svg class="placement-course" viewBox="0 0 100 {len(rows)}" preserveAspectRatio="none" '
        f'aria-hidden="true">{lines}</svg>'
    )


def _line(one: tuple[int, float | None], other: tuple[int, float | None]) -> str:
    (at, start), (then, end) = one, other
    aside = ' class="aside"' if start is None or end is None else ""
    return (
        f'<line{aside} x1="{_place(start):.2f}" y1="{at}.5" '
        f'x2="{_place(end):.2f}" y2="{then}.5"></line>'
    )


def _place(position: float | None) -> float:
    return LANE if position is None else left(position)
