"""The colours and shapes of the page: paper and ink, one accent, one colour a school.

Every school has a shape as well, so that nothing is said by colour alone. Contrast with the
paper is 3:1 at least for marks and 4.5:1 for text, in both themes; a test holds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]

SYMBOLS = ("circle", "diamond", "square", "triangle-up", "hexagon", "star")
"""Plotly's marker symbols, one a school, in the debate's order of schools."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as hexadecimal strings."""

    paper: str
    ink: str
    muted: str
    lane: str
    rule: str
    schools: tuple[str, ...]

    def school(self, index: int) -> str:
        """Return the colour of the school at ``index``; colours repeat after the last."""
        return self.schools[index % len(self.schools)]


LIGHT = Palette(
    paper="#fbf8f1",
    ink="#1f1f1b",
    muted="#67635b",
    lane="#f1ede2",
    rule="#ddd8cb",
    schools=("#6b459e", "#0c736b", "#a4570c", "#a12c52", "#2f62a8", "#5d6b1e"),
)
DARK = Palette(
    paper="#161511",
    ink="#efece3",
    muted="#a8a397",
    lane="#211f1a",
    rule="#39362e",
    schools=("#b79cf0", "#45c4b8", "#f0a355", "#f08bab", "#86b3f2", "#bccb6a"),
)
OF_THE_PAGE = Palette(
    paper="var(--paper)",
    ink="var(--ink)",
    muted="var(--muted)",
    lane="var(--lane)",
    rule="var(--rule)",
    schools=tuple(f"var(--school-{i})" for i in range(len(SYMBOLS))),
)
"""The page's own colours by name, for what is drawn once and seen in either theme."""
PALETTES: dict[Theme, Palette] = {"light": LIGHT, "dark": DARK}


def symbol(index: int) -> str:
    """Return the marker symbol of the school at ``index``; shapes repeat after the last."""
    return SYMBOLS[index % len(SYMBOLS)]
