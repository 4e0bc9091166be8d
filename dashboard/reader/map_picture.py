"""The map of a view as a picture to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from components.embedded_fonts import font_faces
from components.map_svg import Said, Scale, Shown, map_svg
from components.palette import OF_THE_PAGE, PALETTES, Palette, Theme
from components.position_map import placed_marks
from dashboard.debate.marks import with_spans
from dashboard.open_debate import OpenDebate
from dashboard.reader.map_view import (
    DrawnMap,
    drawn_map,
    legend_of,
    map_caption,
    no_claim_of,
    steps_of,
)
from dashboard.seen import Seen
from dashboard.view import View
from dashboard.view_words import view_words

PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n'


def seen_picture(seen: Seen, theme: Theme, *, with_fonts: bool = False) -> str:
    """Return the map as a view shows it, in a theme, as an SVG file.

    ``with_fonts`` puts the fonts into the file, for whoever draws it where there are none.
    """
    opened, view = seen.opened, seen.view
    on = drawn_map(opened, view.arrange, view.basis, view.rows, theme)
    shown = Shown(
        lit=None if seen.lit.all() else frozenset(on.marks.lit(seen.lit)),
        chosen=on.marks.standing_for(opened.row_of[seen.passage]) if seen.passage else "",
        row=view.author,
    )
    lines = [view_words(seen), seen.summary, page_words(opened, view, on)]
    said = Said(
        opened.debate.axis.title,
        [line for line in lines if line],
        f"{opened.debate.title} Data version {opened.debate.version}.",
    )

    def drawn(style: str = "") -> str:
        return _drawn(opened, view, on, PALETTES[theme], shown, said, style=style)

    plain = drawn()
    return PROLOG + (drawn(font_faces(plain, italic=False)) if with_fonts else plain)


def picture_of(
    opened: OpenDebate, view: View, lit: NDArray[np.bool_], palette: Palette, width: int
) -> str:
    """Return a view's map for paper, an SVG element: ``lit`` passages stand out, each named."""
    on = drawn_map(opened, view.arrange, view.basis, view.rows, "light")
    shown = Shown(None if lit.all() else frozenset(on.marks.lit(lit)), named=True)
    return _drawn(opened, view, on, palette, shown, Said(), width=width)


def linked_map(
    opened: OpenDebate, view: View, address: Callable[[str], str], widths: Sequence[int]
) -> list[str]:
    """Return a view's map as SVG elements of several widths, in the colours of the page.

    Each mark is a link: ``address`` returns where a passage is read. A mark that stands for many
    leads to the first of them.
    """
    on = drawn_map(opened, view.arrange, view.basis, view.rows, "light")
    addresses = {passage: address(passage) for passage in on.marks.frame["passage"].astype(str)}
    shown, said = Shown(addresses=addresses), Said()
    return [
        _drawn(opened, view, on, OF_THE_PAGE, shown, said, legend=False, width=width)
        for width in widths
    ]


def page_words(opened: OpenDebate, view: View, on: DrawnMap) -> str:
    """Return what the rows are, and which page of them, where that must be said."""
    page = f"Rows: page {on.rows.page} of {on.rows.pages}." if on.rows.pages > 1 else ""
    return " ".join(part for part in (map_caption(opened, view.arrange), page) if part)


def _drawn(
    opened: OpenDebate,
    view: View,
    on: DrawnMap,
    palette: Palette,
    shown: Shown,
    said: Said,
    legend: bool = True,
    **how: int | str,
) -> str:
    rows = with_spans(on.rows.rows, opened.table, view.basis)
    bands = [school.label for school in opened.debate.schools]
    return map_svg(
        placed_marks(on.marks.frame, rows, view.basis),
        Scale(steps_of(opened), no_claim_of(opened), bands),
        palette,
        legend_of(opened, view) if legend else [],
        shown=shown,
        said=said,
        **how,  # type: ignore[arg-type]
    )
