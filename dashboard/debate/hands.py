"""A show of hands, typed in: how many hands each answer had, as a link holds it.

A link holds each count as ``slide_round-n-n-n``, joined by dots: the slide of the presentation,
the round of its vote, and one number for each answer. Nothing in it tells of a single person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

LEAST = 5
"""Below so many hands nothing is shown but their number."""
MOST = 999
LONGEST = 3000
ANSWERS_AT_MOST = 8
_COUNT = re.compile(rf"([0-9]{{1,4}})_([0-9]{{1,2}})((?:-[0-9]{{1,3}}){{1,{ANSWERS_AT_MOST}}})")

Counts = tuple[int, ...]
Hands = Mapping[tuple[int, int], Counts]
"""The counts by slide and round."""


def read_hands(written: str) -> dict[tuple[int, int], Counts] | None:
    """Return the counts that a link holds; ``None`` where it cannot be read."""
    if len(written) > LONGEST:
        return None
    found: dict[tuple[int, int], Counts] = {}
    for part in filter(None, written.split(".")):
        match = _COUNT.fullmatch(part)
        if match is None:
            return None
        slide, round_, counts = match.groups()
        found[int(slide), int(round_)] = tuple(map(int, counts[1:].split("-")))
    return found


def write_hands(hands: Hands) -> str:
    """Return counts as a link holds them, in the order of the slides; no hands are left out."""
    return ".".join(
        f"{slide}_{round_}-{'-'.join(map(str, counts))}"
        for (slide, round_), counts in sorted(hands.items())
        if any(counts)
    )


def with_hands(written: str, slide: int, round_: int, counts: Counts) -> str:
    """Return ``written`` with the counts of one vote in place of what it held for it."""
    held = read_hands(written) or {}
    return write_hands({**held, (slide, round_): counts})
