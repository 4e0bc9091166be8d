"""The legend of the map: what shapes, hollow marks, arrows, bars and ticks mean."""

from __future__ import annotations

from collections.abc import Sequence

from components.markup import e, shape

HOLLOW = {
    "both": "only the gloss places it; in the lane, neither does",
    "quote": "the author’s words make no claim",
    "gloss": "placed by the gloss",
}
ARROW = '<i class="legend-arrow"></i>'
SPAN = '<i class="legend-span"></i>'
MIDDLE = '<i class="legend-middle"></i>'


def legend(schools: Sequence[str], basis: str, *, glosses: bool, authors: bool) -> str:
    """Return the legend's items as HTML.

    ``schools`` are labels in the debate's order; ``glosses`` says whether glosses are shown at
    all, ``authors`` whether the rows are authors, which alone have spans and middles.
    """
    read = basis if glosses else "quote"
    items = [_item(shape(i), label) for i, label in enumerate(schools)]
    items.append(_item(shape(0, filled=False, neutral=True), HOLLOW[read]))
    if read == "both":
        items.append(_item(ARROW, "from the words to the gloss"))
    if authors:
        items += [_item(SPAN, "span of an author"), _item(MIDDLE, "middle passage, from three up")]
    return " ".join(items)


def _item(sign: str, meaning: str) -> str:
    return f'<span class="legend-item">{sign} {e(meaning)}</span>'
