"""The legend of the map: what shapes, hollow marks, arrows, bars and ticks mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from components.markup import e, shape

HOLLOW = {
    "both": "only the gloss places it; in the lane, neither does",
    "quote": "the author’s words make no claim",
    "gloss": "placed by the gloss",
}
ARROW = '<i class="legend-arrow"></i>'
SPAN = '<i class="legend-span"></i>'
MIDDLE = '<i class="legend-middle"></i>'


class Sign(NamedTuple):
    """A sign that the legend explains: its kind, and the index of the school it is drawn for."""

    kind: Literal["shape", "hollow", "arrow", "span", "middle"]
    school: int = 0


def legend_items(
    schools: Sequence[str], basis: str, *, glosses: bool, authors: bool
) -> list[tuple[Sign, str]]:
    """Return each sign of the map with what it means.

    ``schools`` are labels in the debate's order; ``glosses`` says whether glosses are shown at
    all, ``authors`` whether the rows are authors, which alone have spans and middles.
    """
    read = basis if glosses else "quote"
    items = [(Sign("shape", i), label) for i, label in enumerate(schools)]
    items.append((Sign("hollow"), HOLLOW[read]))
    if read == "both":
        items.append((Sign("arrow"), "from the words to the gloss"))
    if authors:
        # Bars and ticks have the colour of the author's home school; one stands for all.
        home = min(1, len(schools) - 1)
        items.append((Sign("span", home), "span of an author"))
        items.append((Sign("middle", home), "middle passage, from three up"))
    return items


def legend(items: Sequence[tuple[Sign, str]]) -> str:
    """Return the legend as HTML; ``items`` come from ``legend_items``."""
    return " ".join(
        f'<span class="legend-item">{_sign(sign)} {e(meaning)}</span>' for sign, meaning in items
    )


def _sign(sign: Sign) -> str:
    if sign.kind == "shape":
        return shape(sign.school)
    if sign.kind == "hollow":
        return shape(0, filled=False, neutral=True)
    return {"arrow": ARROW, "span": SPAN, "middle": MIDDLE}[sign.kind]
