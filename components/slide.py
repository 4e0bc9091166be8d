"""The slide: one quote in large type with its axis, its author hidden until revealed."""

from __future__ import annotations

from collections.abc import Sequence

from components.markup import e
from components.passage_card import Passage, blockquote, stop_marker
from components.small_axis import Step, small_axis

LENGTHS = (("brief", 180), ("short", 250), ("middling", 330), ("long", 480), ("longer", 700))
"""How long a quote of each kind is at most, in characters; each kind has its size of type."""


def slide(
    passage: Passage,
    steps: Sequence[Step],
    no_claim: str,
    *,
    place: tuple[int, int],
    revealed: bool,
) -> str:
    """Return the slide as HTML.

    ``place`` says which of how many passages it is. Until ``revealed``, nothing of the author,
    the work or the school is in the page, not even in its HTML, its colour or its shape.
    """
    at = f"{place[0]} of {place[1]}" if place[0] else ""
    return (
        f'<article class="slide {length_of(passage.quote)}" aria-label="Slide">'
        f'<p class="slide-place">{e(at)}</p>'
        f"{blockquote(passage, neutral=not revealed)}{stop_marker(passage)}"
        f"{small_axis(passage, steps, no_claim, neutral=not revealed)}"
        f'<p class="slide-whose">{_whose(passage, revealed=revealed)}</p></article>'
    )


def _whose(passage: Passage, *, revealed: bool) -> str:
    if not revealed:
        return "Whose words are these?"
    return f"{e(passage.whose_words)} · {e(passage.school_label)}"


def length_of(quote: str) -> str:
    """Return the kind of a quote by its length, from ``brief`` to ``endless``."""
    for name, longest in LENGTHS:
        if len(quote) <= longest:
            return name
    return "endless"
