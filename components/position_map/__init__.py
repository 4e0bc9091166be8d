"""The position map: authors as rows, passages as marks, between two poles.

The figure is Plotly's; a small Streamlit component draws it, because Streamlit's own chart
element has no path for the keyboard, is drawn anew whenever a filter changes, and brings a
bundle of 4.7 MB against 1.2 MB. CONTRIBUTING gives the measurements.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from components.palette import Palette
from components.position_map.figure import Step, figure, passages_by_row, spanned
from components.position_map.placing import Placed, Row, place

__all__ = [
    "KEY",
    "Drawing",
    "Emphasis",
    "Placed",
    "Row",
    "Step",
    "draw",
    "placed_marks",
    "position_map",
]

KEY = "position_map"
PLOTLY = "/assets/plotly-basic-4.1.1.min.js"
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map ready to be shown.

    ``plan`` is the JSON of the ``figure``, of the ``names`` of its marks, of its ``rows``, of the
    marks that each of its ``spans`` covers and of the ``groups`` that each mark stands for. It
    reaches the browser from ``address`` where there is one, and with every run where that is
    empty.
    """

    plan: str
    figure_id: str
    height: int
    address: str = ""


def draw(
    marks: pd.DataFrame,
    rows: Sequence[Row],
    basis: str,
    steps: Sequence[Step],
    no_claim: str,
    bands: Sequence[str],
    palette: Palette,
) -> Drawing:
    """Place and draw marks; a pure function, worth caching.

    ``marks`` is a frame with the columns that ``placed_marks`` and ``figure`` ask for,
    ``name``, what a screen reader says of the mark, and ``groups``, which groups of passages it
    stands for. Arrows are drawn where both texts are read. Rows are buttons too where they carry
    a band.
    """
    placed = placed_marks(marks, rows, basis)
    chart = figure(placed, steps, no_claim, bands, palette)
    ids, in_row = placed.marks["passage"], passages_by_row(placed)
    rest = {
        "names": dict(zip(ids, placed.marks["name"], strict=True)),
        "groups": dict(zip(ids, placed.marks["groups"], strict=True)),
        "rows": [
            {
                "key": each.row.key,
                "y": each.middle,
                "name": f"{each.row.label}, {_passages(each.row.count)}",
            }
            for each in placed.rows
            if each.row.band is not None
        ],
        "spans": [in_row.get(each.row.key, []) for each, _ in spanned(placed)],
    }
    plan = f'{{"figure": {chart.to_json()}, {json.dumps(rest, ensure_ascii=False)[1:]}'
    return Drawing(
        plan=plan,
        figure_id=hashlib.sha256(plan.encode()).hexdigest()[:16],
        height=int(chart.layout.height),
    )


def placed_marks(marks: pd.DataFrame, rows: Sequence[Row], basis: str) -> Placed:
    """Place marks as they are drawn: what ``basis`` shows, with arrows where that is both texts.

    ``marks`` has the columns that ``place`` asks for and ``read``, whether ``basis`` shows the
    mark; one that it does not show keeps its place free.
    """
    placed = place(marks, rows, basis)
    placed = replace(placed, marks=placed.marks[placed.marks["read"].astype(bool)])
    if basis == "both":
        return placed
    return replace(placed, marks=placed.marks.assign(drifts_to=float("nan")))


@dataclass(frozen=True, slots=True)
class Emphasis:
    """What stands out on a drawing.

    ``label`` says in words what the map shows. ``lit`` holds the marks that match (``None`` for
    all); the others are faint. ``chosen`` is the mark of the passage read, ``row`` the row
    chosen, each empty for none. ``projected`` enlarges the map to the window.
    """

    label: str
    lit: Collection[str] | None
    chosen: str
    row: str
    projected: bool = False


def position_map(
    drawing: Drawing,
    emphasis: Emphasis,
    *,
    on_passage: Callable[[str], None],
    on_row: Callable[[str], None],
    key: str = KEY,
) -> None:
    """Show a drawing and report what the reader picks.

    ``on_passage`` and ``on_row`` are called with the id that was picked, before the next run.
    """

    def picked(kind: str, report: Callable[[str], None]) -> Callable[[], None]:
        def callback() -> None:
            value = st.session_state[key].get(kind)
            if isinstance(value, str):
                report(value)

        return callback

    _component()(
        key=key,
        data={
            "plan": "" if drawing.address else drawing.plan,
            "address": drawing.address,
            "figure_id": drawing.figure_id,
            "height": drawing.height,
            "lit": None if emphasis.lit is None else list(emphasis.lit),
            "chosen": emphasis.chosen,
            "row": emphasis.row,
            "label": emphasis.label,
            "plotly": PLOTLY,
            "projected": emphasis.projected,
        },
        on_passage_change=picked("passage", on_passage),
        on_row_change=picked("row", on_row),
    )


def _passages(count: int | None) -> str:
    return "one passage" if count == 1 else f"{count} passages"


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "position_map",
        css=(_HERE / "position_map.css").read_text(encoding="utf-8"),
        js=(_HERE / "position_map.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
