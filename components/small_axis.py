"""The small axis of one passage: its words, its gloss, and each reading of both."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Protocol

from components.markup import e, school_class, shape

FIRST, WIDTH = 22.0, 74.0
LANE = 7.0


class Step(Protocol):
    """One labelled step of the axis."""

    @property
    def value(self) -> float:
        """Where it lies."""

    @property
    def label(self) -> str:
        """What it is called."""


class Agreed(Protocol):
    """A passage with the agreed positions of its two texts."""

    @property
    def quote_position(self) -> float | None:
        """The position of the author's words, -2 to 2, or none."""

    @property
    def gloss_position(self) -> float | None:
        """The position of the gloss, -2 to 2, or none."""

    @property
    def quote_read(self) -> bool:
        """Whether any reading has read the author's words; if not, they stand nowhere."""

    @property
    def gloss_read(self) -> bool:
        """Whether any reading has read the gloss."""

    @property
    def quote_words(self) -> str:
        """The quote's position in words."""

    @property
    def gloss_words(self) -> str:
        """The gloss's position in words; empty where nothing is said of it."""

    @property
    def school_index(self) -> int:
        """The index of the passage's school."""


class Texts(Agreed, Protocol):
    """A passage's two texts and where each reading placed them."""

    @property
    def readings(self) -> Sequence[tuple[str, Mapping[str, float | None]]]:
        """For each text its name and the value that each reading gave, none for no claim."""


def small_axis(texts: Texts, steps: Sequence[Step], no_claim: str, *, neutral: bool = False) -> str:
    """Return the axis with the quote's mark and an arrow to the gloss, as HTML.

    ``neutral`` leaves out the school's colour and shape.
    """
    ticks = "".join(
        f'<i class="axis-tick" style="left:{left(step.value):.2f}%"></i>' for step in steps
    )
    ends = (
        f'<span class="axis-end" style="left:{LANE}%">{e(no_claim.lower())}</span>'
        f'<span class="axis-end pole" style="left:{left(-2):.2f}%">{e(steps[0].label)}</span>'
        f'<span class="axis-end pole" style="left:{left(2):.2f}%">{e(steps[-1].label)}</span>'
    )
    said = f"Words: {texts.quote_words}."
    said += f" Gloss: {texts.gloss_words}." if texts.gloss_words else ""
    return (
        f'<div class="small-axis" role="img" aria-label="{e(said)}">'
        f'<div class="axis-line"><i class="axis-lane"></i>{ticks}'
        f"{_marks(texts, neutral=neutral)}</div>"
        f'<div class="axis-ends">{ends}</div></div>'
        f'<p class="axis-said" aria-hidden="true">{_said(texts)}</p>'
    )


def _marks(texts: Texts, *, neutral: bool) -> str:
    if not texts.quote_read:
        return ""
    quote, gloss = texts.quote_position, texts.gloss_position
    school = school_class(texts.school_index, neutral=neutral)
    start = LANE if quote is None else left(quote)
    end = LANE if gloss is None else left(gloss)
    arrow = ""
    if quote is not None and gloss is not None and not math.isclose(start, end):
        way = "right" if end > start else "left"
        arrow = (
            f'<i class="axis-arrow {way} {school}" '
            f'style="left:{min(start, end):.2f}%;width:{abs(end - start):.2f}%"></i>'
        )
    mark = shape(texts.school_index, filled=quote is not None, neutral=neutral)
    return f'{arrow}<span class="axis-mark" style="left:{start:.2f}%">{mark}</span>'


def _said(texts: Texts) -> str:
    words = f"<b>words:</b> {e(texts.quote_words)}"
    return f"{words} · <b>gloss:</b> {e(texts.gloss_words)}" if texts.gloss_words else words


def left(value: float) -> float:
    """Return where a position lies on the small axis, in percent of its width."""
    return FIRST + (value + 2) / 4 * WIDTH


def readings_table(texts: Texts, steps: Sequence[Step], no_claim: str) -> str:
    """Return a table of which reading put which text where, as HTML."""
    columns: list[tuple[float | None, str]] = [
        (None, no_claim),
        *((step.value, step.label) for step in steps),
    ]
    head = "".join(f'<th scope="col">{e(label)}</th>' for _, label in columns)
    rows = "".join(
        f'<tr><th scope="row">{e(name)}</th>'
        + "".join(f"<td>{_who(values, value)}</td>" for value, _ in columns)
        + "</tr>"
        for name, values in texts.readings
    )
    return (
        '<table class="readings"><thead><tr><td></td>'
        f"{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _who(values: Mapping[str, float | None], wanted: float | None) -> str:
    names = [reading for reading, value in values.items() if value == wanted]
    # Letters stand apart by a blank alone; names that hold one, as "me 2", would run together.
    return e((", " if any(" " in name for name in names) else " ").join(names))
